import { describe, expect, it } from "vitest";
import type { CellAddress } from "../../../shared/forms/cell.ts";
import type { TableData } from "../../../shared/forms/table-data.ts";
import { withTypedCells, type TypedTable } from "../../../web/staff/editing/typed-cells.ts";
import {
  cellOfStep,
  createUndoHistory,
  retraced,
  type TableStep,
} from "../../../web/staff/editing/undo-history.ts";

const cell = (row: string, column: string) => ({
  ref: { table: "t03" as const, row, column },
  address: `t03/${row}/${column}` as CellAddress,
  kind: "money" as const,
});
const table = (figures: Record<string, Record<string, number>>): TableData => ({
  rows: Object.entries(figures).map(([key, cells]) => ({ key, cells })),
});
const typed = (data: TableData, unread: TypedTable["unread"] = new Map()): TypedTable => ({
  table: data,
  unread,
});

describe("texts typed into cells", () => {
  const options = { unit: "wan", isByCode: true } as const;

  it("become 分, with the rows of the codes above", () => {
    const after = withTypedCells(
      typed(table({})),
      [{ position: cell("2010301", "basic"), text: "1.5" }],
      { ...options, names: new Map([["20103", "旧名"]]) },
    );
    expect(after.table.rows).toEqual([
      { key: "201", cells: {} },
      { key: "20103", name: "旧名", cells: {} },
      { key: "2010301", cells: { basic: 1_500_000 } },
    ]);
  });

  it("are kept as they are where they are no amount, and forgotten once they are", () => {
    const position = cell("201", "basic");
    const before = typed(table({ "201": { basic: 100 } }));
    const wrong = withTypedCells(before, [{ position, text: "一千" }], options);
    expect(wrong.table).toBe(before.table);
    expect([...wrong.unread]).toEqual([[position.address, "一千"]]);
    const mended = withTypedCells(wrong, [{ position, text: "" }], options);
    expect(mended.table).toEqual(table({ "201": {} }));
    expect(mended.unread.size).toBe(0);
  });

  it("leave a table as it is where no figure changes", () => {
    const before = typed(table({ "201": { basic: 1_000_000 } }));
    const cells = [{ position: cell("201", "basic"), text: "1.00万元" }];
    expect(withTypedCells(before, cells, options).table).toBe(before.table);
  });
});

describe("what was done in the tables of a report", () => {
  const one = table({ "201": { basic: 1 } });
  const two = table({ "201": { basic: 2 } });
  const first: TableStep = { table: "t03", before: typed(one), after: typed(two) };
  const second: TableStep = { table: "t05", before: typed(two), after: typed(one) };

  it("is taken back last first, whichever table it was in, and done again", () => {
    const history = createUndoHistory();
    history.record(first);
    history.record(second);
    expect(history.undo()).toBe(second);
    expect(history.undo()).toBe(first);
    expect(history.undo()).toBeUndefined();
    expect(history.redo()).toBe(first);
    history.record(first);
    expect(history.redo()).toBeUndefined();
  });

  it("leaves what others changed meanwhile", () => {
    const way = { from: first.after, to: first.before };
    expect(retraced("t03", typed(two), way).table).toBe(one);
    const meanwhile = typed(table({ "201": { basic: 2, project: 7 }, "208": { basic: 5 } }));
    expect(retraced("t03", meanwhile, way).table).toEqual(
      table({ "201": { basic: 1, project: 7 }, "208": { basic: 5 } }),
    );
    const theirs = typed(table({ "201": { basic: 9 } }));
    expect(retraced("t03", theirs, way).table).toEqual(table({ "201": { basic: 9 } }));
  });

  it("brings unreadable texts back and away", () => {
    const address: CellAddress = "t03/201/basic";
    const wrong = typed(one, new Map([[address, "一千"]]));
    const way = { from: wrong, to: typed(one) };
    expect(retraced("t03", wrong, way).unread.size).toBe(0);
    expect(retraced("t03", typed(one), { from: way.to, to: way.from }).unread.get(address)).toBe(
      "一千",
    );
    expect(cellOfStep({ table: "t03", before: typed(one), after: wrong })).toBe(address);
  });

  it("names a cell that it changed", () => {
    expect(cellOfStep(first)).toBe("t03/201/basic");
    const removed = { ...first, after: typed(table({})) };
    expect(cellOfStep(removed)).toBe("t03/201/basic");
    expect(cellOfStep({ ...first, after: first.before })).toBeUndefined();
  });
});
