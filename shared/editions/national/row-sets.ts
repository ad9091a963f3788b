import { chineseOrdinal } from "../../chinese-ordinal.ts";
import type { HeadCell } from "../../forms/form.ts";
import type { EditionData } from "../edition-data.ts";

/** Rows, columns and head cells of the national tables. */

type BlockData = EditionData["forms"][number]["blocks"][number];
export type RowData = Exclude<BlockData["rows"], string>[number];

export const head = (text: string, span: { columns?: number; rows?: number } = {}): HeadCell => ({
  text,
  ...(span.columns === undefined ? {} : { colspan: span.columns }),
  ...(span.rows === undefined ? {} : { rowspan: span.rows }),
});

/** The 26 支出功能分类 classes a departmental report has, in printed order (一、 to 二十六、). */
export const expenseClasses = [
  ...["201", "202", "203", "204", "205", "206", "207", "208", "210", "211", "212", "213", "214"],
  ...["215", "216", "217", "219", "220", "221", "222", "223", "224", "229", "231", "232", "234"],
] as const;

export const classRows = (codeNames: ReadonlyMap<string, string>): RowData[] =>
  expenseClasses.map((code, index) => ({
    key: code,
    name: `${chineseOrdinal(index + 1)}、${nameOf(codeNames, code)}`,
  }));

/** Rows of 经济分类 codes: the 类 first, its 款 set in under it. */
export const economicRows = (
  codeNames: ReadonlyMap<string, string>,
  codes: readonly string[],
): RowData[] =>
  codes.map((code) => ({
    key: code,
    code,
    name: nameOf(codeNames, code),
    ...(code.length > 3 ? { indent: 1 } : { total: true }),
  }));

/** A 类 and all its 款 of the code table, but those left out. */
export const codesUnder = (
  codeNames: ReadonlyMap<string, string>,
  parent: string,
  except: readonly string[] = [],
): string[] =>
  [...codeNames.keys()].filter((code) => code.startsWith(parent) && !except.includes(code));

/** The rows with empty lines under the last. */
export const withBlankLines = (count: number, rows: readonly RowData[]): RowData[] =>
  rows.map((row, index) =>
    index === rows.length - 1 && count > 0 ? { ...row, blankLines: count } : row,
  );

const nameOf = (codeNames: ReadonlyMap<string, string>, code: string): string => {
  const name = codeNames.get(code);
  if (name === undefined) throw new Error(`No code ${code} in the table of the year`);
  return name;
};

/** 收入支出决算总表, income side: the eight kinds of income. */
export const incomeRows: readonly RowData[] = [
  { key: "general", name: "一、一般公共预算财政拨款收入" },
  { key: "fund", name: "二、政府性基金预算财政拨款收入" },
  { key: "capital", name: "三、国有资本经营预算财政拨款收入" },
  { key: "superior", name: "四、上级补助收入" },
  { key: "business", name: "五、事业收入" },
  { key: "operating", name: "六、经营收入" },
  { key: "affiliate", name: "七、附属单位上缴收入" },
  { key: "other", name: "八、其他收入" },
];

/** 财政拨款收入支出决算总表, income side: the three budgets. */
export const fiscalIncomeRows: readonly RowData[] = [
  { key: "general", name: "一、一般公共预算财政拨款" },
  { key: "fund", name: "二、政府性基金预算财政拨款" },
  { key: "capital", name: "三、国有资本经营预算财政拨款" },
];

export const incomeTotal: RowData = { key: "income_total", name: "本年收入合计", total: true };
export const incomeSum: RowData = { key: "income_sum", name: "总计", total: true };
export const expenseTotal: RowData = { key: "expense_total", name: "本年支出合计", total: true };
export const expenseSum: RowData = { key: "expense_sum", name: "总计", total: true };
export const distribution: RowData = { key: "distribution", name: "结余分配" };
export const opening: RowData = { key: "opening", name: "年初结转和结余" };
export const closing: RowData = { key: "closing", name: "年末结转和结余" };
export const fiscalOpening: RowData = { key: "opening", name: "年初财政拨款结转和结余" };
export const fiscalClosing: RowData = { key: "closing", name: "年末财政拨款结转和结余" };

type Keyed = readonly (readonly [key: string, name: string])[];

/** Value columns in printed order. */
export const columns = (pairs: Keyed): BlockData["columns"] =>
  pairs.map(([key, name]) => ({ key, name }));

export const incomeColumns = [
  ["total", "本年收入合计"],
  ["fiscal", "财政拨款收入"],
  ["superior", "上级补助收入"],
  ["business", "事业收入"],
  ["operating", "经营收入"],
  ["affiliate", "附属单位上缴收入"],
  ["other", "其他收入"],
] as const;

export const expenseColumns = [
  ["total", "本年支出合计"],
  ["basic", "基本支出"],
  ["project", "项目支出"],
  ["to_superior", "上缴上级支出"],
  ["operating", "经营支出"],
  ["to_affiliate", "对附属单位补助支出"],
] as const;

export const fundColumns = [
  ["opening", "年初结转和结余"],
  ["income", "本年收入"],
  ["total", "小计"],
  ["basic", "基本支出"],
  ["project", "项目支出"],
  ["closing", "年末结转和结余"],
] as const;

export const budgetColumns = [
  ["total", "合计"],
  ["general", "一般公共预算财政拨款"],
  ["fund", "政府性基金预算财政拨款"],
  ["capital", "国有资本经营预算财政拨款"],
] as const;

/** “三公”经费 rows; what is not a plan figure dashes all columns but 决算数. */
export function hospitalityRows(plan: readonly string[], final: string): RowData[] {
  const finalOnly = { dashes: plan };
  const counted = { dashes: plan, kind: "count" } as const;
  return [
    { key: "total", name: "一、“三公”经费支出", total: true },
    { key: "abroad", name: "1.因公出国（境）费", indent: 1 },
    { key: "vehicles", name: "2.公务用车购置及运行维护费", indent: 1 },
    { key: "vehicle_purchase", name: "（1）公务用车购置费", indent: 2 },
    { key: "vehicle_running", name: "（2）公务用车运行维护费", indent: 2 },
    { key: "reception", name: "3.公务接待费", indent: 1 },
    { key: "reception_domestic", name: "（1）国内接待费", indent: 2, ...finalOnly },
    { key: "reception_domestic_foreign", name: "其中：外事接待费", indent: 4, ...finalOnly },
    { key: "reception_overseas", name: "（2）国（境）外接待费", indent: 2, ...finalOnly },
    { key: "stats", name: "二、相关统计数", total: true, dashes: [...plan, final] },
    { key: "abroad_groups", name: "1.因公出国（境）团组数（个）", indent: 1, ...counted },
    { key: "abroad_persons", name: "2.因公出国（境）人次数（人）", indent: 1, ...counted },
    { key: "vehicles_bought", name: "3.公务用车购置数（辆）", indent: 1, ...counted },
    { key: "vehicles_kept", name: "4.公务用车保有量（辆）", indent: 1, ...counted },
    { key: "domestic_batches", name: "5.国内公务接待批次（个）", indent: 1, ...counted },
    { key: "domestic_batches_foreign", name: "其中：外事接待批次（个）", indent: 4, ...counted },
    { key: "domestic_persons", name: "6.国内公务接待人次（人）", indent: 1, ...counted },
    { key: "domestic_persons_foreign", name: "其中：外事接待人次（人）", indent: 4, ...counted },
    { key: "overseas_batches", name: "7.国（境）外公务接待批次（个）", indent: 1, ...counted },
    { key: "overseas_persons", name: "8.国（境）外公务接待人次（人）", indent: 1, ...counted },
  ];
}

/** 国有资产占用: vehicles and large equipment. */
export const assetRows: readonly RowData[] = (
  [
    { key: "vehicles_total", name: "一、车辆数合计（台、辆）", total: true },
    { key: "minister_cars", name: "1.副部（省）级及以上领导用车", indent: 1 },
    { key: "leader_cars", name: "2.主要领导干部用车", indent: 1 },
    { key: "confidential_cars", name: "3.机要通信用车", indent: 1 },
    { key: "emergency_cars", name: "4.应急保障用车", indent: 1 },
    { key: "enforcement_cars", name: "5.执法执勤用车", indent: 1 },
    { key: "special_cars", name: "6.特种专业技术用车", indent: 1 },
    { key: "retired_cars", name: "7.离退休干部用车", indent: 1 },
    { key: "other_cars", name: "8.其他用车", indent: 1 },
    { key: "equipment", name: "二、单价100万元（含）以上设备（不含车辆）", total: true },
  ] as const
).map((row) => ({ ...row, kind: "count" }));
