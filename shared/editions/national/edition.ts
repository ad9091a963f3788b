import { economicCodes2022 } from "./codes/economic-2022.ts";
import { functionCodes2022 } from "./codes/function-2022.ts";
import { usualParts } from "../../forms/usual-parts.ts";
import type { EditionData } from "../edition-data.ts";
import { shippedEdition } from "../load-edition.ts";
import { nationalGlossary } from "./glossary.ts";
import { nationalSentences } from "./sentences.ts";
import { nationalSources } from "./sources.ts";
import {
  assetRows,
  budgetColumns,
  classRows,
  closing,
  codesUnder,
  columns,
  distribution,
  economicRows,
  expenseColumns,
  expenseSum,
  expenseTotal,
  fiscalClosing,
  fiscalIncomeRows,
  fiscalOpening,
  fundColumns,
  head,
  hospitalityRows,
  incomeColumns,
  incomeRows,
  incomeSum,
  incomeTotal,
  opening,
  type RowData,
  withBlankLines,
} from "./row-sets.ts";

type Form = EditionData["forms"][number];

const unitLabel = "金额单位：万元";
const wide = { unitLabel, orientation: "landscape" } as const;
const tall = { unitLabel, orientation: "portrait" } as const;
const byCode = { totalRow: "first" } as const;
const classes = classRows(functionCodes2022);

const final = columns([["final", "决算数"]]);
const codeHead = [head("支出功能分类科目编码"), head("科目名称")];

const t01: Form = {
  ...tall,
  id: "t01",
  number: "公开01表",
  title: "收入支出决算总表",
  head: [
    [head("收入", { columns: 3 }), head("支出", { columns: 3 })],
    [head("项目"), head("行次"), head("决算数"), head("项目"), head("行次"), head("决算数")],
  ],
  columnNumbers: true,
  blocks: [
    {
      lead: ["name", "line"],
      columns: final,
      rows: [
        ...withBlankLines(18, incomeRows),
        incomeTotal,
        { key: "surplus_used", name: "使用非财政拨款结余" },
        ...withBlankLines(1, [opening]),
        incomeSum,
      ],
    },
    {
      lead: ["name", "line"],
      columns: final,
      rows: [...classes, expenseTotal, distribution, ...withBlankLines(1, [closing]), expenseSum],
    },
  ],
  notes: ["注：本表反映部门本年度的总收支和年末结转结余情况。"],
};

const t02: Form = {
  ...wide,
  ...byCode,
  id: "t02",
  number: "公开02表",
  title: "收入决算表",
  head: [
    [head("项目", { columns: 2 }), ...incomeColumns.map(([, name]) => head(name, { rows: 2 }))],
    codeHead,
  ],
  columnNumbers: true,
  blocks: [{ lead: ["code", "name"], columns: columns(incomeColumns), rows: "by-function-code" }],
  notes: ["注：本表反映部门本年度取得的各项收入情况。"],
};

const t03: Form = {
  ...wide,
  ...byCode,
  id: "t03",
  number: "公开03表",
  title: "支出决算表",
  head: [
    [head("项目", { columns: 2 }), ...expenseColumns.map(([, name]) => head(name, { rows: 2 }))],
    codeHead,
  ],
  columnNumbers: true,
  blocks: [{ lead: ["code", "name"], columns: columns(expenseColumns), rows: "by-function-code" }],
  notes: ["注：本表反映部门本年度各项支出情况。"],
};

const t04: Form = {
  ...tall,
  id: "t04",
  number: "公开04表",
  title: "财政拨款收入支出决算总表",
  head: [
    [head("收入", { columns: 3 }), head("支出", { columns: 6 })],
    [
      ...[head("项目"), head("行次"), head("决算数"), head("项目"), head("行次")],
      ...budgetColumns.map(([, name]) => head(name)),
    ],
  ],
  columnNumbers: true,
  blocks: [
    {
      lead: ["name", "line"],
      columns: final,
      rows: [
        ...withBlankLines(23, fiscalIncomeRows),
        incomeTotal,
        fiscalOpening,
        { key: "opening_general", name: "一般公共预算财政拨款", indent: 1 },
        { key: "opening_fund", name: "政府性基金预算财政拨款", indent: 1 },
        { key: "opening_capital", name: "国有资本经营预算财政拨款", indent: 1 },
        incomeSum,
      ],
    },
    {
      lead: ["name", "line"],
      columns: columns(budgetColumns),
      rows: [...classes, expenseTotal, ...withBlankLines(3, [fiscalClosing]), expenseSum],
    },
  ],
  notes: ["注：本表反映部门本年度财政拨款总收支和结转结余情况。"],
};

const t05: Form = {
  ...tall,
  ...byCode,
  id: "t05",
  number: "公开05表",
  title: "一般公共预算财政拨款支出决算表",
  head: [
    [head("项目", { columns: 2 }), head("本年支出", { columns: 3 })],
    [...codeHead, head("小计"), head("基本支出"), head("项目支出")],
  ],
  columnNumbers: true,
  blocks: [
    {
      lead: ["code", "name"],
      columns: columns([
        ["total", "小计"],
        ["basic", "基本支出"],
        ["project", "项目支出"],
      ]),
      rows: "by-function-code",
    },
  ],
  notes: ["注：本表反映部门本年度一般公共预算财政拨款支出情况。"],
};

/** The longest of the three groups: 307, 310, 312 and 399 with their 款. */
const economicLines = 34;
const economicGroup = (...parents: string[]) =>
  parents.flatMap((parent) =>
    economicRows(economicCodes2022, codesUnder(economicCodes2022, parent)),
  );
const filled = (rows: readonly RowData[]) => withBlankLines(economicLines - rows.length, rows);

const t06: Form = {
  ...tall,
  id: "t06",
  number: "公开06表",
  title: "一般公共预算财政拨款基本支出决算表",
  head: [
    [head("人员经费", { columns: 3 }), head("公用经费", { columns: 6 })],
    Array.from({ length: 3 }, () => [
      head("经济分类科目编码"),
      head("科目名称"),
      head("决算数"),
    ]).flat(),
  ],
  blocks: [
    {
      lead: ["code", "name"],
      columns: final,
      rows: [
        ...filled(economicGroup("301", "303")),
        { key: "personnel_total", name: "人员经费合计", total: true },
      ],
    },
    {
      lead: ["code", "name"],
      columns: final,
      rows: filled(economicGroup("302")),
    },
    {
      lead: ["code", "name"],
      columns: final,
      rows: [
        ...filled(economicGroup("307", "310", "312", "399")),
        { key: "public_total", name: "公用经费合计", total: true, joinsPrevious: true },
      ],
    },
  ],
  notes: ["注：本表反映部门本年度一般公共预算财政拨款基本支出明细情况。"],
};

const t07: Form = {
  ...wide,
  ...byCode,
  id: "t07",
  number: "公开07表",
  title: "政府性基金预算财政拨款收入支出决算表",
  head: [
    [
      head("项目", { columns: 2 }),
      head("年初结转和结余", { rows: 2 }),
      head("本年收入", { rows: 2 }),
      head("本年支出", { columns: 3 }),
      head("年末结转和结余", { rows: 2 }),
    ],
    [...codeHead, head("小计"), head("基本支出"), head("项目支出")],
  ],
  columnNumbers: true,
  blocks: [{ lead: ["code", "name"], columns: columns(fundColumns), rows: "by-function-code" }],
  notes: ["注：本表反映部门本年度政府性基金预算财政拨款收入支出及结转和结余情况。"],
  blankNote: {
    text: "说明：当此表数据为空时，即本部门无政府性基金预算财政拨款收入支出。",
    when: "always",
  },
};

const t08: Form = {
  ...tall,
  ...byCode,
  id: "t08",
  number: "公开08表",
  title: "国有资本经营预算财政拨款支出决算表",
  head: [
    [
      head("项目", { columns: 2 }),
      head("合计", { rows: 2 }),
      head("基本支出", { rows: 2 }),
      head("项目支出", { rows: 2 }),
    ],
    codeHead,
  ],
  columnNumbers: true,
  blocks: [
    {
      lead: ["code", "name"],
      columns: columns([
        ["total", "合计"],
        ["basic", "基本支出"],
        ["project", "项目支出"],
      ]),
      rows: "by-function-code",
    },
  ],
  notes: ["注：本表反映部门本年度国有资本经营预算财政拨款支出情况。"],
  blankNote: {
    text: "说明：当此表数据为空时，即本部门无国有资本经营预算财政拨款支出。",
    when: "always",
  },
};

const t09: Form = {
  ...tall,
  id: "t09",
  number: "公开09表",
  title: "财政拨款“三公”经费支出决算表",
  head: [[head("项目"), head("行次"), head("年初预算数"), head("全年预算数"), head("决算数")]],
  columnNumbers: true,
  blocks: [
    {
      lead: ["name", "line"],
      columns: columns([
        ["initial", "年初预算数"],
        ["full", "全年预算数"],
        ["final", "决算数"],
      ]),
      rows: hospitalityRows(["initial", "full"], "final"),
    },
  ],
  notes: [
    "注：本表反映部门本年度财政拨款“三公”经费支出预决算情况。年初预算数指年初“三公”经费部门预算数（省级单位含上年结转数）；全年预算数指按规定程序调整调剂后的全年“三公”经费部门预算数；决算数反映当年预算安排的实际支出数（省级单位含上年结转资金安排的支出数）。",
  ],
};

/** Held as data and stated in the narrative: not one of the nine tables. */
const t10: Form = {
  id: "t10",
  title: "国有资产占有使用情况",
  unitLabel: "单位：台、辆、套",
  orientation: "portrait",
  unprinted: true,
  head: [[head("项目"), head("数量")]],
  blocks: [{ lead: ["name"], columns: columns([["final", "数量"]]), rows: assetRows }],
  notes: [],
};

/**
 * What every region's edition derives from: the nine tables that all departments of China publish, 公开01表 to 公开09表
 * (财预〔2016〕143号), as they are printed in Jiangxi, whose tables follow the national ones line by line. The wording is
 * that of Shanghai's districts, the nearest to the national chapters in print. It is no region's own edition: a bureau
 * whose region has none begins with it.
 */
export const nationalEdition: EditionData = {
  id: "national-2022",
  name: "全国2022年度部门决算公开",
  year: 2022,
  cover: { title: "{年}年度{部门}决算" },
  parts: usualParts,
  forms: [t01, t02, t03, t04, t05, t06, t07, t08, t09, t10],
  sentences: nationalSentences,
  thresholds: {
    change: { percent: 10, amountFen: 10_000_000 },
    completion: { fromPercent: 80, toPercent: 120 },
  },
  words: { places: [] },
  budgetedCodes: { table: "t05", digits: 7 },
  glossary: nationalGlossary,
  functionCodes: Object.fromEntries(functionCodes2022),
  economicCodes: Object.fromEntries(economicCodes2022),
  sources: nationalSources,
};

export const national2022 = shippedEdition(nationalEdition, () => nationalEdition);
