import { err, ok, type Result } from "../result.ts";
import type { SelfEvaluation } from "./sections.ts";

/** What a 项目支出绩效自评表 computes from its own figures. Scores are hundredths of a point, money is 分. */

/** People print a score or a rate with one decimal or two: half a unit of the first, in hundredths. */
export const scoreRounding = 5;

interface Scored {
  readonly fundsWeight?: number | undefined;
  readonly fundsScore?: number | undefined;
  readonly indicators: readonly {
    readonly weight?: number | undefined;
    readonly score?: number | undefined;
  }[];
}

/** 分值 or 得分 of 预算执行率 and of every indicator; undefined where not filled in. */
export const pointsColumn = (
  table: Scored,
  column: "weight" | "score",
): readonly (number | undefined)[] => [
  column === "weight" ? table.fundsWeight : table.fundsScore,
  ...table.indicators.map((indicator) => indicator[column]),
];

/** The sum of what is filled in. */
export const knownSum = (figures: readonly (number | undefined)[]): number =>
  figures.reduce((sum: number, figure) => sum + (figure ?? 0), 0);

/** The sum of a column; undefined before every row of it is filled in, and before there is an indicator. */
export function wholeSum(table: Scored, column: "weight" | "score"): number | undefined {
  const figures = pointsColumn(table, column);
  return figures.length === 1 || figures.includes(undefined) ? undefined : knownSum(figures);
}

/** 预算执行率得分: 分值×执行率, no more than 分值; not rounded. Undefined where there is no rate. */
export function dueFundsScore(
  weight: number | undefined,
  { full, executed }: SelfEvaluation["funds"]["total"],
): number | undefined {
  if (weight === undefined || full === undefined || executed === undefined) return undefined;
  if (full <= 0 || executed < 0) return undefined;
  return (weight * Math.min(executed, full)) / full;
}

/**
 * The table after a change, with 预算执行率得分 and 总分 where what they follow from changed; absent until all of that is
 * filled in. What an import printed stays until then.
 */
export function withFollowedScores(before: SelfEvaluation, after: SelfEvaluation): SelfEvaluation {
  const due = dueFundsScore(after.fundsWeight, after.funds.total);
  const isDueAsBefore = dueFundsScore(before.fundsWeight, before.funds.total) === due;
  const fundsScore = due === undefined ? undefined : Math.round(due);
  const scored = isDueAsBefore ? after : { ...after, fundsScore };
  const scores = (table: SelfEvaluation) => pointsColumn(table, "score").join();
  return scores(before) === scores(scored)
    ? scored
    : { ...scored, totalScore: wholeSum(scored, "score") };
}

/**
 * Points as people type them, in hundredths: 9.5, 9.50, 9.5分. Nothing typed, or a dash, is none; at most two decimals,
 * from 0 to 100.
 */
export function parsePoints(text: string): Result<number | undefined, "not_points"> {
  const plain = text.normalize("NFKC").replace(/\s|分$/gu, "");
  if (/^[─—–－\-/]*$/u.test(plain)) return ok(undefined);
  const points = /^\d{1,3}(?:\.\d{0,2}0*)?$/u.test(plain) ? Math.round(Number(plain) * 100) : NaN;
  return points <= 100_00 ? ok(points) : err("not_points");
}
