import type { Report } from "../../../shared/report/report.ts";
import { cells, equality, limit, wan, yuan, type RuleCase } from "./rule-case.ts";
import { replaced, soundReport, type Flow } from "./sound-report.ts";

const fenAWan = 1_000_000;

/** So much for so many: at the usual average it passes, a 分 above it does not. */
const average = (cost: string, count: string, wanEach: number): RuleCase => {
  const of = (fen: number): Report => replaced(wan, { [cost]: fen, [count]: 4 });
  const usual = wanEach * fenAWan;
  return {
    sound: wan,
    failing: [
      {
        report: of(4 * usual + 4),
        finding: { kind: "unusual_average", expected: usual, actual: usual + 1 },
      },
    ],
    boundary: [of(4 * usual), of(0)],
  };
};

const withUnits = (report: Report, ...administrative: readonly boolean[]): Report => ({
  ...report,
  sections: {
    ...report.sections,
    facts: {
      ...report.sections.facts,
      units: administrative.map((is, index) => ({
        name: `某单位${String(index)}`,
        kind: index === 0 ? "own_office" : "subordinate",
        administrative: is,
      })),
    },
  },
});

const none = { "t01/business/final": 0, "t01/operating/final": null, "t03/total/operating": 0 };

/** 职业年金 beside the other contributions. */
const withAnnuity: readonly Flow[] = [
  {
    code: "2080506",
    source: "general",
    opening: 0,
    income: { fiscal: 900_0000 },
    spent: { basic: 900_0000 },
  },
];

/** What is usual, and what belongs together, though no arithmetic demands it. */
export const usualCases: Readonly<Record<string, RuleCase>> = {
  R092: limit("t09/total/full", "t09/total/initial", 1),
  R093: cells(
    "missing",
    { "t09/domestic_batches_foreign/final": 0 },
    { "t09/domestic_batches_foreign/final": 4 },
    {
      "t09/reception_domestic_foreign/final": 0,
      "t09/domestic_batches_foreign/final": 0,
      "t09/domestic_persons_foreign/final": null,
    },
  ),
  R094: average("t09/reception_domestic/final", "t09/domestic_persons/final", 0.1),
  R095: average("t09/vehicle_purchase/final", "t09/vehicles_bought/final", 50),
  R096: average("t09/vehicle_running/final", "t09/vehicles_kept/final", 15),
  R097: average("t09/abroad/final", "t09/abroad_persons/final", 15),
  R099: cells(
    "missing",
    { "t09/vehicle_running/final": 0 },
    { "t09/vehicle_running/final": 1 },
    { "t09/vehicle_running/final": null, "t09/vehicles_kept/final": 0 },
  ),
  R113: cells(
    "missing",
    { "t01/operating/final": null },
    { "t01/operating/final": 1 },
    { "t01/operating/final": 0, "t03/total/operating": 0 },
  ),
  R118: {
    sound: withUnits(replaced(wan, none), true, true),
    failing: [
      {
        report: withUnits(replaced(wan, { ...none, "t01/business/final": 1 }), true),
        finding: { kind: "not_of_such_units", cells: ["t01/business/final"], actual: 1 },
      },
    ],
    boundary: [withUnits(replaced(wan, none), true)],
  },
  R156: equality("t06/30108/final", 1),
  R157: equality("t06/30109/final", 1, [
    soundReport({ flows: withAnnuity }),
    soundReport({ flows: withAnnuity, enteredIn: "yuan" }),
  ]),
  R158: equality("t06/30113/final", 1, [wan, yuan]),
  R185: limit("t09/vehicles_bought/final", "t09/vehicles_kept/final", 0),
};
