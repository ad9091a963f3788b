import { describe, expect, it } from "vitest";
import type { CellAddress, CellRef } from "../../../../shared/forms/cell.ts";
import { cellAddress, parseCellAddress } from "../../../../shared/forms/cell.ts";
import type { FiguresByTable } from "../../../../shared/forms/computed/formula.ts";
import { columnsOf } from "../../../../shared/forms/canonical-table.ts";
import { fixedRows } from "../../../../shared/forms/layout.ts";
import { isComputed, recompute, sheetOf } from "../../../../shared/forms/computed/recompute.ts";
import type { Edition } from "../../../../shared/forms/form.ts";
import { shippedEditions } from "../../../../shared/editions/shipped-editions.ts";
import type { Report } from "../../../../shared/report/report.ts";
import { sampleReport } from "../../../../shared/sample/sample-report.ts";
import { casesOf } from "../../../case-count.ts";
import { corpus } from "../../../corpus/generate.ts";
import { madeEdition } from "../../../examples/made-edition/edition.ts";
import { loadExample, loadExampleUnit } from "../../../examples/load-example.ts";
import { withCellsSet } from "./with-cells.ts";

/** Cells of a report that hold a figure: zero says as much as empty here. */
function figuresOf(edition: Edition, tables: FiguresByTable): ReadonlyMap<CellAddress, number> {
  const figures = new Map<CellAddress, number>();
  for (const { id } of edition.forms) {
    for (const { key, cells } of tables[id]?.rows ?? []) {
      for (const [column, value] of Object.entries(cells)) {
        if (value !== 0) figures.set(cellAddress({ table: id, row: key, column }), value);
      }
    }
  }
  return figures;
}

/** The figures that people type: those that no formula gives, and a zero where a preset is not so. */
function typedIn({ edition, sections }: Report): readonly (readonly [CellAddress, number])[] {
  const sheet = sheetOf(edition, sections);
  const figures = figuresOf(edition, sections);
  const emptied = edition.forms.flatMap((form) =>
    fixedRows(form).flatMap(({ key }) =>
      columnsOf(form, key)
        .map(({ key: column }) => ({ table: form.id, row: key, column }))
        .filter((ref) => !figures.has(cellAddress(ref)) && sheet.book.formulaOf(ref)?.isPreset)
        .map((ref) => [cellAddress(ref), 0] as const),
    ),
  );
  return [...figures, ...emptied].filter(([address]) => !isComputed(sheet, refOf(address)));
}

const refOf = (address: CellAddress): CellRef => {
  const ref = parseCellAddress(address);
  if (ref === undefined) throw new Error(`No address: ${address}`);
  return ref;
};

const typedAgain = (report: Report): FiguresByTable =>
  recompute(report.edition, { before: {}, after: withCellsSet({}, typedIn(report)) });

/** To the 分: what was typed in 万元 may differ from its parts by what each was rounded. */
const isExact = ({ sections }: Report) => sections.facts.enteredIn === "yuan";

const samples = [...shippedEditions.listed.map(({ id }) => shippedEditions.byId(id)), madeEdition]
  .filter((edition) => edition !== undefined)
  .map((edition) => [edition.id, sampleReport(edition, { seed: 11 })] as const);

describe("a report that is typed by its independent cells", () => {
  it.each(samples)("is whole again in %s", (_, report) => {
    expect(figuresOf(report.edition, typedAgain(report))).toEqual(
      figuresOf(report.edition, report.sections),
    );
  });

  it("is whole again in every made report that was entered to the 分", () => {
    const made = casesOf(corpus(60).filter(({ report }) => isExact(report)));
    expect(made.length).toBeGreaterThan(0);
    for (const { report } of made) {
      expect(figuresOf(report.edition, typedAgain(report))).toEqual(
        figuresOf(report.edition, report.sections),
      );
    }
  });

  it("needs at most sixty figures where it is as large as the published one", () => {
    const seed = loadExample("jingdezhen-2022");
    expect(figuresOf(seed.edition, seed.sections).size).toBeGreaterThan(280);
    expect(typedIn(seed).length).toBeLessThanOrEqual(60);
    expect(typedIn(loadExampleUnit("137003")).length).toBeLessThanOrEqual(30);
  });
});

describe("a formula", () => {
  it.each(samples)("leads nowhere back to its own cell in %s", (_, { edition, sections }) => {
    const { book } = sheetOf(edition, sections);
    const open = new Set<CellAddress>();
    const done = new Set<CellAddress>();
    const visit = (ref: CellRef): void => {
      const address = cellAddress(ref);
      if (done.has(address)) return;
      expect(open.has(address), address).toBe(false);
      open.add(address);
      for (const term of book.formulaOf(ref)?.terms ?? []) visit(term);
      open.delete(address);
      done.add(address);
    };
    for (const address of figuresOf(edition, sections).keys()) visit(refOf(address));
  });
});

describe("after a change", () => {
  const unit = loadExampleUnit("137003");
  const { edition } = unit;
  const tables: FiguresByTable = unit.sections;
  const changed = (...cells: readonly (readonly [string, number | undefined])[]) =>
    recompute(edition, { before: tables, after: withCellsSet(tables, cells) });
  const at = (of: FiguresByTable, address: string) =>
    figuresOf(edition, of).get(address as CellAddress);
  const more = (address: string) => (at(tables, address) ?? 0) + 100_00;

  it("every total follows, through all tables", () => {
    const after = changed(["t03/2010399/basic", 1_00]);
    const before = at(tables, "t03/2010399/basic") ?? 0;
    const by = 1_00 - before;
    for (const address of [
      ...["t03/2010399/total", "t03/20103/basic", "t03/201/total", "t03/total/total"],
      ...["t01/201/final", "t01/expense_total/final", "t05/2010399/basic", "t05/total/total"],
      ...["t04/201/general", "t04/expense_total/total"],
    ]) {
      expect([address, (at(after, address) ?? 0) - (at(tables, address) ?? 0)]).toEqual([
        address,
        by,
      ]);
    }
    expect((at(after, "t01/closing/final") ?? 0) - (at(tables, "t01/closing/final") ?? 0)).toBe(
      -by,
    );
  });

  it("a table of which nothing changed is the object that it was", () => {
    const after = changed(["t03/2010399/basic", 1_00]);
    expect(after["t09"]).toBe(tables["t09"]);
    expect(after["t02"]).toBe(tables["t02"]);
  });

  it("a total that held another figure is left as it was, and what it is part of adds that up", () => {
    const printed = withCellsSet(tables, [["t03/201/basic", more("t03/201/basic")]]);
    const typed: FiguresByTable = withCellsSet(printed, [["t03/2010399/basic", 1_00]]);
    const after = recompute(edition, { before: printed, after: typed });
    expect(at(after, "t03/201/basic")).toBe(more("t03/201/basic"));
  });

  it("a total that is typed in this change is kept", () => {
    expect(at(changed(["t03/total/basic", 7_00]), "t03/total/basic")).toBe(7_00);
  });

  it("an empty total is filled in", () => {
    const blank = withCellsSet(tables, [["t03/total/total", undefined]]);
    const after = recompute(edition, { before: blank, after: blank });
    expect(at(after, "t03/total/total")).toBe(at(tables, "t03/total/total"));
  });

  it("the sum goes with the last code below it", () => {
    const rows = tables["t03"]?.rows ?? [];
    const left = rows.filter(({ key }) => key !== "2210201" && key !== "22102");
    expect(left.length).toBeLessThan(rows.length);
    const after = recompute(edition, {
      before: tables,
      after: { ...tables, t03: { rows: left } },
    });
    expect(at(after, "t03/221/basic")).toBeUndefined();
    expect(at(after, "t01/221/final")).toBeUndefined();
  });

  it("a figure of a code is kept when codes are put below it, for it was typed", () => {
    const alone: FiguresByTable = { t03: { rows: [{ key: "208", cells: { basic: 5_00 } }] } };
    const below = withCellsSet(alone, [["t03/20805/basic", 3_00]]);
    const after = recompute(edition, { before: alone, after: below });
    expect(at(after, "t03/208/basic")).toBe(5_00);
  });

  it("nothing is made of nothing", () => {
    const after = recompute(edition, { before: {}, after: {} });
    expect(figuresOf(edition, after).size).toBe(0);
  });
});

describe("what is only likely", () => {
  const edition = loadExampleUnit("137001").edition;
  const tables = withCellsSet({}, [
    ["t02/2010301/fiscal", 10_00],
    ["t02/2010301/other", 1_00],
    ["t02/2080505/fiscal", 4_00],
    ["t03/2010301/basic", 11_00],
    ["t03/2080505/basic", 4_00],
  ]);
  const after = recompute(edition, { before: {}, after: tables });
  const cell = (of: FiguresByTable, address: string) =>
    figuresOf(edition, of).get(address as CellAddress);

  it("is filled in where a code received 财政拨款 alone, and left to people elsewhere", () => {
    expect(cell(after, "t05/2080505/basic")).toBe(4_00);
    expect(cell(after, "t05/2010301/basic")).toBeUndefined();
    expect(cell(after, "t06/30108/final")).toBe(4_00);
    const { book } = sheetOf(edition, after);
    expect(book.formulaOf(refOf("t05/2080505/basic"))?.isPreset).toBe(true);
    expect(book.formulaOf(refOf("t05/total/basic"))?.isPreset).toBe(false);
  });

  it("gives way to what is typed, for good", () => {
    const typed = withCellsSet(after, [["t05/2080505/basic", 3_00]]);
    const then = recompute(edition, { before: after, after: typed });
    expect(cell(then, "t05/2080505/basic")).toBe(3_00);
    const later = withCellsSet(then, [["t03/2080505/basic", 5_00]]);
    const last = recompute(edition, { before: then, after: later });
    expect(cell(last, "t05/2080505/basic")).toBe(3_00);
    expect(cell(last, "t05/total/basic")).toBe(3_00);
  });

  it("stays empty where it was emptied", () => {
    const emptied = withCellsSet(after, [["t06/30108/final", undefined]]);
    const then = recompute(edition, { before: after, after: emptied });
    const later = withCellsSet(then, [["t06/30101/final", 1_00]]);
    const last = recompute(edition, { before: then, after: later });
    expect(cell(last, "t06/30108/final")).toBeUndefined();
    expect(cell(last, "t06/301/final")).toBe(1_00);
  });
});
