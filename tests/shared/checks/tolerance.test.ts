import { describe, expect, it } from "vitest";
import { closeness, roundingEnvelope } from "../../../shared/checks/tolerance.ts";

describe("the rounding envelope", () => {
  it.each([
    [0, 10_000],
    [1, 10_000],
    [2, 10_000],
    [3, 20_000],
    [4, 20_000],
    [8, 40_000],
    [26, 130_000],
  ])("of %i terms is %i 分: half a printed digit a term, rounded up", (terms, fen) => {
    expect(roundingEnvelope(terms)).toBe(fen);
  });

  it.each([
    [1, 2, 20_000],
    [2, 3, 40_000],
    [3, 5, 100_000],
  ])("of %i terms added up from %i units that rounded is %i 分", (terms, units, fen) => {
    expect(roundingEnvelope(terms, units)).toBe(fen);
  });

  it("excuses nothing where 元 were typed or things are counted", () => {
    expect(closeness(1, 8, 0)).toBe("apart");
    expect(closeness(0, 8, 0)).toBe("same");
  });

  it("ends exactly at its width", () => {
    expect(closeness(20_000, 3, 1)).toBe("rounding");
    expect(closeness(20_001, 3, 1)).toBe("apart");
  });
});
