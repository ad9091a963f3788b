import { describe, expect, it } from "vitest";
import { cellAddress, parseCellAddress } from "../../../shared/forms/cell.ts";

describe("a cell's address", () => {
  it("reads back as the same cell", () => {
    const ref = { table: "t03", row: "2010301", column: "basic" } as const;
    expect(parseCellAddress(cellAddress(ref))).toEqual(ref);
  });

  it.each([
    ...["", "t03", "t03/201", "t111/201/total", "t1x/201/total", "t3/201/total"],
    ...["t03/201/total/x", "t03/../total", "t03/201/合计", "T03/201/total", " t03/201/total"],
  ])("is not %j", (address) => {
    expect(parseCellAddress(address)).toBeUndefined();
  });
});
