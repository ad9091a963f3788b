import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { boundedId } from "../../../shared/checks/bounded-id.ts";
import { checkReport } from "../../../shared/checks/check-report.ts";
import { findingFingerprint } from "../../../shared/report/fingerprint.ts";
import { ownTextFingerprint } from "../../../shared/checks/own-text.ts";
import { checkSections } from "../../../shared/checks/sections/check-sections.ts";
import { sectionFingerprint } from "../../../shared/checks/sections/section-fault.ts";
import { caseBook } from "./case-book.ts";
import { sectionRuleCases } from "./sections/section-rule-cases.ts";

/** Explanations are stored under these strings: each was recorded from the first failing case of its rule. */
const recorded = JSON.parse(
  readFileSync(new URL("recorded-fingerprints.json", import.meta.url), "utf8"),
) as {
  readonly cells: Readonly<Record<string, string>>;
  readonly sections: Readonly<Record<string, readonly string[]>>;
};

describe("a fingerprint is the one that explanations were stored under", () => {
  it.each(Object.entries(recorded.cells))("%s over cells", (id, fingerprint) => {
    const [failing] = caseBook[id]?.failing ?? [];
    if (failing === undefined) throw new Error(`${id} has no failing case.`);
    const finding = checkReport(failing.report).findings.find(
      ({ rule, kind }) => rule === id && kind !== "rounding",
    );
    expect(finding && boundedId(findingFingerprint(finding, failing.report.sections))).toBe(
      fingerprint,
    );
  });

  it.each(Object.entries(recorded.sections))("%s over sections", (id, fingerprints) => {
    const [report] = sectionRuleCases[id]?.fail ?? [];
    if (report === undefined) throw new Error(`${id} has no failing case.`);
    const findings = checkSections(report).findings.filter(({ rule }) => rule === id);
    expect(findings.map(sectionFingerprint)).toEqual(fingerprints);
  });

  it("over the words of our own text", () => {
    const finding = {
      ...({
        rule: "R216",
        severity: "warning",
        chapter: "income",
        sentence: "income.year",
      } as const),
      ...{ quote: "XX万元", actual: "XX", what: "是模板的空白", mend: "填入实际内容" },
    };
    expect(ownTextFingerprint(finding)).toBe("R216|income|income.year|XX万元|XX|");
  });
});
