import { columns, head } from "../row-sets.ts";
import { codeHead, error, sumOf, wide, type Form, type FurtherTable } from "./further-table.ts";

/** 类 of 支出经济分类 that 支出决算明细表 has as columns. */
const expenseKinds = [
  ["e301", "工资福利支出"],
  ["e302", "商品和服务支出"],
  ["e303", "对个人和家庭的补助"],
  ["e307", "债务利息及费用支出"],
  ["e309", "资本性支出（基本建设）"],
  ["e310", "资本性支出"],
  ["e311", "对企业补助（基本建设）"],
  ["e312", "对企业补助"],
  ["e313", "对社会保障基金补助"],
  ["e399", "其他支出"],
] as const;

type TableId = Form["id"];

/** 支出决算明细表: 项 by 类 of 支出经济分类; what a code has in all is what other tables have of it. */
function detailTable(
  id: TableId,
  of: { readonly title: string; readonly note: string; readonly sameAs: readonly string[] },
): FurtherTable {
  const others = of.sameAs.join("＋");
  return {
    form: {
      ...wide,
      id,
      title: of.title,
      totalRow: "first",
      head: [
        [
          head("项目", { columns: 2 }),
          head("合计", { rows: 2 }),
          ...expenseKinds.map(([, name]) => head(name, { rows: 2 })),
        ],
        codeHead,
      ],
      columnNumbers: true,
      blocks: [
        {
          lead: ["code", "name"],
          columns: columns([["total", "合计"], ...expenseKinds]),
          rows: "by-function-code",
        },
      ],
      notes: [of.note],
    },
    relations: [
      { ...error, statement: `${of.title}按科目逐级相加`, sumsByCode: id },
      {
        ...{ ...error, statement: `${of.title}每个科目的合计 = 各经济分类类级支出之和` },
        cell: `${id}/*/total`,
        equals: sumOf(...expenseKinds.map(([key]) => `${id}/*/${key}`)),
      },
      {
        ...{ ...error, statement: `${of.title}每个科目的合计 = ${others}同科目` },
        cell: `${id}/*/total`,
        equals: sumOf(...of.sameAs.map((cell) => cellsOf[cell] ?? "")),
      },
    ],
  };
}

const cellsOf: { readonly [name: string]: string } = {
  一般公共预算财政拨款支出: "t05/*/total",
  一般公共预算财政拨款项目支出: "t05/*/project",
  政府性基金预算财政拨款支出: "t07/*/total",
  国有资本经营预算财政拨款支出: "t08/*/total",
};

/** After the national 财政拨款 and 一般公共预算财政拨款支出决算明细表. */
export const fiscalDetails = detailTable("t15", {
  title: "财政拨款支出决算明细表",
  note: "注：本表反映部门本年度财政拨款支出按经济分类的明细情况。",
  sameAs: [
    "一般公共预算财政拨款支出",
    "政府性基金预算财政拨款支出",
    "国有资本经营预算财政拨款支出",
  ],
});
export const generalDetails = detailTable("t16", {
  title: "一般公共预算财政拨款支出决算明细表",
  note: "注：本表反映部门本年度一般公共预算财政拨款支出按经济分类的明细情况。",
  sameAs: ["一般公共预算财政拨款支出"],
});
/** After the national 一般公共预算财政拨款项目支出决算明细表. */
export const generalProjects = detailTable("t17", {
  title: "一般公共预算财政拨款项目支出决算表",
  note: "注：本表反映部门本年度一般公共预算财政拨款项目支出情况。",
  sameAs: ["一般公共预算财政拨款项目支出"],
});
