import { inEveryRow, sumsUpByCode } from "../relations/by-code.ts";
import { all } from "../relations/combine.ts";
import { equal } from "../relations/compare.ts";
import { cell, cells } from "../relations/terms.ts";
import type { Rule } from "../rule.ts";

const groups = [
  ["R050", "301", "工资福利支出"],
  ["R051", "303", "对个人和家庭的补助"],
  ["R052", "302", "商品和服务支出"],
  ["R053", "307", "债务利息及费用支出"],
  ["R054", "310", "资本性支出"],
] as const;

const subtotal = (code: string) =>
  equal(cell("t06", code, "final"), cells("t06", new RegExp(`^${code}\\d\\d$`, "u"), "final"));

/** 公开05表 to 公开08表: general public budget, fund budget, state capital budget. */
export const t05ToT08Rules: readonly Rule[] = [
  {
    id: "R040",
    statement: "公开05表每行：合计 = 基本支出 + 项目支出",
    severity: "error",
    cells: inEveryRow("t05", ["total"], "equal", ["basic", "project"]),
  },
  {
    id: "R041",
    statement: "公开05表各栏：合计 = 各类之和，类 = 所属款之和，款 = 所属项之和",
    severity: "error",
    cells: sumsUpByCode("t05"),
  },
  ...groups.map(([id, code, name]): Rule => ({
    id,
    statement: `公开06表：${code} ${name} = 所属各款之和`,
    severity: "error",
    cells: subtotal(code),
  })),
  {
    id: "R055",
    statement: "公开06表：312 对企业补助、399 其他支出 = 所属各款之和",
    severity: "error",
    cells: all(subtotal("312"), subtotal("399")),
  },
  {
    id: "R056",
    statement: "公开06表：人员经费合计 = 工资福利支出 + 对个人和家庭的补助",
    severity: "error",
    cells: equal(cell("t06", "personnel_total", "final"), cells("t06", ["301", "303"], "final")),
  },
  {
    id: "R057",
    statement:
      "公开06表：公用经费合计 = 商品和服务支出 + 债务利息及费用支出 + 资本性支出 + 对企业补助 + 其他支出",
    severity: "error",
    cells: equal(
      cell("t06", "public_total", "final"),
      cells("t06", /^(?:302|307|310|312|399)$/u, "final"),
    ),
  },
  {
    id: "R060",
    statement: "公开07表每行：年初结转和结余 + 本年收入 = 本年支出 + 年末结转和结余",
    severity: "error",
    cells: inEveryRow("t07", ["closing", "total"], "equal", ["opening", "income"]),
  },
  {
    id: "R061",
    statement: "公开07表每行：本年支出小计 = 基本支出 + 项目支出",
    severity: "error",
    cells: inEveryRow("t07", ["total"], "equal", ["basic", "project"]),
  },
  {
    id: "R062",
    statement: "公开07表各栏：合计 = 各类之和，类 = 所属款之和，款 = 所属项之和",
    severity: "error",
    cells: sumsUpByCode("t07"),
  },
  {
    id: "R070",
    statement: "公开08表每行：本年支出 = 基本支出 + 项目支出",
    severity: "error",
    cells: inEveryRow("t08", ["total"], "equal", ["basic", "project"]),
  },
  {
    id: "R071",
    statement: "公开08表各栏：合计 = 各类之和，类 = 所属款之和，款 = 所属项之和",
    severity: "error",
    cells: sumsUpByCode("t08"),
  },
  {
    id: "R072",
    statement: "公开08表每行：年初结转和结余 + 本年收入 = 本年支出 + 年末结转和结余",
    severity: "error",
    cells: inEveryRow("t08", ["closing", "total"], "equal", ["opening", "income"]),
  },
];
