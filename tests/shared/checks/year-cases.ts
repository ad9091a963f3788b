import type { Report } from "../../../shared/report/report.ts";
import { equality, shanghai, wan, yuan, type RuleCase } from "./rule-case.ts";
import { digit, replaced } from "./sound-report.ts";

/** The report with these figures of last year as well. */
const withPrior = (report: Report, prior: Readonly<Record<string, number>>): Report => ({
  ...report,
  sections: {
    ...report.sections,
    facts: { ...report.sections.facts, prior: { ...report.sections.facts.prior, ...prior } },
  },
});

const byCode = { "t07/2120803/closing": 550_0000, "t07/21208/closing": 550_0000 };
const byCapitalCode = { "t08/2239999/closing": 80_0000 };
const [shanghaiInWan, shanghaiInYuan] = shanghai;

/** Counted things that may be as many as last year's and this year's new ones. */
const vehicles = (counted: string): RuleCase => ({
  sound: withPrior(wan, { [counted]: 8 }),
  failing: [
    {
      report: withPrior(replaced(wan, { [counted]: 6 }), { [counted]: 4 }),
      finding: { kind: "above", expected: 5, actual: 6, difference: 1 },
    },
  ],
  boundary: [withPrior(replaced(wan, { [counted]: 6 }), { [counted]: 5 })],
});

const totals = {
  "t01/income_total/final": 90_0000_0000,
  "t01/opening/final": 10_0000_0000,
  "t01/income_sum/final": 100_0000_0000,
  "t01/expense_total/final": 100_0000_0000 - 3_480_0000,
  "t01/closing/final": 3_030_0000,
  "t01/expense_sum/final": 100_0000_0000,
};

/** This year's figures against last year's, and last year's among themselves. */
export const yearCases: Readonly<Record<string, RuleCase>> = {
  R192: {
    ...equality("t07/2120803/opening", 1, [withPrior(wan, byCode), withPrior(yuan, byCode)]),
    boundary: [
      withPrior(wan, { ...byCode, "t07/2120803/closing": 550_0000 + digit }),
      withPrior(shanghaiInWan, byCapitalCode),
      withPrior(shanghaiInYuan, byCapitalCode),
    ],
  },
  R193: vehicles("t10/vehicles_total/final"),
  R194: vehicles("t09/vehicles_kept/final"),
  R196: {
    sound: withPrior(wan, totals),
    failing: [
      {
        report: withPrior(wan, { ...totals, "t01/opening/final": 10_0000_0000 + 3 * digit }),
        finding: {
          kind: "above",
          ofPriorYear: true,
          difference: 3 * digit,
          cells: ["t01/income_total/final", "t01/opening/final", "t01/income_sum/final"],
        },
      },
      {
        report: withPrior(yuan, { ...totals, "t01/expense_sum/final": 99_9550_0000 - 1 }),
        finding: { kind: "above", difference: 1 },
      },
    ],
    boundary: [
      withPrior(wan, { ...totals, "t01/opening/final": 10_0000_0000 + digit }),
      withPrior(yuan, { ...totals, "t01/opening/final": 10_0000_0000 - 1 }),
    ],
  },
  R199: {
    sound: wan,
    failing: [
      {
        report: withPrior(wan, { "t04/closing/total": 3_032_0000 + digit }),
        finding: { kind: "above", ofPriorYear: true, expected: 3_030_0000 },
      },
      {
        report: withPrior(yuan, { "t04/closing/total": 3_030_0001 }),
        finding: { kind: "above", difference: 1 },
      },
    ],
    boundary: [
      withPrior(wan, { "t04/closing/total": 3_031_0000 }),
      withPrior(yuan, { "t04/closing/total": 3_030_0000 }),
    ],
  },
  R231: {
    sound: withPrior(wan, { "t01/income_total/final": 90_0000_0000 }),
    failing: [
      {
        report: withPrior(replaced(wan, { "t06/301/final": 50_0000_0000_00 }), {
          "t06/301/final": 50_0000_00,
        }),
        finding: { kind: "unit_slip", cells: ["t06/301/final"], expected: 50_0000_00 },
      },
      {
        report: withPrior(replaced(wan, { "t06/301/final": 50_0000 }), {
          "t06/301/final": 50_0000_0000,
        }),
        finding: { kind: "unit_slip", actual: 50_0000 },
      },
    ],
    boundary: [
      withPrior(replaced(wan, { "t06/301/final": 50_0000_00 * 4_999 }), {
        "t06/301/final": 50_0000_00,
      }),
      withPrior(replaced(wan, { "t06/301/final": 10_000 }), { "t06/301/final": 1 }),
    ],
  },
};
