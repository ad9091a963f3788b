import { columns, head } from "../row-sets.ts";
import { error, sumOf, tall, type FurtherTable, type UnnumberedRelation } from "./further-table.ts";

const threePublic = [
  ["total", "一、“三公”经费支出", "“三公”经费支出"],
  ["abroad", "1.因公出国（境）费", "因公出国（境）费"],
  ["vehicles", "2.公务用车购置及运行维护费", "公务用车购置及运行维护费"],
  ["vehicle_purchase", "（1）公务用车购置费", "公务用车购置费"],
  ["vehicle_running", "（2）公务用车运行维护费", "公务用车运行维护费"],
  ["reception", "3.公务接待费", "公务接待费"],
] as const;
const indents: { readonly [row: string]: number } = {
  ...{ abroad: 1, vehicles: 1, vehicle_purchase: 2, vehicle_running: 2, reception: 1 },
};

/** The “三公” lines of 公开09表, of 一般公共预算 alone. */
export const generalThreePublic: FurtherTable = {
  form: {
    ...tall,
    id: "t20",
    title: "一般公共预算财政拨款“三公”经费情况表",
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
        rows: threePublic.map(([key, name]) => ({
          ...{ key, name },
          ...(key === "total" ? { total: true as const } : { indent: indents[key] ?? 1 }),
        })),
      },
    ],
    notes: ["注：本表反映部门本年度一般公共预算财政拨款“三公”经费支出预决算情况。"],
    blankNote: {
      text: "说明：当此表数据为空时，即本部门无一般公共预算财政拨款“三公”经费支出。",
      when: "always",
    },
  },
  relations: [
    {
      ...{ ...error, statement: "一般公共预算“三公”经费 = 出国（境）费 + 用车费 + 接待费" },
      cell: "t20/total/*",
      equals: sumOf("t20/abroad/*", "t20/vehicles/*", "t20/reception/*"),
    },
    {
      ...{ ...error, statement: "一般公共预算公务用车购置及运行维护费 = 购置费 + 运行维护费" },
      cell: "t20/vehicles/*",
      equals: sumOf("t20/vehicle_purchase/*", "t20/vehicle_running/*"),
    },
    ...threePublic.map(([key, , name]): UnnumberedRelation => ({
      ...error,
      statement: `一般公共预算${name}不超过财政拨款${name}`,
      cell: `t20/${key}/*`,
      notAbove: `t09/${key}/*`,
    })),
  ],
};
