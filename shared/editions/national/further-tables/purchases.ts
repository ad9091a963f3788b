import { columns, head } from "../row-sets.ts";
import { codeHead, error, sumOf, tall, wide, type FurtherTable } from "./further-table.ts";

/** After 政府采购支出信息 of the national 机构运行信息表. */
export const procurement: FurtherTable = {
  form: {
    ...tall,
    id: "t13",
    title: "政府采购情况表",
    head: [[head("项目"), head("行次"), head("统计数")]],
    columnNumbers: true,
    blocks: [
      {
        lead: ["name", "line"],
        columns: columns([["final", "统计数"]]),
        rows: [
          { key: "total", name: "一、政府采购支出合计", total: true },
          { key: "goods", name: "1.政府采购货物支出", indent: 1 },
          { key: "works", name: "2.政府采购工程支出", indent: 1 },
          { key: "services", name: "3.政府采购服务支出", indent: 1 },
          { key: "sme", name: "二、政府采购授予中小企业合同金额", total: true },
          { key: "micro", name: "其中：授予小微企业合同金额", indent: 1 },
        ],
      },
    ],
    notes: ["注：本表反映部门本年度政府采购支出及授予中小企业合同情况。"],
    blankNote: { text: "说明：当此表数据为空时，即本部门无政府采购支出。", when: "always" },
  },
  relations: [
    {
      ...{ ...error, statement: "政府采购支出合计 = 货物 + 工程 + 服务" },
      cell: "t13/total/final",
      equals: sumOf("t13/goods/final", "t13/works/final", "t13/services/final"),
    },
    {
      ...{ ...error, statement: "授予中小企业合同金额不超过政府采购支出合计" },
      cell: "t13/sme/final",
      notAbove: "t13/total/final",
    },
    {
      ...{ ...error, statement: "授予小微企业合同金额不超过授予中小企业合同金额" },
      cell: "t13/micro/final",
      notAbove: "t13/sme/final",
    },
  ],
};

/** By 支出功能分类, as the accounts state every expense, with the budgets that pay. */
export const servicesBought: FurtherTable = {
  form: {
    ...wide,
    id: "t14",
    title: "政府购买服务决算公开情况表",
    totalRow: "first",
    head: [
      [
        head("项目", { columns: 2 }),
        head("合计", { rows: 2 }),
        head("一般公共预算财政拨款", { rows: 2 }),
        head("政府性基金预算财政拨款", { rows: 2 }),
        head("国有资本经营预算财政拨款", { rows: 2 }),
        head("其他资金", { rows: 2 }),
      ],
      codeHead,
    ],
    columnNumbers: true,
    blocks: [
      {
        lead: ["code", "name"],
        columns: columns([
          ["total", "合计"],
          ["general", "一般公共预算财政拨款"],
          ["fund", "政府性基金预算财政拨款"],
          ["capital", "国有资本经营预算财政拨款"],
          ["other", "其他资金"],
        ]),
        rows: "by-function-code",
      },
    ],
    notes: ["注：本表反映部门本年度政府购买服务支出情况。"],
    blankNote: { text: "说明：当此表数据为空时，即本部门无政府购买服务支出。", when: "always" },
  },
  relations: [
    { ...error, statement: "政府购买服务支出按科目逐级相加", sumsByCode: "t14" },
    {
      ...{ ...error, statement: "政府购买服务每个科目的合计 = 各项资金之和" },
      cell: "t14/*/total",
      equals: sumOf("t14/*/general", "t14/*/fund", "t14/*/capital", "t14/*/other"),
    },
    {
      ...{ ...error, statement: "政府购买服务每个科目的合计不超过支出决算表同科目" },
      cell: "t14/*/total",
      notAbove: "t03/*/total",
    },
  ],
};
