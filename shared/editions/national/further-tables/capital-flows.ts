import { columns, fundColumns, head } from "../row-sets.ts";
import { codeHead, error, sumOf, wide, type FurtherTable } from "./further-table.ts";

/** After the national 国有资本经营预算财政拨款收入支出决算表; its columns are those of 公开07表. */
export const capitalFlows: FurtherTable = {
  form: {
    ...wide,
    id: "t18",
    title: "国有资本经营预算财政拨款收入支出决算表",
    totalRow: "first",
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
    notes: ["注：本表反映部门本年度国有资本经营预算财政拨款收入、支出及结转和结余情况。"],
    blankNote: {
      text: "说明：当此表数据为空时，即本部门无国有资本经营预算财政拨款收入支出。",
      when: "always",
    },
  },
  relations: [
    {
      ...{ ...error, statement: "国有资本经营预算财政拨款收入支出决算表按科目逐级相加" },
      sumsByCode: "t18",
    },
    {
      ...{ ...error, statement: "国有资本经营预算每个科目的本年支出 = 基本支出 + 项目支出" },
      cell: "t18/*/total",
      equals: sumOf("t18/*/basic", "t18/*/project"),
    },
    {
      ...{
        ...error,
        statement:
          "国有资本经营预算每个科目的年末结转和结余 = 年初结转和结余 + 本年收入 − 本年支出",
      },
      cell: "t18/*/closing",
      equals: { ...sumOf("t18/*/opening", "t18/*/income"), less: ["t18/*/total"] },
    },
    {
      ...{ ...error, statement: "国有资本经营预算每个科目的本年支出 = 支出决算表同科目" },
      cell: "t18/*/total",
      equals: "t08/*/total",
    },
    {
      ...{ ...error, statement: "国有资本经营预算本年收入 = 财政拨款收入支出决算总表同项" },
      cell: "t18/total/income",
      equals: "t04/capital/final",
    },
    {
      ...{ ...error, statement: "国有资本经营预算年初结转和结余 = 财政拨款收入支出决算总表同项" },
      cell: "t18/total/opening",
      equals: "t04/opening_capital/final",
    },
  ],
};
