import { economicCodes2022 } from "../codes/economic-2022.ts";
import { codesUnder, economicRows, head, type RowData } from "../row-sets.ts";
import {
  error,
  final,
  sumOf,
  tall,
  type FurtherTable,
  type UnnumberedRelation,
} from "./further-table.ts";

const personnel = ["301", "303"] as const;
const publicClasses = ["302", "307", "310", "312", "399"] as const;
const economicLines = 34;
const filled = (rows: readonly RowData[]): RowData[] =>
  rows.map((row, index) =>
    index === rows.length - 1 && rows.length < economicLines
      ? { ...row, blankLines: economicLines - rows.length }
      : row,
  );
const economicGroup = (...parents: readonly string[]): RowData[] =>
  filled(
    parents.flatMap((parent) =>
      economicRows(economicCodes2022, codesUnder(economicCodes2022, parent)),
    ),
  );
/** After the national 政府性基金预算财政拨款基本支出决算明细表; its lines are those of 公开06表. */
export const fundBasics: FurtherTable = {
  form: {
    ...tall,
    id: "t12",
    title: "政府性基金预算财政拨款基本支出决算表",
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
          ...economicGroup(...personnel),
          { key: "personnel_total", name: "人员经费合计", total: true },
        ],
      },
      { lead: ["code", "name"], columns: final, rows: economicGroup("302") },
      {
        lead: ["code", "name"],
        columns: final,
        rows: [
          ...economicGroup("307", "310", "312", "399"),
          { key: "public_total", name: "公用经费合计", total: true, joinsPrevious: true },
        ],
      },
    ],
    notes: ["注：本表反映部门本年度政府性基金预算财政拨款基本支出明细情况。"],
    blankNote: {
      text: "说明：当此表数据为空时，即本部门无政府性基金预算财政拨款基本支出。",
      when: "always",
    },
  },
  relations: [
    ...[...personnel, ...publicClasses].map((kind): UnnumberedRelation => ({
      ...error,
      statement: `政府性基金预算基本支出${kind}类 = 其各款之和`,
      cell: `t12/${kind}/final`,
      equals: sumOf(
        ...codesUnder(economicCodes2022, kind, [kind]).map((code) => `t12/${code}/final`),
      ),
    })),
    {
      ...{ ...error, statement: "政府性基金预算基本支出人员经费合计 = 301 + 303" },
      cell: "t12/personnel_total/final",
      equals: sumOf(...personnel.map((kind) => `t12/${kind}/final`)),
    },
    {
      ...{
        ...error,
        statement: "政府性基金预算基本支出公用经费合计 = 302 + 307 + 310 + 312 + 399",
      },
      cell: "t12/public_total/final",
      equals: sumOf(...publicClasses.map((kind) => `t12/${kind}/final`)),
    },
    {
      ...{ ...error, statement: "政府性基金预算基本支出 = 人员经费合计 + 公用经费合计" },
      cell: "t07/total/basic",
      equals: sumOf("t12/personnel_total/final", "t12/public_total/final"),
    },
  ],
};
