import { describe, expect, it } from "vitest";
import { jiangxi, reads, sentences, wan, withCell } from "./reports.ts";

describe("surplus used and distributed", () => {
  const used = withCell(jiangxi, "t01/surplus_used/final", wan(31));
  const both = withCell(used, "t01/distribution/final", wan(12.5));

  it("is among what 总计 consists of", () => {
    expect(reads(both, "income.surplus_used")).toBe("使用非财政拨款结余31万元；");
    expect(reads(both, "expense.distribution")).toBe("结余分配12.5万元；");
  });

  it("is not mentioned where there is none", () => {
    for (const report of [jiangxi, withCell(jiangxi, "t01/surplus_used/final", 0)]) {
      expect(sentences(report).has("income.surplus_used")).toBe(false);
      expect(sentences(report).has("expense.distribution")).toBe(false);
    }
  });
});
