import { describe, expect, it } from "vitest";
import { checkReport } from "../../../shared/checks/check-report.ts";
import { figuresOf } from "../../../shared/checks/finding.ts";
import { findingSentence } from "../../../shared/checks/finding-text.ts";
import {
  exampleNames,
  exampleUnits,
  loadExample,
  loadExampleUnit,
} from "../../examples/load-example.ts";

describe("reports that were published", () => {
  it.each([
    ...exampleNames.map((name) => [name, loadExample(name)] as const),
    ...exampleUnits.map((code) => [code, loadExampleUnit(code)] as const),
  ])("%s has no error, and every rule could be run", (_, report) => {
    const result = checkReport(report);
    expect(
      result.findings
        .filter(({ severity }) => severity === "error")
        .map((finding) => findingSentence(finding, report.edition)),
    ).toEqual([]);
    expect(result.ledger.filter(({ outcome }) => outcome === "could_not_run")).toEqual([]);
  });

  it("Putuo 2024 has nothing but rounding, of 0.01 万元 at most, beside a budget not spent", () => {
    const all = checkReport(loadExample("putuo-2024")).findings;
    const findings = all.filter(({ kind }) => kind !== "deviates");
    expect(all.flatMap((one) => (one.kind === "deviates" ? [one.slot] : []))).toEqual([
      "three_public.total.budget",
    ]);
    expect(findings.length).toBeGreaterThan(0);
    for (const finding of findings) {
      const { kind, severity } = finding;
      const { difference = 0 } = figuresOf(finding);
      expect({ kind, severity }).toEqual({ kind: "rounding", severity: "hint" });
      expect(Math.abs(difference)).toBeLessThanOrEqual(20_000);
    }
  });

  it("Jingdezhen 2022 asks why it opened with more than 2021 closed with", () => {
    const { findings } = checkReport(loadExample("jingdezhen-2022"));
    expect(findings).toContainEqual(
      expect.objectContaining({
        rule: "R190",
        severity: "warning",
        expected: 252_140_000,
        actual: 259_340_000,
        difference: 7_200_000,
      }),
    );
  });
});
