import { describe, expect, it } from "vitest";
import {
  amountText,
  compare,
  gradeOf,
  meanHundredths,
  percentText,
  ratio,
  scoreText,
} from "../../../shared/narrative/figures.ts";
import { wan } from "./reports.ts";

describe("a change against the prior year", () => {
  it.each([
    ["年初结转和结余", 259.34, 2858.59, "90.93%"],
    ["本年收入合计", 4654.86, 2169.06, "114.60%"],
    ["工资福利支出", 523.14, 481.79, "8.58%"],
    ["商品和服务支出", 33.88, 105.7, "67.95%"],
    ["对个人和家庭的补助", 5.26, 12.3, "57.24%"],
    ["“三公”经费", 0.7, 0.9, "22.22%"],
    ["机关运行经费", 26.03, 90.56, "71.26%"],
    ["本年支出合计", 4810.54, 4775.5, "0.73%"],
  ])("is divided by the prior year: %s", (_, current, base, rate) => {
    const found = compare(wan(current), wan(base));
    expect("rate" in found && percentText(found.rate)).toBe(rate);
  });

  it("is none when both years are the same, be they 0 or not", () => {
    expect(compare(0, 0)).toEqual({ kind: "equal" });
    expect(compare(wan(3), wan(3))).toEqual({ kind: "equal" });
  });

  it("has no rate on a base of 0", () => {
    expect(compare(wan(1), 0)).toEqual({
      kind: "up",
      by: wan(1),
      rate: { kind: "none", because: "base_zero" },
    });
  });

  it("has no rate where a figure is negative", () => {
    expect(compare(wan(-1), wan(2))).toMatchObject({ kind: "down", rate: { because: "negative" } });
    expect(compare(wan(1), wan(-2))).toMatchObject({ kind: "up", rate: { because: "negative" } });
  });

  it("is nearly none when the difference is below 0.01 万元, and something from there on", () => {
    expect(compare(wan(1) + 4_999, wan(1)).kind).toBe("nearly_equal");
    expect(compare(wan(1) + 5_000, wan(1)).kind).toBe("up");
    expect(compare(wan(1) - 5_000, wan(1)).kind).toBe("down");
  });

  it("falls by exactly 100% to nothing", () => {
    const found = compare(0, wan(7));
    expect("rate" in found && percentText(found.rate)).toBe("100%");
  });
});

describe("a percentage of one decimal", () => {
  it("is rounded once, from the amounts and not from the second decimal", () => {
    // 73.2465% and 73.2499%: over the second decimal they would be 73.3%.
    expect(percentText(ratio(732_465, 1_000_000, 1), 1)).toBe("73.2%");
    expect(percentText(ratio(732_499, 1_000_000, 1), 1)).toBe("73.2%");
    expect(percentText(ratio(732_500, 1_000_000, 1), 1)).toBe("73.3%");
    expect(percentText(ratio(732_500, 1_000_000), 2)).toBe("73.25%");
  });

  it("drops a zero, and says of what is less that it is less", () => {
    expect(percentText(ratio(wan(7), wan(7), 1), 1)).toBe("100%");
    expect(percentText(ratio(wan(1), wan(2_001), 1), 1)).toBe("不足0.1%");
    const found = compare(wan(3), wan(2), 1);
    expect("rate" in found && percentText(found.rate, 1)).toBe("50%");
  });
});

describe("a share or completion", () => {
  it("is half away from zero to two decimals", () => {
    expect(percentText(ratio(wan(148.48), wan(252.14)))).toBe("58.89%");
    expect(percentText(ratio(wan(64.67), wan(55.8)))).toBe("115.90%");
    expect(percentText(ratio(1, 80_000))).toBe("不足0.01%");
    expect(percentText(ratio(1, 20_000))).toBe("0.01%");
  });

  it("of nothing in something is 0%, of anything in nothing is no percentage", () => {
    expect(percentText(ratio(0, wan(2)))).toBe("0%");
    expect(percentText(ratio(0, 0))).toBeUndefined();
    expect(percentText(ratio(wan(2), 0))).toBeUndefined();
    expect(percentText(ratio(wan(-2), wan(2)))).toBeUndefined();
  });
});

describe("figures in running text", () => {
  it("drop trailing zeros of amounts and scores, keep two decimals of percentages", () => {
    expect(amountText(wan(4914.2))).toBe("4914.2万元");
    expect(amountText(0)).toBe("0万元");
    expect(amountText(wan(-3.5))).toBe("-3.5万元");
    expect(scoreText(79_10)).toBe("79.1分");
    expect(scoreText(100_00)).toBe("100分");
    expect(percentText({ kind: "percent", hundredths: 11460 })).toBe("114.60%");
    expect(percentText({ kind: "percent", hundredths: 10000 })).toBe("100%");
  });
});

describe("scores", () => {
  it("average half up, and have no mean when there are none", () => {
    expect(meanHundredths([9868, 9869])).toBe(9869);
    expect(meanHundredths([1, 1, 2])).toBe(1);
    expect(meanHundredths([])).toBeUndefined();
  });

  it("are graded with the lower bound in the band", () => {
    expect([100_00, 90_00, 89_99, 80_00, 79_99, 60_00, 59_99, 0].map(gradeOf)).toEqual([
      ...["优", "优", "良", "良", "中", "中", "差", "差"],
    ]);
  });
});
