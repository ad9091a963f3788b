import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  moveFrom,
  positionsIn,
  rangeOf,
  type Move,
  type Position,
} from "../../../web/staff/grid/positions.ts";
import { entryGrids as grids } from "./entry-grids.ts";

const anyGrid = fc.constantFrom(...grids.map(({ rows }) => rows));
const anyCell = anyGrid.chain((rows) =>
  fc.record({ rows: fc.constant(rows), from: fc.constantFrom(...rows.flat()) }),
);
const opposite = { up: "down", down: "up", left: "right", right: "left" } as const;

const isAt = (a: Position, b: Position) => a.address === b.address;

describe("moving about a table", () => {
  it.each(grids)("reaches every cell of $name by Tab, once, and back by Shift+Tab", ({ rows }) => {
    const all = rows.flat();
    const [first] = all;
    if (first === undefined) throw new Error("A table without cells.");
    const walked = [first];
    for (let at = moveFrom(rows, first, "next"); at !== walked.at(-1);) {
      walked.push(at);
      at = moveFrom(rows, at, "next");
    }
    expect(walked).toEqual(all);
    expect(
      walked.reduceRight((at) => moveFrom(rows, at, "previous"), moveFrom(rows, first, "last")),
    ).toBe(first);
  });

  it("comes back by the opposite arrow", () => {
    fc.assert(
      fc.property(
        anyCell,
        fc.constantFrom<keyof typeof opposite>("up", "down", "left", "right"),
        ({ rows, from }, move) => {
          const to = moveFrom(rows, from, move);
          if (!isAt(to, from)) expect(moveFrom(rows, to, opposite[move])).toEqual(from);
        },
      ),
    );
  });

  it("stays in the column upwards and downwards, and in the line to the sides", () => {
    fc.assert(
      fc.property(anyCell, ({ rows, from }) => {
        for (const move of ["up", "down", "page_up", "page_down"] satisfies Move[]) {
          expect(moveFrom(rows, from, move).column).toBe(from.column);
        }
        for (const move of ["left", "right", "row_start", "row_end"] satisfies Move[]) {
          expect(moveFrom(rows, from, move).row).toBe(from.row);
        }
      }),
    );
  });

  it("goes from 合计, whose name is wide, to the same column of the code below", () => {
    const grid = grids.find(({ name }) => name.endsWith(" t03"));
    const total = grid?.rows.flat().find(({ address }) => address === "t03/total/project");
    if (grid === undefined || total === undefined) throw new Error("No such cell.");
    expect(moveFrom(grid.rows, total, "down").address).toBe("t03/201/project");
  });
});

describe("a range", () => {
  it("holds both corners and every cell between, whichever corner came first", () => {
    const corners = anyGrid.chain((rows) =>
      fc.record({
        rows: fc.constant(rows),
        a: fc.constantFrom(...rows.flat()),
        b: fc.constantFrom(...rows.flat()),
      }),
    );
    fc.assert(
      fc.property(corners, ({ rows, a, b }) => {
        const chosen = positionsIn(rows, rangeOf(a, b));
        expect(chosen).toEqual(positionsIn(rows, rangeOf(b, a)));
        const between = (x: number, y: number, z: number) =>
          Math.min(x, z) <= y && y <= Math.max(x, z);
        expect(chosen).toEqual(
          rows
            .flat()
            .filter(
              ({ row, column }) =>
                between(a.row, row, b.row) && between(a.column, column, b.column),
            ),
        );
      }),
    );
  });
});
