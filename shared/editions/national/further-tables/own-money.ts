import { head } from "../row-sets.ts";
import {
  error,
  final,
  sumOf,
  tall,
  type FurtherTable,
  type UnnumberedRelation,
} from "./further-table.ts";

const ownIncomes = [
  ["superior", "一、上级补助收入", "上级补助收入"],
  ["business", "二、事业收入", "事业收入"],
  ["operating", "三、经营收入", "经营收入"],
  ["affiliate", "四、附属单位上缴收入", "附属单位上缴收入"],
  ["other", "五、其他收入", "其他收入"],
] as const;
const ownExpenses = [
  ["basic", "一、基本支出"],
  ["project", "二、项目支出"],
  ["to_superior", "三、上缴上级支出"],
  ["operating_expense", "四、经营支出"],
  ["to_affiliate", "五、对附属单位补助支出"],
] as const;

/** 收入支出决算总表 without what the budgets appropriated (财政拨款). */
export const ownMoney: FurtherTable = {
  form: {
    ...tall,
    id: "t19",
    title: "非财政拨款收入支出总表",
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
          ...ownIncomes.map(([key, name]) => ({ key, name })),
          { key: "income_total", name: "本年收入合计", total: true },
          { key: "surplus_used", name: "使用非财政拨款结余（含专用结余）" },
          { key: "opening", name: "年初非财政拨款结转和结余" },
          { key: "income_sum", name: "总计", total: true },
        ],
      },
      {
        lead: ["name", "line"],
        columns: final,
        rows: [
          ...ownExpenses.map(([key, name]) => ({ key, name })),
          { key: "expense_total", name: "本年支出合计", total: true },
          { key: "distribution", name: "结余分配" },
          { key: "closing", name: "年末非财政拨款结转和结余" },
          { key: "expense_sum", name: "总计", total: true },
        ],
      },
    ],
    notes: ["注：本表反映部门本年度财政拨款以外的总收支和年末结转结余情况。"],
  },
  relations: [
    {
      ...{ ...error, statement: "非财政拨款本年收入合计 = 各项收入之和" },
      cell: "t19/income_total/final",
      equals: sumOf(...ownIncomes.map(([key]) => `t19/${key}/final`)),
    },
    {
      ...{
        ...error,
        statement: "非财政拨款收入总计 = 本年收入合计 + 使用非财政拨款结余 + 年初结转和结余",
      },
      cell: "t19/income_sum/final",
      equals: sumOf("t19/income_total/final", "t19/surplus_used/final", "t19/opening/final"),
    },
    {
      ...{ ...error, statement: "非财政拨款本年支出合计 = 各项支出之和" },
      cell: "t19/expense_total/final",
      equals: sumOf(...ownExpenses.map(([key]) => `t19/${key}/final`)),
    },
    {
      ...{ ...error, statement: "非财政拨款支出总计 = 本年支出合计 + 结余分配 + 年末结转和结余" },
      cell: "t19/expense_sum/final",
      equals: sumOf("t19/expense_total/final", "t19/distribution/final", "t19/closing/final"),
    },
    ...ownIncomes.map(([key, , name]): UnnumberedRelation => ({
      ...{ ...error, statement: `非财政拨款${name} = 收入支出决算总表同项` },
      cell: `t19/${key}/final`,
      equals: `t01/${key}/final`,
    })),
    ...(["surplus_used", "distribution"] as const).map((key): UnnumberedRelation => ({
      ...error,
      statement: `非财政拨款${key === "distribution" ? "结余分配" : "使用非财政拨款结余"} = 收入支出决算总表同项`,
      cell: `t19/${key}/final`,
      equals: `t01/${key}/final`,
    })),
    {
      ...{
        ...error,
        statement: "非财政拨款年初结转和结余 = 收入支出决算总表 − 财政拨款收入支出决算总表",
      },
      cell: "t19/opening/final",
      equals: { sum: ["t01/opening/final"], less: ["t04/opening/final"] },
    },
    {
      ...{
        ...error,
        statement: "非财政拨款年末结转和结余 = 收入支出决算总表 − 财政拨款收入支出决算总表",
      },
      cell: "t19/closing/final",
      equals: { sum: ["t01/closing/final"], less: ["t04/closing/total"] },
    },
    {
      ...{ ...error, statement: "非财政拨款本年支出 = 支出决算表 − 财政拨款本年支出" },
      cell: "t19/expense_total/final",
      equals: { sum: ["t03/total/total"], less: ["t04/expense_total/total"] },
    },
  ],
};
