import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Json } from "../../../shared/canonical-json.ts";
import { parseCellAddress } from "../../../shared/forms/cell.ts";
import type { TableData } from "../../../shared/forms/table-data.ts";
import { loadExampleUnit } from "../../examples/load-example.ts";
import {
  mergeComputed,
  mergeTables,
  withCell,
  withCodes,
  withEmptyRows,
  withoutCode,
} from "../../../web/staff/editing/edit-table.ts";
import { mergeValues, withMember } from "../../../web/staff/editing/merge-values.ts";

const table = (cells: Record<string, Record<string, number>>): TableData => ({
  rows: Object.entries(cells).map(([key, columns]) => ({ key, cells: columns })),
});
const cellOf = ({ rows }: TableData, row: string, column: string) =>
  rows.find(({ key }) => key === row)?.cells[column];

const rowsOf = ({ rows }: TableData) =>
  Object.fromEntries(rows.map(({ key, cells }) => [key, cells]));

const keys = ["a", "b", "c"] as const;
const anyTable = fc
  .array(
    fc.record({
      row: fc.constantFrom(...keys),
      column: fc.constantFrom(...keys),
      value: fc.nat(3),
    }),
    { maxLength: 9 },
  )
  .map((cells) =>
    cells.reduce(
      (made, { row, column, value }) => withCell(made, { table: "t09", row, column }, value),
      table({}),
    ),
  );

describe("a table edited by two", () => {
  it("keeps the change of whoever made one, cell by cell, and asks where both did", () => {
    const base = table({ a: { x: 1, y: 1, z: 1 } });
    const mine = table({ a: { x: 2, y: 1, z: 2 } });
    const theirs = table({ a: { x: 1, y: 3, z: 3 } });
    const { merged, conflicts } = mergeTables("t09", { base, mine, theirs });
    expect(merged).toEqual(table({ a: { y: 3, z: 3, x: 2 } }));
    expect(conflicts).toEqual([{ cell: "t09/a/z", mine: 2, theirs: 3 }]);
  });

  it("asks when one emptied a cell that the other changed", () => {
    const { conflicts } = mergeTables("t09", {
      base: table({ a: { x: 1 } }),
      mine: table({ a: {} }),
      theirs: table({ a: { x: 2 } }),
    });
    expect(conflicts).toEqual([{ cell: "t09/a/x", mine: undefined, theirs: 2 }]);
  });

  it("keeps rows that I added and have not filled in", () => {
    const { merged } = mergeTables("t03", {
      base: table({}),
      mine: table({ 201: {} }),
      theirs: table({ total: { x: 1 } }),
    });
    expect(merged.rows.map(({ key }) => key)).toEqual(["total", "201"]);
  });

  it("holds in every cell what the three-way rule says, for any three tables", () => {
    fc.assert(
      fc.property(anyTable, anyTable, anyTable, (base, mine, theirs) => {
        const { merged, conflicts } = mergeTables("t09", { base, mine, theirs });
        for (const row of keys) {
          for (const column of keys) {
            const [was, my, their] = [base, mine, theirs].map((one) => cellOf(one, row, column));
            const disputed = my !== was && their !== was && my !== their;
            expect(cellOf(merged, row, column)).toBe(disputed || my === was ? their : my);
            const isConflict = conflicts.some(({ cell }) => {
              const ref = parseCellAddress(cell);
              return ref?.row === row && ref.column === column;
            });
            expect(isConflict).toBe(disputed);
          }
        }
      }),
    );
  });
});

describe("a table whose totals follow, edited by two", () => {
  const { edition } = loadExampleUnit("137003");
  const before = table({
    total: { initial: 3_00 },
    abroad: { initial: 1_00 },
    reception: { initial: 2_00 },
  });
  const cells = (abroad: number, reception: number) =>
    table({
      total: { initial: abroad + reception },
      abroad: { initial: abroad },
      reception: { initial: reception },
    });

  it("asks for no total, and adds up what both typed", () => {
    const versions = { base: before, mine: cells(5_00, 2_00), theirs: cells(1_00, 9_00) };
    const { merged, conflicts } = mergeComputed(edition, "t09", versions);
    expect(conflicts).toEqual([]);
    expect(["total", "abroad", "reception"].map((row) => cellOf(merged, row, "initial"))).toEqual([
      14_00, 5_00, 9_00,
    ]);
  });

  it("asks for a total that one of them typed", () => {
    const typed = table({ ...rowsOf(before), total: { initial: 4_00 } });
    const versions = { base: before, mine: typed, theirs: cells(1_00, 9_00) };
    const { conflicts } = mergeComputed(edition, "t09", versions);
    expect(conflicts).toEqual([{ cell: "t09/total/initial", mine: 4_00, theirs: 10_00 }]);
  });
});

describe("rows by code", () => {
  it("come with the 类 and 款 above them, each once", () => {
    const added = withCodes(table({}), ["2010301", "2010302"]);
    expect(added.rows.map(({ key }) => key)).toEqual(["201", "20103", "2010301", "2010302"]);
  });

  it("bring a name that the list of the year lacks", () => {
    const names = new Map([["2019988", "本地增设的项"]]);
    expect(withCodes(table({}), ["2019988"], names).rows.at(-1)).toEqual({
      ...{ key: "2019988", name: "本地增设的项" },
      cells: {},
    });
  });

  it("of last year are shown empty beside those that are filled, and change nothing that is held", () => {
    const held = table({ total: { x: 1 }, 201: { x: 1 } });
    const codes = [{ code: "201" }, { code: "208", name: "旧名" }, { code: "208" }];
    const { shown, empty } = withEmptyRows(held, codes);
    expect([...empty]).toEqual(["208"]);
    expect(shown.rows.filter(({ key }) => key === "208")).toEqual([
      { key: "208", name: "旧名", cells: {} },
    ]);
    expect(shown.rows.find(({ key }) => key === "201")?.cells).toEqual({ x: 1 });
    expect(held.rows.map(({ key }) => key)).not.toContain("208");
    expect(withEmptyRows(held, [{ code: "201" }]).shown).toBe(held);
  });

  it("go with all codes below them, and leave 合计", () => {
    const full = withCodes(table({ total: { x: 1 } }), ["2010301", "2080505"]);
    expect(withoutCode(full, "201").rows.map(({ key }) => key)).toEqual([
      "total",
      "208",
      "20805",
      "2080505",
    ]);
  });
});

describe("a record edited by two", () => {
  it("merges member by member to any depth, and asks where both changed one", () => {
    const { merged, conflicts } = mergeValues({
      base: { people: { active: 5, retired: 1 }, duties: ["甲"] },
      mine: { people: { active: 6, retired: 1 }, duties: ["甲", "乙"] },
      theirs: { people: { active: 5, retired: 2 }, duties: ["丙"] },
    });
    expect(merged).toEqual({ people: { active: 6, retired: 2 }, duties: ["丙"] });
    expect(conflicts).toEqual([{ path: ["duties"], mine: ["甲", "乙"], theirs: ["丙"] }]);
  });

  it("is theirs with my choices when every dispute is settled for me, and mine where only I changed", () => {
    const record = fc.dictionary(
      fc.constantFrom("a", "b", "c"),
      fc.dictionary(fc.constantFrom("x", "y"), fc.nat(2)),
    );
    fc.assert(
      fc.property(record, record, record, (base, mine, theirs) => {
        const { merged, conflicts } = mergeValues({ base, mine, theirs });
        const settled = conflicts.reduce<Json | undefined>(
          (value, { path, mine: my }) => withMember(value, path, my),
          merged,
        );
        const again = mergeValues({ base: theirs, mine: settled, theirs });
        expect(again.conflicts).toEqual([]);
        if (conflicts.length === 0) {
          expect(mergeValues({ base, mine: theirs, theirs: mine }).conflicts).toEqual([]);
        }
      }),
    );
  });
});
