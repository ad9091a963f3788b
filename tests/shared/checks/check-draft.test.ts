import { describe, expect, it } from "vitest";
import {
  blockingIn,
  checkCells,
  checkDraft,
  type DraftFinding,
} from "../../../shared/checks/check-draft.ts";
import { withExplanation } from "../../../shared/checks/explanation.ts";
import { rulesInLedgerOrder } from "../../../shared/checks/ledger-order.ts";
import type { Report } from "../../../shared/report/report.ts";
import { explanationSchema, type SomeSections } from "../../../shared/report/sections.ts";
import { emptySections } from "../../../shared/report/section-ids.ts";
import { exampleNames, loadExample } from "../../examples/load-example.ts";
import { replaced } from "./sound-report.ts";
import { omitUndefined } from "../../../shared/omit-undefined.ts";

const example = loadExample("jingdezhen-2022");

const withSections = (report: Report, sections: SomeSections): Report => ({
  ...report,
  sections: { ...report.sections, ...sections },
});

/** Every warning explained by a reason of its own. */
function explained(report: Report): Report {
  const entryOf = ({ id, rule, cells, place, slot }: DraftFinding, index: number) =>
    explanationSchema.parse({
      ...{ id: `explanation-${index}`, finding: id, rule, cells: [...cells] },
      ...omitUndefined({ place, slot }),
      reason: `第${index}号凭证所附的合同在年中追加，已逐笔核对`,
      ...{ by: "limin", byName: "李敏", at: "2023-08-01T02:00:00.000Z" },
    });
  return checkDraft(report)
    .findings.filter(({ severity }) => severity === "warning")
    .reduce(
      (before, finding, index) =>
        withSections(before, {
          explanations: withExplanation(
            before.sections.explanations,
            finding,
            entryOf(finding, index),
          ),
        }),
      report,
    );
}

const found = (report: Report, rule: string) =>
  checkDraft(report).findings.filter((finding) => finding.rule === rule);

const outcomeOf = (report: Report, rule: string) =>
  checkDraft(report).ledger.find(({ id }) => id === rule)?.outcome;

const withPerformance = (report: Report, totalScore: number): Report => {
  const { performance } = report.sections;
  const [first, ...others] = performance.selfEvaluations;
  if (first === undefined) throw new Error("The example has no 自评表.");
  return withSections(report, {
    performance: { ...performance, selfEvaluations: [{ ...first, totalScore }, ...others] },
  });
};

describe("the cells of a draft", () => {
  it.each(exampleNames)("of %s are found alike alone and with the rest", (name) => {
    const report = explained(loadExample(name));
    const { findings, rules } = checkCells(report);
    const whole = checkDraft(report).findings.filter(({ rule }) => rules.has(rule));
    expect(findings.length).toBeGreaterThan(0);
    expect(findings).toEqual(whole);
  });
});

describe("a draft", () => {
  it("finds nothing wrong with a 自评表 that is being filled in, only blanks, each at its field", () => {
    const { performance } = example.sections;
    const [project] = performance.projects;
    if (project === undefined) throw new Error("The example has no projects.");
    const blank = {
      ...{ project: project.name, year: example.identity.year, department: "", unit: "" },
      funds: { total: {} },
      goals: [{ expected: "", achieved: "" }],
      indicators: [
        {
          ...{ level1: "产出指标", level2: "数量指标", level3: "培训人次" },
          ...{ target: "≥200人", actual: "", weight: 50_00 },
        },
      ],
    };
    const begun = withSections(example, {
      performance: { ...performance, selfEvaluations: [...performance.selfEvaluations, blank] },
    });
    const before = new Set(checkDraft(example).findings.map(({ id }) => id));
    const added = checkDraft(begun).findings.filter(({ id }) => !before.has(id));
    const at = `performance.selfEvaluations.${String(performance.selfEvaluations.length)}`;
    expect(added.map(({ rule, unfilled, place }) => [rule, unfilled, place])).toEqual([
      ["S420", true, `${at}.department`],
      ["S420", true, `${at}.goals.0.expected`],
      ["S420", true, `${at}.indicators.0.actual`],
    ]);
    expect(added[2]?.message).toBe(
      `预算绩效：自评表“${project.name}”的指标“培训人次”没有填写实际完成值、得分。按项目实际情况填写，没有的金额填0。`,
    );
  });

  it("has a line for every rule but the one over the registry", () => {
    for (const name of exampleNames) {
      const ids = checkDraft(loadExample(name)).ledger.map(({ id }) => id);
      expect(ids).toEqual(rulesInLedgerOrder.map(({ id }) => id).filter((id) => id !== "R304"));
    }
  });

  it("finds what cells, facts, sentences and typed words have wrong, each where it is mended", () => {
    const reasons = { ...example.sections.narrative.reasons, "income.year": "增加（减少）XX万元" };
    const wrong = withPerformance(
      replaced(withSections(example, { narrative: { ...example.sections.narrative, reasons } }), {
        "t01/income_total/final": 1,
      }),
      1_00,
    );
    expect(found(wrong, "R001")[0]?.cells[0]).toBe("t01/income_total/final");
    expect(found(wrong, "R402")[0]).toMatchObject({
      severity: "error",
      section: "performance",
      cells: [],
    });
    expect(found(wrong, "R216")[0]).toMatchObject({ sentence: "income.year" });
  });

  it("can answer by a reason whatever a reader of free text took for wrong", () => {
    const additions = { income: ["另有收入增加（减少）若干。"] };
    const typed = withSections(example, {
      narrative: { ...example.sections.narrative, additions },
    });
    const [residue] = found(typed, "R216");
    expect(residue).toMatchObject({ severity: "warning", sentence: "income.addition.1" });
    expect(residue).toMatchObject({ quoted: "增加（减少）" });
    expect(residue).not.toHaveProperty("instead");
    expect(outcomeOf(explained(typed), "R216")).toBe("explained");
  });

  it("quotes a figure of people's own that the tables contradict, with the one that belongs there", () => {
    const additions = { income: ["2022年度本年收入合计4700.11万元。"] };
    const [wrong] = checkDraft(
      withSections(example, {
        narrative: { ...example.sections.narrative, additions },
      }),
    ).findings.filter(({ quoted }) => quoted !== undefined);
    expect(wrong).toMatchObject({
      ...{ severity: "warning", sentence: "income.addition.1" },
      ...{ quoted: "4700.11万元", instead: "4654.86万元" },
    });
  });

  it("lacks figures and reasons until they are given (R226, R227)", () => {
    const rules = { figure: "R226", reason: "R227" } as const;
    const bare = withSections(example, {
      narrative: { reasons: {}, purposes: {}, additions: {} },
      facts: { ...example.sections.facts, prior: {} },
    });
    for (const rule of Object.values(rules)) {
      expect(outcomeOf(example, rule)).toBe("passed");
      expect(outcomeOf(bare, rule)).toBe("failed");
      expect(found(bare, rule)[0]).toMatchObject({ severity: "error" });
    }
    expect(found(bare, rules.figure)[0]?.message).toContain("缺少");
  });

  it("asks for a reason once: by the warning where its figure deviates, else as a gap", () => {
    const bare = withSections(example, {
      narrative: { reasons: {}, purposes: {}, additions: {} },
    });
    const asking = checkDraft(bare).findings.filter(({ sentence }) => sentence === "income.year");
    expect(asking.map(({ rule }) => rule)).toEqual(["R221"]);
    expect(found(bare, "R227").map(({ sentence }) => sentence)).toContain("expense.year");
  });

  it("may be handed in once every warning has its reason, of whichever book", () => {
    for (const name of exampleNames) {
      const report = loadExample(name);
      expect([name, blockingIn(checkDraft(report))]).not.toEqual([name, 0]);
      const answered = checkDraft(explained(report));
      expect([name, blockingIn(answered)]).toEqual([name, 0]);
      expect(answered.ledger.filter(({ outcome }) => outcome === "failed")).toEqual([]);
    }
  });

  it("has a warning of the tables answered until one of its figures changes", () => {
    const warned = explained(replaced(example, { "t01/other/final": -1 }));
    expect(outcomeOf(warned, "R006")).toBe("explained");
    expect(outcomeOf(replaced(warned, { "t01/other/final": -2 }), "R006")).toBe("failed");
    expect(outcomeOf(replaced(warned, { "t09/vehicles_kept/final": 9 }), "R006")).toBe("explained");
  });

  it("is stopped by an error whatever explains it, and by a rule that could not be run", () => {
    const wrong = withPerformance(explained(example), 1_00);
    expect(blockingIn(checkDraft(wrong))).toBeGreaterThan(0);
    const unread = withSections(explained(example), {
      adjustments: { basis: { "137001": "0".repeat(64) }, entries: [] },
    });
    const { ledger } = checkDraft(unread);
    expect(ledger.find(({ id }) => id === "R301")).toMatchObject({
      outcome: "could_not_run",
      reason: { kind: "units_not_loaded" },
    });
    expect(blockingIn(checkDraft(unread))).toBeGreaterThan(0);
  });

  it("has a warning outside the tables explained for its figures only", () => {
    const answered = explained(example);
    const [before] = found(answered, "R408");
    expect(before?.explanation.valid).toBeDefined();
    const { performance } = answered.sections;
    const renamed = withSections(answered, {
      performance: {
        ...performance,
        selfEvaluations: performance.selfEvaluations.map((one) => ({
          ...one,
          project: "另一个项目",
        })),
      },
    });
    const [after] = found(renamed, "R408");
    expect(after?.explanation).toMatchObject({ voided: { rule: "R408" } });
    expect(blockingIn(checkDraft(renamed))).toBeGreaterThan(0);
  });

  it("passes no rule that had nothing to judge", () => {
    const empty = checkDraft({ ...example, sections: emptySections });
    expect(outcomeOf({ ...example, sections: emptySections }, "R402")).toBe("not_applicable");
    expect(outcomeOf(example, "R217")).toBe("not_applicable");
    expect(blockingIn(empty)).toBeGreaterThan(0);
  });
});
