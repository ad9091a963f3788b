import { describe, expect, it } from "vitest";
import { checkText } from "../../../examples/check-text.ts";
import type { TextTables } from "../../../../shared/checks/text/text-context.ts";
import { shanghai2024 } from "../../../examples/editions.ts";

const wan = 1_000_000;

const general = (text: string) =>
  [
    "第三部分 2024年度部门决算情况说明",
    "五、一般公共预算财政拨款支出决算情况说明",
    "（三）一般公共预算财政拨款支出决算具体情况",
    text,
  ].join("\n");

const tables = (cells: Readonly<Record<string, number>>): TextTables => ({
  edition: shanghai2024,
  value: (address) => cells[address],
  has: (address) => address.startsWith("t05"),
  codes: (table) =>
    Object.keys(cells).flatMap((cell) => {
      const [of, row] = cell.split("/");
      return of === table && row !== undefined ? [row] : [];
    }),
});

const names = (text: string, held?: TextTables) =>
  checkText(general(text), held).flatMap(({ rule, actual, expected }) =>
    rule === "W09" ? [`${String(actual)} → ${String(expected)}`] : [],
  );

describe("names of 科目 in a text", () => {
  it("are corrected to the code that the table prints with the same amount", () => {
    const text = "1、一般公共服务支出（类）统计信息事务（款）统计信息事务（项）30.02万元。";
    expect(names(text, tables({ "t05/2010505/total": 30.03 * wan }))).toEqual([
      "统计信息事务（项） → 专项统计业务（项）",
    ]);
    expect(names(text, tables({ "t05/2010505/total": 40 * wan }))).toEqual([]);
    expect(names(text)).toEqual([]);
  });

  it("are reported once, with the lines that repeat them", () => {
    const item = (name: string) =>
      `社会保障和就业支出（类）行政事业单位离退休（款）${name}（项）10万元。`;
    const text = `1、${item("事业单位离退休")}\n2、${item("归口管理的行政单位离退休")}`;
    expect(names(text)).toEqual([
      "行政事业单位离退休（款） → 行政事业单位养老支出（款）",
      "归口管理的行政单位离退休（项） → 行政单位离退休（项）",
    ]);
  });

  it("of a class are those of the year, also in the list by class", () => {
    expect(names("1.“文化体育与传媒支出”80万元，占10%；")).toEqual([
      "文化体育与传媒支出 → 文化旅游体育与传媒支出",
    ]);
    expect(names("1.“文化旅游体育与传媒支出”80万元，占10%；")).toEqual([]);
  });

  it("that no table of codes has are left alone: a place may have more 项", () => {
    expect(names("1、教育支出（类）普通教育（款）少年宫教育（项）10万元。")).toEqual([]);
    expect(names("1、甲支出（类）乙支出（款）丙支出（项）10万元。")).toEqual([]);
  });
});
