import { inEveryRow, sumsUpByCode } from "../relations/by-code.ts";
import type { Rule } from "../rule.ts";

/** 公开02表 收入决算表 and 公开03表 支出决算表. */
export const t02t03Rules: readonly Rule[] = [
  {
    id: "R010",
    statement:
      "公开02表每行：本年收入合计 = 财政拨款收入 + 上级补助收入 + 事业收入 + 经营收入 + 附属单位上缴收入 + 其他收入",
    severity: "error",
    cells: inEveryRow("t02", ["total"], "equal", [
      "fiscal",
      "superior",
      "business",
      "operating",
      "affiliate",
      "other",
    ]),
  },
  {
    id: "R011",
    statement: "公开02表各栏：合计 = 各类之和，类 = 所属款之和，款 = 所属项之和",
    severity: "error",
    cells: sumsUpByCode("t02"),
  },
  {
    id: "R020",
    statement:
      "公开03表每行：本年支出合计 = 基本支出 + 项目支出 + 上缴上级支出 + 经营支出 + 对附属单位补助支出",
    severity: "error",
    cells: inEveryRow("t03", ["total"], "equal", [
      "basic",
      "project",
      "to_superior",
      "operating",
      "to_affiliate",
    ]),
  },
  {
    id: "R021",
    statement: "公开03表各栏：合计 = 各类之和，类 = 所属款之和，款 = 所属项之和",
    severity: "error",
    cells: sumsUpByCode("t03"),
  },
];
