import { describe, expect, it } from "vitest";
import {
  openChecks,
  openChecksJson,
  openChecksSchema,
  type CheckedSubmission,
} from "../../../shared/disclosure/open-checks.ts";
import { loadExample } from "../../examples/load-example.ts";

const report = loadExample("jingdezhen-2022");
const hash = "ab".repeat(32);
const rule = (id: string, more: Partial<CheckedSubmission["ledger"][number]> = {}) => ({
  ...({ rule: id, title: `公式${id}`, severity: "error", outcome: "passed" } as const),
  ...more,
});
const given = { reason: "追加执法用车购置。", byName: "王强" };
const checked: CheckedSubmission = {
  ledger: [
    rule("R001", { basis: "财预〔2016〕143号" }),
    rule("R002", { severity: "warning", outcome: "explained" }),
    rule("R003", { outcome: "not_applicable", reason: "没有上年数" }),
    rule("R004", { outcome: "could_not_run", reason: "公开03表有重复的行" }),
  ],
  findings: [
    {
      ...{ rule: "R002", severity: "warning", cells: ["t09/total/final", "t09/total/full"] },
      ...{ message: "超过预算。", expected: 100, actual: 120, difference: 20 },
      explanation: given,
    },
    { rule: "R001", severity: "hint", cells: ["t01/income_total/final"], message: "尾差。" },
  ],
};

describe("checks.json", () => {
  const checks = openChecks(report, hash, checked);

  it("has every rule with statement, basis, severity, outcome and reason, in the ledger's order", () => {
    expect(checks.rules).toMatchObject([
      {
        ...{ id: "R001", statement: "公式R001", basis: "财预〔2016〕143号" },
        ...{ severity: "error", outcome: "passed" },
      },
      { id: "R002", statement: "公式R002", severity: "warning", outcome: "explained" },
      {
        ...{ id: "R003", statement: "公式R003", severity: "error" },
        ...{ outcome: "not_applicable", reason: "没有上年数" },
      },
      {
        ...{ id: "R004", statement: "公式R004", severity: "error" },
        ...{ outcome: "could_not_run", reason: "公开03表有重复的行" },
      },
    ]);
  });

  it("puts each finding below its rule, with cells, figures and reason, and never who gave it", () => {
    expect(checks.rules[1]?.findings).toEqual([
      {
        ...{ severity: "warning", cells: ["t09/total/final", "t09/total/full"] },
        ...{ message: "超过预算。", expected: 100, actual: 120, difference: 20 },
        explanation: { reason: "追加执法用车购置。" },
      },
    ]);
    expect(checks.rules[0]?.findings.map(({ message }) => message)).toEqual(["尾差。"]);
  });

  it("counts each outcome, and their sum is all rules", () => {
    const { rules, ...outcomes } = checks.summary;
    expect(outcomes).toEqual({
      ...{ passed: 1, explained: 1, failed: 0, not_applicable: 1, could_not_run: 1 },
    });
    expect(Object.values(outcomes).reduce((sum, count) => sum + count)).toBe(rules);
  });

  it("never drops a finding whose rule the ledger does not list", () => {
    const stray = { rule: "R999", severity: "error" as const, cells: [], message: "?" };
    expect(() => openChecks(report, hash, { ...checked, findings: [stray] })).toThrow("R999");
  });

  it("is read back as it was written, the same bytes each time", () => {
    const json = openChecksJson(checks);
    expect(openChecksSchema.parse(JSON.parse(json))).toEqual(checks);
    expect(openChecksJson(openChecks(report, hash, checked))).toBe(json);
  });
});
