import { describe, expect, it } from "vitest";
import { columnsOf } from "../../../shared/forms/canonical-table.ts";
import { shippedEditions } from "../../../shared/editions/shipped-editions.ts";
import type { Edition, Form } from "../../../shared/forms/form.ts";
import {
  dash,
  entryForm,
  fixedRows,
  layoutForm,
  type PrintedCell,
  type PrintedTable,
} from "../../../shared/forms/layout.ts";
import type { TableData } from "../../../shared/forms/table-data.ts";
import { shippedForms } from "../../examples/shipped-forms.ts";
import { loadExample } from "../../examples/load-example.ts";
import { tableIn } from "../../../shared/report/section-ids.ts";

const names = { year: 2022, unit: "某市某局" };
const nothing: TableData = { rows: [] };
const jiangxi = editionOf("jiangxi-2022");
const shanghai = editionOf("shanghai-2024");
const forms = shippedForms.map(({ edition, form }) => [`${edition.id} ${form.id}`, form] as const);

describe.each(forms)("%s on paper", (_, form) => {
  const filledTable: TableData = {
    rows: fixedRows(form).map(({ key, dashes }) => ({
      key,
      cells: Object.fromEntries(
        columnsOf(form, key)
          .filter((column) => dashes?.includes(column.key) !== true)
          .map((column) => [column.key, 1]),
      ),
    })),
  };

  it.each([nothing, filledTable])("has lines of one width", (table) => {
    const printed = layoutForm(form, table, names);
    const widths = new Set(printed.body.map(widthOf));
    expect(widths).toEqual(new Set([widthOf(headLine(printed))]));
  });

  it("refers from every value cell to a cell that exists, each once", () => {
    const refs = values(layoutForm(form, nothing, names)).map(({ ref }) => ref);
    for (const { table, row, column } of refs) {
      expect(table).toBe(form.id);
      expect(columnsOf(form, row).map(({ key }) => key)).toContain(column);
    }
    const addresses = refs.map(({ row, column }) => `${row}/${column}`);
    expect(new Set(addresses).size).toBe(addresses.length);
  });

  it("prints every value of the printed rows", () => {
    const printed = values(layoutForm(form, filledTable, names));
    const expected = fixedRows(form)
      .filter(({ unprinted }) => unprinted !== true)
      .flatMap(({ key, dashes = [] }) =>
        columnsOf(form, key).filter((column) => !dashes.includes(column.key)),
      );
    if (expected.length > 0) expect(printed).toHaveLength(expected.length);
    expect(printed.filter(({ value }) => value === undefined)).toHaveLength(
      expected.length > 0 ? 0 : printed.length,
    );
  });

  it("can be typed in whole, unprinted rows included", () => {
    const typed = values(layoutForm(entryForm(form), nothing, names));
    const rows = new Set(typed.map(({ ref }) => ref.row));
    for (const { key, dashes } of fixedRows(form)) {
      const takesValues = columnsOf(form, key).some(({ key: column }) => !dashes?.includes(column));
      expect(rows.has(key)).toBe(takesValues);
    }
  });
});

describe("a printed cell", () => {
  const t09 = formOf(jiangxi, "t09");
  const print = (cells: Record<string, number>, row = "reception") =>
    values(layoutForm(t09, { rows: [{ key: row, cells }] }, names)).filter(
      ({ ref }) => ref.row === row,
    );

  it("separates empty from zero", () => {
    expect(print({ final: 0 }).map(({ text, value }) => [text, value])).toEqual([
      ["", undefined],
      ["", undefined],
      ["0.00", 0],
    ]);
  });

  it("shows money in 万元 with separators, counts plain", () => {
    expect(print({ final: 4_914_200_000 }).at(-1)?.text).toBe("4,914.20");
    expect(print({ final: 1_234 }, "domestic_persons").at(-1)?.text).toBe("1234");
    expect(print({ final: 1_234 }, "domestic_persons").at(-1)?.valueKind).toBe("count");
  });

  it("is a dash where the form has no figure, whatever the data say", () => {
    const table = { rows: [{ key: "stats", cells: { final: 5 } }] };
    const line = layoutForm(t09, table, names).body[9];
    expect(line?.map(({ text }) => text)).toEqual(["二、相关统计数", "10", ...[dash, dash, dash]]);
  });
});

describe("a table by 支出功能分类", () => {
  const table: TableData = {
    rows: [
      { key: "2010301", name: "旧名", cells: { total: 1_000_000 } },
      { key: "201", cells: { total: 1_000_000 } },
      { key: "20103", cells: { total: 1_000_000 } },
      { key: "total", cells: { total: 1_000_000 } },
      { key: "2099999", name: "未列科目", cells: { total: 1 } },
    ],
  };
  const leads = (form: Form) =>
    layoutForm(form, table, names).body.map((line) =>
      line.filter((cell) => cell.kind === "code" || cell.kind === "name").map(({ text }) => text),
    );

  it("prints 合计 first, then codes ascending with the names of the year", () => {
    expect(leads(formOf(jiangxi, "t05"))).toEqual([
      ["合计"],
      ["201", "一般公共服务支出"],
      ["20103", "政府办公厅（室）及相关机构事务"],
      ["2010301", "行政运行"],
      ["2099999", "未列科目"],
    ]);
  });

  it("prints 合计 last where the edition does", () => {
    expect(leads(formOf(shanghai, "t05")).at(-1)).toEqual(["合计"]);
  });

  it("keeps the 合计 line of an empty table", () => {
    const body = layoutForm(formOf(jiangxi, "t08"), nothing, names).body;
    expect(body.map((line) => line.map(({ text }) => text))).toEqual([["合计", "", "", ""]]);
  });
});

describe("the statutory forms", () => {
  it("print 公开01表 with both sides as long as each other", () => {
    const { body } = layoutForm(formOf(jiangxi, "t01"), nothing, names);
    const text = (line: number) => body[line]?.map((cell) => cell.text);
    expect(body).toHaveLength(31);
    expect(text(0)).toEqual([
      "一、一般公共预算财政拨款收入",
      "1",
      "",
      "一、一般公共服务支出",
      "32",
      "",
    ]);
    expect(text(8)).toEqual(["", "9", "", "九、卫生健康支出", "40", ""]);
    expect(text(26)).toEqual(["本年收入合计", "27", "", "本年支出合计", "58", ""]);
    expect(text(30)).toEqual(["总计", "31", "", "总计", "62", ""]);
  });

  it("end 公开06表 in 人员经费合计 and one 公用经费合计 over both groups of 公用经费", () => {
    const { sections } = loadExample("jingdezhen-2022");
    const { body } = layoutForm(formOf(jiangxi, "t06"), tableIn(sections, "t06"), names);
    const last = body.at(-1)?.map((cell) => [cell.text, "colspan" in cell ? cell.colspan : 1]);
    expect(last).toEqual([
      ["人员经费合计", 2],
      ["528.40", 1],
      ["公用经费合计", 5],
      ["33.88", 1],
    ]);
  });

  it("print Shanghai's “三公” table sideways: six items, 预算数 beside 决算数", () => {
    const { edition, sections } = loadExample("putuo-2024");
    const printed = layoutForm(formOf(edition, "t09"), tableIn(sections, "t09"), names);
    expect(printed.body).toHaveLength(1);
    expect(values(printed).map(({ ref, text }) => [`${ref.row}/${ref.column}`, text])).toEqual([
      ["total/initial", "0.95"],
      ["total/final", ""],
      ["abroad/initial", ""],
      ["abroad/final", ""],
      ["vehicles/initial", ""],
      ["vehicles/final", ""],
      ["vehicle_purchase/initial", ""],
      ["vehicle_purchase/final", ""],
      ["vehicle_running/initial", ""],
      ["vehicle_running/final", ""],
      ["reception/initial", "0.95"],
      ["reception/final", ""],
    ]);
  });
});

describe("notes under a table", () => {
  const notes = (form: Form, table: TableData) => layoutForm(form, table, names).notes;
  const zero: TableData = { rows: [{ key: "total", cells: { total: 0 } }] };
  const spent: TableData = { rows: [{ key: "total", cells: { total: 1 } }] };

  it("name the year and the unit", () => {
    expect(notes(formOf(jiangxi, "t10"), nothing)[0]).toContain("2022年12月31日");
  });

  it("always explain an empty table in Jiangxi", () => {
    const form = formOf(jiangxi, "t08");
    expect(notes(form, spent)).toEqual(notes(form, nothing));
    expect(notes(form, nothing)).toHaveLength(2);
  });

  it("say in Shanghai that there is nothing only when there is nothing", () => {
    const form = formOf(shanghai, "t07");
    const says = "说明：某市某局2022年度没有政府性基金预算财政拨款收入和支出，故本表无数据。";
    expect(notes(form, nothing)).toContain(says);
    expect(notes(form, zero)).toContain(says);
    expect(notes(form, spent)).not.toContain(says);
  });
});

function editionOf(id: string): Edition {
  const found = shippedEditions.byId(id);
  if (found === undefined) throw new Error(id);
  return found;
}

function formOf({ forms }: Edition, id: string): Form {
  const form = forms.find((candidate) => candidate.id === id);
  if (form === undefined) throw new Error(id);
  return form;
}

const values = (table: PrintedTable) => table.body.flat().filter((cell) => cell.kind === "value");

const widthOf = (line: readonly (PrintedCell | { colspan?: number })[]) =>
  line.reduce((width, cell) => width + ("colspan" in cell ? cell.colspan : 1), 0);

/** The first head line, as wide as the table. */
const headLine = ({ head }: PrintedTable) => head[0] ?? [];
