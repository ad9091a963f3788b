import { firstOfEachPlace, countingMore } from "../few-at-a-place.ts";
import type { Severity } from "../finding.ts";
import type { Rule } from "../rule.ts";
import { omitUndefined } from "../../omit-undefined.ts";
import type { Report } from "../../report/report.ts";
import {
  knownFigures,
  typedFigure,
  type BindingOffer,
  type KnownFigure,
} from "../../narrative/known-figures.ts";
import { readFigures, type ReportFigures } from "../../narrative/report-figures.ts";
import { printTokens, rewritings, type Rewriting } from "../../narrative/rewriting.ts";
import { printedFigures } from "../../narrative/read/printed-figure.ts";
import type { Token } from "../../report/token.ts";
import {
  partText,
  sentencesOf,
  sentenceText,
  type SentencePart,
  type WrittenNarrative,
} from "../../narrative/written.ts";

/** What is wrong with the wording of a narrative: which sentence, quoted, and what to do. */
export interface RewordingFault {
  readonly sentence: string;
  /** The figure, or the words, in question. */
  readonly quote: string;
  /** The figure, where one was typed instead of bound to the report. */
  readonly figure?: string;
  /** What is wrong, without full stop. */
  readonly what: string;
  /** What to do about it, without full stop. */
  readonly mend: string;
  /** Where it differs from the rule's. */
  readonly severity?: Severity;
  /** The words at fault in the sentence as it is printed, where they are in it. */
  readonly at?: { readonly start: number; readonly end: number };
  /** What is certainly meant instead of those words: other words, none, or a figure of the report. */
  readonly instead?: string;
  readonly bind?: BindingOffer;
}

/** A narrative and the sentences of it that people reworded, looked through once for all rules. */
export interface Reworded {
  readonly report: Report;
  readonly narrative: WrittenNarrative;
  readonly figures: ReportFigures;
  readonly rewritings: readonly Rewriting[];
}

export type RewordingCheck = (reworded: Reworded) => readonly RewordingFault[];

export function rewordedIn(report: Report, narrative: WrittenNarrative): Reworded {
  const figures = readFigures(report);
  return { report, narrative, figures, rewritings: rewritings(figures) };
}

/** An amount or a percentage that is typed in digits where figures have to come from the report. */
interface UnboundFigure {
  readonly sentence: string;
  readonly text: string;
  /** Where it begins in the sentence as printed. */
  readonly start: number;
  /** Of a reason, which holds no figures; else of the words around them. */
  readonly reason?: string;
  readonly offers: readonly BindingOffer[];
}

const wordsOf = (parts: readonly SentencePart[]): string => parts.map(partText).join("");

/** Figures, reasons and purposes that the rewording of a sentence left out. */
const droppedFrom: RewordingCheck = ({ figures, rewritings }) =>
  rewritings.flatMap(({ sentence, state, statutory, dropped }) => {
    if (state !== "holds") return [];
    const slots = new Map(statutory?.slots.map((slot) => [slot.slot, slot]));
    return dropped.map((token): RewordingFault => {
      const [part] = printTokens(figures, [token], statutory);
      const due = "reason" in token && slots.get(token.reason)?.required === true;
      const quote = part === undefined ? "" : partText(part);
      return {
        ...(due ? { severity: "error" } : {}),
        sentence,
        quote,
        what: `改写漏了法定表述中的${nameOf(token)}“${quote}”`,
        mend: "请在句中放回，或者恢复法定表述",
      };
    });
  });

/** Rewordings of a sentence that is gone, or that the figures have made another one. */
const outdatedRewordings: RewordingCheck = ({ figures, rewritings }) =>
  rewritings.flatMap(({ sentence, parts, state, statutory }): RewordingFault[] => {
    if (state === "holds") return [];
    const what =
      state === "gone"
        ? "报表变动后不再有这一句，原来的改写已失效"
        : `报表变动后法定表述已成为“${statutory === undefined ? "" : sentenceText(statutory)}”，原来的改写已失效`;
    return [
      {
        sentence,
        quote: wordsOf(printTokens(figures, parts)),
        what,
        mend: "请按现在的法定表述重新改写，或者放弃原来的改写",
      },
    ];
  });

const upward = /(?:增加|增长|上升|提高|增幅|多支?)(?:了|额?为?|幅度为|约|达)?$/u;
const downward = /(?:减少|下降|降低|压减|节约|降幅|少支?)(?:了|额?为?|幅度为|约|达)?$/u;

/** R202 in a rewording: the sign is known, which a reader of a text cannot always find out. 增加 before a difference that is a decrease, in people's own words. */
export const wrongDirections: RewordingCheck = ({ figures, rewritings }) => {
  const worded = [
    ...rewritings.flatMap(({ sentence, parts, state, statutory }) =>
      state === "holds" ? [{ sentence, parts, statutory }] : [],
    ),
    ...Object.entries(figures.report.sections.narrative.additions).flatMap(
      ([chapter, paragraphs]) =>
        paragraphs.flatMap((parts, index) =>
          typeof parts === "string"
            ? []
            : [{ sentence: `${chapter}.addition.${index + 1}`, parts, statutory: undefined }],
        ),
    ),
  ];
  return worded.flatMap(({ sentence, parts, statutory }) =>
    parts.flatMap((token, index): RewordingFault[] => {
      const before = parts[index - 1];
      const change = changeOf(figures, token);
      if (change === undefined || before === undefined || !("text" in before)) return [];
      const direction = (change < 0 ? upward : downward).exec(before.text)?.[0];
      if (direction === undefined) return [];
      const end = wordsOf(printTokens(figures, parts.slice(0, index), statutory)).length;
      return [
        {
          sentence,
          at: { start: end - direction.length, end },
          ...omitUndefined({ instead: oppositeOf(direction) }),
          quote: `${direction}${wordsOf(printTokens(figures, [token], statutory))}`,
          what: `按报表是${change < 0 ? "减少" : "增加"}，句中写作“${direction}”`,
          mend: "请改正增减方向",
        },
      ];
    }),
  );
};

const opposites: readonly (readonly [up: string, down: string])[] = [
  ...([["增加", "减少"] as const, ["增长", "下降"], ["提高", "降低"]] as const),
  ...([["增幅", "降幅"] as const, ["多支", "少支"]] as const),
];

/** 减少了 for 增加了; undefined of a word that says more than a direction (压减, 节约). */
function oppositeOf(direction: string): string | undefined {
  if (direction.startsWith("上升")) return direction.replace("上升", "下降");
  for (const [up, down] of opposites) {
    if (direction.startsWith(up)) return direction.replace(up, down);
    if (direction.startsWith(down)) return direction.replace(down, up);
  }
  return undefined;
}

/** What a bound difference or rate comes to, with its sign; nothing where both are the same. */
function changeOf(figures: ReportFigures, token: Token): number | undefined {
  if (!("figure" in token)) return undefined;
  const { figure } = token;
  if (figure.kind !== "difference" && figure.kind !== "rate") return undefined;
  const [current, base] = [figures.known(figure.current), figures.known(figure.base)];
  return current === undefined || base === undefined || current === base
    ? undefined
    : current - base;
}

const nameOf = (token: Token): string =>
  "reason" in token ? "原因" : "purpose" in token ? "用途" : "数字";

function unboundFinding({ sentence, text, start, reason, offers }: UnboundFigure): RewordingFault {
  const [best] = offers;
  const same =
    best === undefined ? "" : `，与${best.name}${best.exact ? "相同" : `（${best.text}）相近`}`;
  const mend =
    reason !== undefined
      ? "原因中不必重复报表上的金额和比例，请删去，或者说明为何保留"
      : best === undefined
        ? "请核对后说明其出处，或者改用报表上的数字"
        : "请绑定到报表，数字才会随报表变动；不是同一个数的，请说明其出处";
  return {
    sentence,
    quote: text,
    figure: text,
    at: { start, end: start + text.length },
    ...(reason === undefined && best?.exact === true ? { bind: best } : {}),
    what: `“${text}”是直接录入的，没有取自报表${same}`,
    mend,
  };
}

/** The first of every sentence: what a text without sense has by the hundred thousand is not kept until the end. */
function firstUnbound(reworded: Reworded) {
  const first: { readonly item: UnboundFigure; readonly more: number }[] = [];
  for (const ofSentence of unboundBySentence(reworded)) {
    first.push(...firstOfEachPlace(ofSentence, ({ sentence }) => sentence));
  }
  return first;
}

/**
 * Amounts and percentages typed into reworded sentences and added paragraphs. A reason may name amounts of
 * its own; only those that its chapter prints from the tables are reported, since they would become outdated.
 */
function* unboundBySentence({
  report,
  narrative,
  rewritings: rewordings,
}: Reworded): Generator<readonly UnboundFigure[]> {
  const { additions } = report.sections.narrative;
  const reworded = new Map(rewordings.map((one) => [one.sentence, one]));
  const worded = new Set([
    ...[...reworded.values()].flatMap((one) => (one.state === "holds" ? [one.sentence] : [])),
    ...Object.entries(additions).flatMap(([chapter, paragraphs]) =>
      paragraphs.map((_, index) => `${chapter}.addition.${index + 1}`),
    ),
  ]);
  let known: readonly KnownFigure[] | undefined;
  for (const { chapter, sentence } of sentencesOf(narrative)) {
    let start = 0;
    const statutory = statutoryFigures(reworded.get(sentence.id));
    let offered = 0;
    yield sentence.parts.flatMap((part): UnboundFigure[] => {
      const at = start;
      start += partText(part).length;
      const isOwn = "text" in part && worded.has(sentence.id);
      if (!isOwn && !("reason" in part)) return [];
      const figures = printedFigures(partText(part)).filter(
        ({ unit, text }) =>
          (unit === "money" || unit === "percent") && !(isOwn && statutory.has(text)),
      );
      if (figures.length === 0) return [];
      known ??= knownFigures(report, narrative);
      const candidates = isOwn ? known : known.filter(({ places }) => places.has(chapter.id));
      const near = [sentence.id, chapter.id];
      const ofReason = "reason" in part && "slot" in part ? { reason: part.slot } : undefined;
      const unbound: UnboundFigure[] = [];
      for (const figure of figures) {
        // Offers cost a look at every quantity of the report; nobody binds hundreds in one sentence.
        offered += 1;
        const offers =
          offered > mostOffered ? noOffers : typedFigure(figure, candidates, near).offers;
        if (!isOwn && !offers.some(({ exact }) => exact)) continue;
        const own = { sentence: sentence.id, text: figure.text, start: at + figure.start, offers };
        unbound.push(ofReason === undefined ? own : { ...own, ...ofReason });
      }
      return unbound;
    });
  }
}

const noOffers: readonly BindingOffer[] = [];
const mostOffered = 50;

/** Thresholds that the law's own words name (单价100万元以上) are nobody's figures. */
const statutoryFigures = (reworded: Rewriting | undefined): ReadonlySet<string> =>
  new Set(
    (reworded?.statutory?.parts ?? []).flatMap((part) =>
      "text" in part ? printedFigures(part.text).map(({ text }) => text) : [],
    ),
  );

export const rewordingRules: readonly Rule[] = [
  {
    id: "R223",
    statement: "法定说明中的金额和百分比须取自报表",
    severity: "warning",
    tolerance: "none",
    rewording: (reworded) =>
      firstUnbound(reworded).map(({ item, more }) => countingMore(unboundFinding(item), more)),
  },
  {
    id: "R224",
    statement: "改写的句子须与法定表述的情形相符",
    severity: "error",
    tolerance: "none",
    rewording: outdatedRewordings,
  },
  {
    id: "R225",
    statement: "改写的句子须保留法定表述的数字、原因和用途",
    severity: "warning",
    tolerance: "none",
    rewording: droppedFrom,
  },
  {
    id: "R226",
    statement: "法定说明中应写的数字都有来源",
    severity: "error",
    tolerance: "none",
    gaps: (gaps) => gaps.filter(({ missing }) => missing === "figure"),
  },
  {
    id: "R227",
    statement: "应说明的变动原因和支出用途都已填写",
    severity: "error",
    tolerance: "none",
    gaps: (gaps) => gaps.filter(({ missing }) => missing !== "figure"),
  },
];
