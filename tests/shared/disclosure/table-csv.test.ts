import { csvParse } from "d3-dsv";
import { describe, expect, it } from "vitest";
import { tableCsv, valueFields } from "../../../shared/disclosure/table-csv.ts";
import { layoutForm } from "../../../shared/forms/layout.ts";
import type { Report } from "../../../shared/report/report.ts";
import { exampleNames, loadExample } from "../../examples/load-example.ts";
import { tableIn } from "../../../shared/report/section-ids.ts";

const formOf = ({ edition }: Report, id: string) => {
  const form = edition.forms.find((other) => other.id === id);
  if (form === undefined) throw new Error(`no form ${id}`);
  return form;
};
const rowsOf = (csv: string) => csvParse(csv.slice(1));

describe.each(exampleNames)("a CSV of %s", (name) => {
  const report = loadExample(name);

  it("repeats every printed cell, without separators", () => {
    for (const form of report.edition.forms.filter((other) => other.unprinted !== true)) {
      const rows = new Map(
        rowsOf(tableCsv(form, tableIn(report.sections, form.id))).map((row) => [row["行键"], row]),
      );
      const nameOf = new Map(valueFields(form).map((column) => [column.key, column.name]));
      const printed = layoutForm(form, tableIn(report.sections, form.id), {
        year: 2022,
        unit: "甲",
      });
      for (const cell of printed.body.flat()) {
        if (cell.kind !== "value") continue;
        const field = nameOf.get(cell.ref.column) ?? "";
        expect(rows.get(cell.ref.row)?.[field], `${form.id} ${cell.ref.row} ${field}`).toBe(
          cell.text.replaceAll(",", ""),
        );
      }
    }
  });
});

describe("a CSV", () => {
  const report = loadExample("jingdezhen-2022");

  it("opens in a spreadsheet as UTF-8 and ends its lines as RFC 4180 asks", () => {
    const csv = tableCsv(formOf(report, "t01"), tableIn(report.sections, "t01"));
    expect(csv.startsWith("\u{feff}行键,科目编码,行次,项目,计量,决算数\r\n")).toBe(true);
    expect(csv.endsWith("\r\n")).toBe(true);
    expect(csv.replaceAll("\r\n", "")).not.toMatch(/[\r\n]/);
  });

  it("keeps empty, zero and not applicable apart", () => {
    const form = formOf(report, "t09");
    const rows = new Map(
      rowsOf(
        tableCsv(form, {
          rows: [
            { key: "reception", cells: { initial: 0 } },
            { key: "reception_domestic", cells: { final: 70_0000 } },
          ],
        }),
      ).map((row) => [row["行键"], row]),
    );
    expect(rows.get("reception")).toMatchObject({ 年初预算数: "0.00", 全年预算数: "", 决算数: "" });
    expect(rows.get("reception_domestic")).toMatchObject({ 年初预算数: "────", 决算数: "0.70" });
    expect(rows.get("domestic_batches")).toMatchObject({ 计量: "数量" });
  });

  it("quotes commas and quotation marks, and lets no name run as a formula", () => {
    const form = formOf(report, "t03");
    const csv = tableCsv(form, {
      rows: [
        { key: "total", cells: { total: -150_0000 } },
        { key: "2999901", name: '=HYPERLINK("http://evil.example","x")', cells: { total: 1 } },
        { key: "2999902", name: "@sum, +1", cells: {} },
      ],
    });
    const rows = new Map(rowsOf(csv).map((row) => [row["行键"], row]));
    expect(rows.get("2999901")?.["项目"]).toBe(`'=HYPERLINK("http://evil.example","x")`);
    expect(rows.get("2999902")?.["项目"]).toBe("'@sum, +1");
    expect(rows.get("total")?.["本年支出合计"]).toBe("-1.50");
  });
});
