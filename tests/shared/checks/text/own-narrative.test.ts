import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { checkText } from "../../../examples/check-text.ts";
import { checkPrintedReport } from "../../../../shared/checks/text/check-printed-report.ts";
import { shippedEditions } from "../../../../shared/editions/shipped-editions.ts";
import { reasonSlots } from "../../../../shared/narrative/gaps.ts";
import { writeNarrative } from "../../../../shared/narrative/write-narrative.ts";
import { narrativeText } from "../../../examples/narrative-text.ts";
import type { Report } from "../../../../shared/report/report.ts";
import { exampleAsPrinted } from "../../../examples/as-printed.ts";
import {
  exampleNames,
  exampleUnits,
  loadExample,
  loadExampleUnit,
} from "../../../examples/load-example.ts";
import { soundReport, soundShanghaiReport, type Flow } from "../sound-report.ts";

const errorsOf = (text: string) =>
  checkText(text)
    .filter(({ severity }) => severity === "error")
    .map(({ rule, message }) => `${rule} ${message}`);

const written = (report: Report) => narrativeText(writeNarrative(report));

const published = [
  ...exampleNames.map((name) => [name, loadExample(name)] as const),
  ...exampleUnits.map((unit) => [unit, loadExampleUnit(unit)] as const),
];

describe("what our writer writes", () => {
  it.each(published)("of %s has no error for our reader", (_, report) => {
    expect(errorsOf(written(report))).toEqual([]);
  });

  it.each(published)("of %s agrees with its tables", (_, report) => {
    const printed = { ...exampleAsPrinted(report), narrative: written(report) };
    const checked = checkPrintedReport(printed, shippedEditions.all);
    expect(checked.ok && checked.value.filter(({ severity }) => severity === "error")).toEqual([]);
  });

  it("of any sound report has no error for our reader", () => {
    fc.assert(
      fc.property(draws, (drawn) => {
        expect(errorsOf(written(reportOf(drawn))).join("\n")).toBe("");
      }),
      { numRuns: 150, seed: 20_240_601 },
    );
  });

  it("of any sound report agrees with its tables", () => {
    fc.assert(
      fc.property(draws, (drawn) => {
        const report = reportOf(drawn);
        const printed = { ...exampleAsPrinted(report), narrative: written(report) };
        const checked = checkPrintedReport(printed, [report.edition]);
        const messages = checked.ok
          ? checked.value
              .filter(({ severity }) => severity === "error")
              .map(({ message }) => message)
          : [checked.error];
        expect(messages.join("\n")).toBe("");
      }),
      { numRuns: 60, seed: 20_240_602 },
    );
  });
});

const codes = ["2010301", "2010306", "2080505", "2101101", "2130104", "2210201"];
const amounts = fc.oneof(
  fc.constant(0),
  fc.integer({ min: 10_000, max: 50_000_000 }),
  fc.integer({ min: 1_000_000, max: 9_000_000_000 }),
);

const flowOf = (code: string): fc.Arbitrary<Flow> =>
  fc
    .record({ opening: amounts, fiscal: amounts, basic: amounts, project: amounts })
    .map((drawn) => {
      const { opening, fiscal, basic, project } = drawn;
      return {
        code,
        source: "general",
        opening,
        // Enough to pay for what was spent.
        income: { fiscal: Math.max(fiscal, basic + project) },
        spent: { basic, project },
      };
    });

const draws = fc.record({
  isShanghai: fc.boolean(),
  flows: fc.tuple(...codes.map(flowOf)),
  priors: fc.array(amounts, { minLength: 40, maxLength: 40 }),
  budgets: fc.tuple(...codes.map(() => amounts)),
});
type Drawn = typeof draws extends fc.Arbitrary<infer Drawn> ? Drawn : never;

/** Sound tables with any last year, any budgets that add up, and a reason wherever one is due. */
function reportOf({ isShanghai, flows, priors, budgets }: Drawn): Report {
  const report = isShanghai ? soundShanghaiReport({ flows }) : soundReport({ flows });
  const budgeted = budgets.map((budget, index) => [codes[index] ?? "", budget] as const);
  const addresses = [
    ...["income_sum", "income_total", "expense_sum", "expense_total"].map(
      (row) => `t01/${row}/final`,
    ),
    ...["t01/opening/final", "t04/income_sum/final", "t05/total/total"],
    ...["301", "302", "303", "310", "307", "312", "399"].map((row) => `t06/${row}/final`),
    ...["total", "abroad", "vehicles", "vehicle_purchase", "vehicle_running", "reception"].map(
      (row) => `t09/${row}/final`,
    ),
  ];
  const prior = Object.fromEntries(
    addresses.map((address, index) => [address, priors[index] ?? 0]),
  );
  return explained({
    ...report,
    sections: {
      ...report.sections,
      facts: {
        ...report.sections.facts,
        prior: {
          ...prior,
          // Last year's totals were equal too.
          "t01/expense_sum/final": prior["t01/income_sum/final"] ?? 0,
          ...report.sections.facts.prior,
        },
        initialBudget: {
          total: budgets.reduce((sum, budget) => sum + budget, 0),
          byCode: Object.fromEntries(budgeted),
        },
        operatingCost: { current: Math.floor((priors[30] ?? 0) / 1e6), prior: priors[31] ?? 0 },
        otherVehicleUse: "送取文件",
        procurement: {
          ...{ goods: priors[32] ?? 0, works: priors[33] ?? 0, services: 0 },
          ...{ sme: priors[32] ?? 0, micro: 0 },
          ...{ smeGoods: priors[32] ?? 0, smeWorks: 0, smeServices: 0 },
          reserved: { sme: 0, micro: 0, smeAwarded: 0, microAwarded: 0, openToSmeAwarded: 0 },
        },
      },
      performance: {
        ...report.sections.performance,
        projects: [
          { name: "甲项目", score: 95_50, amount: 1_000_000 },
          { name: "乙项目", score: 88_25, amount: 2_000_000 },
          { name: "丙项目", score: 100_00, amount: 3_000_000 },
        ],
      },
    },
  });
}

function explained(report: Report): Report {
  const slots = reasonSlots(report);
  const { narrative } = report.sections;
  const reasons = Object.fromEntries(
    slots.map(({ slot }, index) => [slot, `第${index}项工作按进度付款`]),
  );
  const purposes = Object.fromEntries(codes.map((code) => [code, `${code}的支出`]));
  return {
    ...report,
    sections: { ...report.sections, narrative: { ...narrative, reasons, purposes } },
  };
}
