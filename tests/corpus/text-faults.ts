import { hiddenRows, swappedDigits, type Label } from "./table-faults.ts";
import { chainOf, type ByCell } from "./equations.ts";
import { digit } from "../shared/checks/sound-report.ts";
import { isCountCell } from "./ledger.ts";
import { amountText } from "../../shared/narrative/figures.ts";
import type { FigureSource } from "../../shared/report/figure-source.ts";
import { sourceReader, sourceRoots } from "../../shared/narrative/sources.ts";
import { partText, sentenceText, type SentencePart } from "../../shared/narrative/written.ts";
import { parseAmount, printHundredths } from "../../shared/money.ts";
import type { Report } from "../../shared/report/report.ts";
import { given, paragraphOf, type Paragraph, type WrittenSentence } from "./realise.ts";
import type { Random } from "./random.ts";

/** A fault of the text: the paragraphs with it, and the sentences it may be reported at. */
export interface TextFault extends Label {
  /** Sentences changed, by id, to their new wording; empty text for one left out. */
  readonly changes: ReadonlyMap<string, string>;
  /** Sentences at fault. */
  readonly sentences: ReadonlySet<string>;
  /** Sentences whose figures are reckoned with those at fault. */
  readonly chain: ReadonlySet<string>;
  /** Figures that are in the sentences now and did not before. */
  readonly wrong: ReadonlySet<string>;
}

export interface TextSource {
  readonly report: Report;
  readonly paragraphs: readonly Paragraph[];
  /** Whether tables go with the text, so that an amount can be compared with its cell. */
  readonly hasTables: boolean;
  readonly equations: ByCell;
  readonly read: (source: FigureSource) => number | undefined;
  readonly sentences: readonly WrittenSentence[];
  readonly isHidden: (address: string) => boolean;
}

export function textSource(
  report: Report,
  paragraphs: readonly Paragraph[],
  rest: Pick<TextSource, "hasTables" | "equations">,
): TextSource {
  return {
    ...{ report, paragraphs, ...rest },
    read: sourceReader(report),
    sentences: paragraphs.flatMap(({ sentences }) => sentences),
    isHidden: hiddenRows(report),
  };
}

type Maker = (source: TextSource, random: Random) => TextFault | undefined;

/** A part of a sentence that prints a figure. */
interface Spot {
  readonly sentence: WrittenSentence;
  readonly index: number;
  readonly text: string;
  readonly source: FigureSource;
}

const figureOf = (
  part: SentencePart | undefined,
): { text: string; source: FigureSource } | undefined =>
  part !== undefined && "figure" in part ? { text: part.figure, source: part.source } : undefined;

const spotsOf = (
  { sentences }: TextSource,
  want: (figure: { text: string; source: FigureSource }, sentence: WrittenSentence) => boolean,
): Spot[] =>
  sentences.flatMap((sentence) =>
    sentence.parts.flatMap((part, index): Spot[] => {
      const figure = figureOf(part);
      return figure !== undefined && want(figure, sentence) ? [{ sentence, index, ...figure }] : [];
    }),
  );

const isAmount = ({ text }: { text: string }) => text.endsWith("万元");
const isPercent = ({ text }: { text: string }) => /^\d+(?:\.\d+)?%$/u.test(text);
const isRatio = (figure: { text: string; source: FigureSource }) =>
  isPercent(figure) && ["rate", "share", "completion"].includes(figure.source.kind);

const wordingOf = ({ parts }: WrittenSentence, changes: ReadonlyMap<number, string>): string =>
  parts.map((part, index) => changes.get(index) ?? partText(part)).join("");

const same = (a: FigureSource, b: FigureSource) => JSON.stringify(a) === JSON.stringify(b);

const amountOf = (text: string): number | undefined => {
  const parsed = parseAmount(text.replace(/万元$/u, ""), "wan");
  return parsed.ok ? parsed.value : undefined;
};

/** Half of the last digit that an amount in a text has, 0.01 万元. */
const half = digit / 2;

/** Whether a percentage may be printed of part ÷ whole, each rounded for print; a last digit off is no fault. */
function mayBe(
  percent: number,
  part: number,
  partSlack: number,
  whole: number,
  wholeSlack: number,
): boolean {
  if (whole - wholeSlack <= 0) return false;
  const low = ((part - partSlack) / (whole + wholeSlack)) * 100;
  const high = ((part + partSlack) / (whole - wholeSlack)) * 100;
  // Cut off instead of rounded: 60.9% printed as 60%.
  return percent > low - 1.01 / 100 - 0.006 && percent < high + 1.01 / 100 + 0.006;
}

interface StatedFigures {
  /** Amounts as the sentence now prints them, by part. */
  readonly amounts?: ReadonlyMap<number, number>;
  readonly percents?: ReadonlyMap<number, number>;
  /** Of a change whose words were exchanged. */
  readonly isTurned?: boolean;
}

/** Whether the figures of a sentence, as it now reads, contradict each other by more than rounding can. */
function contradicts(
  { read, hasTables }: TextSource,
  { parts }: WrittenSentence,
  stated: StatedFigures,
): boolean {
  const { amounts = new Map<number, number>(), percents = new Map<number, number>() } = stated;
  const printed = (source: FigureSource): number | undefined => {
    const index = parts.findIndex((part) => {
      const figure = figureOf(part);
      return figure !== undefined && isAmount(figure) && same(figure.source, source);
    });
    return (index < 0 ? undefined : amounts.get(index)) ?? read(source);
  };
  return parts.some((part, index) => {
    const figure = figureOf(part);
    if (figure === undefined || !isPercent(figure)) return false;
    const percent = percents.get(index) ?? Number(figure.text.slice(0, -1));
    const { source } = figure;
    if (source.kind === "rate") {
      const { current, base } = source;
      const by = printed({ kind: "difference", current, base });
      const now = printed(current);
      if (by === undefined || now === undefined) return false;
      const isUp =
        (read({ kind: "difference", current, base }) ?? 0) > 0 !== (stated.isTurned === true);
      const size = Math.abs(by);
      const then = isUp ? now - size : now + size;
      return !mayBe(percent, size, half, then, 2 * half);
    }
    if (source.kind === "share") {
      const [part, whole] = [printed(source.part), printed(source.whole)];
      return part !== undefined && whole !== undefined && !mayBe(percent, part, half, whole, half);
    }
    if (source.kind === "completion") {
      // Without tables the budget must be in the sentence.
      const isStated = parts.some((other) => {
        const one = figureOf(other);
        return one !== undefined && isAmount(one) && same(one.source, source.budget);
      });
      if (!isStated && !hasTables) return false;
      const [final, budget] = [printed(source.final), printed(source.budget)];
      return (
        final !== undefined && budget !== undefined && !mayBe(percent, final, half, budget, half)
      );
    }
    return false;
  });
}

/** Groups of facts whose figures are reckoned with one another. */
const group = (root: string): string =>
  /^(?:facts\.(?:procurement|initialBudget|people|units|operatingCost)|performance)/u.exec(
    root,
  )?.[0] ?? root;

function faultOf(
  source: TextSource,
  fault: Omit<TextFault, "changes" | "sentences" | "chain" | "where" | "wrong"> & {
    readonly changes: ReadonlyMap<string, string>;
    readonly also?: readonly string[];
    readonly roots?: readonly FigureSource[];
  },
): TextFault {
  const { changes, also = [], roots = [], ...label } = fault;
  const sentences = new Set([...changes.keys(), ...also]);
  const own = source.sentences.filter(({ id }) => sentences.has(id));
  const sources = [
    ...roots,
    ...own.flatMap(({ parts }) => parts.flatMap((part) => figureOf(part)?.source ?? [])),
  ];
  const cells = new Set(sources.flatMap(sourceRoots).map((root) => root.replace(/^prior:/u, "")));
  const chain = new Set([...chainOf(source.equations, cells)].map(group));
  const reckoned = source.sentences.filter(({ parts }) =>
    parts.some((part) =>
      sourceRoots(figureOf(part)?.source ?? { kind: "sum", of: [] }).some((root) =>
        chain.has(group(root.replace(/^prior:/u, ""))),
      ),
    ),
  );
  return {
    ...label,
    where: [...sentences].join(" "),
    changes,
    sentences,
    chain: new Set(reckoned.map(({ id }) => id)),
    wrong: new Set(
      [...changes].flatMap(([id, text]) => {
        const before = new Set(figuresIn(own.find((one) => one.id === id)));
        return [...text.matchAll(longFigure)]
          .map(([found]) => found)
          .filter((found) => !before.has(found));
      }),
    ),
  };
}

/** Long enough to be no other figure by chance. */
const longFigure = /\d{2,}\.\d+|\d{4,}/gu;

const figuresIn = (sentence: WrittenSentence | undefined): string[] =>
  sentence === undefined
    ? []
    : [...sentenceText(sentence).matchAll(longFigure)].map(([found]) => found);

const pickFrom = <T>(random: Random, list: readonly T[]): T | undefined =>
  list.length === 0 ? undefined : random.pick(list);

const percentText = (value: number) =>
  `${printHundredths(Math.round(value * 100)).replace(/\.00$/u, "")}%`;

const replaced = (spot: Spot, text: string) =>
  new Map([[spot.sentence.id, wordingOf(spot.sentence, new Map([[spot.index, text]]))]]);

/** The cell an amount was written from, where a table at hand prints it. */
const printedCell = ({ hasTables, isHidden }: TextSource, source: FigureSource): boolean =>
  hasTables && source.kind === "cell" && !isHidden(source.cell) && !isCountCell(source.cell);

/** An amount as it now reads is a fault: it is not its cell's, or contradicts its own sentence. */
const isWrongAmount = (source: TextSource, spot: Spot, amount: number): boolean =>
  (printedCell(source, spot.source) &&
    Math.abs((source.read(spot.source) ?? 0) - amount) > 2 * digit) ||
  contradicts(source, spot.sentence, { amounts: new Map([[spot.index, amount]]) });

/** ÷ this year instead of last year, or budget ÷ final. */
const base: Maker = (source, random) => {
  const spot = pickFrom(
    random,
    spotsOf(
      source,
      (figure) => isPercent(figure) && ["rate", "completion"].includes(figure.source.kind),
    ),
  );
  if (spot === undefined) return undefined;
  const { read } = source;
  let wrong: number | undefined;
  if (spot.source.kind === "rate") {
    const now = read(spot.source.current) ?? 0;
    const by = Math.abs(read({ ...spot.source, kind: "difference" }) ?? 0);
    if (now > 0) wrong = (by / now) * 100;
  } else if (spot.source.kind === "completion") {
    const final = read(spot.source.final) ?? 0;
    if (final > 0) wrong = ((read(spot.source.budget) ?? 0) / final) * 100;
  }
  if (wrong === undefined) return undefined;
  const text = percentText(wrong);
  const percents = new Map([[spot.index, Number(text.slice(0, -1))]]);
  if (!contradicts(source, spot.sentence, { percents })) return undefined;
  return faultOf(source, {
    ...{ family: "base", expected: spot.text, detectable: "rate of its own sentence" },
    changes: replaced(spot, text),
  });
};

const turned: { readonly [word: string]: string } = {
  增加: "减少",
  减少: "增加",
  增长: "下降",
  下降: "增长",
  大于: "小于",
  小于: "大于",
};

const turn = (text: string): string =>
  text.replace(/(?:增加|减少|增长|下降|大于|小于)$/u, (word) => turned[word] ?? word);

const direction: Maker = (source, random) => {
  const spot = pickFrom(
    random,
    spotsOf(source, (figure) => {
      if (isPercent(figure)) return figure.source.kind === "rate";
      return figure.text in turned;
    }),
  );
  if (spot === undefined) return undefined;
  const { sentence, index } = spot;
  const before = (at: number) => {
    const part = sentence.parts[at - 1];
    return part !== undefined && "text" in part ? part.text : "";
  };
  if (spot.text in turned) {
    const gap = Math.abs(source.read(spot.source) ?? 0);
    // 决算较全年预算增加 is beside two amounts of another sentence; 大于 beside its own.
    const isBeside =
      sentence.parts.filter((part) => isAmount({ text: partText(part) })).length >= 2;
    if (gap <= 2 * digit || !isBeside) return undefined;
    return faultOf(source, {
      ...{ family: "direction", expected: spot.text, detectable: "both amounts of the sentence" },
      changes: replaced(spot, turned[spot.text] ?? ""),
    });
  }
  const rateWord = turn(before(index));
  if (rateWord === before(index)) return undefined;
  const differenceAt = sentence.parts.findIndex(
    (part, at) =>
      at < index &&
      figureOf(part)?.source.kind === "difference" &&
      isAmount({ text: partText(part) }) &&
      at >= index - 2,
  );
  const isBoth = random.chance(0.6) && differenceAt >= 0;
  const changes = new Map([[index - 1, rateWord]]);
  if (isBoth) {
    changes.set(differenceAt - 1, turn(before(differenceAt)));
    if (!contradicts(source, sentence, { isTurned: true })) return undefined;
  } else if (differenceAt < 0) return undefined;
  return faultOf(source, {
    ...{ family: "direction", expected: before(index).slice(-2) },
    detectable: isBoth ? "rate does not fit the base" : "both words of the sentence",
    changes: new Map([[sentence.id, wordingOf(sentence, changes)]]),
  });
};

const digits: Maker = (source, random) => {
  const spot = pickFrom(
    random,
    spotsOf(source, (figure) => isAmount(figure) || isRatio(figure)),
  );
  if (spot === undefined) return undefined;
  const text = swappedDigits(spot.text, random);
  if (text === undefined) return undefined;
  const isFault = isAmount(spot)
    ? isWrongAmount(source, spot, amountOf(text) ?? 0)
    : contradicts(source, spot.sentence, {
        percents: new Map([[spot.index, Number(text.slice(0, -1))]]),
      });
  if (!isFault) return undefined;
  return faultOf(source, {
    ...{ family: "digits", expected: spot.text, detectable: "cell or ratio" },
    changes: replaced(spot, text),
  });
};

const unit: Maker = (source, random) => {
  const spot = pickFrom(random, spotsOf(source, isAmount));
  if (spot === undefined) return undefined;
  const amount = Math.round((amountOf(spot.text) ?? 0) / 10_000);
  if (!isWrongAmount(source, spot, amount)) return undefined;
  return faultOf(source, {
    ...{ family: "unit", expected: spot.text, detectable: "cell or ratio" },
    changes: replaced(spot, spot.text.replace(/万元$/u, "元")),
  });
};

const residue: Maker = (source, random) => {
  const { sentences } = source;
  const word = random.pick(["增加（减少）", "增长（下降）", "XX", "doubled"] as const);
  if (word === "XX") {
    const spot = pickFrom(
      random,
      spotsOf(source, (figure) => isAmount(figure) || isRatio(figure)),
    );
    if (spot === undefined) return undefined;
    return faultOf(source, {
      ...{ family: "residue", expected: spot.text, detectable: "blank of the template" },
      changes: replaced(spot, spot.text.replace(/[\d.]+/u, "XX")),
    });
  }
  if (word === "doubled") {
    const words = /决算数|预算数|主要原因是|本年支出|本年收入|结转和结余|合同金额/u;
    const sentence = pickFrom(
      random,
      sentences.filter(
        ({ id, parts }) => id !== "line" && id !== "heading" && words.test(sentenceText({ parts })),
      ),
    );
    if (sentence === undefined) return undefined;
    return faultOf(source, {
      ...{ family: "residue", expected: "the word once", detectable: "doubled word" },
      changes: new Map([
        [sentence.id, sentenceText(sentence).replace(words, (found) => found + found)],
      ]),
    });
  }
  const plain = word.slice(0, 2);
  const other = word.slice(3, 5);
  const figured = new RegExp(`(?:${plain}|${other})(?=\\d)`, "u");
  const sentence = pickFrom(
    random,
    sentences.filter((one) => figured.test(sentenceText(one))),
  );
  if (sentence === undefined) return undefined;
  return faultOf(source, {
    ...{ family: "residue", expected: plain, detectable: "both words of the template" },
    changes: new Map([[sentence.id, sentenceText(sentence).replace(figured, word)]]),
  });
};

/** Items of the list of classes or 项. */
const listItems = ({ sentences }: TextSource): WrittenSentence[] =>
  sentences.filter(({ id }) => /^(?:fiscal\.class|general\.item)\.\d+$/u.test(id));

const leadOf = (item: WrittenSentence): string =>
  item.id.startsWith("fiscal") ? "fiscal.total" : "general.budget";

/** An item with the figures of the item before it, or a sentence that occurs twice. */
const copied: Maker = (source, random) => {
  if (random.chance(0.4)) {
    const sentence = pickFrom(
      random,
      source.sentences.filter(
        (one) =>
          !/^(?:line|heading|general\.item.*|fiscal\.class.*)$/u.test(one.id) &&
          /\d万元.*。$/u.test(sentenceText(one)) &&
          !sentenceText(one).includes("；"),
      ),
    );
    if (sentence === undefined) return undefined;
    const text = sentenceText(sentence);
    return faultOf(source, {
      ...{ family: "copied", expected: "the sentence once", detectable: "the sentence before" },
      changes: new Map([[sentence.id, text + text]]),
    });
  }
  const items = listItems(source);
  const at = random.int(1, Math.max(1, items.length - 1));
  const [item, from] = [items[at], items[at - 1]];
  if (item === undefined || from === undefined) return undefined;
  const cut = (text: string) => /^(.*?)((?:无年初预算|年初预算)[^]*)$/u.exec(text);
  const [own, other] = [cut(sentenceText(item)), cut(sentenceText(from))];
  const finalIn = (one: WrittenSentence) =>
    one.parts
      .map(figureOf)
      .filter((figure) => figure !== undefined && isAmount(figure))
      .at(-1)?.source;
  const [a, b] = [finalIn(item), finalIn(from)];
  if (own === null || other === null || a === undefined || b === undefined) return undefined;
  const gap = Math.abs((source.read(a) ?? 0) - (source.read(b) ?? 0));
  if (gap <= Math.max(3, Math.ceil(items.length / 2) + 1) * digit) return undefined;
  return faultOf(source, {
    ...{ family: "copied", expected: own[2] ?? "", detectable: "cell, or the sum of the list" },
    changes: new Map([[item.id, (own[1] ?? "") + (other[2] ?? "")]]),
    also: [leadOf(item)],
  });
};

/** A percentage where there is nothing to divide by. */
const zeroBase: Maker = (source, random) => {
  const year = source.report.identity.year - 1;
  const rewrites: readonly (readonly [RegExp, string])[] = [
    [/本年无预算和支出/u, "全年预算数为0万元，决算数为0万元，完成全年预算的0%"],
    [/（\d{4}年无此项，增减率不可比）/u, "，增长100%"],
    [
      /本年无政府采购(.{2})支出，授予中小企业合同金额占比不适用/u,
      "$1采购授予中小企业合同金额0万元，占$1支出金额的0%",
    ],
    [/无年初预算，决算数为(\d[\d.]*万元)/u, "年初预算数为0万元，决算数为$1，完成年初预算的100%"],
    [/无年初预算，支出决算为(\d[\d.]*万元)/u, "年初预算为0万元，支出决算为$1，完成年初预算的100%"],
    [
      new RegExp(`0万元，决算数与${String(year)}年持平`, "u"),
      `0万元，决算数较${String(year)}年增加0万元，增长0%`,
    ],
  ];
  const found = source.sentences.flatMap((sentence) => {
    const text = sentenceText(sentence);
    return rewrites.flatMap(([pattern, wrong]) => {
      const isNone =
        pattern.source.startsWith("0万元") && /[1-9]\d*\.?\d*万元，决算数与/u.test(text);
      return pattern.test(text) && !isNone
        ? [{ sentence, text: text.replace(pattern, wrong) }]
        : [];
    });
  });
  const one = pickFrom(random, found);
  return (
    one &&
    faultOf(source, {
      ...{ family: "zero_base", expected: "no percentage", detectable: "0 in its own sentence" },
      changes: new Map([[one.sentence.id, one.text]]),
    })
  );
};

/** The amount of a part put above its whole. */
const partAboveWhole: Maker = (source, random) => {
  const fact = (path: string): FigureSource => ({ kind: "fact", path });
  const total: FigureSource = {
    kind: "sum",
    of: ["goods", "works", "services"].map((kind) => fact(`facts.procurement.${kind}`)),
  };
  const pairs: readonly (readonly [part: FigureSource, whole: FigureSource])[] = [
    [fact("facts.procurement.sme"), total],
    [fact("facts.procurement.micro"), fact("facts.procurement.sme")],
    [fact("facts.operatingCost.current"), { kind: "cell", cell: "t06/public_total/final" }],
    [fact("performance.overall.general"), { kind: "cell", cell: "t05/total/total" }],
    [
      { kind: "cell", cell: "t03/total/basic" },
      { kind: "cell", cell: "t03/total/total" },
    ],
    [
      { kind: "cell", cell: "t02/total/fiscal" },
      { kind: "cell", cell: "t02/total/total" },
    ],
  ];
  const found = pairs.flatMap(([part, whole]) =>
    spotsOf(source, (figure) => isAmount(figure) && same(figure.source, part))
      .slice(0, 1)
      .map((spot) => ({ spot, whole })),
  );
  const one = pickFrom(random, found);
  if (one === undefined) return undefined;
  const limit = source.read(one.whole) ?? 0;
  if (limit < 100 * digit) return undefined;
  return faultOf(source, {
    ...{ family: "part_above_whole", expected: one.spot.text, detectable: "the whole" },
    changes: replaced(one.spot, amountText(Math.round((limit * 1.3) / digit) * digit)),
    roots: [one.whole],
  });
};

const basicProject: Maker = (source) => {
  const { sentences } = source;
  const sentence = sentences.find(({ id }) => id === "expense.composition");
  if (sentence === undefined) return undefined;
  const indexOf = (column: string) =>
    sentence.parts.findIndex((part) => {
      const figure = figureOf(part);
      return (
        figure !== undefined &&
        isAmount(figure) &&
        figure.source.kind === "cell" &&
        figure.source.cell === `t03/total/${column}`
      );
    });
  const [basic, project] = [indexOf("basic"), indexOf("project")];
  const [one, two] = [sentence.parts[basic], sentence.parts[project]];
  if (one === undefined || two === undefined) return undefined;
  const [a, b] = [amountOf(partText(one)), amountOf(partText(two))];
  if (a === undefined || b === undefined) return undefined;
  if (
    !contradicts(source, sentence, {
      amounts: new Map([
        [basic, b],
        [project, a],
      ]),
    })
  )
    return undefined;
  const swapped = wordingOf(
    sentence,
    new Map([
      [basic, partText(two)],
      [project, partText(one)],
    ]),
  );
  return faultOf(source, {
    ...{
      family: "basic_project",
      expected: sentenceText(sentence),
      detectable: "cells and shares",
    },
    changes: new Map([[sentence.id, swapped]]),
  });
};

const missingUnit: Maker = (source, random) => {
  const spot = pickFrom(
    random,
    spotsOf(source, (figure) => isAmount(figure) || isRatio(figure)),
  );
  if (spot === undefined) return undefined;
  return faultOf(source, {
    ...{ family: "missing_unit", expected: spot.text, detectable: "a bare figure" },
    changes: replaced(spot, spot.text.replace(/万元$|%$/u, "")),
  });
};

/** The share of another part, or of another whole. */
const share: Maker = (source, random) => {
  const spots = spotsOf(source, (figure) => isPercent(figure) && figure.source.kind === "share");
  const spot = pickFrom(random, spots);
  if (spot === undefined) return undefined;
  const others = spots.filter(
    ({ sentence, index }) => sentence === spot.sentence && index !== spot.index,
  );
  const value = Number(spot.text.slice(0, -1));
  const text =
    pickFrom(random, others)?.text ?? percentText(value > 50 ? value * 0.77 : value * 1.31 + 0.5);
  const percents = new Map([[spot.index, Number(text.slice(0, -1))]]);
  if (!contradicts(source, spot.sentence, { percents })) return undefined;
  return faultOf(source, {
    ...{ family: "share", expected: spot.text, detectable: "part ÷ whole" },
    changes: replaced(spot, text),
  });
};

const countNouns = /^(\d+)(个|人次|人|批次|批|辆|台（套）)$/u;

/** A count that a table, a list or its own sum contradicts. */
const count: Maker = (source, random) => {
  const { hasTables, isHidden } = source;
  const { projects } = source.report.sections.performance;
  const named = new Set([
    ...["profile.units", "profile.people", "performance.grades", "assets.vehicles"],
    ...(projects.length >= 2 ? ["performance.scope"] : []),
  ]);
  const spot = pickFrom(
    random,
    spotsOf(source, ({ text, source: from }, { id }) => {
      if (!countNouns.test(text)) return false;
      // Tables are beside the text, or are printed in it.
      if (from.kind === "cell" && id !== "assets.vehicles")
        return !isHidden(from.cell) && (hasTables || !id.startsWith("assets"));
      if (id === "profile.units" && editionOf(source.report) === "shanghai-2024") return false;
      return named.has(id);
    }),
  );
  if (spot === undefined) return undefined;
  const wrong = spot.text.replace(/^\d+/u, (found) => String(Number(found) + random.int(1, 7)));
  return faultOf(source, {
    ...{ family: "count", expected: spot.text, detectable: "table, list or sum" },
    changes: replaced(spot, wrong),
    also: spot.sentence.id.startsWith("performance.")
      ? ["performance.grades", "performance.scope"]
      : [],
  });
};

const editionOf = ({ edition }: Report) => edition.id;

/** A difference reckoned from another last year: its rate, or the opening balance, shows it. */
const prior: Maker = (source, random) => {
  const isRolled = editionOf(source.report) === "jiangxi-2022" && random.chance(0.3);
  const spot = pickFrom(
    random,
    spotsOf(
      source,
      (figure, { id }) =>
        isAmount(figure) &&
        figure.source.kind === "difference" &&
        (!isRolled || id === "expense.closing"),
    ),
  );
  if (spot?.source.kind !== "difference") return undefined;
  const { sentence, index } = spot;
  const now = source.read(spot.source.current) ?? 0;
  const then = source.read(spot.source.base) ?? 0;
  if (now < 0 || then <= 0) return undefined;
  const other = Math.round((then * (now > then ? 0.8 : 1.25)) / digit) * digit;
  const by = Math.abs(now - other);
  const difference = amountText(by);
  const changes = new Map([[index, difference]]);
  if (isRolled) {
    const rateAt = sentence.parts.findIndex((part) => figureOf(part)?.source.kind === "rate");
    if (rateAt < 0 || Math.abs(then - other) <= 4 * digit) return undefined;
    // An adjusted opening balance differs anyhow, and says so.
    if (Math.abs(then - (source.read({ kind: "cell", cell: "t01/opening/final" }) ?? 0)) > 0)
      return undefined;
    changes.set(rateAt, percentText((by / other) * 100));
  } else if (
    !contradicts(source, sentence, { amounts: new Map([[index, amountOf(difference) ?? 0]]) })
  ) {
    return undefined;
  }
  return faultOf(source, {
    ...{
      family: "prior",
      expected: spot.text,
      detectable: isRolled ? "opening balance" : "its rate",
    },
    changes: new Map([[sentence.id, wordingOf(sentence, changes)]]),
    also: isRolled ? ["income.opening"] : [],
  });
};

/** A class, 项 or kind of income or expense left out of its list. */
const notExhaustive: Maker = (source, random) => {
  const items = listItems(source);
  const isStated = (spot: Spot) =>
    ["income.composition", "expense.composition"].includes(spot.sentence.id);
  const portions = spotsOf(
    source,
    (figure, sentence) => isAmount(figure) && isStated({ sentence, index: 0, ...figure }),
  ).filter(({ text }) => text !== "0万元");
  if (random.chance(0.5) && portions.length > 2) {
    const spot = random.pick(portions);
    const text = sentenceText(spot.sentence);
    const clause = text
      .split(/(?<=[；：，。])/u)
      .join("")
      .split(/；|：/u)
      .find((one) => one.includes(spot.text));
    if (clause === undefined || !text.includes(`；${clause}`) || clause.endsWith("。"))
      return undefined;
    if ((source.read(spot.source) ?? 0) <= 6 * digit) return undefined;
    const whole = spot.sentence.id.startsWith("income") ? "income.year" : "expense.year";
    return faultOf(source, {
      ...{ family: "not_exhaustive", expected: clause, detectable: "sum of the parts" },
      changes: new Map([[spot.sentence.id, text.replace(`；${clause}`, "")]]),
      also: [whole],
    });
  }
  const item = pickFrom(random, items);
  const final = item?.parts
    .map(figureOf)
    .filter((figure) => figure !== undefined && isAmount(figure))
    .at(-1);
  if (item === undefined || final === undefined || items.length < 3) return undefined;
  if ((source.read(final.source) ?? 0) <= (Math.ceil(items.length / 2) + 2) * digit)
    return undefined;
  return faultOf(source, {
    ...{ family: "not_exhaustive", expected: sentenceText(item), detectable: "sum of the list" },
    changes: new Map([[item.id, ""]]),
    also: [leadOf(item)],
  });
};

const stock = ["预算执行情况良好", "正常增减变动", "业务需要", "据实列支"];

/** No reason, or a phrase that fits any report, beside a change that asks for one. */
const reason: Maker = (source, random) => {
  const candidates = source.sentences.filter(({ parts, id }) => {
    if (!parts.some((part) => "reason" in part) || /^(?:operating_cost|.*\.use)$/u.test(id))
      return false;
    return parts.some((part) => {
      const from = figureOf(part)?.source;
      if (from?.kind !== "rate") return false;
      const [now = 0, by = 0] = [
        source.read(from.current),
        source.read({ ...from, kind: "difference" }),
      ];
      return (
        now >= 100_000_000 &&
        Math.abs(by) >= 50_000_000 &&
        Math.abs(by) >= Math.abs(now - by) * 0.25
      );
    });
  });
  const sentence = pickFrom(random, candidates);
  if (sentence === undefined) return undefined;
  const at = sentence.parts.findIndex((part) => "reason" in part);
  const lead = sentence.parts[at - 1];
  const isMissing = random.chance(0.5);
  const leadText = lead !== undefined && "text" in lead ? lead.text : "";
  const changes = isMissing
    ? new Map([
        [at, ""],
        [at - 1, leadText.replace(/，?主要原因是：$/u, "")],
      ])
    : new Map([[at, random.pick(stock)]]);
  if (isMissing && !/，主要原因是：$/u.test(leadText)) return undefined;
  return faultOf(source, {
    ...{
      family: "reason",
      expected: "a reason of its own",
      detectable: "change beyond the threshold",
    },
    changes: new Map([[sentence.id, wordingOf(sentence, changes)]]),
  });
};

/** A whole that its parts together do not make. */
const sum: Maker = (source, random) => {
  const wholes = new Set([
    "procurement.total",
    "three_public.total",
    "basic.total",
    "three_public.budget",
  ]);
  const spot = pickFrom(
    random,
    source.sentences
      .filter(({ id }) => wholes.has(id))
      .flatMap((sentence) => {
        const index = sentence.parts.findIndex((part) => {
          const figure = figureOf(part);
          const isFinal =
            figure !== undefined &&
            isAmount(figure) &&
            !JSON.stringify(figure.source).includes("/full") &&
            !JSON.stringify(figure.source).includes("/initial");
          return isFinal;
        });
        const figure = figureOf(sentence.parts[index]);
        return figure === undefined ? [] : [{ sentence, index, ...figure }];
      }),
  );
  if (spot === undefined) return undefined;
  const right = source.read(spot.source) ?? 0;
  if (right < 50 * digit) return undefined;
  const wrong =
    right + Math.max(10 * digit, Math.round((right * 0.15 * random.next()) / digit) * digit);
  return faultOf(source, {
    ...{ family: "sum", expected: spot.text, detectable: "sum of the parts" },
    changes: replaced(spot, amountText(wrong)),
  });
};

/** Last year's name or figure left standing. */
const staleYear: Maker = (source, random) => {
  const { year } = source.report.identity;
  const prior = source.report.sections.facts.prior;
  const kind = random.pick(["subject", "base", "figure", "figure"] as const);
  if (kind === "figure") {
    const spots = spotsOf(source, (figure) => isAmount(figure) && figure.source.kind === "cell");
    const spot = pickFrom(random, spots);
    if (spot?.source.kind !== "cell") return undefined;
    const before = prior[spot.source.cell];
    if (before === undefined || before === 0 || !isWrongAmount(source, spot, before))
      return undefined;
    return faultOf(source, {
      ...{ family: "stale_year", expected: spot.text, detectable: "cell or ratio" },
      changes: replaced(spot, amountText(before)),
    });
  }
  const [now, wrong] =
    kind === "subject"
      ? [`${String(year)}年度`, `${String(year - 1)}年度`]
      : [`较${String(year - 1)}年`, `较${String(year - 2)}年`];
  const sentence = pickFrom(
    random,
    source.sentences.filter((one) => {
      const text = sentenceText(one);
      return (
        !/^(?:line|heading|cover|preparer)/u.test(one.id) &&
        text.includes(now) &&
        /\d万元/u.test(text) &&
        !one.id.startsWith("performance")
      );
    }),
  );
  if (sentence === undefined) return undefined;
  return faultOf(source, {
    ...{ family: "stale_year", expected: now, detectable: "year of the report" },
    changes: new Map([[sentence.id, sentenceText(sentence).replace(now, wrong)]]),
  });
};

/** An item under another item's name, a form under another body's, a form of another project. */
const name: Maker = (source, random) => {
  const items = listItems(source);
  const preparers = source.sentences.filter(({ id }) => id.startsWith("preparer."));
  const kind = random.pick(["item", "preparer", "project"] as const);
  if (kind === "preparer") {
    const sentence = pickFrom(random, preparers.slice(1));
    if (sentence === undefined) return undefined;
    return faultOf(source, {
      ...{
        family: "name",
        expected: sentenceText(sentence),
        detectable: "name on the other forms",
      },
      changes: new Map([[sentence.id, "编制单位：松阳市市场监督管理局"]]),
    });
  }
  if (kind === "project") {
    const sentence = source.sentences.find(({ id }) => id === "self.0.project");
    if (sentence === undefined || editionOf(source.report) !== "jiangxi-2022") return undefined;
    return faultOf(source, {
      ...{ family: "name", expected: sentenceText(sentence), detectable: "projects of the report" },
      changes: new Map([[sentence.id, "项目名称 滨江新区消防栓增设"]]),
    });
  }
  const [item, other] = [pickFrom(random, items), pickFrom(random, items)];
  if (item === undefined || other === undefined || !source.hasTables) return undefined;
  const cut = (text: string) => /^(.*?)((?:。主要用于|无年初预算|年初预算)[^]*)$/u.exec(text);
  const [own, from] = [cut(sentenceText(item)), cut(sentenceText(other))];
  const final = (one: WrittenSentence) =>
    one.parts
      .map(figureOf)
      .filter((figure) => figure !== undefined && isAmount(figure))
      .at(-1);
  const [a, b] = [final(item), final(other)];
  if (own === null || from === null || a === undefined || b === undefined || own[1] === from[1])
    return undefined;
  if (Math.abs((source.read(a.source) ?? 0) - (source.read(b.source) ?? 0)) <= 3 * digit)
    return undefined;
  return faultOf(source, {
    ...{ family: "name", expected: own[1] ?? "", detectable: "cell of the item named" },
    changes: new Map([[item.id, (from[1] ?? "") + (own[2] ?? "")]]),
    also: [leadOf(item)],
  });
};

/** Scores, means, grades and forms of the performance chapter. */
const performance: Maker = (source, random) => {
  const { performance } = source.report.sections;
  const mean = spotsOf(
    source,
    ({ source: from, text }) => from.kind === "mean" && text.endsWith("分"),
  );
  const lines = new Map(source.sentences.map((one) => [one.id, sentenceText(one)]));
  const change = (id: string, pattern: RegExp, wrong: string, detectable: string) => {
    const text = lines.get(id);
    return text !== undefined && pattern.test(text) && text.replace(pattern, wrong) !== text
      ? [{ id, text: text.replace(pattern, wrong), expected: text, detectable }]
      : [];
  };
  const [form] = performance.selfEvaluations;
  const row = random.int(0, 6);
  const indicator = form?.indicators[row];
  const found = [
    ...(performance.projects.length >= 2 && editionOf(source.report) === "jiangxi-2022"
      ? mean.slice(0, 1).map((spot) => ({
          id: spot.sentence.id,
          text: wordingOf(
            spot.sentence,
            new Map([
              [
                spot.index,
                `${printHundredths(Math.round(Number(spot.text.slice(0, -1)) * 100) - 137, { trim: true })}分`,
              ],
            ]),
          ),
          expected: spot.text,
          detectable: "Σ scores ÷ projects",
        }))
      : []),
    ...change("self.0.total", /[\d.]+$/u, "88.88", "Σ of the scores"),
    ...change("self.0.funds", /[\d.]+%/u, "73.11%", "executed ÷ budget"),
    ...(indicator === undefined
      ? []
      : change(
          `self.0.row.${String(row)}`,
          /(\d[\d.]*) (\d[\d.]*)(?= |$)(?!.*\d \d)/u,
          `$1 ${String(given(indicator.weight) / 100 + 2)}`,
          "score above weight",
        )),
    ...change(
      "evaluation.score",
      /“.”/u,
      performance.evaluation?.grade === "优" ? "“良”" : "“优”",
      "band of the score",
    ),
    ...change("evaluation.dimension.1", /得分率[\d.]+%/u, "得分率41.7%", "score ÷ weight"),
    ...change("evaluation.score", /评价得分[\d.]+分/u, "评价得分71.25分", "Σ of the dimensions"),
  ];
  const one = pickFrom(random, found);
  if (one === undefined) return undefined;
  return faultOf(source, {
    ...{ family: "performance", expected: one.expected, detectable: one.detectable },
    changes: new Map([[one.id, one.text]]),
    also: one.id.startsWith("self.0")
      ? ["self.0.total"]
      : one.id.startsWith("evaluation")
        ? ["evaluation.score"]
        : [],
  });
};

/** Makers of faults in the text; each discards what is none once the tables and figures are at hand. */
export const textFaults: { readonly [name: string]: Maker } = {
  ...{ base, direction, digits, unit, residue, copied, zeroBase, partAboveWhole, basicProject },
  ...{ missingUnit, share, count, prior, notExhaustive, reason, sum, staleYear, name, performance },
};

/** The document with the sentences reworded; a paragraph left without text is gone. */
export const reworded = (
  paragraphs: readonly Paragraph[],
  changes: ReadonlyMap<string, string>,
): Paragraph[] =>
  paragraphs
    .map((paragraph): Paragraph => {
      if (!paragraph.sentences.some(({ id }) => changes.has(id))) return paragraph;
      const sentences = paragraph.sentences.map((sentence) => {
        const text = changes.get(sentence.id);
        return text === undefined ? sentence : { id: sentence.id, parts: [{ text }] };
      });
      const isGone = sentences.every((sentence) => sentenceText(sentence) === "");
      return { ...paragraph, label: isGone ? "" : paragraph.label, sentences };
    })
    .filter((paragraph) => paragraphOf(paragraph) !== "");
