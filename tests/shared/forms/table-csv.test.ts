import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { canonicalTable, columnsOf, isByCode } from "../../../shared/forms/canonical-table.ts";
import { jiangxi2022 } from "../../examples/editions.ts";
import { shippedForms } from "../../examples/shipped-forms.ts";
import { importFaultText } from "../../../shared/forms/fault-text.ts";
import type { Edition, Form, TableId } from "../../../shared/forms/form.ts";
import type { ImportFault } from "../../../shared/forms/import-fault.ts";
import { dash, fixedRows } from "../../../shared/forms/layout.ts";
import { csvToTable, tableToCsv } from "../../../shared/forms/table-csv.ts";
import type { AmountUnit } from "../../../shared/money.ts";
import type { TableData } from "../../../shared/forms/table-data.ts";
import { loadExample } from "../../examples/load-example.ts";
import { tableIn } from "../../../shared/report/section-ids.ts";

const { sections } = loadExample("jingdezhen-2022");
const t03 = formOf("t03");
const csv = (id: TableId, unit: AmountUnit = "wan") =>
  tableToCsv(formOf(id), tableIn(sections, id), { year: 2022, unit });

describe("a table as CSV", () => {
  it("comes back exactly, whatever it holds and in whichever unit", () => {
    const unit = fc.constantFrom<AmountUnit>("wan", "yuan");
    const filled = fc
      .constantFrom(...shippedForms)
      .chain((where) => tableOf(where.edition, where.form).map((table) => ({ ...where, table })));
    fc.assert(
      fc.property(filled, unit, ({ edition, form, table }, printedIn) => {
        const text = tableToCsv(form, table, { year: edition.year, unit: printedIn });
        expect(csvToTable(edition, form, text)).toEqual({ ok: true, value: table });
      }),
      { numRuns: 200 },
    );
  });

  it("lists every fixed row, so that an empty table is the template to fill in", () => {
    for (const { edition, form } of shippedForms.filter(({ form }) => !isByCode(form))) {
      const text = tableToCsv(form, { rows: [] }, { year: edition.year });
      expect(text.trim().split("\n")).toHaveLength(1 + fixedRows(form).length);
      expect(csvToTable(edition, form, text)).toEqual({ ok: true, value: { rows: [] } });
    }
  });

  it("says table, year and unit on every line and prints dashes where nothing may be typed", () => {
    const lines = csv("t09").split("\n");
    expect(lines[0]).toBe(
      "\uFEFF报表,年度,计量单位,行键,科目编码,项目,年初预算数,全年预算数,决算数",
    );
    expect(lines[1]).toBe(
      "财政拨款“三公”经费支出决算表,2022,万元,total,,一、“三公”经费支出,2.40,2.40,0.70",
    );
    expect(lines[10]?.endsWith(`,${dash},${dash},${dash}`)).toBe(true);
    expect(lines[15]?.endsWith(",5.国内公务接待批次（个）," + `${dash},${dash},5`)).toBe(true);
  });

  it("keeps a name from running as a formula in a spreadsheet", () => {
    const rows = [
      { key: "201", cells: { total: 1 } },
      { key: "20177", name: "=HYPERLINK(1)", cells: { total: 1 } },
    ];
    const text = tableToCsv(t03, { rows }, { year: 2022 });
    expect(text).toContain(",'=HYPERLINK(1),");
    const read = csvToTable(jiangxi2022, t03, text);
    expect(read.ok && read.value.rows[1]?.name).toBe("=HYPERLINK(1)");
  });

  it("takes what spreadsheets do to a file: no mark, CRLF, separators, a changed order", () => {
    const [header = "", ...lines] = csv("t03").replace("\uFEFF", "").trim().split("\n");
    const text = [header, ...lines.toReversed(), ",,,,,,,,,,,"]
      .join("\r\n")
      .replace(",4810.54,", ',"4,810.54",');
    expect(csvToTable(jiangxi2022, t03, text)).toEqual({ ok: true, value: sections.t03 });
  });

  it("finds a row by its code where the key was left empty", () => {
    const text = csv("t03").replace("2010302,2010302,", ",2010302,");
    expect(csvToTable(jiangxi2022, t03, text)).toEqual({ ok: true, value: sections.t03 });
  });
});

describe("a CSV is refused, and the place named,", () => {
  const swap = (from: string, to: string, id: TableId = "t03") => {
    const text = csv(id);
    if (!text.includes(from)) throw new Error(`No ${from} in the file`);
    return text.replace(from, to);
  };
  const line = (text: string) => `${text}\n`;
  const head = "支出决算表,2022,万元";
  const cases: readonly (readonly [string, TableId, string, readonly string[]])[] = [
    ["when it is of another table", "t03", csv("t02"), ["missing_column", "unknown_column"]],
    [
      "when a line names another table",
      "t03",
      swap("支出决算表,2022,万元,total", "收入决算表,2022,万元,total"),
      ["wrong_table"],
    ],
    [
      "when a line is of another year",
      "t03",
      swap("2022,万元,total", "2021,万元,total"),
      ["wrong_year"],
    ],
    ["when the unit is unknown", "t03", swap("万元,total", "千元,total"), ["wrong_unit"]],
    ["when units are mixed", "t03", swap("万元,201,", "元,201,"), ["mixed_units"]],
    ["when text is in the place of money", "t03", swap("4810.54", "见附件"), ["not_an_amount"]],
    ["when an amount is finer than a 分", "t03", swap("4810.54", "0.0000001"), ["too_fine"]],
    ["when an amount is too large", "t03", swap("4810.54", "9".repeat(17)), ["too_large"]],
    [
      "when a count is no whole number",
      "t09",
      swap(`${dash},5\n`, `${dash},5.5\n`, "t09"),
      ["not_a_count"],
    ],
    [
      "when a count is negative",
      "t09",
      swap(`${dash},5\n`, `${dash},-5\n`, "t09"),
      ["table_fault"],
    ],
    [
      "when a dash cell is filled",
      "t09",
      swap(`${dash},${dash},0.70`, `1,${dash},0.70`, "t09"),
      ["table_fault"],
    ],
    ["when a row is unknown", "t09", swap(",stats,", ",gifts,", "t09"), ["unknown_row"]],
    [
      "when a name is not the row's",
      "t09",
      swap("3.公务接待费", "3.会议费", "t09"),
      ["row_mismatch"],
    ],
    [
      "when key and code differ",
      "t03",
      swap("201,201,", "201,202,"),
      ["row_mismatch", "table_fault"],
    ],
    ["when a code's name is another's", "t03", swap("行政运行", "机关服务"), ["table_fault"]],
    [
      "when a code is new and nameless",
      "t03",
      line(csv("t03").trim()) + line(`${head},20188,20188,,1,1,,,,`),
      ["table_fault"],
    ],
    [
      "when a class is unknown",
      "t03",
      line(csv("t03").trim()) + line(`${head},299,299,某类,1,1,,,,`),
      ["table_fault"],
    ],
    [
      "when a code has four digits",
      "t03",
      line(csv("t03").trim()) + line(`${head},2011,2011,某款,1,1,,,,`),
      ["table_fault"],
    ],
    [
      "when a row comes twice",
      "t03",
      line(csv("t03").trim()) + line(`${head},221,221,住房保障支出,1,1,,,,`),
      ["table_fault"],
    ],
    [
      "when a line is too long",
      "t03",
      line(csv("t03").trim()) + line(`${head},205,205,教育支出,1,1,,,,,9`),
      ["wrong_width"],
    ],
    [
      "when a column is missing",
      "t03",
      swap(",基本支出,", ",,"),
      ["missing_column", "unknown_column"],
    ],
    [
      "when a column comes twice",
      "t03",
      swap(",经营支出,", ",基本支出,"),
      ["missing_column", "repeated_column"],
    ],
    ["when it is no table at all", "t03", "<html></html>", ["missing_column", "unknown_column"]],
    ["when it is empty", "t03", "", ["missing_column"]],
  ];

  it.each(cases)("%s", (_, id, text, expected) => {
    const found = faultsOf(id, text);
    expect(new Set(found.map(({ kind }) => kind))).toEqual(new Set(expected));
    for (const fault of found) {
      const words = importFaultText(jiangxi2022, fault);
      expect(words.where).toContain(`公开${id.slice(1)}表`);
      expect(Object.values(words).join()).not.toMatch(/undefined|。/u);
    }
  });

  it("at line and column, every fault at once and nothing taken in", () => {
    const text = swap("4810.54,562.29", "若干,一些").replace("2022,万元,201,", "2023,万元,201,");
    expect(faultsOf("t03", text)).toEqual([
      {
        kind: "wrong_year",
        at: { table: "t03", line: 3, column: "年度" },
        expected: 2022,
        actual: "2023",
      },
      {
        kind: "not_an_amount",
        at: { table: "t03", line: 2, row: "合计", column: "本年支出合计" },
        text: "若干",
      },
      {
        kind: "not_an_amount",
        at: { table: "t03", line: 2, row: "合计", column: "基本支出" },
        text: "一些",
      },
    ]);
    const [, fault] = faultsOf("t03", text);
    expect(fault && importFaultText(jiangxi2022, fault)).toEqual({
      where: "公开03表 支出决算表 第2行 合计 “本年支出合计”",
      what: "“若干”不是金额",
      why: "金额栏只能填数字",
      mend: "请改为数字，没有数据时留空",
    });
  });

  it("when a 款 is left without its subtotal, though the line is there", () => {
    const emptied = csv("t03").replace(/^(.*,20103,20103,[^,]*),.*$/mu, "$1,,,,,,");
    const found = faultsOf("t03", emptied);
    expect(found).toHaveLength(5);
    expect(found.every((fault) => fault.kind === "table_fault")).toBe(true);
    expect(found[0]).toMatchObject({ fault: { kind: "missing_parent", parent: "20103" } });
  });
});

it("a code our list lacks is kept where its name is given: the rule book asks about it", () => {
  const text = `${csv("t03").trim()}\n支出决算表,2022,万元,20188,20188,新设事务,1,1,,,,\n`;
  const read = csvToTable(jiangxi2022, t03, text);
  expect(read.ok && read.value.rows.find(({ key }) => key === "20188")).toEqual({
    key: "20188",
    name: "新设事务",
    cells: { total: 1_000_000, basic: 1_000_000 },
  });
});

function faultsOf(id: TableId, text: string): ImportFault[] {
  const read = csvToTable(jiangxi2022, formOf(id), text);
  return read.ok ? [] : read.error;
}

function formOf(id: TableId): Form {
  const form = jiangxi2022.forms.find((candidate) => candidate.id === id);
  if (form === undefined) throw new Error(id);
  return form;
}

/** Any table a form can hold, canonical; a code comes with all it is summed up in. */
function tableOf(edition: Edition, form: Form): fc.Arbitrary<TableData> {
  const keys = isByCode(form)
    ? ["total", ...edition.functionCodes.keys()]
    : fixedRows(form).map(({ key }) => key);
  const rowOf = (key: string) => {
    const fixed = fixedRows(form).find((row) => row.key === key);
    const value = fixed?.kind === "count" ? fc.nat() : fc.maxSafeInteger();
    const columns = columnsOf(form, key).filter(
      (column) => fixed?.dashes?.includes(column.key) !== true,
    );
    return fc
      .record(Object.fromEntries(columns.map((column) => [column.key, fc.option(value)])))
      .map((cells) => ({ key, cells }));
  };
  return fc
    .subarray(keys, { maxLength: Math.min(30, keys.length) })
    .chain((chosen) => fc.tuple(...chosen.map(rowOf)))
    .map((rows) => canonicalTable(form, { rows }))
    .map((table) => withParents(form, table));
}

function withParents(form: Form, table: TableData): TableData {
  if (!isByCode(form)) return table;
  const keys = new Set(table.rows.map(({ key }) => key));
  const missing = new Set(
    [...keys].flatMap((key) => (key === "total" ? [] : [key.slice(0, 3), key.slice(0, 5)])),
  );
  const parents = [...missing].filter((key) => !keys.has(key));
  const column = columnsOf(form, "total")[0]?.key ?? "total";
  return canonicalTable(form, {
    rows: [...table.rows, ...parents.map((key) => ({ key, cells: { [column]: 0 } }))],
  });
}
