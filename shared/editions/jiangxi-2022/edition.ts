import { economicCodes2022 } from "../national/codes/economic-2022.ts";
import { functionCodes2022 } from "../national/codes/function-2022.ts";
import type { Edition, Form } from "../../forms/form.ts";
import { jiangxi2022Glossary } from "./glossary.ts";
import { jiangxi2022Sentences } from "./sentences.ts";
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
  numbered,
  opening,
} from "../national/row-sets.ts";

/** The national tables as Jiangxi printed them for 2022: 公开01表 to 公开10表. */

const unitLabel = "金额单位：万元";
const wide = { unitLabel, orientation: "landscape" } as const;
const tall = { unitLabel, orientation: "portrait" } as const;
const byCode = { codeNames: functionCodes2022, totalRow: "first" } as const;
const classes = classRows(functionCodes2022);

/** 类 款 项 | 栏次 | 1 | 2 | … under a table by 支出功能分类. */
const codeColumnNumbers = (count: number) => [
  head("类 款 项"),
  head("栏次"),
  ...Array.from({ length: count }, (_, index) => head(String(index + 1))),
];
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
  columnNumbers: [head("栏次"), head(""), head("1"), head("栏次"), head(""), head("2")],
  blocks: [
    {
      lead: ["name", "line"],
      columns: columns([["final", "决算数"]], 1),
      rows: numbered(1, [
        ...incomeRows,
        ...blanks(18),
        incomeTotal,
        { key: "surplus_used", name: "使用非财政拨款结余" },
        opening,
        ...blanks(1),
        incomeSum,
      ]),
    },
    {
      lead: ["name", "line"],
      columns: columns([["final", "决算数"]], 2),
      rows: numbered(32, [
        ...classes,
        expenseTotal,
        distribution,
        closing,
        ...blanks(1),
        expenseSum,
      ]),
    },
  ],
  notes: ["注：本表反映部门(单位)本年度的总收支和年末结转结余情况。"],
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
  columnNumbers: codeColumnNumbers(incomeColumns.length),
  blocks: [
    { lead: ["code", "name"], columns: columns(incomeColumns, 1), rows: "by-function-code" },
  ],
  notes: ["注：本表反映部门(单位)本年度取得的各项收入情况。"],
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
  columnNumbers: codeColumnNumbers(expenseColumns.length),
  blocks: [
    { lead: ["code", "name"], columns: columns(expenseColumns, 1), rows: "by-function-code" },
  ],
  notes: ["注：本表反映部门(单位)本年度各项支出情况。"],
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
  columnNumbers: [
    ...[head("栏次"), head(""), head("1"), head("栏次"), head("")],
    ...[head("2"), head("3"), head("4"), head("5")],
  ],
  blocks: [
    {
      lead: ["name", "line"],
      columns: columns([["final", "决算数"]], 1),
      rows: numbered(1, [
        ...fiscalIncomeRows,
        ...blanks(23),
        incomeTotal,
        fiscalOpening,
        { key: "opening_general", name: "一般公共预算财政拨款", indent: 1 },
        { key: "opening_fund", name: "政府性基金预算财政拨款", indent: 1 },
        { key: "opening_capital", name: "国有资本经营预算财政拨款", indent: 1 },
        incomeSum,
      ]),
    },
    {
      lead: ["name", "line"],
      columns: columns(budgetColumns, 2),
      rows: numbered(33, [...classes, expenseTotal, fiscalClosing, ...blanks(3), expenseSum]),
    },
  ],
  notes: ["注：本表反映部门(单位)本年度财政拨款总收支和结转结余情况。"],
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
  columnNumbers: codeColumnNumbers(3),
  blocks: [
    {
      lead: ["code", "name"],
      columns: columns(
        [
          ["total", "小计"],
          ["basic", "基本支出"],
          ["project", "项目支出"],
        ],
        1,
      ),
      rows: "by-function-code",
    },
  ],
  notes: ["注：本表反映部门(单位)本年度一般公共预算财政拨款支出情况。"],
};

/** The longest of the three groups: 307, 310, 312 and 399 with their 款. */
const economicLines = 34;
const economicGroup = (...parents: string[]) =>
  parents.flatMap((parent) =>
    economicRows(economicCodes2022, codesUnder(economicCodes2022, parent)),
  );
const filled = (rows: ReturnType<typeof economicGroup>) => [
  ...rows,
  ...blanks(economicLines - rows.length),
];

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
      columns: columns([["final", "决算数"]]),
      rows: [
        ...filled(economicGroup("301", "303")),
        { key: "personnel_total", name: "人员经费合计", total: true },
      ],
    },
    {
      lead: ["code", "name"],
      columns: columns([["final", "决算数"]]),
      rows: filled(economicGroup("302")),
    },
    {
      lead: ["code", "name"],
      columns: columns([["final", "决算数"]]),
      rows: [
        ...filled(economicGroup("307", "310", "312", "399")),
        { key: "public_total", name: "公用经费合计", total: true, joinsPrevious: true },
      ],
    },
  ],
  notes: ["注：本表反映部门(单位)本年度一般公共预算财政拨款基本支出明细情况。"],
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
  columnNumbers: codeColumnNumbers(fundColumns.length),
  blocks: [{ lead: ["code", "name"], columns: columns(fundColumns, 1), rows: "by-function-code" }],
  notes: ["注：本表反映部门(单位)本年度政府性基金预算财政拨款收入支出及结转和结余情况。"],
  blankNote: {
    text: "说明：当此表数据为空时，即本部门(单位)无政府性基金预算财政拨款收入支出。",
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
  columnNumbers: codeColumnNumbers(3),
  blocks: [
    {
      lead: ["code", "name"],
      columns: columns(
        [
          ["total", "合计"],
          ["basic", "基本支出"],
          ["project", "项目支出"],
        ],
        1,
      ),
      rows: "by-function-code",
    },
  ],
  notes: ["注：本表反映部门(单位)本年度国有资本经营预算财政拨款支出情况。"],
  blankNote: {
    text: "说明：当此表数据为空时，即本部门(单位)无国有资本经营预算财政拨款支出。",
    when: "always",
  },
};

const t09: Form = {
  ...tall,
  id: "t09",
  number: "公开09表",
  title: "财政拨款“三公”经费支出决算表",
  head: [[head("项目"), head("行次"), head("年初预算数"), head("全年预算数"), head("决算数")]],
  columnNumbers: [head("栏次"), head(""), head("1"), head("2"), head("3")],
  blocks: [
    {
      lead: ["name", "line"],
      columns: columns(
        [
          ["initial", "年初预算数"],
          ["full", "全年预算数"],
          ["final", "决算数"],
        ],
        1,
      ),
      rows: numbered(1, hospitalityRows(["initial", "full"], "final")),
    },
  ],
  notes: [
    "注：本表反映部门(单位)本年度财政拨款“三公”经费支出预决算情况。年初预算数指年初“三公”经费部门预算数（省级单位含上年结转数）；全年预算数指按规定程序调整调剂后的全年“三公”经费部门预算数；决算数反映当年预算安排的实际支出数（省级单位含上年结转资金安排的支出数）。",
  ],
};

const t10: Form = {
  id: "t10",
  number: "公开10表",
  title: "国有资产占用情况表",
  unitLabel: "单位：台、辆、套",
  orientation: "portrait",
  head: [[head("项目"), head("栏次"), head("决算数")]],
  blocks: [
    {
      lead: ["name", "line"],
      columns: columns([["final", "决算数"]]),
      rows: numbered(1, assetRows),
    },
  ],
  notes: ["注：本表反映截止{year}年12月31日，部门(单位)占用的国有资产情况。"],
  blankNote: {
    text: "说明：当此表数据为空时，即本部门（单位）无相关资产。",
    when: "always",
  },
};

export const jiangxi2022: Edition = {
  id: "jiangxi-2022",
  name: "江西省2022年度部门决算公开",
  year: 2022,
  forms: [t01, t02, t03, t04, t05, t06, t07, t08, t09, t10],
  sentences: jiangxi2022Sentences,
  thresholds: {
    change: { percent: 10, amountFen: 10_000_000 },
    completion: { fromPercent: 80, toPercent: 120 },
  },
  words: { places: ["江西", "景德镇"] },
  budgetedCodes: { table: "t04", digits: 3 },
  glossary: jiangxi2022Glossary,
  functionCodes: functionCodes2022,
  economicCodes: economicCodes2022,
};
