import type { Block } from "../../narrative/read/flow.ts";
import type { Report } from "../../report/report.ts";
import { roundingsOf } from "../context.ts";
import type { NotApplicableReason } from "../finding.ts";
import type { SectionCheck, TextCheck } from "../rule.ts";
import type { FirstMention, TextContext } from "../text/text-context.ts";
import { quoteAt, type TextFault } from "../text/text-finding.ts";
import { wan } from "./amounts.ts";
import { judged, type SectionFault } from "./section-fault.ts";

/** Facts (基本情况) and performance (绩效) of a report, typed or read from print: one calculation judges both. */

/** Where something was read. */
export interface Words {
  readonly block: Block;
  readonly start: number;
}

/** The words that a figure was read from. */
export interface FigureWords extends Words {
  /** The figure as printed, and its value. */
  readonly text: string;
  readonly value: number;
  /** What the sentence calls it. */
  readonly subject?: string;
}

/** The words of a figure that a statement gives. */
export const mentionWords = (mention: FirstMention | undefined): FigureWords | undefined =>
  mention && {
    block: mention.statement.block,
    subject: mention.statement.subject,
    ...{ start: mention.figure.start, text: mention.figure.text, value: mention.figure.value },
  };

/** Facts of one subject, by paths from their section: `procurement.sme`. What print does not give is absent. */
export interface PrintedFacts<Figures> {
  readonly figures: Figures;
  readonly wordsOf: (path: string) => Words | FigureWords | undefined;
}

/** What a judge knows of the facts besides their figures. */
export interface FactsSource {
  /** How often each amount was rounded; see `roundingsOf`. */
  readonly roundings: number;
  /** The amount at a path as printed, else in 万元. */
  readonly shown: (path: string, amount: number) => string;
  /** What the text calls the figure at a path, else its usual name. */
  readonly named: (path: string, usual: string) => string;
}

/** A fault by its path from the section. */
export interface FactsFault extends Omit<SectionFault, "section" | "path"> {
  readonly path: string;
}

/** One entry a thing judged; `undefined` where it is right. */
export type FactsJudge<Figures> = (
  figures: Figures,
  source: FactsSource,
) => readonly (FactsFault | undefined)[];

/** Where the facts of one subject come from. */
export interface FactsReaders<Figures> {
  /** The section that the paths of what is typed begin in; absent: the facts. */
  readonly section?: "performance";
  /** Why a rule does not apply where there is nothing to judge, else what `typed` says. */
  readonly why?: NotApplicableReason;
  /** The reason why there are none, where the report lacks them. */
  readonly typed: (report: Report) => Figures | NotApplicableReason;
  readonly printed: (context: TextContext) => readonly PrintedFacts<Figures>[];
}

const typedSource = (report: Report): FactsSource => ({
  roundings: roundingsOf(report),
  shown: (_, amount) => wan(amount),
  named: (_, usual) => usual,
});

/** Amounts in print were rounded once. */
const printedSource = ({ wordsOf }: Pick<PrintedFacts<unknown>, "wordsOf">): FactsSource => ({
  roundings: 1,
  shown: (path, amount) => {
    const words = wordsOf(path);
    return words !== undefined && "text" in words && words.value === amount
      ? words.text
      : wan(amount);
  },
  named: (path, usual) => {
    const words = wordsOf(path);
    return (words !== undefined && "text" in words ? words.subject : undefined) ?? usual;
  },
});

/** The check over the facts that people typed. */
export const typedFacts = <Figures extends object>(
  { typed, section: named, why }: Omit<FactsReaders<Figures>, "printed">,
  judge: FactsJudge<Figures>,
): SectionCheck => ({
  scope: "sections",
  run: (report) => {
    const figures = typed(report);
    if (typeof figures === "string") return judged([], why ?? figures);
    const section = named ?? "facts";
    const faults = judge(figures, typedSource(report));
    return judged(
      faults.map((fault) => fault && { ...fault, section, path: `${section}.${fault.path}` }),
      why,
    );
  },
});

/** The check over the facts that a text prints, quoted where they are printed. */
export const printedFacts =
  <Figures extends object>(
    { printed }: Pick<FactsReaders<Figures>, "printed">,
    judge: FactsJudge<Figures>,
  ): TextCheck["run"] =>
  (context) =>
    printed(context).flatMap(({ figures, wordsOf }) =>
      judge(figures, printedSource({ wordsOf })).flatMap((fault): TextFault[] => {
        if (fault === undefined) return [];
        const { path, quote, ...found } = fault;
        const words = wordsOf(path);
        if (words === undefined) throw new Error(`${path} was judged and not read.`);
        const clause = quoteAt(words.block, words.start);
        return [{ ...clause, ...(quote === undefined ? {} : { quote }), ...found }];
      }),
    );
