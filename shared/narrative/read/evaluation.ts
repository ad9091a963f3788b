import type { SelfEvaluation } from "../../report/sections.ts";
import { isBlock, type Block, type Flow, type PrintedTable, type SourceLine } from "./flow.ts";

/** Performance figures (绩效) of a published report: scores in its text, 部门评价 report, 自评表. */

export interface WordsAt {
  readonly block: Block;
  readonly at: number;
}

export interface ProjectScore extends WordsAt {
  readonly name: string;
  readonly score: number;
}

/** A part of an evaluation, 项目产出指标 … 分值共34分，得分33.33分，得分率98.03%. */
export interface DimensionScore extends WordsAt {
  readonly name: string;
  readonly weight: number;
  readonly score: number;
  /** Per cent as printed, with its decimals. */
  readonly rate?: { readonly value: number; readonly decimals: number; readonly text: string };
}

/** A 部门评价 report among the attachments. */
export interface EvaluationReport {
  readonly project: string;
  readonly title: WordsAt;
  readonly score?: WordsAt & { readonly value: number };
  readonly grade?: WordsAt & { readonly word: string };
  readonly dimensions: readonly DimensionScore[];
}

type Indicator = SelfEvaluation["indicators"][number];

/**
 * A 自评表 in the report's own shape, scores in hundredths of a point, money in 分. Of one that was read from print,
 * what could not be read is absent.
 */
export interface SelfEvaluationFigures {
  readonly project?: string;
  readonly funds?: SelfEvaluation["funds"];
  readonly fundsWeight?: number | undefined;
  readonly fundsScore?: number | undefined;
  /** 执行率 as printed, in hundredths of 1 %; a typed table leaves it to be calculated. */
  readonly fundsRate?: number;
  readonly indicators: readonly Omit<Indicator, "level1">[];
  readonly totalScore?: number | undefined;
  /** Rows may have been lost in print, so that a sum proves nothing by itself. */
  readonly mayLackRows?: true;
}

/** 项目支出绩效自评表, as far as it could be read. */
export interface PrintedSelfEvaluation {
  readonly title: string;
  readonly first?: SourceLine;
  readonly figures: SelfEvaluationFigures;
  /** The line that a part of it is printed on, by its path: `indicators.3.score`, `totalScore`. */
  readonly lineOf: (path: string) => SourceLine | undefined;
  /** Cells that repeat the unit of their column head. */
  readonly unitCells: readonly SourceLine[];
}

export function readProjects(blocks: readonly Block[]): ProjectScore[] {
  return blocks.flatMap((block): ProjectScore[] => {
    const match =
      /^（\d{1,3}）(.{2,60}?)(?:项目)?(?:绩效)?自评(?:得分|分数)(?:为)?(\d+(?:\.\d+)?)分/u.exec(
        block.text,
      );
    const [, name, score] = match ?? [];
    return name === undefined
      ? []
      : [{ block, at: 0, name: projectName(name), score: Number(score) }];
  });
}

/** A project's name without 项目, quotes and 支出. */
export const projectName = (name: string): string =>
  name.replace(/[“”"《》\s]/gu, "").replace(/(?:项目)?(?:支出)?(?:项目)?$/u, "");

export function readEvaluations(parts: Flow["parts"]): EvaluationReport[] {
  const reports: EvaluationReport[] = [];
  let open:
    | ({ -readonly [Key in keyof EvaluationReport]: EvaluationReport[Key] } & {
        dimensions: DimensionScore[];
      })
    | undefined;
  for (const part of parts) {
    if (!isBlock(part)) continue;
    const named = /\d{4}年度?(.{2,40}?)(?:部门)?(?:绩效)?评价报告$/u.exec(part.text)?.[1];
    if (part.kind === "heading" && named !== undefined) {
      open = { project: projectName(named), title: { block: part, at: 0 }, dimensions: [] };
      reports.push(open);
    } else if (open !== undefined) {
      open.dimensions.push(...dimensionsIn(part));
      const score = /(?<!绩效)评价(?:总)?得分(?:为)?(\d+(?:\.\d+)?)分/u.exec(part.text);
      if (score !== null) open.score ??= { block: part, at: score.index, value: Number(score[1]) };
      const grade = /等级为“?(优|良|中|差|合格|不合格)/u.exec(part.text);
      if (grade?.[1] !== undefined) open.grade ??= { block: part, at: grade.index, word: grade[1] };
    }
  }
  return reports;
}

const dimension =
  /([\p{Script=Han}]{2,10}?)指标[^。]{0,300}?分值(?:共|为|合计)?(\d+(?:\.\d+)?)分，(?:绩效)?(?:评价)?(?:实际)?得(?:分)?(?:为)?(\d+(?:\.\d+)?)分(?:，得分率(?:为)?(\d+(?:\.(\d+))?)%)?/gu;

const dimensionsIn = (block: Block): DimensionScore[] =>
  (block.text.includes("分值") ? [...block.text.matchAll(dimension)] : []).map((match) => {
    const [, name = "", weight, score, rate, fraction = ""] = match;
    return {
      block,
      at: match.index,
      name,
      weight: Number(weight),
      score: Number(score),
      ...(rate === undefined
        ? {}
        : { rate: { value: Number(rate), decimals: fraction.length, text: `${rate}%` } }),
    };
  });

const figure = "\\d+(?:\\.\\d+)?";
const rowPattern = new RegExp(
  `^(?:(?<name>.*?) )?(?<target>\\S+) (?<actual>\\S+) (?<weight>${figure}) (?<score>${figure})(?: (?<deviation>\\D.*))?$`,
  "u",
);
const fundsPattern = new RegExp(
  `年度资金总额 ?(?<initial>${figure})(?:万元?)? (?<full>${figure})(?:万元?)? (?<executed>${figure})(?:万元?)? (?<weight>${figure}) (?<rate>${figure})%? (?<score>${figure})`,
  "u",
);

/** Rows of 项目资金, which hold amounts where indicators have weight and score. */
const moneyRow = /^(?:年度资金总额|其中：|当年财政|上年结转|其他资金)/u;

/** Lines that the row of 年度资金总额 is torn into, at most. */
const mostTornLines = 12;

/** Rows of the table as it is printed. */
interface IndicatorRow {
  readonly name: string;
  readonly target: string;
  readonly actual: string;
  readonly weight: number;
  readonly score: number;
  readonly deviation: string;
  readonly source: SourceLine;
}

interface FundsRow {
  /** 年初预算数, 全年预算数, 全年执行数 in 万元. */
  readonly amounts: readonly number[];
  readonly weight: number;
  readonly rate: number;
  readonly score: number;
  readonly source: SourceLine;
}

interface PrintedRows {
  readonly indicators: readonly IndicatorRow[];
  readonly funds?: FundsRow;
  readonly total?: { readonly score: number; readonly source: SourceLine };
}

export function readSelfEvaluation(table: PrintedTable): PrintedSelfEvaluation {
  const read = readRows(table.rows);
  const { funds, total } = read;
  const indicators = withReasonsAround(table.rows, read.indicators);
  const [first] = table.rows;
  const project = projectIn(table.rows);
  const inWan = /（万元）|单位：万元/u.test(
    table.rows.map(({ text }) => text.replaceAll(" ", "")).join(""),
  );
  const lines = new Map<string, SourceLine | undefined>([
    ["", total?.source ?? first],
    ...["funds", "fundsRate", "fundsScore"].map((path) => [path, funds?.source] as const),
    ...indicators.map(({ source }, index) => [`indicators.${String(index)}`, source] as const),
  ]);
  return {
    title: table.title,
    ...(first === undefined ? {} : { first }),
    figures: {
      ...(project === undefined ? {} : { project }),
      ...(funds === undefined ? {} : fundsFigures(funds, fundParts(table.rows, funds.source))),
      indicators: indicators.map(indicatorOf),
      ...(total === undefined ? {} : { totalScore: hundredths(total.score) }),
      mayLackRows: true,
    },
    lineOf: (path) => nearest(lines, path),
    unitCells: inWan ? table.rows.filter(({ text }) => /\d万元? \d[\d.]*万/u.test(text)) : [],
  };
}

/** What the map has of a path, or of the part of the table that it lies in. */
function nearest<T>(lines: ReadonlyMap<string, T>, path: string): T | undefined {
  if (path === "" || lines.has(path)) return lines.get(path);
  return nearest(lines, path.includes(".") ? path.slice(0, path.lastIndexOf(".")) : "");
}

const hundredths = (points: number): number => Math.round(points * 100);
const fen = (wan: number): number => Math.round(wan * 1_000_000);

const amountsOf = ([initial = 0, full = 0, executed = 0]: readonly number[]) => ({
  initial: fen(initial),
  full: fen(full),
  executed: fen(executed),
});

function fundsFigures(
  { amounts, weight, rate, score }: FundsRow,
  [fiscal, carriedOver, other]: readonly (readonly number[] | undefined)[],
) {
  return {
    funds: {
      total: amountsOf(amounts),
      ...(fiscal === undefined ? {} : { fiscal: amountsOf(fiscal) }),
      ...(carriedOver === undefined ? {} : { carriedOver: amountsOf(carriedOver) }),
      ...(other === undefined ? {} : { other: amountsOf(other) }),
    },
    fundsWeight: hundredths(weight),
    fundsRate: hundredths(rate),
    fundsScore: hundredths(score),
  };
}

function indicatorOf({ name, target, actual, weight, score, deviation }: IndicatorRow) {
  const [, level2 = "", level3 = name] = /^(.*指标)(.+)$/u.exec(name) ?? [];
  return {
    ...{ level2, level3, target, actual },
    weight: hundredths(weight),
    score: hundredths(score),
    ...(deviation === "" ? {} : { deviation }),
  };
}

function readRows(lines: readonly SourceLine[]): PrintedRows {
  const indicators: IndicatorRow[] = [];
  let pending: string[] = [];
  let funds: FundsRow | undefined;
  let total: PrintedRows["total"];
  for (const source of lines) {
    const sum = new RegExp(`^总 ?分 (${figure}) (${figure})$`, "u").exec(source.text);
    if (sum !== null) {
      total = { score: Number(sum[2]), source };
      continue;
    }
    const money =
      funds === undefined
        ? fundsPattern.exec(glued([...pending.slice(-mostTornLines), source.text]))?.groups
        : undefined;
    if (money !== undefined) {
      funds = {
        amounts: [money.initial, money.full, money.executed].map(Number),
        weight: Number(money.weight),
        rate: Number(money.rate),
        score: Number(money.score),
        source,
      };
      pending = [];
      continue;
    }
    const isMoney = moneyRow.test(source.text) || moneyRow.test(pending.at(-1) ?? "");
    const alone = moneyRow.test(source.text) ? null : rowPattern.exec(source.text);
    const joins = alone === null && !isMoney && /\d$/u.test(source.text);
    const found =
      alone?.groups ??
      (joins ? rowPattern.exec(glued([...pending.slice(-3), source.text]))?.groups : undefined);
    if (found === undefined) {
      pending.push(source.text);
      continue;
    }
    const name = (alone === null ? "" : nameBefore(pending)) + (found.name ?? "");
    pending = [];
    indicators.push({
      name: name.replaceAll(" ", ""),
      target: found.target ?? "",
      actual: found.actual ?? "",
      weight: Number(found.weight),
      score: Number(found.score),
      deviation: found.deviation ?? "",
      source,
    });
  }
  return {
    indicators,
    ...(funds === undefined ? {} : { funds }),
    ...(total === undefined ? {} : { total }),
  };
}

/** A reason in a narrow column is in the lines above and below its row. */
function withReasonsAround(
  lines: readonly SourceLine[],
  rows: readonly IndicatorRow[],
): IndicatorRow[] {
  const places = new Map(lines.map((line, index) => [line, index]));
  return rows.map((row, index): IndicatorRow => {
    if (row.deviation !== "") return row;
    const [before, after] = [rows[index - 1]?.source, rows[index + 1]?.source];
    const around = lines.slice(
      before === undefined ? 0 : (places.get(before) ?? 0) + 1,
      after === undefined ? undefined : places.get(after),
    );
    const reason = around.find(
      (line) => line !== row.source && /[，。；]|因|影响/u.test(line.text),
    );
    return reason === undefined ? row : { ...row, deviation: reason.text };
  });
}

function projectIn(lines: readonly SourceLine[]): string | undefined {
  const head = lines
    .slice(0, 14)
    .map(({ text }) => text.replaceAll(" ", ""))
    .join("");
  const named = head.split("项目名称").slice(1).join("项目名称");
  const project = /^.+?(?=主管部门|实施单位)/u.exec(named)?.[0];
  return project === undefined ? undefined : projectName(project);
}

/**
 * 其中：当年财政拨款 85 85 53.45 —, 上年结转资金, 其他资金: three figures each, or a dash; none of them where one
 * could not be read.
 */
function fundParts(
  rows: readonly SourceLine[],
  total: SourceLine,
): readonly (readonly number[] | undefined)[] {
  const below = rows.slice(rows.indexOf(total) + 1);
  const end = below.findIndex(({ text }) =>
    /总体目标|预期目标|绩效指标|^年$/u.test(text.replaceAll(" ", "")),
  );
  const joined = below
    .slice(0, end < 0 ? 0 : end)
    .map(({ text }) => text)
    .join(" ")
    .replace(/(?<=\p{Script=Han}) (?=\p{Script=Han})/gu, "");
  const own = joined.indexOf("财政拨款");
  const carried = own < 0 ? -1 : joined.indexOf("上年结转", own);
  const other = carried < 0 ? -1 : joined.indexOf("其他资金", carried);
  if (other < 0) return [];
  const stretches = [
    joined.slice(own + 4, carried),
    joined.slice(carried + 4, other),
    joined.slice(other + 4),
  ];
  const parts = stretches.map((words) =>
    [...words.replace(/[—─-].*$/u, "").matchAll(/(?<!\d)\d+(?:\.\d+)?(?!%|[\d.])/gu)].map(Number),
  );
  const isRead = parts.every(({ length }) => length === 3 || length === 0);
  return isRead ? parts.map((part) => (part.length === 0 ? undefined : part)) : [];
}

/** Lines of a torn row: a few characters go on without a space. */
const glued = (lines: readonly string[]): string =>
  lines
    .reduce(
      (text, line) => (/^\p{Script=Han}{1,4}$/u.test(line) ? text + line : `${text} ${line}`),
      "",
    )
    .trim();

/** The indicator's name that is in the lines above its figures. */
function nameBefore(pending: readonly string[]): string {
  const lines: string[] = [];
  for (const line of pending.toReversed()) {
    if (/\d|指标?$|措施$|：/u.test(line)) break;
    lines.unshift(line);
  }
  return lines.join("");
}
