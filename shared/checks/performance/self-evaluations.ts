import {
  readEvaluations,
  readSelfEvaluation,
  type EvaluationReport,
  type PrintedSelfEvaluation,
  type SelfEvaluationFigures,
} from "../../narrative/read/evaluation.ts";
import { isBlock, type Block } from "../../narrative/read/flow.ts";
import type { Report } from "../../report/report.ts";
import type { SelfEvaluation } from "../../report/sections.ts";
import type { NotApplicableReason } from "../finding.ts";
import { points } from "../sections/amounts.ts";
import { judged, type SectionFault } from "../sections/section-fault.ts";
import type { Rule } from "../rule.ts";
import type { TextContext } from "../text/text-context.ts";
import type { TextFault } from "../text/text-finding.ts";

/**
 * 绩效自评表 and 部门评价 (财预〔2020〕10号): one calculation judges those that people typed and those read from print.
 * Scores are hundredths of a point.
 */

export const performanceBasis = "《项目支出绩效评价管理办法》（财预〔2020〕10号）";

/** Points as printed, in hundredths. */
export const hundredths = (score: number): number => Math.round(score * 100);

export const percent = (hundredths: number): string => `${points(hundredths)}%`;

/** A place of the performance section. */
export const performanceAt = (path: string) =>
  ({ section: "performance", path: `performance.${path}` }) as const;

/** A fault of a 自评表 by its path in the table, e.g. `indicators.3.score`; the table itself is "". */
export interface TableFault extends Omit<SectionFault, "section" | "path" | "quote"> {
  readonly path: string;
}

/** One entry a thing judged; `undefined` where it is right. */
export type TableJudge = (
  table: SelfEvaluationFigures,
  /** How often each amount was rounded; see `roundingsOf`. */
  roundings: number,
) => readonly (TableFault | undefined)[];

export const tableName = ({ project }: Pick<SelfEvaluationFigures, "project">): string =>
  project === undefined ? "自评表" : `自评表“${project}”`;

/** Every 自评表 of the report with its path. */
export const tablesOf = ({
  sections,
}: Report): { readonly table: SelfEvaluation; readonly path: string }[] =>
  sections.performance.selfEvaluations.map((table, index) => ({
    table,
    path: `selfEvaluations.${String(index)}`,
  }));

export const perTable = (
  report: Report,
  check: (
    table: SelfEvaluation,
    path: string,
  ) => SectionFault | undefined | readonly (SectionFault | undefined)[],
) => judged(tablesOf(report).flatMap(({ table, path }) => check(table, path)));

/** The typed tables of a report, judged as those in print are. */
export const typedTables = (
  judge: TableJudge,
  roundingsOf: (report: Report) => number,
  why: NotApplicableReason,
): Rule["sections"] & object => ({
  scope: "sections",
  run: (report) =>
    judged(
      tablesOf(report).flatMap(({ table, path: at }) =>
        judge(table, roundingsOf(report)).map((fault) => {
          if (fault === undefined) return undefined;
          const { path, ...found } = fault;
          return { ...performanceAt(path === "" ? at : `${at}.${path}`), ...found };
        }),
      ),
      why,
    ),
});

/** The tables that a text prints, quoted by their lines. */
const printedTables = (judge: TableJudge): Rule["text"] & object => ({
  amounts: "none",
  run: (context) =>
    printedPerformance(context).tables.flatMap(({ figures, lineOf }) =>
      judge(figures, 1).flatMap((fault): TextFault[] => {
        if (fault === undefined) return [];
        const { path, ...found } = fault;
        const { text: quote = "", line = 0 } = lineOf(path) ?? {};
        return [{ quote, line, ...found }];
      }),
    ),
});

/** Both carriers of a rule over 自评表. */
export const ofSelfEvaluations = (
  judge: TableJudge,
  {
    roundingsOf = () => 1,
    why = "all_empty",
  }: { readonly roundingsOf?: (report: Report) => number; readonly why?: NotApplicableReason } = {},
) => ({ text: printedTables(judge), sections: typedTables(judge, roundingsOf, why) });

/** What a text prints of performance beside its sentences. */
interface PrintedPerformance {
  readonly tables: readonly PrintedSelfEvaluation[];
  readonly evaluations: readonly EvaluationReport[];
}

/** Read once for all rules. */
const readings = new WeakMap<TextContext, PrintedPerformance>();

export function printedPerformance(context: TextContext): PrintedPerformance {
  const known = readings.get(context);
  if (known !== undefined) return known;
  const { parts } = context.text.flow;
  const reading = {
    evaluations: readEvaluations(parts),
    tables: parts.flatMap((part) =>
      !isBlock(part) && part.title.includes("自评表") ? [readSelfEvaluation(part)] : [],
    ),
  };
  readings.set(context, reading);
  return reading;
}

/** Paragraphs of the chapter on performance. */
export const performanceBlocks = ({ text }: TextContext): Block[] =>
  text.blocks.filter(({ chapter }) => chapter === "performance").map(({ block }) => block);
