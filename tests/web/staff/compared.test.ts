import { expect, it } from "vitest";
import { comparedWords } from "../../../web/staff/report/facts/compared.ts";

it("a figure is compared with that of the other year in its own unit", () => {
  const wan = 1_000_000;
  const words = (
    now: number | undefined,
    then: number,
    unit: "wan" | "yuan" | "count" = "wan",
    year: "上年" | "本年" = "上年",
  ) => comparedWords({ now, then, unit, year });
  expect(words(38 * wan, 35 * wan)).toBe("上年 35.00，增加 3.00（8.57%）");
  expect(words(12, 15, "count")).toBe("上年 15，减少 3（20.00%）");
  expect(words(1_050, 1_000, "yuan")).toBe("上年 10.00，增加 0.50（5.00%）");
  expect(words(0, 0, "count")).toBe("上年 0，持平");
  expect(words(5, 0, "count")).toBe("上年 0，增加 5");
  expect(words(undefined, 15, "count")).toBe("上年 15");
  // Beside last year's figure itself, this year's: the change is still that of this year.
  expect(words(35 * wan, 38 * wan, "wan", "本年")).toBe("本年 38.00，增加 3.00（8.57%）");
});
