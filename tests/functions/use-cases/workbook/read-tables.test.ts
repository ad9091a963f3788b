import { readFileSync } from "node:fs";
import { readXlsx, writeXlsx } from "hucre";
import { describe, expect, it } from "vitest";
import { workbookOf } from "../../../../functions/use-cases/workbook/export-workbook.ts";
import { readWorkbookTables } from "../../../../functions/use-cases/workbook/read-tables.ts";
import { canonicalTable } from "../../../../shared/forms/canonical-table.ts";
import { jiangxi2022 } from "../../../examples/editions.ts";
import { loadExampleUnit } from "../../../examples/load-example.ts";
import { workbookEntries, zipFile } from "./zip-file.ts";
import { tableIn } from "../../../../shared/report/section-ids.ts";

const unit = loadExampleUnit("137001");
const exported = async () => (await workbookOf(unit)) ?? new Uint8Array();
const tablesOf = async (bytes: Uint8Array) => {
  const read = await readWorkbookTables(jiangxi2022, bytes);
  if (!read.ok) throw new Error(JSON.stringify(read.error));
  return read.value;
};
const expected = Object.fromEntries(
  jiangxi2022.forms.map((form) => [form.id, canonicalTable(form, tableIn(unit.sections, form.id))]),
);

describe("a workbook file", () => {
  it("of Excel 97 (.xls), as LibreOffice saved it, is read cell by cell", async () => {
    const bytes = readFileSync(new URL("137001.xls", import.meta.url));
    expect((await tablesOf(bytes)).tables).toEqual(expected);
  });

  it("is read with rows and columns hidden, and without its hidden sheets", async () => {
    const { sheets } = await readXlsx(await exported());
    const [first, ...others] = sheets;
    if (first === undefined) throw new Error("No sheet.");
    const bytes = await writeXlsx({
      sheets: [
        {
          name: first.name,
          rows: first.rows,
          rowDefs: new Map([[6, { hidden: true }]]),
          columns: [{}, {}, { hidden: true }],
        },
        ...others.map(({ name, rows }) => ({ name, rows, hidden: true })),
      ],
    });
    const { tables, ignored } = await tablesOf(bytes);
    expect(tables).toEqual({ t01: expected["t01"] });
    expect(ignored).toEqual(others.map(({ name }) => name));
  });

  it("is read with a prefix at every element, and with rows formatted to the end of the sheet", async () => {
    const rows = [
      ["1", "公开10表"],
      ["2", "项目"],
    ].map(
      ([row, text]) =>
        `<x:row r="${row}"><x:c r="A${row}" t="inlineStr"><x:is><x:t>${text}</x:t></x:is></x:c>${row === "2" ? '<x:c r="B2" t="inlineStr"><x:is><x:t>决算数</x:t></x:is></x:c>' : ""}</x:row>`,
    );
    const car = `<x:row r="3"><x:c r="A3" t="inlineStr"><x:is><x:t>8.其他用车</x:t></x:is></x:c><x:c r="B3"><x:v>4</x:v></x:c></x:row>`;
    const empty = `<x:row r="1048576"><x:c r="A1048576" s="1"/></x:row>`;
    const main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    const data = `<x:worksheet xmlns:x="${main}"><x:sheetData>${rows.join("")}${car}${empty}</x:sheetData></x:worksheet>`;
    const entries = workbookEntries("", { sheetName: "国有资产" }).map((entry) =>
      entry.name === "xl/worksheets/sheet1.xml" ? { ...entry, data } : entry,
    );
    expect((await tablesOf(zipFile(entries))).tables).toEqual({
      t10: { rows: [{ key: "other_cars", cells: { final: 4 } }] },
    });
  });

  it("brings formulas by the results it holds", async () => {
    const { sheets } = await readXlsx(await exported());
    const total = sheets[0]?.cells?.get("32,2");
    expect(total?.formula).toContain("SUM(");
    expect((await tablesOf(await exported())).tables.t01).toEqual(expected["t01"]);
  });

  it("with a formula nobody calculated is refused at its cell", async () => {
    const sheetData = [
      ["1", "支出决算表"],
      ["2", "2022年度"],
      ["3", "金额单位：万元"],
    ].map(
      ([row, text]) =>
        `<row r="${row}"><c r="A${row}" t="inlineStr"><is><t>${text}</t></is></c></row>`,
    );
    const heads = ["支出功能分类科目编码", "科目名称", "本年支出合计", "基本支出", "项目支出"]
      .concat("上缴上级支出", "经营支出", "对附属单位补助支出")
      .map(
        (text, at) => `<c r="${"ABCDEFGH".charAt(at)}4" t="inlineStr"><is><t>${text}</t></is></c>`,
      );
    const line = `<row r="5"><c r="A5" t="inlineStr"><is><t>合计</t></is></c><c r="C5"><f>D5+E5</f></c><c r="D5"><v>1</v></c></row>`;
    const data = `${sheetData.join("")}<row r="4">${heads.join("")}</row>${line}`;
    const read = await readWorkbookTables(jiangxi2022, zipFile(workbookEntries(data)));
    expect(read).toEqual({
      ok: false,
      error: [
        {
          where: "公开03表!C5",
          message:
            "公式“=D5+E5”没有计算结果。文件里只有公式，没有数。请用表格软件打开并保存后再导入，或改为数字。",
        },
      ],
    });
  });

  it("holds names that look like formulas as text", async () => {
    const report = {
      ...unit,
      identity: { ...unit.identity, orgName: '=HYPERLINK("http://a","b")' },
    };
    const { sheets } = await readXlsx((await workbookOf(report)) ?? new Uint8Array());
    expect(sheets[0]?.rows[1]?.[0]).toBe('编制单位：=HYPERLINK("http://a","b")');
    const rows = [
      ...tableIn(unit.sections, "t03").rows,
      { key: "2010398", name: "=cmd|'/c calc'!A0", cells: { total: 1 } },
    ];
    const named = { ...unit, sections: { ...unit.sections, t03: { rows } } };
    const workbook = await readXlsx((await workbookOf(named, "t03")) ?? new Uint8Array());
    const at = workbook.sheets[0]?.rows.findIndex((row) => row[0] === "2010398") ?? -1;
    expect(workbook.sheets[0]?.rows[at]?.[1]).toBe("=cmd|'/c calc'!A0");
    expect(workbook.sheets[0]?.cells?.get(`${at},1`)?.formula).toBeUndefined();
  });

  it("is protected sheet by sheet, with heads repeated on every page", async () => {
    const { sheets } = await readXlsx(await exported(), { readStyles: true });
    for (const { protection, pageSetup, freezePane, cells } of sheets) {
      expect(protection?.sheet).toBe(true);
      expect(protection?.password).toBeUndefined();
      expect(pageSetup?.printTitlesRow).toMatch(/^\$1:\$\d$/u);
      expect(freezePane?.rows).toBeGreaterThan(3);
      for (const { formula, style } of cells?.values() ?? []) {
        if (formula !== undefined) expect(style?.protection?.locked).not.toBe(false);
      }
    }
    expect(sheets[2]?.cells?.get("9,3")?.style).toMatchObject({
      numFmt: "#,##0.00_ ",
      protection: { locked: false },
    });
  });
});
