import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { PrintedCell } from "../../../shared/forms/layout.ts";
import {
  copyRange,
  layOver,
  mayNameRows,
  parseClipboard,
  printClipboard,
} from "../../../web/staff/grid/paste.ts";
import { positionsOf } from "../../../web/staff/grid/positions.ts";
import { omitUndefined } from "../../../shared/omit-undefined.ts";

const value = (row: string, column: string): PrintedCell => ({
  kind: "value",
  ref: { table: "t09", row, column },
  valueKind: "money",
  text: "",
});
const name = (text: string, colspan?: number): PrintedCell => ({
  kind: "name",
  text,
  ...omitUndefined({ colspan }),
});
/** 合计 spans code and name; below it a row with both, and one whose first cell does not apply. */
const body: PrintedCell[][] = [
  [name("合计", 2), value("total", "a"), value("total", "b")],
  [{ kind: "code", text: "201" }, name("一般公共服务"), value("201", "a"), value("201", "b")],
  [
    { kind: "code", text: "208" },
    name("社会保障"),
    { kind: "dash", text: "────" },
    value("208", "b"),
  ],
];
const rows = positionsOf({ body });
const outcomeOf = (pasted: ReturnType<typeof layOver>) =>
  pasted.cells.map(({ position, text }) => `${position.ref.row}.${position.ref.column}=${text}`);

describe("text from a spreadsheet's clipboard", () => {
  it("reads rows by line and cells by tab, whatever the line ends", () => {
    expect(parseClipboard("1\t2\r\n3\t4\r\n")).toEqual([
      ["1", "2"],
      ["3", "4"],
    ]);
  });

  it("keeps tabs, breaks and quotes that are inside of a quoted cell", () => {
    expect(parseClipboard('"甲\n乙"\t"说""好"""\t丙"丁')).toEqual([["甲\n乙", '说"好"', '丙"丁']]);
  });

  it("keeps empty cells and empty lines in their places", () => {
    expect(parseClipboard("\t1\n\n2\t")).toEqual([["", "1"], [""], ["2", ""]]);
  });

  it("reads back whatever it writes", () => {
    const text = fc.string({ unit: fc.constantFrom("甲", "1", ".", ",", '"', "\t", "\n", " ") });
    const block = fc
      .integer({ min: 1, max: 4 })
      .chain((width) =>
        fc.array(fc.array(text, { minLength: width, maxLength: width }), { minLength: 1 }),
      );
    fc.assert(
      fc.property(block, (cells) => {
        // One trailing line end is the spreadsheet's own; a last line of one empty cell looks like it.
        fc.pre(cells.at(-1)?.join("") !== "" || (cells.at(-1)?.length ?? 0) > 1);
        expect(parseClipboard(printClipboard(cells))).toEqual(cells);
      }),
    );
  });
});

describe("a pasted block", () => {
  it("may name its rows as soon as it holds words or long codes", () => {
    expect(
      mayNameRows([
        ["1,000.00", "────"],
        ["（3）", "¥5"],
      ]),
    ).toBe(false);
    expect(mayNameRows([["2010301", "3"]])).toBe(true);
    expect(mayNameRows([["合计", "3"]])).toBe(true);
  });

  it("falls on the cells that are under it on paper", () => {
    expect(
      outcomeOf(
        layOver(rows, { row: 0, column: 2 }, [
          ["1", "2"],
          ["3", "4"],
        ]),
      ),
    ).toEqual(["total.a=1", "total.b=2", "201.a=3", "201.b=4"]);
  });

  it("leaves out what falls on names, dashes and beyond the edge, and counts it", () => {
    const pasted = layOver(rows, { row: 1, column: 2 }, [["1", "2", "多"], ["3", "4"], ["5"]]);
    expect(outcomeOf(pasted)).toEqual(["201.a=1", "201.b=2", "208.b=4"]);
    expect(pasted.skipped).toBe(3);
  });

  it("does not count blanks and printed dashes that fall where nothing is filled in", () => {
    expect(
      layOver(rows, { row: 2, column: 2 }, [
        ["────", "4", " "],
        ["", ""],
      ]).skipped,
    ).toBe(0);
  });

  it("that was copied from a range falls back on the same cells", () => {
    const texts = copyRange(body, { top: 0, bottom: 2, left: 0, right: 3 }, ({ ref }) => ref.row);
    expect(texts).toEqual([
      ["合计", "", "total", "total"],
      ["201", "一般公共服务", "201", "201"],
      ["208", "社会保障", "────", "208"],
    ]);
    const back = layOver(rows, { row: 0, column: 0 }, texts);
    expect(back.cells.every(({ position, text }) => position.ref.row === text)).toBe(true);
    expect(back.cells).toHaveLength(5);
  });
});
