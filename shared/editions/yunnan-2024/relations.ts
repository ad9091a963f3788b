import type { Relation } from "../../forms/relation.ts";
import { generalProjects } from "../national/further-tables/details.ts";
import { numbered, type UnnumberedRelation } from "../national/further-tables/further-table.ts";
import { generalThreePublic } from "../national/further-tables/three-public.ts";

const error = { severity: "error" } as const;

/** What must hold in the columns and rows that Yunnan adds to the nine tables. */
const ofTables: readonly UnnumberedRelation[] = [
  ...(["t05", "t08"] as const).map((table): UnnumberedRelation => {
    const budget = table === "t05" ? "一般公共预算" : "国有资本经营预算";
    return {
      ...error,
      statement: `${budget}每个科目的年末结转和结余 = 年初结转和结余 + 本年收入 − 本年支出`,
      cell: `${table}/*/closing`,
      equals: { sum: [`${table}/*/opening`, `${table}/*/income`], less: [`${table}/*/total`] },
    };
  }),
  ...(
    [
      ["t05", "general", "一般公共预算"],
      ["t08", "capital", "国有资本经营预算"],
    ] as const
  ).flatMap(([table, fund, budget]): UnnumberedRelation[] => [
    {
      ...{ ...error, statement: `${budget}本年收入 = 财政拨款收入支出决算表同项` },
      cell: `${table}/total/income`,
      equals: `t04/${fund}/final`,
    },
    {
      ...{ ...error, statement: `${budget}年初结转和结余 = 财政拨款收入支出决算表同项` },
      cell: `${table}/total/opening`,
      equals: `t04/opening_${fund}/final`,
    },
  ]),
  {
    ...{ ...error, statement: "机关运行经费 = 行政单位 + 参照公务员法管理事业单位" },
    cell: "t09/operating_cost/final",
    equals: {
      sum: ["t09/operating_cost_administrative/final", "t09/operating_cost_civil/final"],
    },
  },
];

export const yunnanRelations: Relation[] = numbered(
  { relations: ofTables },
  generalProjects,
  generalThreePublic,
);
