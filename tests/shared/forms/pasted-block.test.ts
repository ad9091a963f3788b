import { describe, expect, it } from "vitest";
import type { TableId } from "../../../shared/forms/form.ts";
import { readPastedBlock } from "../../../shared/forms/pasted-block.ts";
import type { TableData } from "../../../shared/forms/table-data.ts";
import { jiangxi2022 as edition } from "../../examples/editions.ts";

const stored: TableData = {
  rows: [
    { key: "total", cells: {} },
    { key: "201", cells: {} },
    { key: "20103", cells: {} },
    { key: "2010301", cells: { basic: 1 } },
  ],
};

function read(id: TableId, lines: readonly string[], from?: string) {
  const form = edition.forms.find((one) => one.id === id);
  if (form === undefined) throw new Error("No such form.");
  const block = lines.map((line) => line.split(/ ?\| ?/u));
  const table = form.blocks[0]?.rows === "by-function-code" ? stored : { rows: [] };
  const pasted = readPastedBlock(block, { edition, form, table, from });
  return (
    pasted && {
      ...pasted,
      cells: pasted.cells
        .filter(({ text }) => text !== "")
        .map(({ ref, text }) => `${ref.row}.${ref.column}=${text}`),
    }
  );
}

describe("a pasted block that names its rows", () => {
  it("with the heads of the form, whatever stands above and below them", () => {
    const pasted = read("t03", [
      "支出决算表 | | | | | | | ",
      " | | | | | | | 公开03表",
      "编制单位：某局 | | | | | | | 金额单位：元",
      "项目 | | 本年支出合计 | 基本支出 | 项目支出 | 上缴上级支出 | 经营支出 | 对附属单位补助支出",
      "支出功能分类科目编码 | 科目名称 | | | | | | ",
      "类 款 项 | 栏次 | 1 | 2 | 3 | 4 | 5 | 6",
      "合计 | | 30 | 10 | 20 | | | ",
      "2010301 | 行政运行 | 30 | 10 | 20 | | | ",
      "2080501 | 行政单位离退休 | 5 | 5 | | | | ",
      "注：本表反映本年度各项支出情况。 | | | | | | | ",
    ]);
    expect(pasted).toMatchObject({
      unit: "yuan",
      newCodes: ["2080501"],
      unknown: [],
      isGuessed: false,
    });
    expect(pasted?.cells).toEqual([
      ...["total.total=30", "total.basic=10", "total.project=20"],
      ...["2010301.total=30", "2010301.basic=10", "2010301.project=20"],
      ...["2080501.total=5", "2080501.basic=5"],
    ]);
  });

  it("with the columns in an order of its own", () => {
    const pasted = read("t03", [
      "科目编码 | 科目名称 | 项目支出 | 基本支出",
      "2010301 | 行政运行 | 20 | 10",
    ]);
    expect(pasted?.cells).toEqual(["2010301.project=20", "2010301.basic=10"]);
  });

  it("without heads, by code and name or by code alone", () => {
    const cells = ["2010301.total=3", "2010301.basic=1", "2010301.project=2"];
    expect(read("t05", ["2010301 | 行政运行 | 3 | 1 | 2"])).toMatchObject({
      cells,
      isGuessed: false,
    });
    expect(read("t05", ["2010301 | 3 | 1 | 2", "2010302 | 4 | 4 | "])).toMatchObject({
      cells: [...cells, "2010302.total=4", "2010302.basic=4"],
      newCodes: ["2010302"],
    });
  });

  it("by names alone, each below the name above it", () => {
    const pasted = read("t05", [
      "合计 | 9 | 9 | ",
      "政府办公厅（室）及相关机构事务 | 6 | 6 | ",
      "行政运行 | 6 | 6 | ",
      "人大事务 | 3 | 3 | ",
      "行政运行 | 3 | 3 | ",
    ]);
    expect(pasted?.cells.filter((cell) => cell.includes(".total="))).toEqual([
      ...["total.total=9", "20103.total=6", "2010301.total=6"],
      ...["20101.total=3", "2010101.total=3"],
    ]);
  });

  it("takes fewer columns from the one at hand on, and says that it guessed", () => {
    const pasted = read("t05", ["2010301 | 行政运行 | 2"], "project");
    expect(pasted).toMatchObject({ cells: ["2010301.project=2"], isGuessed: true });
  });

  it("lists what no row is known for, and fills in the rest", () => {
    const pasted = read("t05", [
      "科目编码 | 科目名称 | 小计 | 基本支出 | 项目支出 | 备注数",
      "2010301 | 行政运行 | 3 | 1 | 2 | 7",
      "2999 | 写错的 | 3 | 1 | 2 | ",
      "2999998 | 没有的科目 | 3 | 1 | 2 | ",
      "2010301 | 行政运行 | 8 | 8 | | ",
      " | 谁也不认识 | 1 | 1 | | ",
    ]);
    expect(pasted?.cells).toHaveLength(3);
    expect(pasted?.unknown).toEqual([
      { line: 3, text: "2999 写错的", why: "unknown_code" },
      { line: 4, text: "2999998 没有的科目", why: "unknown_code" },
      { line: 5, text: "2010301 行政运行", why: "repeated" },
      { line: 6, text: "谁也不认识", why: "unknown_name" },
    ]);
    expect(pasted?.unknownColumns).toEqual(["备注数"]);
  });

  it("keeps text that is no amount", () => {
    expect(read("t05", ["2010301 | 行政运行 | 三万 | 1 | 2"])?.cells).toEqual([
      ...["2010301.total=三万", "2010301.basic=1", "2010301.project=2"],
    ]);
    const named = read("t05", [
      "合计 | 1 | 1 | ",
      "政府办公厅（室）及相关机构事务 | 三万 | 三万 | ",
    ]);
    expect(named?.unknown.map(({ line }) => line)).toEqual([2]);
  });

  it("on both sides of a form, with 行次 or without", () => {
    const cells = ["general_appropriation.final=5", "201.final=4"];
    const headed = read("t01", [
      "收入 | | | 支出 | | ",
      "项目 | 行次 | 决算数 | 项目 | 行次 | 决算数",
      "一、一般公共预算财政拨款收入 | 1 | 5 | 一、一般公共服务支出 | 32 | 4",
    ]);
    const bare = read("t01", [
      "一、一般公共预算财政拨款收入 | 1 | 5 | 一、一般公共服务支出 | 32 | 4",
      "二、政府性基金预算财政拨款收入 | 2 | | 二、外交支出 | 33 | ",
    ]);
    const short = read("t01", ["一、一般公共服务支出 | 4", "二、外交支出 | "]);
    expect(headed?.cells).toEqual(bare?.cells);
    expect(headed?.cells).toContain("201.final=4");
    expect(headed?.cells).toHaveLength(cells.length);
    expect(short?.cells).toEqual(["201.final=4"]);
  });

  it("is none where only figures are pasted", () => {
    expect(read("t05", ["201 | 205 | 208", "3 | 4 | 5"])).toBeUndefined();
    expect(read("t01", ["1,000.00", "2"])).toBeUndefined();
  });
});
