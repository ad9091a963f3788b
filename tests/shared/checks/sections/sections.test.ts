import { describe, expect, it } from "vitest";
import { checkSections } from "../../../../shared/checks/sections/check-sections.ts";
import { rulesOver } from "../../../../shared/checks/rule-book.ts";
import { sectionFingerprint } from "../../../../shared/checks/sections/section-fault.ts";
import { factAt } from "../../../../shared/narrative/sources.ts";
import type { Report } from "../../../../shared/report/report.ts";
import {
  exampleNames,
  exampleUnits,
  loadExample,
  loadExampleUnit,
} from "../../../examples/load-example.ts";
import { sectionRuleCases } from "./section-rule-cases.ts";
import { addedUp, changed, completeReport, wan } from "./complete-report.ts";

const outcomeOf = (report: Report, rule: string) => {
  const { findings, ledger } = checkSections(report);
  return {
    findings: findings.filter((finding) => finding.rule === rule),
    entry: ledger.find((entry) => entry.rule === rule),
  };
};

describe("the rules over sections", () => {
  it("has a pass, a fail and a boundary for every rule, and no case for another", () => {
    expect(Object.keys(sectionRuleCases).sort()).toEqual(
      rulesOver("sections")
        .map(({ id }) => id)
        .sort(),
    );
    for (const [id, { fail, boundary }] of Object.entries(sectionRuleCases)) {
      expect([id, fail.length > 0, boundary.length > 0]).toEqual([id, true, true]);
    }
  });
});

describe.each(Object.entries(sectionRuleCases))(
  "%s",
  (id, { pass, fail, boundary, notApplicable = [] }) => {
    it("passes a sound report", () => {
      const { findings, entry } = outcomeOf(pass, id);
      expect(findings).toEqual([]);
      expect(entry).toMatchObject({ outcome: "passed", findings: 0 });
    });

    it.each(fail.map((report, index) => [index + 1, report] as const))(
      "finds fault %i, says where and how to mend it",
      (_, report) => {
        const { findings, entry } = outcomeOf(report, id);
        expect(entry?.outcome).toBe("failed");
        expect(entry?.findings).toBe(findings.length);
        for (const { section, path, what, mend } of findings) {
          expect(path.startsWith(section)).toBe(true);
          expect(what).not.toMatch(/[。；]$|undefined|NaN/u);
          expect(mend).not.toBe("");
        }
      },
    );

    it.each(boundary.map((report, index) => [index + 1, report] as const))(
      "lets boundary %i pass",
      (_, report) => {
        const { findings, entry } = outcomeOf(report, id);
        expect(findings).toEqual([]);
        expect(entry?.outcome).toBe("passed");
      },
    );

    it.each(notApplicable.map((report, index) => [index + 1, report] as const))(
      "is not passed where there is nothing to judge (%i)",
      (_, report) => {
        expect(outcomeOf(report, id).entry).toMatchObject({
          outcome: "not_applicable",
          findings: 0,
        });
        expect(outcomeOf(report, id).entry?.reason).toBeDefined();
      },
    );
  },
);

describe("a check of the sections", () => {
  it("finds nothing in a department with every section filled in rightly", () => {
    expect(checkSections(completeReport).findings).toEqual([]);
  });

  it.each([
    ...exampleNames.map((name) => [name, loadExample(name)] as const),
    ...exampleUnits.map((unit) => [unit, loadExampleUnit(unit)] as const),
  ])("finds no error in %s", (_, report) => {
    const { findings, ledger } = checkSections(report);
    expect(findings.filter(({ severity }) => severity === "error")).toEqual([]);
    expect(ledger.map(({ rule }) => rule)).toEqual(rulesOver("sections").map(({ id }) => id));
  });

  it("finds in the published example what its reader finds", () => {
    const { findings } = checkSections(loadExample("jingdezhen-2022"));
    expect(findings.map(({ rule, severity }) => `${rule} ${severity}`)).toEqual([
      "R408 warning",
      "S405 warning",
      "S405 warning",
      "S406 warning",
      "S416 warning",
    ]);
  });

  it("names a place that the sections have, or that is to be filled in", () => {
    for (const { fail } of Object.values(sectionRuleCases)) {
      for (const report of fail) {
        for (const { path, section, rule } of checkSections(report).findings) {
          // Cells, and reasons whose slots have dots of their own.
          if (/^(?:t\d\d|narrative)/u.test(section)) continue;
          const parent = path.split(".").slice(0, -1).join(".");
          expect(factAt(report, parent), `${rule} ${path}`).toBeDefined();
        }
      }
    }
  });

  it("cannot be run, and is not passed, where the units it needs are not loaded", () => {
    const report = addedUp(completeReport, [2 * wan, 0]);
    const unloaded: Report = { ...report, units: undefined } as unknown as Report;
    const { ledger } = checkSections(unloaded);
    const needing = rulesOver("sections")
      .filter(({ sections }) => sections.readsUnits)
      .map(({ id }) => id);
    expect(needing).toEqual(["S203", "R306", "R211"]);
    for (const rule of needing) {
      expect(ledger.find((entry) => entry.rule === rule)).toMatchObject({
        outcome: "could_not_run",
        reason: { kind: "units_not_loaded" },
      });
    }
  });

  it("names a finding by its figures, so that a reason holds for those alone", () => {
    const low = (score: number) =>
      changed(completeReport, ({ performance: { projects } }) => {
        projects[1] = { name: "平台建设项目", score, amount: 4 * wan };
      });
    const namesOf = (report: Report) => checkSections(report).findings.map(sectionFingerprint);
    expect(namesOf(low(100_00))).toEqual(namesOf(low(100_00)));
    expect(namesOf(low(100_00))).not.toEqual(namesOf(low(99_00)));
  });
});
