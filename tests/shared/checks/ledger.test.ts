import { afterEach, describe, expect, it, vi } from "vitest";
import { checkDraft } from "../../../shared/checks/check-draft.ts";
import { rulesOver } from "../../../shared/checks/rule-book.ts";
import { rulesOverRewordings } from "../../../shared/checks/wording/check-rewording.ts";
import type { Report } from "../../../shared/report/report.ts";
import { exampleNames, loadExample } from "../../examples/load-example.ts";
import { completeReport } from "./sections/complete-report.ts";

afterEach(() => {
  vi.restoreAllMocks();
});

/** What was run while a report was checked, by rule: how often, and over how many things. */
function watched(report: Report) {
  const ran = new Map<string, { runs: number; tested: number }>();
  const note = (id: string, tested: number) => {
    const before = ran.get(id) ?? { runs: 0, tested: 0 };
    ran.set(id, { runs: before.runs + 1, tested: before.tested + tested });
  };
  for (const { id, cells } of rulesOver("cells")) {
    const { run } = cells;
    vi.spyOn(cells, "run").mockImplementation((context) => {
      const evaluation = run(context);
      note(id, evaluation.tested);
      return evaluation;
    });
  }
  for (const { id, sections } of rulesOver("sections")) {
    const { run } = sections;
    vi.spyOn(sections, "run").mockImplementation((whole) => {
      const evaluation = run(whole);
      note(id, evaluation.tested);
      return evaluation;
    });
  }
  // A text, the rewordings and the gaps of a narrative are judged whole, so each run judges one thing at least.
  for (const { id, text } of rulesOver("text")) {
    const { run } = text;
    vi.spyOn(text, "run").mockImplementation((context) => {
      note(id, context.text.blocks.length);
      return run(context);
    });
  }
  for (const rule of rulesOverRewordings) {
    const { rewording } = rule;
    vi.spyOn(rule, "rewording").mockImplementation((reworded) => {
      note(rule.id, 1);
      return rewording(reworded);
    });
  }
  for (const rule of rulesOver("gaps")) {
    const { gaps } = rule;
    vi.spyOn(rule, "gaps").mockImplementation((missing) => {
      note(rule.id, 1);
      return gaps(missing);
    });
  }
  return { ledger: checkDraft(report).ledger, ran };
}

const reports: readonly (readonly [string, Report])[] = [
  ["a department with every section filled in", completeReport],
  ...exampleNames.map((name) => [name, loadExample(name)] as const),
];

describe.each(reports)("the ledger of %s", (_, report) => {
  it("says of no rule that it was passed unless it ran and had something to judge", () => {
    const { ledger, ran } = watched(report);
    const passed = ledger.filter(({ outcome }) => outcome === "passed");
    expect(passed.length).toBeGreaterThan(50);
    expect(passed.filter(({ id }) => (ran.get(id)?.tested ?? 0) === 0)).toEqual([]);
  });

  it("says of no rule that it does not apply that found something to judge in the figures", () => {
    const { ledger, ran } = watched(report);
    const overFigures = new Set([...rulesOver("cells")].map(({ id }) => id));
    const unjudged = ledger.filter(
      ({ id, outcome, reason }) =>
        outcome === "not_applicable" &&
        overFigures.has(id) &&
        reason?.kind !== "not_in_year" &&
        rulesOver("text").every((rule) => rule.id !== id),
    );
    expect(unjudged.filter(({ id }) => (ran.get(id)?.tested ?? 0) > 0)).toEqual([]);
  });
});
