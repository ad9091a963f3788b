import { describe, expect, it } from "vitest";
import { checkReport } from "../../../shared/checks/check-report.ts";
import type { CheckResult, Finding, LedgerOutcome } from "../../../shared/checks/finding.ts";
import { ruleById, rulesOver } from "../../../shared/checks/rule-book.ts";
import type { Report } from "../../../shared/report/report.ts";
import { caseBook } from "./case-book.ts";

/** Many cases share a report, which is checked by all rules at once. */
const results = new WeakMap<Report, CheckResult>();

function resultOf(report: Report): CheckResult {
  const result = results.get(report) ?? checkReport(report);
  results.set(report, result);
  return result;
}

const outcomeOf = (report: Report, rule: string): LedgerOutcome | undefined =>
  resultOf(report).ledger.find((entry) => entry.rule === rule)?.outcome;

const brokenBy = (report: Report, rule: string): readonly Finding[] =>
  resultOf(report).findings.filter(
    (finding) => finding.rule === rule && finding.kind !== "rounding",
  );

describe("the rules over cells", () => {
  it("has a passing, a failing and a boundary case for every rule, and none for others", () => {
    expect(Object.keys(caseBook).sort()).toEqual(
      rulesOver("cells")
        .map(({ id }) => id)
        .sort(),
    );
    for (const { failing, boundary } of Object.values(caseBook)) {
      expect(failing.length).toBeGreaterThan(0);
      expect(boundary.length).toBeGreaterThan(0);
    }
  });
});

describe.each(Object.entries(caseBook))("%s", (id, { sound, failing, boundary }) => {
  it("passes on a sound report", () => {
    expect(outcomeOf(sound, id)).toBe("passed");
    expect(brokenBy(sound, id)).toEqual([]);
  });

  it.each(failing.map((each, index) => [index + 1, each] as const))(
    "names the cell at fault and the right figure (%i)",
    (_, { report, finding }) => {
      expect(outcomeOf(report, id)).toBe("failed");
      expect(brokenBy(report, id)).toContainEqual(
        expect.objectContaining({ ...finding, rule: id, severity: ruleById(id)?.severity }),
      );
    },
  );

  it.each(boundary.map((report, index) => [index + 1, report] as const))(
    "still passes at its boundary (%i)",
    (_, report) => {
      expect(outcomeOf(report, id)).toBe("passed");
      expect(brokenBy(report, id)).toEqual([]);
    },
  );
});
