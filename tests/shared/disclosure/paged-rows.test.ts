import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  partOf,
  regroup,
  rowKey,
  rowsAPart,
  type PartRows,
} from "../../../shared/disclosure/paged-rows.ts";

/** Parts as they lie in files; counts how many were read. */
function openPages() {
  const stored = new Map<string, ReadonlyMap<string, number>>();
  let reads = 0;
  return {
    stored,
    reads: () => reads,
    change(changes: ReadonlyMap<string, number | undefined>) {
      const parts = [...stored].map(([prefix, rows]) => ({ prefix, count: rows.size }));
      const read = new Map<string, ReadonlyMap<string, number>>();
      for (;;) {
        const done = regroup(parts, read, changes);
        if ("unread" in done) {
          for (const prefix of done.unread) {
            reads += 1;
            read.set(prefix, stored.get(prefix) ?? new Map());
          }
          continue;
        }
        for (const prefix of done.retired) stored.delete(prefix);
        for (const [prefix, rows] of done.groups) stored.set(prefix, rows);
        return;
      }
    },
  };
}

const inOrder = (stored: PartRows<number>) =>
  [...stored].map(([prefix, rows]) => [prefix, [...rows]]).sort();
const codes = (count: number, from = 1) =>
  Array.from({ length: count }, (_, index) => String(from + index).padStart(6, "0"));

describe("rows in parts", () => {
  it("lie in one part while a part takes them all, and in more after that", () => {
    const pages = openPages();
    for (const code of codes(rowsAPart)) pages.change(new Map([[rowKey(code), 1]]));
    expect([...pages.stored.keys()]).toEqual([""]);
    pages.change(new Map([[rowKey("900000"), 1]]));
    expect([...pages.stored.keys()].sort()).toEqual(["0", "9"]);
    expect([...pages.stored.values()].every(({ size }) => size <= rowsAPart)).toBe(true);
  });

  it("end in the same parts whatever the order, and when rows came and went", () => {
    const code = fc.stringMatching(/^[0-2A]{1,4}$/);
    fc.assert(
      fc.property(fc.uniqueArray(code, { maxLength: 300 }), fc.uniqueArray(code), (kept, gone) => {
        const passing = gone.filter((one) => !kept.includes(one));
        const inTurn = openPages();
        for (const one of [...kept, ...passing]) inTurn.change(new Map([[rowKey(one), 1]]));
        for (const one of passing) inTurn.change(new Map([[rowKey(one), undefined]]));
        const atOnce = openPages();
        atOnce.change(new Map(kept.toReversed().map((one) => [rowKey(one), 1])));
        expect(inOrder(inTurn.stored)).toEqual(inOrder(atOnce.stored));
        const parts = [...inTurn.stored].map(([prefix, { size: count }]) => ({ prefix, count }));
        for (const one of kept) {
          const part = partOf(parts, rowKey(one))?.prefix ?? "?";
          expect(inTurn.stored.get(part)?.has(rowKey(one))).toBe(true);
        }
      }),
      { numRuns: 60 },
    );
  });

  it("are changed by reading the one part they lie in", () => {
    const pages = openPages();
    pages.change(new Map(codes(5_000).map((code) => [rowKey(code), 1])));
    const before = pages.reads();
    pages.change(new Map([[rowKey("002345"), 2]]));
    expect(pages.reads() - before).toBe(1);
  });

  it("keep a code that begins another apart from it", () => {
    const pages = openPages();
    pages.change(new Map([...codes(150, 137_000), "137"].map((code) => [rowKey(code), 1])));
    const holding = [...pages.stored].filter(([, rows]) => rows.has(rowKey("137")));
    expect(holding).toHaveLength(1);
    expect([...(holding[0]?.[1].keys() ?? [])]).toEqual(["137-"]);
  });
});
