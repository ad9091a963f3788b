import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { canonicalJson } from "../../../shared/canonical-json.ts";
import {
  canonicalTable,
  columnsOf,
  isRefusal,
  validateTable,
  type LooseTable,
  type TableFault,
} from "../../../shared/forms/canonical-table.ts";
import { jiangxi2022, shanghai2024 } from "../../examples/editions.ts";
import { tableFaultText } from "../../../shared/forms/fault-text.ts";
import type { Edition, Form, TableId } from "../../../shared/forms/form.ts";
import type { TableRow } from "../../../shared/forms/table-data.ts";
import { loadExample } from "../../examples/load-example.ts";
import { tableIn } from "../../../shared/report/section-ids.ts";
import { omitUndefined } from "../../../shared/omit-undefined.ts";

const example = loadExample("jingdezhen-2022");
const t03 = formOf("t03");

describe("a canonical table", () => {
  it("is one text, in whatever order it was typed", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...jiangxi2022.forms),
        fc.infiniteStream(fc.nat()),
        (form, order) => {
          const table = tableIn(example.sections, form.id);
          const ranks = new Map(table.rows.map((row) => [row, next(order)]));
          const shuffled = table.rows
            .toSorted((a, b) => (ranks.get(a) ?? 0) - (ranks.get(b) ?? 0))
            .map((row) => ({
              ...row,
              cells: Object.fromEntries(Object.entries(row.cells).toReversed()),
            }));
          expect(canonicalJson(canonicalTable(form, { rows: shuffled }))).toBe(
            canonicalJson(table),
          );
        },
      ),
    );
  });

  it("drops empty cells and rows, but keeps zeros", () => {
    const rows: LooseTable["rows"] = [
      { key: "total", cells: { total: null, basic: undefined, project: 0 } },
      { key: "201", cells: { total: null } },
      { key: "202", cells: {} },
    ];
    expect(canonicalTable(t03, { rows })).toEqual({
      rows: [{ key: "total", cells: { project: 0 } }],
    });
  });

  it("writes the name of the year's table beside a code, and keeps one typed differently", () => {
    const rows = [
      { key: "20103", cells: { total: 1 } },
      { key: "201", name: "别的名称", cells: { total: 1 } },
    ];
    expect(canonicalTable(t03, { rows }).rows.map(({ name }) => name)).toEqual([
      "别的名称",
      "政府办公厅（室）及相关机构事务",
    ]);
  });

  it("is canonical already", () => {
    for (const form of jiangxi2022.forms) {
      const once = canonicalTable(form, tableIn(example.sections, form.id));
      expect(canonicalTable(form, once)).toEqual(once);
    }
  });

  it("keeps what it does not know, last, so that it is refused by name", () => {
    const table = canonicalTable(formOf("t10"), {
      rows: [
        { key: "boats", cells: { final: 1 } },
        { key: "equipment", cells: { final: 1, secret: 2 } },
      ],
    });
    expect(table.rows).toEqual([
      { key: "equipment", cells: { final: 1, secret: 2 } },
      { key: "boats", cells: { final: 1 } },
    ]);
    expect(faults("t10", table.rows).map(({ kind }) => kind)).toEqual([
      "unknown_column",
      "unknown_row",
    ]);
  });
});

describe("validating a table", () => {
  const t03Row = (key: string, rest: Partial<TableRow> = {}): TableRow => ({
    key,
    cells: { total: 1 },
    ...rest,
  });
  const at = (table: TableId, row: string, column?: string) => ({
    table,
    row,
    ...omitUndefined({ column }),
  });
  const cases: readonly (readonly [string, TableId, TableRow[], TableFault[]])[] = [
    [
      "a row the form does not have",
      "t01",
      [t03Row("bribes", { cells: { final: 1 } })],
      [{ kind: "unknown_row", at: at("t01", "bribes") }],
    ],
    [
      "合计 in a form that has none",
      "t01",
      [t03Row("total", { cells: { final: 1 } })],
      [{ kind: "unknown_row", at: at("t01", "total") }],
    ],
    [
      "a column of the other side of the form",
      "t04",
      [t03Row("general", { cells: { fund: 1 } })],
      [{ kind: "unknown_column", at: at("t04", "general", "fund") }],
    ],
    [
      "a figure where the form prints a dash",
      "t09",
      [t03Row("reception_domestic", { cells: { initial: 0, final: 1 } })],
      [{ kind: "dash_cell", at: at("t09", "reception_domestic", "initial") }],
    ],
    [
      "a code of four digits",
      "t03",
      [t03Row("2010")],
      [{ kind: "bad_code", at: at("t03", "2010") }],
    ],
    [
      "a code the year does not have",
      "t03",
      [t03Row("201"), t03Row("20139")],
      [{ kind: "unknown_code", at: at("t03", "20139") }],
    ],
    [
      "a named code that our list of the year lacks",
      "t03",
      [t03Row("201"), t03Row("20188", { name: "新设事务" })],
      [{ kind: "unlisted_code", at: at("t03", "20188"), name: "新设事务" }],
    ],
    [
      "a named code of a class that departments do not have",
      "t03",
      [t03Row("299", { name: "某类" })],
      [{ kind: "unknown_code", at: at("t03", "299") }],
    ],
    [
      "an item without its 款",
      "t03",
      [t03Row("201"), t03Row("2010301")],
      [{ kind: "missing_parent", at: at("t03", "2010301"), parent: "20103" }],
    ],
    [
      "a name that is not the code's",
      "t03",
      [t03Row("201", { name: "外交支出" })],
      [
        {
          kind: "name_mismatch",
          at: at("t03", "201"),
          expected: "一般公共服务支出",
          actual: "外交支出",
        },
      ],
    ],
    [
      "the same row twice",
      "t03",
      [t03Row("201"), t03Row("201")],
      [{ kind: "duplicate_row", at: at("t03", "201") }],
    ],
    [
      "fewer than no vehicles",
      "t10",
      [t03Row("other_cars", { cells: { final: -1 } })],
      [{ kind: "negative_count", at: at("t10", "other_cars", "final"), value: -1 }],
    ],
    [
      "half a vehicle",
      "t10",
      [t03Row("other_cars", { cells: { final: 0.5 } })],
      [{ kind: "not_whole", at: at("t10", "other_cars", "final"), value: 0.5 }],
    ],
    [
      "an amount beyond exact arithmetic",
      "t03",
      [t03Row("201", { cells: { total: 2 ** 53 } })],
      [{ kind: "not_whole", at: at("t03", "201", "total"), value: 2 ** 53 }],
    ],
  ];

  it.each(cases)("names %s", (_, table, rows, expected) => {
    expect(faults(table, rows)).toEqual(expected);
  });

  it.each(cases)("refuses the table for %s, unless it is only a question", (_, table, rows) => {
    for (const fault of faults(table, rows)) {
      expect(isRefusal(fault)).toBe(fault.kind !== "unlisted_code");
    }
  });

  it.each(cases)("says where and how to mend %s", (_, table, rows) => {
    for (const fault of faults(table, rows)) {
      const text = tableFaultText(jiangxi2022, fault);
      expect(text.where).toMatch(/^公开\d\d表 /u);
      for (const part of [text.what, text.why, text.mend]) expect(part.length).toBeGreaterThan(3);
      expect(Object.values(text).join()).not.toMatch(/undefined|。/u);
    }
  });

  it("names every fault at once", () => {
    const rows = [t03Row("2010"), t03Row("20103", { cells: { total: 0.5, gifts: 1 } })];
    expect(faults("t03", rows).map(({ kind }) => kind)).toEqual([
      "bad_code",
      "missing_parent",
      "not_whole",
      "unknown_column",
    ]);
  });

  it("takes negative money, wide characters in a name and a code new in its year", () => {
    expect(faults("t01", [t03Row("closing", { cells: { final: -1 } })])).toEqual([]);
    const office = { name: "政府办公厅(室)及 相关机构事务" };
    expect(faults("t03", [t03Row("201"), t03Row("20103", office)])).toEqual([]);
    expect(faults("t03", [t03Row("201"), t03Row("20139")], shanghai2024)).toEqual([]);
  });

  it("does not ask whether sums agree: that is the rule book's", () => {
    const rows = [t03Row("total", { cells: { total: 5 } }), t03Row("201", { cells: { total: 7 } })];
    expect(faults("t03", rows)).toEqual([]);
  });
});

it("a place is named by table, row and column as printed", () => {
  const fault: TableFault = {
    kind: "dash_cell",
    at: { table: "t09", row: "reception_domestic", column: "initial" },
  };
  expect(tableFaultText(jiangxi2022, fault).where).toBe(
    "公开09表 第7行 （1）国内接待费 年初预算数",
  );
  expect(columnsOf(formOf("t04"), "201").map(({ key }) => key)).toEqual([
    ...["total", "general", "fund", "capital"],
  ]);
});

function faults(id: TableId, rows: readonly TableRow[], edition: Edition = jiangxi2022) {
  return validateTable(edition, formOf(id, edition), { rows: [...rows] });
}

function formOf(id: TableId, edition: Edition = jiangxi2022): Form {
  const form = edition.forms.find((candidate) => candidate.id === id);
  if (form === undefined) throw new Error(id);
  return form;
}

function next(stream: Iterator<number>): number {
  const { value } = stream.next() as IteratorResult<number, undefined>;
  return value ?? 0;
}
