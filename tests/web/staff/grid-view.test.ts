import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { entryForm, layoutForm } from "../../../shared/forms/layout.ts";
import type { TableData } from "../../../shared/forms/table-data.ts";
import {
  frozenColumns,
  headPlaces,
  usualWidths,
  widthOf,
} from "../../../web/staff/grid/columns.ts";
import { findCells } from "../../../web/staff/grid/find.ts";
import { runsOf } from "../../../web/staff/grid/row-runs.ts";
import { inYuan, printedAs } from "../../../web/staff/report/shown-figures.ts";
import { jiangxi2022 as edition } from "../../examples/editions.ts";
import { shippedForms } from "../../examples/shipped-forms.ts";

const printedOf = (id: string, table: TableData) => {
  const form = edition.forms.find((one) => one.id === id);
  if (form === undefined) throw new Error("No such form.");
  return layoutForm(entryForm(form), table, { year: 2022, unit: "某局" });
};
const spent = printedOf("t03", {
  rows: [
    { key: "total", cells: { total: 1_234_500_000 } },
    { key: "201", cells: { total: 1_234_500_000 } },
    { key: "20103", cells: {} },
    { key: "2010301", cells: { basic: 12_345 } },
  ],
});

describe("finding in a table", () => {
  it("goes by code, by name and by amount, thousands separated or not", () => {
    expect(findCells(spent, "20103")).toEqual(["t03/20103/total", "t03/2010301/total"]);
    expect(findCells(spent, " 行政运行 ")).toEqual(["t03/2010301/total"]);
    expect(findCells(spent, "1,234.5")).toEqual(["t03/total/total", "t03/201/total"]);
    expect(findCells(spent, "1234.5")).toEqual(["t03/total/total", "t03/201/total"]);
    expect(findCells(spent, "没有的")).toEqual([]);
    expect(findCells(spent, "  ")).toEqual([]);
  });

  it("leads to the side of the form on which the name stands", () => {
    const both = printedOf("t01", { rows: [] });
    expect(findCells(both, "外交支出")).toEqual(["t01/202/final"]);
  });
});

describe("the columns of a table", () => {
  it("keeps code and name in sight, of a form with one side", () => {
    expect(frozenColumns(spent)).toBe(2);
    expect(frozenColumns(printedOf("t09", { rows: [] }))).toBe(1);
    expect(frozenColumns(printedOf("t01", { rows: [] }))).toBe(0);
  });

  it("knows of every form which column each head cell stands above", () => {
    for (const { form } of shippedForms) {
      const heads = [...form.head, ...(form.columnNumbers ? [form.columnNumbers] : [])];
      const lowest = headPlaces(heads).flatMap((places, row) =>
        places.flatMap(({ column, isLowest }, at) => {
          const span = heads[row]?.[at]?.colspan ?? 1;
          return isLowest ? Array.from({ length: span }, (_, right) => column + right) : [];
        }),
      );
      const width = Math.max(
        ...heads.map((cells) => cells.reduce((sum, { colspan = 1 }) => sum + colspan, 0)),
      );
      expect(lowest.toSorted((a, b) => a - b)).toEqual(
        Array.from({ length: width }, (_, at) => at),
      );
    }
  });

  it("has a usual width for each column", () => {
    for (const { form } of shippedForms) {
      const printed = layoutForm(entryForm(form), { rows: [] }, { year: 2024, unit: "某局" });
      expect(usualWidths(printed.body)).toHaveLength(widthOf(printed));
    }
  });
});

describe("the rows drawn of a long table", () => {
  it("are those in sight and the one at hand, each once and in order", () => {
    const anyView = fc.record({
      count: fc.integer({ min: 201, max: 5_000 }),
      first: fc.nat({ max: 5_000 }),
      inSight: fc.integer({ min: 1, max: 60 }),
      active: fc.option(fc.nat({ max: 5_000 }), { nil: undefined }),
    });
    fc.assert(
      fc.property(anyView, ({ count, first, inSight, active }) => {
        const runs = runsOf({ first, inSight }, count, active);
        const drawn = runs.flatMap(([from, to]) =>
          Array.from({ length: to - from }, (_, at) => from + at),
        );
        expect(drawn).toEqual([...new Set(drawn)].toSorted((a, b) => a - b));
        expect(drawn.every((row) => row >= 0 && row < count)).toBe(true);
        expect(drawn.length).toBeLessThan(inSight + 30);
        if (active !== undefined && active < count) expect(drawn).toContain(active);
        if (first < count) expect(drawn).toContain(first);
      }),
    );
  });
});

describe("figures on the screen", () => {
  it("are shown to the 分 to whoever types 元", () => {
    const inFull = inYuan(spent);
    expect(inFull.unitLabel).toBe("金额单位：元");
    expect(findCells(inFull, "123.45")).toEqual(["t03/2010301/basic"]);
  });

  it("come with what will be printed, where that is not what is typed", () => {
    expect(printedAs("money", "12345.6", "yuan")).toBe("印出 1.23 万元");
    expect(printedAs("money", "12345元", "wan")).toBe("印出 1.23 万元");
    expect(printedAs("money", "1.234567", "wan")).toBe("印出 1.23 万元");
    expect(printedAs("money", "1.2", "wan")).toBeUndefined();
    expect(printedAs("money", "一千", "yuan")).toBeUndefined();
    expect(printedAs("money", "", "yuan")).toBeUndefined();
    expect(printedAs("count", "12", "yuan")).toBeUndefined();
  });
});
