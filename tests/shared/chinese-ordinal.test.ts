import { expect, it } from "vitest";
import { chineseOrdinal } from "../../shared/chinese-ordinal.ts";

it("items are numbered in Chinese", () => {
  expect([1, 9, 10, 11, 20, 35, 99].map(chineseOrdinal)).toEqual([
    ...["一", "九", "十", "十一", "二十", "三十五", "九十九"],
  ]);
});
