import { describe, expect, it } from "vitest";
import { checkText } from "../../../examples/check-text.ts";
import { districtVariants } from "./district-variants.ts";
import { publishedVariants } from "./published-variants.ts";
import { textOf, variants } from "./variants.ts";

const reported = (source: string) =>
  checkText(source)
    .filter(({ severity }) => severity !== "hint")
    .map(({ rule, message }) => `${rule} ${message}`);

describe("ordinary ways to word a statement", () => {
  const all = [...variants, ...publishedVariants, ...districtVariants];

  it("are at least a hundred and twenty", () => {
    expect(all.length).toBeGreaterThanOrEqual(120);
  });

  it.each(all.map((variant) => [variant.text, variant] as const))("%s", (_, variant) => {
    expect(reported(textOf(variant, "right"))).toEqual([]);
    expect(reported(textOf(variant, "wrong")).map((line) => line.split(" ")[0])).toContain(
      variant.rule,
    );
  });
});
