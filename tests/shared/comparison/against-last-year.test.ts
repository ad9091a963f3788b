import { expect, it } from "vitest";
import { againstLastYear } from "../../../shared/comparison/against-last-year.ts";
import { printWan } from "../../../shared/money.ts";

it.each([
  [12_500_000, 10_000_000, "上年 10.00，增加 2.50，增长 25.00%"],
  [7_500_000, 10_000_000, "上年 10.00，减少 2.50，下降 25.00%"],
  [10_000_000, 10_000_000, "上年 10.00，持平"],
  [3_000_000, 0, "上年 0.00，增加 3.00"],
  [1_000_000, -2_000_000, "上年 -2.00，增加 3.00，增长 150.00%"],
  [undefined, 10_000_000, "上年 10.00"],
] as const)("%s against %s", (now, before, words) => {
  expect(againstLastYear({ now, before }, printWan)).toBe(words);
});
