import { describe, expect, it } from "vitest";
import { narrativeGaps } from "../../../shared/narrative/gaps.ts";
import { writeNarrative } from "../../../shared/narrative/write-narrative.ts";
import { writeOverview } from "../../../shared/narrative/write-overview.ts";
import { narrativeText } from "../../examples/narrative-text.ts";
import {
  exampleNames,
  exampleUnits,
  loadExample,
  loadExampleUnit,
} from "../../examples/load-example.ts";
import { reads } from "./reports.ts";

describe("the Jingdezhen example", () => {
  const report = loadExample("jingdezhen-2022");

  it.each([
    ["income.opening", "下降90.93%"],
    ["income.year", "增长114.60%"],
    ["expense.year", "增长0.73%"],
    ["expense.closing", "下降58.89%"],
    ["fiscal.total", "完成年初预算的280.83%"],
    ["fiscal.class.201", "完成年初预算的108.63%"],
    ["fiscal.class.208", "完成年初预算的115.90%"],
    ["basic.301", "增长8.58%"],
    ["basic.302", "下降67.95%"],
    ["basic.303", "下降57.24%"],
    ["three_public.total", "下降22.22%"],
    ["three_public.reception", "下降22.22%"],
    ["operating_cost", "下降71.26%"],
    ["procurement.sme_by_kind", "占货物支出金额的100%"],
    ["performance.scope", "占项目支出总额的39.73%"],
    ["performance.mean", "平均得分98.69分"],
  ])("says rightly in %s: %s", (id, right) => {
    expect(reads(report, id)).toContain(right);
  });

  it("repeats none of the published faults", () => {
    expect(narrativeText(writeNarrative(report))).not.toMatch(
      /1002\.25|53\.4%|279\.61|108\.68|7\.9%|211\.98|140%|28\.57|247\.90|58\.88|增加（减少）|增下降|[^\d.]0万元，完成/,
    );
  });
});

describe("the Putuo example", () => {
  const report = loadExample("putuo-2024");

  it.each([
    ["overall.total", "减少56.95万元，下降1.87%"],
    ["general.total", "减少63.14万元，下降2.10%"],
    ["general.composition", "占71.65%"],
    ["general.budget", "完成年初预算的98.20%"],
    ["operating_cost", "增加2.55万元，增长1.40%"],
    ["performance.evaluated", "平均得分99.43分"],
  ])("says rightly in %s: %s", (id, right) => {
    expect(reads(report, id)).toContain(right);
  });
});

describe("every example", () => {
  it.each([
    ...exampleNames.map((name) => [name, loadExample(name)] as const),
    ...exampleUnits.map((code) => [code, loadExampleUnit(code)] as const),
  ])("%s is written without a gap", (_, report) => {
    expect(narrativeGaps(report)).toEqual([]);
    const text = narrativeText(writeOverview(report)) + narrativeText(writeNarrative(report));
    expect(text).not.toContain("待填");
  });
});
