import { describe, expect, it } from "vitest";
import { checkText } from "../../../../shared/checks/text/check-text.ts";
import { textOf, variants } from "./variants.ts";

const told = (source: string) =>
  checkText(source)
    .filter(({ severity }) => severity !== "hint")
    .map(({ rule, message }) => `${rule} ${message}`);

describe("ordinary ways to word a statement", () => {
  it("are at least sixty", () => expect(variants.length).toBeGreaterThanOrEqual(60));

  it.each(variants.map((variant) => [variant.text, variant] as const))("%s", (_, variant) => {
    expect(told(textOf(variant, "right"))).toEqual([]);
    expect(told(textOf(variant, "wrong")).map((line) => line.slice(0, 4))).toContain(variant.rule);
  });
});
