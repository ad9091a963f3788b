import { describe, expect, it } from "vitest";
import { derive } from "../../../shared/editions/derive.ts";
import { loadEdition } from "../../../shared/editions/load-edition.ts";
import { editionData } from "../../../shared/editions/counted-edition.ts";
import { importCodeList } from "../../../shared/forms/codes/import-codes.ts";
import type { GridValue, SheetGrid } from "../../../shared/forms/workbook-grid.ts";
import { jiangxi2022 } from "../../examples/editions.ts";

const current = jiangxi2022.functionCodes;
const sheet = (...rows: readonly (readonly GridValue[])[]): SheetGrid => ({
  name: "功能分类",
  rows,
  merges: [],
});
const head = ["科目编码", "科目名称"];
const read = (...rows: readonly (readonly GridValue[])[]) =>
  importCodeList(current, "functional", [sheet(...rows)]);
const faultsOf = (...rows: readonly (readonly GridValue[])[]) => {
  const found = read(...rows);
  return found.ok ? [] : found.error.map(({ where, message }) => `${where} ${message}`);
};

describe("a bureau's list of codes", () => {
  it("adds what is new, renames what has another name, and leaves what it does not list", () => {
    const found = read(
      ["2026年政府收支分类科目"],
      head,
      [201, "一般公共服务支出"],
      ["20140", "　信访事务"],
      [2014001, "　　行政运行"],
      ["2010101", "行政运行和保障"],
    );
    if (!found.ok) throw new Error(JSON.stringify(found.error));
    expect(found.value).toMatchObject({
      codes: { 20140: "信访事务", 2014001: "行政运行", 2010101: "行政运行和保障" },
      added: ["20140", "2014001"],
      renamed: [{ code: "2010101", before: "行政运行", after: "行政运行和保障" }],
    });
    expect(found.value.notListed).toContain("20101");
    expect(found.value.notListed).not.toContain("201");
    const derived = derive(editionData(jiangxi2022), {
      ...{ id: "own-2026", name: "甲市", year: 2026, functionCodes: found.value.codes },
    });
    const loaded = loadEdition(derived.ok ? derived.value : undefined);
    expect(loaded.ok && loaded.value.functionCodes.get("20140")).toBe("信访事务");
  });

  it("is read where 类, 款 and 项 have columns of their own, whole or in parts", () => {
    const found = read(
      ["类", "款", "项", "科目名称"],
      ["201", null, null, "一般公共服务支出"],
      [null, "40", null, "信访事务"],
      [null, null, "01", "行政运行"],
      [null, null, "2014050", "事业运行"],
    );
    expect(found.ok && found.value.added).toEqual(["20140", "2014001", "2014050"]);
  });

  it("changes nothing where it says what the edition says", () => {
    const found = read(head, ["201", "一般公共服务支出"], ["201", " 一般公共服务支出 "]);
    expect(found.ok && found.value).toMatchObject({ codes: {}, added: [], renamed: [] });
  });

  it("of 支出经济分类 has no 项", () => {
    const grids = [sheet(["经济分类科目编码", "名称"], ["30118", "补充缴费"], ["3011801", "某项"])];
    const found = importCodeList(jiangxi2022.economicCodes, "economic", grids);
    expect(found.ok ? [] : found.error).toEqual([
      {
        where: "功能分类!A3",
        message: "编码“3011801”不是3位（类）或5位（款）数字。请填写3位（类）或5位（款）数字。",
      },
    ]);
  });
});

describe("a list of codes that cannot be taken", () => {
  it("is refused whole, every fault named at its cell", () => {
    expect(
      faultsOf(
        head,
        ["2014", "四位"],
        [null, "没有编码"],
        ["20141", ""],
        ["20142", "名".repeat(61)],
        ["20143", "甲\u202E乙"],
        ["20144", "甲"],
        ["20144", "乙"],
        ["2099901", "孤儿"],
        [{ formula: "A1" }, "公式"],
      ),
    ).toEqual([
      "功能分类!A2 编码“2014”不是3位（类）、5位（款）或7位（项）数字。请填写3位（类）、5位（款）或7位（项）数字。",
      "功能分类!A3 这一行有名称，没有编码。请填写3位（类）、5位（款）或7位（项）数字。",
      "功能分类!B4 有编码，没有科目名称。请填写名称。",
      "功能分类!B5 科目名称有61个字，超过60个。请只写名称，说明另放一栏。",
      expect.stringMatching(/^功能分类!B6 科目名称中有不能使用的字符：/u),
      "功能分类!A10 编码是没有算出结果的公式。请改成编码本身再导入。",
      "功能分类!A8 编码20144在功能分类!A7是“甲”，这里是“乙”。请只留一个。",
      "功能分类!A9 “2099901 孤儿”的上级科目20999不在表中，也不在本版式的科目里。请补上20999。",
    ]);
  });

  it("is refused where no heading says which column is the code", () => {
    for (const rows of [[], [["201", "一般公共服务支出"]], [head]]) {
      const found = importCodeList(current, "functional", [sheet(...rows)]);
      expect(found.ok ? "" : found.error[0]?.message).toContain("没有找到科目表");
    }
  });

  it("is refused where it is too long to be one", () => {
    const rows = Array.from({ length: 20_001 }, () => ["201", "一般公共服务支出"]);
    expect(faultsOf(head, ...rows)).toEqual([
      "功能分类 工作表有20002行，超过20000行，不像科目表。请只留下科目。",
    ]);
  });
});
