import { describe, expect, it } from "vitest";
import { jiangxi2022, shanghai2024 } from "../../../examples/editions.ts";
import type { Edition } from "../../../../shared/forms/form.ts";
import { readText } from "../../../../shared/narrative/read/read-text.ts";
import { recoverTables } from "../../../../shared/narrative/read/recover-tables.ts";

const recover = (source: string, edition: Edition = shanghai2024) => {
  const [table] = recoverTables(source, readText(source).flow, edition);
  if (table === undefined) return undefined;
  const cells = table.table.rows.flatMap(({ key, cells: own }) =>
    Object.entries(own).map(([column, value]) => [`${key}/${column}`, value / 1_000_000] as const),
  );
  return { ...table, cells: Object.fromEntries(cells) };
};

const general = (rows: string, columns = "合计 基本支出 项目支出") =>
  `一般公共预算财政拨款支出决算表\n单位：万元\n项目\n支出功能分类科目编码 科目名称 ${columns}\n${rows}\n第三部分 2024年度部门决算情况说明\n`;

describe("a table by code among the lines of a text", () => {
  const rows = [
    "201 一般公共服务支出 900.00 600.00 300.00",
    "20106 财政事务 900.00 600.00 300.00",
    "2010601 行政运行 600.00 600.00",
    "2010602 一般行政管理事务 300.00 300.00",
    "合计 900.00 600.00 300.00",
  ];

  it("is read whole, and rows with fewer figures than columns by their total alone", () => {
    const read = recover(general(rows.join("\n")));
    expect(read?.isWhole).toBe(true);
    expect(read?.isKnown("t05/201/project")).toBe(true);
    expect(read?.isKnown("t05/2010601/total")).toBe(true);
    expect(read?.isKnown("t05/2010601/basic")).toBe(false);
  });

  it("has its columns where the lines keep them", () => {
    const aligned = [
      ["201 一般公共服务支出", "900.00", "600.00", "300.00"],
      ["20106 财政事务", "900.00", "600.00", "300.00"],
      ["2010601 行政运行", "600.00", "600.00", ""],
      ["2010602 一般行政管理事务", "300.00", "", "300.00"],
      ["合计", "900.00", "600.00", "300.00"],
    ].map(([name = "", ...figures]) =>
      [name.padEnd(20), ...figures.map((figure) => figure.padStart(10))].join(""),
    );
    const read = recover(general(aligned.join("\n")));
    expect(read?.cells).toMatchObject({ "2010601/basic": 600, "2010602/project": 300 });
    expect(read?.isKnown("t05/2010602/basic")).toBe(true);
    expect(read?.cells["2010602/basic"]).toBeUndefined();
  });

  it("takes codes in three parts, names torn over lines, and 元 for what they are", () => {
    const torn = [
      "201 一般公共服务支出 9000000.00 6000000.00 3000000.00",
      "201 06 财政事务 9000000.00 6000000.00 3000000.00",
      "机关事业单位某项很长的",
      "201 06 01 名称 9000000.00 6000000.00 3000000.00",
      "合计 9000000.00 6000000.00 3000000.00",
    ];
    const read = recover(general(torn.join("\n")).replace("单位：万元", "单位：元"));
    expect(read?.isWhole).toBe(true);
    expect(read?.cells["2010601/total"]).toBe(900);
  });

  it("is left alone where it has other columns than the form", () => {
    const read = recover(general(rows.join("\n"), "年初结转和结余 本年收入 上年支出数"));
    expect(read).toBeUndefined();
  });

  it.each([
    ["a row whose code is missing", rows.with(2, "行政运行 600.00 600.00")],
    ["a row whose parent is missing", rows.toSpliced(1, 1)],
    ["the same code twice", [...rows.slice(0, 3), ...rows.slice(2)]],
    ["no total", rows.slice(0, -1)],
  ])("is not whole with %s", (_, broken) => {
    expect(recover(general(broken.join("\n")))?.isWhole ?? false).toBe(false);
  });
});

describe("a table by name among the lines of a text", () => {
  const overall = (rows: string) =>
    `收入支出决算总表\n单位：万元\n收入 支出\n项目 决算数 项目 决算数\n${rows}\n第三部分 2024年度部门决算情况说明\n`;

  it("gives a figure to the name before it, on either side", () => {
    const read = recover(
      overall(
        "一、一般公共预算财政拨款收入 2,940.05 一、一般公共服务支出 2,106.66\n八、其他收入 6.20 八、社会保障和就业支出 326.71\n总计 2,995.39 总计 2,995.39",
      ),
    );
    expect(read?.cells).toEqual({
      "general/final": 2940.05,
      "201/final": 2106.66,
      "other/final": 6.2,
      "208/final": 326.71,
      "income_sum/final": 2995.39,
      "expense_sum/final": 2995.39,
    });
    // Rows are missing: what is not there is not empty.
    expect(read?.isWhole).toBe(false);
    expect(read?.isKnown("t01/business/final")).toBe(false);
  });

  it("takes no figure that is between the halves of a torn name", () => {
    const read = recover(
      overall(
        "一、一般公共预算财政拨款收入 10.00 一、一般公共服务支出 10.00\n七、文化旅游体育与传媒支\n八、其他收入 6.20\n出\n总计 16.20 总计 16.20",
      ),
    );
    expect(read?.cells["other/final"]).toBeUndefined();
    expect(read?.cells["207/final"]).toBeUndefined();
  });

  it("takes 行次 for no amount", () => {
    const read = recover(
      "收入支出决算总表\n公开01表\n金额单位：万元\n收入 支出\n项目 行次 决算数 项目 行次 决算数\n栏次 1 栏次 2\n一、一般公共预算财政拨款收入 1 791.82 一、一般公共服务支出 32\n二、政府性基金预算财政拨款收入 2 二、外交支出 33 12.00\n9 九、卫生健康支出 40\n第三部分 2022年度部门决算情况说明\n",
      jiangxi2022,
    );
    expect(read?.cells).toEqual({ "general/final": 791.82, "202/final": 12 });
  });

  it("takes nothing of a table taken apart column by column but what is beside its neighbour", () => {
    const read = recover(
      "收入支出决算总表\n公开01表\n金额单位：万元\n一、一般公共预算财政拨款收入\n1\n791.82 一、一般公共服务支出\n32\n二、政府性基金预算财政拨款收入\n2\n90.00 二、外交支出\n33\n728.30\n61.20\n第三部分 2022年度部门决算情况说明\n",
      jiangxi2022,
    );
    expect(read?.cells).toEqual({ "general/final": 791.82, "fund/final": 90 });
    expect(read?.isWhole).toBe(false);
  });
});
