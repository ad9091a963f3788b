import { a1 } from "../../forms/a1.ts";
import type { Look, Merge, SheetCell, WorkbookSheet } from "../../forms/workbook-sheet.ts";
import { percentHundredths, printExact, printHundredths } from "../../money.ts";
import type { SelfEvaluation } from "../sections.ts";
import { dueFundsScore, wholeSum } from "../self-evaluation.ts";

/** 项目支出绩效自评表 as a sheet to fill in and hand back, or filled in; `readEvaluationSheets` reads it back. */

const columns = 8;
const widths = [16, 16, 24, 16, 16, 9, 9, 30] as const;
/** Lines for indicators of a form to be filled in. */
const spareLines = { whenEmpty: 20, whenFilled: 5 } as const;
const sources = {
  total: "年度资金总额",
  fiscal: "其中：当年财政拨款",
  carriedOver: "上年结转资金",
  other: "其他资金",
} as const;
const rows = { title: 0, year: 1, project: 2, department: 3, fundsHead: 4, goalsHead: 9 } as const;

const input: Look = { kind: "name", align: "left", input: true };
const points: Look = { kind: "money", align: "right", input: true };

export function evaluationSheet(
  table: SelfEvaluation | undefined,
  own: { readonly name: string; readonly year: number; readonly department: string },
): WorkbookSheet {
  const goals = table?.goals ?? [];
  const goalLines = Math.max(1, goals.length);
  const head = rows.goalsHead + 1 + goalLines;
  const indicators = table?.indicators ?? [];
  const lines =
    indicators.length + (indicators.length === 0 ? spareLines.whenEmpty : spareLines.whenFilled);
  const sum = head + 1 + lines;
  return {
    name: own.name,
    cells: [
      ...titleCells(table, own),
      ...fundsCells(table),
      ...goalCells(goals, goalLines),
      ...indicatorCells(indicators, { head, lines }),
      ...sumCells(table, { head, sum }),
    ],
    merges: mergesOf({ goalLines, head, sum }),
    widths,
    headRows: rows.project,
    orientation: "landscape",
    printArea: `A1:${a1({ row: sum, column: columns - 1 })}`,
    tallRows: new Map(),
    isOnePage: false,
  };
}

const textCell = (row: number, column: number, look: Look, text: string): SheetCell => ({
  ...{ row, column, look },
  ...(text === "" ? {} : { content: { text } }),
});
const headCell = (row: number, column: number, text: string): SheetCell =>
  textCell(row, column, { kind: "head" }, text);
const numberCell = (
  row: number,
  column: number,
  look: Look,
  number: number | undefined,
): SheetCell => ({
  ...{ row, column, look },
  ...(number === undefined ? {} : { content: { number } }),
});
const hundredths = (score: number | undefined): number | undefined =>
  score === undefined ? undefined : score / 100;

function titleCells(
  table: SelfEvaluation | undefined,
  own: { readonly year: number; readonly department: string },
): SheetCell[] {
  return [
    textCell(rows.title, 0, { kind: "title" }, "项目支出绩效自评表"),
    textCell(
      rows.year,
      0,
      { kind: "line", align: "center" },
      `（${String(table?.year ?? own.year)}年度）`,
    ),
    headCell(rows.project, 0, "项目名称"),
    textCell(rows.project, 1, input, table?.project ?? ""),
    headCell(rows.department, 0, "主管部门"),
    textCell(rows.department, 1, input, table?.department ?? own.department),
    headCell(rows.department, 4, "实施单位"),
    textCell(rows.department, 5, input, table?.unit ?? ""),
  ];
}

function fundsCells(table: SelfEvaluation | undefined): SheetCell[] {
  const total = rows.fundsHead + 1;
  const { full, executed } = table?.funds.total ?? {};
  const rate =
    full === undefined || executed === undefined ? undefined : percentHundredths(executed, full);
  const due = table && dueFundsScore(table.fundsWeight, table.funds.total);
  const [weight, planned, spent] = [5, 3, 4].map((column) => a1({ row: total, column }));
  const formula = `IF(AND(ISNUMBER(${String(weight)}),ISNUMBER(${String(planned)}),ISNUMBER(${String(spent)})),IF(${String(planned)}>0,ROUND(${String(weight)}*MIN(1,${String(spent)}/${String(planned)}),2),""),"")`;
  const stored = table?.fundsScore;
  const isComputed = stored === undefined || stored === Math.round(due ?? Number.NaN);
  return [
    headCell(rows.fundsHead, 0, "项目资金（万元）"),
    headCell(rows.fundsHead, 1, ""),
    ...["年初预算数", "全年预算数（A）", "全年执行数（B）", "分值", "执行率（B/A）", "得分"].map(
      (text, index) => headCell(rows.fundsHead, index + 2, text),
    ),
    ...(Object.keys(sources) as (keyof typeof sources)[]).flatMap((source, index) => {
      const row = total + index;
      const amounts = table?.funds[source];
      return [
        headCell(row, 1, sources[source]),
        ...(["initial", "full", "executed"] as const).map((key, at) => {
          const fen = amounts?.[key];
          return numberCell(
            row,
            at + 2,
            points,
            fen === undefined ? fen : Number(printExact(fen, "wan")),
          );
        }),
        ...(source === "total" ? [] : [5, 6, 7].map((column) => headCell(row, column, "—"))),
      ];
    }),
    numberCell(total, 5, points, hundredths(table?.fundsWeight)),
    textCell(
      total,
      6,
      { kind: "name", align: "right" },
      rate === undefined ? "" : `${printHundredths(rate)}%`,
    ),
    isComputed
      ? {
          ...{ row: total, column: 7, look: { kind: "money", align: "right" } },
          content: { formula, result: hundredths(stored) ?? "" },
        }
      : numberCell(total, 7, { ...points, differs: true }, hundredths(stored)),
  ];
}

function goalCells(goals: SelfEvaluation["goals"], lines: number): SheetCell[] {
  return [
    headCell(rows.goalsHead, 0, "年度总体目标"),
    headCell(rows.goalsHead, 1, "预期目标"),
    headCell(rows.goalsHead, 4, "实际完成情况"),
    ...Array.from({ length: lines }, (_, index) => [
      textCell(rows.goalsHead + 1 + index, 1, input, goals[index]?.expected ?? ""),
      textCell(rows.goalsHead + 1 + index, 4, input, goals[index]?.achieved ?? ""),
    ]).flat(),
  ];
}

function indicatorCells(
  indicators: SelfEvaluation["indicators"],
  { head, lines }: { readonly head: number; readonly lines: number },
): SheetCell[] {
  const heads = [
    ...["一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分"],
    "偏差原因分析及改进措施",
  ];
  return [
    ...heads.map((text, column) => headCell(head, column, text)),
    ...Array.from({ length: lines }, (_, index) => {
      const indicator = indicators[index];
      const row = head + 1 + index;
      const words = (["level1", "level2", "level3", "target", "actual"] as const).map(
        (key, column) => textCell(row, column, input, indicator?.[key] ?? ""),
      );
      return [
        ...words,
        numberCell(row, 5, points, hundredths(indicator?.weight)),
        numberCell(row, 6, points, hundredths(indicator?.score)),
        textCell(row, 7, input, indicator?.deviation ?? ""),
      ];
    }).flat(),
  ];
}

/** 总分 adds up 预算执行率 and the lines above; a printed total that is another is left as it is. */
function sumCells(
  table: SelfEvaluation | undefined,
  { head, sum }: { readonly head: number; readonly sum: number },
): SheetCell[] {
  const added = (column: number, ofFunds: number, result: number | undefined): SheetCell => {
    const first = a1({ row: head + 1, column });
    const last = a1({ row: sum - 1, column });
    const own = a1({ row: rows.fundsHead + 1, column: ofFunds });
    return {
      ...{ row: sum, column, look: { kind: "money", align: "right", total: true } },
      content: {
        formula: `IF(COUNT(${own},${first}:${last})=0,"",SUM(${own},${first}:${last}))`,
        result: result ?? "",
      },
    };
  };
  const score = table && wholeSum(table, "score");
  const stored = table?.totalScore;
  return [
    headCell(sum, 0, "总分"),
    added(5, 5, hundredths(table && wholeSum(table, "weight"))),
    stored === undefined || stored === score
      ? added(6, 7, hundredths(stored))
      : numberCell(sum, 6, { ...points, differs: true, total: true }, hundredths(stored)),
    headCell(sum, 7, ""),
  ];
}

function mergesOf({
  goalLines,
  head,
  sum,
}: {
  readonly goalLines: number;
  readonly head: number;
  readonly sum: number;
}): Merge[] {
  const across = (row: number, from: number, to: number): Merge => ({
    from: { row, column: from },
    to: { row, column: to },
  });
  const down = (from: number, to: number): Merge => ({
    from: { row: from, column: 0 },
    to: { row: to, column: 0 },
  });
  return [
    ...[rows.title, rows.year].map((row) => across(row, 0, columns - 1)),
    across(rows.project, 1, columns - 1),
    across(rows.department, 1, 3),
    across(rows.department, 5, columns - 1),
    down(rows.fundsHead, rows.goalsHead - 1),
    down(rows.goalsHead, head - 1),
    ...Array.from({ length: goalLines + 1 }, (_, index) => [
      across(rows.goalsHead + index, 1, 3),
      across(rows.goalsHead + index, 4, columns - 1),
    ]).flat(),
    across(sum, 0, 4),
  ];
}
