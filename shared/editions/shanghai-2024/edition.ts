import { economicCodes2022 } from "../national/codes/economic-2022.ts";
import { functionCodes2024 } from "../national/codes/function-2024.ts";
import type { Edition, Form } from "../../forms/form.ts";
import {
  assetRows,
  blanks,
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
} from "../national/row-sets.ts";
import { shanghai2024Glossary } from "./glossary.ts";
import { shanghai2024Sentences } from "./sentences.ts";

/** Shanghai's nine tables for 2024: no numbers, no 栏次 or 行次; “三公” stands seventh and sideways. */

const unitLabel = "单位：万元";
const wide = { unitLabel, orientation: "landscape" } as const;
const tall = { unitLabel, orientation: "portrait" } as const;
const byCode = { codeNames: functionCodes2024, totalRow: "first" } as const;
const classes = classRows(functionCodes2024);
const codeHead = [head("支出功能分类科目编码"), head("科目名称")];
const final = columns([["final", "决算数"]]);

const t01: Form = {
  ...tall,
  id: "t01",
  title: "收入支出决算总表",
  head: [
    [head("收入", { columns: 2 }), head("支出", { columns: 2 })],
    [head("项目"), head("决算数"), head("项目"), head("决算数")],
  ],
  blocks: [
    {
      lead: ["name"],
      columns: final,
      rows: [
        ...incomeRows,
        ...blanks(18),
        incomeTotal,
        { key: "surplus_used", name: "使用非财政拨款结余（含专用结余）" },
        opening,
        incomeSum,
      ],
    },
    {
      lead: ["name"],
      columns: final,
      rows: [...classes, expenseTotal, distribution, closing, expenseSum],
    },
  ],
  notes: ["注：本表反映部门本年度的总收支和年末结转结余情况。"],
};

const t02: Form = {
  ...wide,
  ...byCode,
  id: "t02",
  title: "收入决算表",
  head: [
    [head("项目", { columns: 2 }), ...incomeColumns.map(([, name]) => head(name, { rows: 2 }))],
    codeHead,
  ],
  blocks: [{ lead: ["code", "name"], columns: columns(incomeColumns), rows: "by-function-code" }],
  notes: ["注：本表反映部门本年度取得的各项收入情况。"],
};

const t03: Form = {
  ...wide,
  ...byCode,
  id: "t03",
  title: "支出决算表",
  head: [
    [head("项目", { columns: 2 }), ...expenseColumns.map(([, name]) => head(name, { rows: 2 }))],
    codeHead,
  ],
  blocks: [{ lead: ["code", "name"], columns: columns(expenseColumns), rows: "by-function-code" }],
  notes: ["注：本表反映部门本年度各项支出情况。"],
};

const t04: Form = {
  ...tall,
  id: "t04",
  title: "财政拨款收入支出决算总表",
  head: [
    [head("收入", { columns: 2 }), head("支出", { columns: 5 })],
    [
      ...[head("项目"), head("决算数"), head("项目")],
      ...budgetColumns.map(([, name]) => head(name)),
    ],
  ],
  blocks: [
    {
      lead: ["name"],
      columns: final,
      rows: [
        ...fiscalIncomeRows,
        ...blanks(23),
        incomeTotal,
        fiscalOpening,
        { key: "opening_general", name: "一、一般公共预算财政拨款", indent: 1 },
        { key: "opening_fund", name: "二、政府性基金预算财政拨款", indent: 1 },
        { key: "opening_capital", name: "三、国有资本经营预算财政拨款", indent: 1 },
        incomeSum,
      ],
    },
    {
      lead: ["name"],
      columns: columns(budgetColumns),
      rows: [...classes, expenseTotal, fiscalClosing, ...blanks(3), expenseSum],
    },
  ],
  notes: ["注：本表反映部门本年度财政拨款总收支和结转结余情况。"],
};

const t05: Form = {
  ...tall,
  ...byCode,
  id: "t05",
  title: "一般公共预算财政拨款支出决算表",
  totalRow: "last",
  head: [
    [
      head("项目", { columns: 2 }),
      head("合计", { rows: 2 }),
      head("基本支出", { rows: 2 }),
      head("项目支出", { rows: 2 }),
    ],
    codeHead,
  ],
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
  notes: ["注：本表反映部门本年度一般公共预算财政拨款支出情况。"],
};

/** The longer of the two groups: 302 and 310 with their 款. */
const economicLines = 38;
/** National 款 that Shanghai does not print. */
const notPrinted = ["31005", "31006", "31008", "31009", "31010", "31011", "31012"];
const economicGroup = (...parents: string[]) => {
  const rows = parents.flatMap((parent) =>
    economicRows(economicCodes2022, codesUnder(economicCodes2022, parent, notPrinted)),
  );
  return [...rows, ...blanks(economicLines - rows.length)];
};

const t06: Form = {
  ...tall,
  id: "t06",
  title: "一般公共预算财政拨款基本支出决算表",
  head: [
    [
      ...[head("经济分类科目编码"), head("科目名称"), head("决算数")],
      ...[head("经济分类科目编码"), head("科目名称"), head("决算数")],
    ],
  ],
  blocks: [
    {
      lead: ["code", "name"],
      columns: final,
      rows: [
        ...economicGroup("301", "303"),
        { key: "personnel_total", name: "人员经费合计", total: true },
      ],
    },
    {
      lead: ["code", "name"],
      columns: final,
      rows: [
        ...economicGroup("302", "310"),
        { key: "public_total", name: "公用经费合计", total: true },
      ],
    },
  ],
  notes: ["注：本表反映部门本年度一般公共预算财政拨款基本支出明细情况。"],
};

const fundHead = [
  [
    head("项目", { columns: 2 }),
    head("年初结转和结余", { rows: 2 }),
    head("本年收入", { rows: 2 }),
    head("本年支出", { columns: 3 }),
    head("年末结转和结余", { rows: 2 }),
  ],
  [...codeHead, head("小计"), head("基本支出"), head("项目支出")],
];

const t07: Form = {
  ...wide,
  ...byCode,
  id: "t07",
  title: "政府性基金预算财政拨款收入支出决算表",
  head: fundHead,
  blocks: [{ lead: ["code", "name"], columns: columns(fundColumns), rows: "by-function-code" }],
  notes: ["注：本表反映部门本年度政府性基金预算财政拨款收入支出及结转和结余情况。"],
  blankNote: {
    text: "说明：{unit}{year}年度没有政府性基金预算财政拨款收入和支出，故本表无数据。",
    when: "empty",
  },
};

const t08: Form = {
  ...wide,
  ...byCode,
  id: "t08",
  title: "国有资本经营预算财政拨款收入支出决算表",
  head: fundHead,
  blocks: [{ lead: ["code", "name"], columns: columns(fundColumns), rows: "by-function-code" }],
  notes: ["注：本表反映部门本年度国有资本经营预算财政拨款收入支出及结转和结余情况。"],
  blankNote: {
    text: "说明：{unit}{year}年度没有国有资本经营预算财政拨款收入和支出，故本表无数据。",
    when: "empty",
  },
};

/** The six items printed sideways; counts and kinds of reception are told in the narrative. */
const printedItems = new Set([
  ...["total", "abroad", "vehicles", "vehicle_purchase", "vehicle_running", "reception"],
]);

const t09: Form = {
  ...wide,
  id: "t09",
  title: "财政拨款“三公”经费支出决算表",
  layout: "transposed",
  head: [
    [head("财政拨款“三公”经费", { columns: 12 })],
    [
      head("合计", { columns: 2, rows: 2 }),
      head("因公出国（境）费", { columns: 2, rows: 2 }),
      head("公务用车购置及运行维护费", { columns: 6 }),
      head("公务接待费", { columns: 2, rows: 2 }),
    ],
    [
      head("小计", { columns: 2 }),
      head("公务用车购置费", { columns: 2 }),
      head("公务用车运行维护费", { columns: 2 }),
    ],
    Array.from({ length: 6 }, () => [head("预算数"), head("决算数")]).flat(),
  ],
  blocks: [
    {
      lead: ["name"],
      columns: columns([
        ["initial", "预算数"],
        ["final", "决算数"],
      ]),
      rows: hospitalityRows(["initial"], "final").map((row) =>
        printedItems.has(row.key) ? row : { ...row, unprinted: true },
      ),
    },
  ],
  notes: ["注：本表反映部门本年度“三公”经费支出预决算情况。"],
};

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

export const shanghai2024: Edition = {
  id: "shanghai-2024",
  name: "上海市2024年度部门决算公开",
  year: 2024,
  forms: [t01, t02, t03, t04, t05, t06, t09, t07, t08, t10],
  sentences: shanghai2024Sentences,
  thresholds: {
    change: { percent: 10, amountFen: 10_000_000 },
    completion: { fromPercent: 80, toPercent: 120 },
  },
  words: { places: ["上海"] },
  budgetedCodes: { table: "t05", digits: 7 },
  glossary: shanghai2024Glossary,
  functionCodes: functionCodes2024,
  economicCodes: economicCodes2022,
};
