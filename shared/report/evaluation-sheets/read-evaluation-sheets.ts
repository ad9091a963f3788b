import { parseTyped, type AmountUnit } from "../../money.ts";
import type { GridPlace } from "../../forms/a1.ts";
import { openFormulaAt, type SheetGrid } from "../../forms/workbook-grid.ts";
import { boxCharacters, proseCharacters } from "../section-bounds.ts";
import type { Performance, SelfEvaluation } from "../sections.ts";
import { dueFundsScore, parsePoints, wholeSum } from "../self-evaluation.ts";
import {
  bareHead,
  cellReader,
  findRow,
  findText,
  textsOf,
  valueBeside,
  whereOf,
  type CellReader,
  type SheetFault,
} from "./sheet-places.ts";

/**
 * 项目支出绩效自评表 as bureaus hand it out, one project a sheet, or a list of projects with their scores. Sheets and boxes
 * are known by their heads and names.
 */

export interface EvaluationSheets {
  readonly tables: readonly SelfEvaluation[];
  /** From lists; a project that has a table of its own is not repeated. */
  readonly projects: Performance["projects"];
  /** Sheets that are neither, and forms that nobody filled in. */
  readonly ignored: readonly string[];
  readonly faults: readonly SheetFault[];
}

export function readEvaluationSheets(
  grids: readonly SheetGrid[],
  own: { readonly year: number; readonly department: string },
): EvaluationSheets {
  const tables: SelfEvaluation[] = [];
  const projects: Performance["projects"] = [];
  const ignored: string[] = [];
  const faults: SheetFault[] = [];
  for (const grid of grids) {
    const indicators = findRow(grid, indicatorHeads, ["level3", "target"]);
    const list = indicators === undefined ? findRow(grid, listHeads, ["name", "score"]) : undefined;
    if (indicators !== undefined) {
      const read = readForm(grid, indicators, own);
      faults.push(...read.faults);
      if (read.table === undefined && read.faults.length === 0) ignored.push(grid.name);
      if (read.table !== undefined) tables.push(read.table);
    } else if (list !== undefined) {
      const read = readList(grid, list);
      faults.push(...read.faults);
      projects.push(...read.projects);
    } else ignored.push(grid.name);
  }
  const named = new Set(tables.map(({ project }) => project));
  return { tables, projects: projects.filter(({ name }) => !named.has(name)), ignored, faults };
}

const indicatorHeads = {
  level1: /^一级指标/u,
  level2: /^二级指标/u,
  level3: /^三级指标/u,
  target: /^(?:年度|绩效|计划|目标)?(?:指标|目标)值/u,
  actual: /^(?:全年|年度)?(?:实际)?完成(?:值|情况)/u,
  weight: /^(?:分值|权重)/u,
  score: /^(?:自评)?得分/u,
  deviation: /^(?:偏差|未完成)?原因/u,
} as const;
const fundsHeads = {
  initial: /^年初预算/u,
  full: /^全年预算/u,
  executed: /^全年(?:执行|支出|实际支出)/u,
  weight: /^分值/u,
  score: /^得分/u,
} as const;
const goalHeads = {
  expected: /^(?:年初设定|预期)目标/u,
  achieved: /^(?:全年|年度)?(?:实际)?(?:完成|目标完成)情况/u,
} as const;
const listHeads = {
  name: /^项目名称$/u,
  score: /^(?:绩效)?(?:自评|评价)?(?:得分|分数|总分)/u,
  amount: /^(?:涉及资金|资金|项目金额|金额|预算金额|全年预算|预算数)/u,
} as const;
const labels = {
  project: /^项目名称$/u,
  department: /^(?:项目)?主管部门(?:及代码)?$/u,
  unit: /^(?:项目)?实施单位$/u,
  year: /^年度$/u,
} as const;
const sourceRows = {
  total: /^(?:年度)?资金总额/u,
  fiscal: /(?:当年|年度)?财政拨款/u,
  carriedOver: /^上年结转/u,
  other: /^其他资金/u,
} as const;
const sums = /^(?:总分|合计|总计)/u;
/** Lines under the last indicator that are none. */
const closing = /^(?:注|说明|填表|填报|联系|单位负责人|备注)/u;

type Heads = { readonly row: number; readonly columns: ReadonlyMap<string, number> };

function readForm(
  grid: SheetGrid,
  heads: Heads,
  own: { readonly year: number; readonly department: string },
): { readonly table?: SelfEvaluation; readonly faults: readonly SheetFault[] } {
  const reader = cellReader(grid);
  const above = textsOf(grid, 0, heads.row);
  const isLabel = (bare: string) => Object.values(labels).some((label) => label.test(bare));
  const named = (label: keyof typeof labels) => {
    const place = findText(above, labels[label]);
    return place && valueBeside(grid, place, isLabel);
  };
  const project = named("project");
  const label = findText(above, labels.project);
  const { indicators, total } = readIndicators(grid, heads, reader);
  const head = {
    department: reader.text(named("department"), "主管部门", boxCharacters) || own.department,
    unit: reader.text(named("unit"), "实施单位", boxCharacters),
  };
  const funds = readFunds(grid, heads.row, reader);
  const goals = readGoals(grid, heads.row, reader);
  if (project === undefined) {
    const isBlank =
      indicators.every(({ target, actual, score }) => `${target}${actual}` === "" && !score) &&
      funds.funds.total.full === undefined;
    if (!isBlank || label === undefined) {
      const where = label === undefined ? grid.name : whereOf(grid, label);
      reader.faults.push({
        where,
        message: "没有填写项目名称，不知道是哪个项目的自评表。请填写后再导入。",
      });
    }
    return { faults: reader.faults };
  }
  const year = /20\d\d/u.exec(named("year")?.text ?? yearText(above))?.[0];
  const table: SelfEvaluation = {
    project: reader.text(project, "项目名称", boxCharacters),
    year: year === undefined ? own.year : Number(year),
    ...head,
    ...funds,
    goals,
    indicators: [...indicators],
    totalScore: total,
  };
  return reader.faults.length > 0
    ? { faults: reader.faults }
    : { table: withPrintedScores(table), faults: [] };
}

/** （2024年度） under the title. */
const yearText = (above: ReturnType<typeof textsOf>): string =>
  above.find(({ text }) => /20\d\d\s*年/u.test(text))?.text ?? "";

/** Scores as the sheet has them; where it leaves them to be computed, as they follow. */
function withPrintedScores(table: SelfEvaluation): SelfEvaluation {
  const due = dueFundsScore(table.fundsWeight, table.funds.total);
  const fundsScore = table.fundsScore ?? (due === undefined ? undefined : Math.round(due));
  const scored = { ...table, fundsScore };
  return { ...scored, totalScore: table.totalScore ?? wholeSum(scored, "score") };
}

const amountIn = (unit: AmountUnit) => (text: string) => parseTyped(text, unit);
const amountWanted = "金额";
const pointsWanted = "0至100的分数，最多两位小数";

/** Amounts are in 万元 unless the sheet says 元. */
const unitIn = (texts: readonly { readonly text: string }[]): AmountUnit => {
  const units = texts
    .map(({ text }) => text.normalize("NFKC"))
    .filter((text) => /元\)?$/u.test(text));
  return units.some((text) => /(?<!万)元\)?$/u.test(text)) &&
    !units.some((text) => /万元\)?$/u.test(text))
    ? "yuan"
    : "wan";
};

function readFunds(
  grid: SheetGrid,
  end: number,
  reader: CellReader,
): Pick<SelfEvaluation, "funds" | "fundsWeight" | "fundsScore"> {
  const heads = findRow(grid, fundsHeads, ["initial", "full", "executed"]);
  if (heads === undefined || heads.row >= end) return { funds: { total: {} } };
  const unit = unitIn(textsOf(grid, 0, end));
  const funds: SelfEvaluation["funds"] = { total: {} };
  const points: Pick<SelfEvaluation, "fundsWeight" | "fundsScore"> = {};
  const first = Math.min(...heads.columns.values());
  for (let row = heads.row + 1; row < end; row += 1) {
    const name = textsOf(grid, row, row + 1)
      .filter(({ column }) => column < first)
      .map(({ text }) => bareHead(text).replace(/^其中/u, ""))
      .at(-1);
    const source = (Object.keys(sourceRows) as (keyof typeof sourceRows)[]).find(
      (one) => name !== undefined && sourceRows[one].test(name),
    );
    if (source === undefined) continue;
    const at = (head: string) => placeIn(heads, row, head);
    const amount = (head: "initial" | "full" | "executed", word: string) =>
      reader.figure(at(head), word, amountIn(unit), amountWanted);
    const amounts = {
      initial: amount("initial", "年初预算数"),
      full: amount("full", "全年预算数"),
      executed: amount("executed", "全年执行数"),
    };
    const isBlank = Object.values(amounts).every((fen) => fen === undefined);
    if (source === "total" || !isBlank) funds[source] = amounts;
    if (source === "total") {
      points.fundsWeight = pointsAt(grid, reader, at("weight"), "预算执行率分值");
      points.fundsScore = pointsAt(grid, reader, at("score"), "预算执行率得分");
    }
  }
  return { funds, ...points };
}

/** Computed by the sheet itself, points need no result in the file: they are computed here too. */
const pointsAt = (
  grid: SheetGrid,
  reader: CellReader,
  place: GridPlace | undefined,
  name: string,
): number | undefined =>
  place === undefined || openFormulaAt(grid, place) !== undefined
    ? undefined
    : reader.figure(place, name, parsePoints, pointsWanted);

function readGoals(grid: SheetGrid, end: number, reader: CellReader): SelfEvaluation["goals"] {
  const heads = findRow(grid, goalHeads, ["expected", "achieved"]);
  if (heads === undefined || heads.row >= end) return [];
  const goals: SelfEvaluation["goals"] = [];
  for (let row = heads.row + 1; row < end; row += 1) {
    const expected = reader.text(placeIn(heads, row, "expected"), "预期目标", proseCharacters);
    const achieved = reader.text(placeIn(heads, row, "achieved"), "实际完成情况", proseCharacters);
    if (`${expected}${achieved}` !== "") goals.push({ expected, achieved });
  }
  return goals;
}

function readIndicators(
  grid: SheetGrid,
  heads: Heads,
  reader: CellReader,
): { readonly indicators: SelfEvaluation["indicators"]; readonly total: number | undefined } {
  const missing = (["actual", "weight", "score"] as const).filter(
    (head) => !heads.columns.has(head),
  );
  const names = { actual: "实际完成值", weight: "分值", score: "得分" } as const;
  for (const head of missing) {
    reader.faults.push({
      where: `${grid.name}!第${String(heads.row + 1)}行`,
      message: `绩效指标没有“${names[head]}”一栏。请补上这一栏，或下载表样填写。`,
    });
  }
  const indicators: SelfEvaluation["indicators"] = [];
  let total: number | undefined;
  for (let row = heads.row + 1; row < grid.rows.length; row += 1) {
    const texts = textsOf(grid, row, row + 1);
    const [first] = texts;
    if (first === undefined) continue;
    const bare = bareHead(first.text);
    if (closing.test(bare)) break;
    const at = (head: string) => placeIn(heads, row, head);
    if (sums.test(bare)) {
      total = pointsAt(grid, reader, at("score"), "总分");
      break;
    }
    const above = indicators.at(-1);
    const box = (head: keyof typeof indicatorHeads, name: string) =>
      reader.text(at(head), name, boxCharacters);
    const level1 = box("level1", "一级指标") || above?.level1 || "";
    const deviation = reader.text(at("deviation"), "偏差原因", proseCharacters);
    indicators.push({
      level1,
      level2: box("level2", "二级指标") || (level1 === above?.level1 ? above.level2 : ""),
      level3: box("level3", "三级指标"),
      target: box("target", "年度指标值"),
      actual: box("actual", "实际完成值"),
      weight: reader.figure(at("weight"), "分值", parsePoints, pointsWanted),
      score: reader.figure(at("score"), "得分", parsePoints, pointsWanted),
      ...(deviation === "" ? {} : { deviation }),
    });
  }
  return { indicators: indicators.filter(isFilled), total };
}

/** Lines of a form that are left over hold at most the levels of those above them. */
const isFilled = ({
  level3,
  target,
  actual,
  weight,
  score,
}: SelfEvaluation["indicators"][number]) =>
  `${level3}${target}${actual}` !== "" || weight !== undefined || score !== undefined;

function readList(
  grid: SheetGrid,
  heads: Heads,
): { readonly projects: Performance["projects"]; readonly faults: readonly SheetFault[] } {
  const reader = cellReader(grid);
  const unit = unitIn(textsOf(grid, 0, heads.row + 1));
  const projects: Performance["projects"] = [];
  for (let row = heads.row + 1; row < grid.rows.length; row += 1) {
    const at = (head: string) => placeIn(heads, row, head);
    const place = at("name");
    const name = reader.text(place, "项目名称", boxCharacters);
    const [first] = textsOf(grid, row, row + 1);
    if (first === undefined) continue;
    if (sums.test(bareHead(first.text)) || closing.test(bareHead(first.text))) break;
    const score = reader.figure(at("score"), "得分", parsePoints, pointsWanted);
    const amount = reader.figure(at("amount"), "金额", amountIn(unit), amountWanted);
    if (name !== "") projects.push({ name, score, amount });
    else if (score !== undefined || amount !== undefined) {
      reader.faults.push({
        where: whereOf(grid, place ?? { row, column: 0 }),
        message: "没有填写项目名称。请填写后再导入，或删去这一行。",
      });
    }
  }
  return { projects, faults: reader.faults };
}

function placeIn({ columns }: Heads, row: number, head: string): GridPlace | undefined {
  const column = columns.get(head);
  return column === undefined ? undefined : { row, column };
}
