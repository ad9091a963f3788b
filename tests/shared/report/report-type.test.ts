import { describe, expect, it } from "vitest";
import { reportTypeOf } from "../../../shared/report/report-type.ts";

describe("the 报表类型 of a report", () => {
  it("is 单户表 for a unit, whatever it holds", () => {
    expect(reportTypeOf("unit", {})).toBe("single");
    expect(reportTypeOf("unit", { basis: {} })).toBe("single");
  });

  it("is 汇总录入表 while sums were typed in, 叠加汇总表 once units were added up", () => {
    expect(reportTypeOf("department", {})).toBe("entered_sum");
    expect(reportTypeOf("department", { basis: { "137001": "ab".repeat(32) } })).toBe("stacked");
  });
});
