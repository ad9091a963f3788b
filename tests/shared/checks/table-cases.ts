import type { Finding } from "../../../shared/checks/finding.ts";
import type { CellAddress } from "../../../shared/forms/cell.ts";
import { adjusted, consolidatedReport } from "./consolidated-report.ts";
import {
  cells,
  equality,
  fiscalOnly,
  limit,
  shanghai,
  subtotal,
  valueAt,
  wan,
  withName,
  withoutRow,
  withRowTwice,
  type RuleCase,
} from "./rule-case.ts";
import { replaced, shifted } from "./sound-report.ts";

/** Relations inside and between tables, and of a department with its units. */
export const tableCases: Readonly<Record<string, RuleCase>> = {
  F001: {
    sound: wan,
    failing: [
      { report: withRowTwice(wan, "t03", "2010301"), finding: { kind: "form_fault" } },
      { report: withRowTwice(wan, "t01", "general"), finding: { kind: "form_fault" } },
    ],
    boundary: [replaced(wan, { "t03/2010302/total": 0 })],
  },
  F002: {
    sound: wan,
    failing: [
      {
        report: replaced(wan, { "t01/invented/final": 1 }),
        finding: { kind: "form_fault", cells: ["t01/invented/final"] },
      },
      {
        report: replaced(wan, { "t03/20103011/total": 1 }),
        finding: { kind: "form_fault", cells: ["t03/20103011/total"] },
      },
      {
        report: replaced(wan, { "t04/income_sum/total": 1 }),
        finding: { kind: "form_fault", cells: ["t04/income_sum/total"] },
      },
    ],
    boundary: [replaced(wan, { "t03/2010301/operating": 0 })],
  },
  F003: cells("form_fault", { "t03/2010377/total": 0 }, { "t03/2010302/total": 0 }),
  F004: {
    sound: wan,
    failing: [
      {
        report: withoutRow(wan, "t03", "20805"),
        finding: {
          kind: "form_fault",
          cells: ["t03/2080505/total"],
          formFault: {
            kind: "missing_parent",
            at: { table: "t03", row: "2080505" },
            parent: "20805",
          },
        },
      },
    ],
    boundary: [withoutRow(wan, "t03", "20805", "2080505")],
  },
  F005: {
    sound: wan,
    failing: [{ report: withoutRow(wan, "t03", "2080505"), finding: { kind: "not_itemised" } }],
    boundary: [withoutRow(wan, "t03", "208", "20805", "2080505")],
  },
  F006: cells(
    "missing",
    { "t01/income_total/final": null },
    { "t01/income_total/final": 0, "t01/expense_sum/final": 0 },
  ),
  F007: {
    sound: wan,
    failing: [
      { report: withName(wan, "t03", "2010301", "机关服务"), finding: { kind: "form_fault" } },
    ],
    boundary: [withName(wan, "t03", "2010301", " 行政 运行")],
  },
  R001: equality("t01/income_total/final", 4),
  R002: equality("t01/income_sum/final", 2),
  R003: equality("t01/expense_total/final", 3),
  R004: equality("t01/expense_sum/final", 2),
  R005: equality("t01/expense_sum/final", 1),
  R006: cells("negative", { "t01/other/final": -1 }, { "t01/other/final": 0 }),
  R010: equality("t02/2010399/total", 3),
  R011: equality("t02/total/total", 3),
  R020: equality("t03/2010399/total", 3),
  R021: equality("t03/total/total", 3),
  R030: equality("t04/income_total/final", 2),
  R031: equality("t04/opening/final", 2),
  R032: equality("t04/income_sum/final", 1),
  R033: equality("t04/expense_total/total", 2),
  R034: equality("t04/expense_total/general", 2),
  R035: equality("t04/expense_sum/fund", 1),
  R036: equality("t04/expense_sum/total", 1),
  R037: equality("t04/closing/fund", 2),
  R040: equality("t05/2010301/total", 1),
  R041: equality("t05/total/basic", 2),
  R050: subtotal("301"),
  R051: subtotal("303"),
  R052: subtotal("302"),
  R053: subtotal("307"),
  R054: subtotal("310"),
  R055: subtotal("312"),
  R056: equality("t06/personnel_total/final", 1),
  R057: equality("t06/public_total/final", 3),
  R060: equality("t07/2120803/closing", 2),
  R061: equality("t07/2120803/total", 1),
  R062: equality("t07/total/income", 1),
  R070: equality("t08/2239999/total", 1),
  R071: equality("t08/total/project", 1),
  R072: equality("t08/2239999/closing", 2, shanghai),
  R080: equality("t09/total/full", 2),
  R081: equality("t09/vehicles/final", 1),
  R082: equality("t09/reception/final", 1),
  R083: limit("t09/reception_domestic_foreign/final", "t09/reception_domestic/final", 1),
  R084: cells(
    "missing",
    { "t09/abroad_groups/final": null },
    { "t09/abroad_persons/final": 2 },
    { "t09/abroad/final": 0, "t09/abroad_groups/final": 0, "t09/abroad_persons/final": null },
  ),
  R085: cells(
    "unexpected",
    { "t09/vehicle_purchase/final": 0 },
    { "t09/vehicle_purchase/final": null, "t09/vehicles_bought/final": 0 },
    { "t09/vehicle_purchase/final": 1, "t09/vehicles_bought/final": 1 },
  ),
  R086: limit("t09/domestic_batches/final", "t09/domestic_persons/final", 0),
  R087: cells("missing", { "t09/vehicles_kept/final": 0 }, { "t09/vehicles_kept/final": 1 }),
  R088: limit("t09/total/final", "t09/total/full", 1),
  R089: cells(
    "form_fault",
    { "t09/reception_domestic/initial": 0 },
    { "t09/reception_domestic/initial": null },
  ),
  R090: {
    sound: wan,
    failing: [
      {
        report: shifted(wan, { "t10/vehicles_total/final": 1 }),
        finding: { kind: "not_equal", expected: 8, actual: 9, difference: 1 },
      },
      {
        report: replaced(wan, { "t10/equipment/final": -1 }),
        finding: { kind: "negative", actual: -1 },
      },
    ],
    boundary: [replaced(wan, { "t10/equipment/final": 0 })],
  },
  R091: cells("negative", { "t09/abroad_groups/final": -1 }, { "t09/abroad_groups/final": 0 }),
  R101: equality("t01/income_total/final", 1),
  R102: equality("t02/total/fiscal", 2),
  R103: equality("t01/superior/final", 1),
  R104: equality("t01/business/final", 1),
  R105: equality("t01/operating/final", 1),
  R106: equality("t01/affiliate/final", 1),
  R107: equality("t01/other/final", 1),
  R110: equality("t01/expense_total/final", 1),
  R111: equality("t01/201/final", 1),
  R120: equality("t04/general/final", 1),
  R121: equality("t04/fund/final", 1),
  R122: equality("t04/capital/final", 1),
  R123: equality("t04/income_total/final", 1),
  R130: limit("t04/expense_total/total", "t03/total/total", 1),
  R131: limit("t04/opening/final", "t01/opening/final", 1),
  R132: equality("t04/expense_total/total", 1, fiscalOnly),
  R140: equality("t04/expense_total/general", 1),
  R141: equality("t04/201/general", 1),
  R150: equality("t05/total/basic", 1),
  R151: limit("t05/2010301/basic", "t03/2010301/basic", 1),
  R160: equality("t04/fund/final", 1),
  R161: equality("t04/expense_total/fund", 1),
  R162: equality("t04/opening_fund/final", 1),
  R163: equality("t04/closing/fund", 1),
  R164: equality("t04/212/fund", 1),
  R170: equality("t04/expense_total/capital", 1),
  R171: equality("t04/expense_total/total", 2),
  R172: limit(["t05/total/basic", "t07/total/basic", "t08/total/basic"], "t03/total/basic", 2),
  R173: {
    sound: wan,
    failing: [
      {
        report: withoutRow(wan, "t03", "2080505"),
        finding: { kind: "missing_row", cells: ["t03/2080505/total", "t05/2080505/total"] },
      },
    ],
    boundary: [
      replaced(wan, { "t05/2010302/total": 0 }),
      replaced(wan, { "t07/2120801/income": 5 }),
    ],
  },
  R174: equality("t04/223/capital", 1),
  R175: equality("t04/capital/final", 1, shanghai),
  R176: equality("t04/opening_capital/final", 1, shanghai),
  R177: equality("t04/closing/capital", 1, shanghai),
  R180: limit("t06/30212/final", "t09/abroad/final", 1),
  R181: limit("t06/30217/final", "t09/reception/final", 1),
  R182: limit("t06/30231/final", "t09/vehicle_running/final", 1),
  R183: limit("t06/31013/final", "t09/vehicle_purchase/final", 1),
  R184: limit("t09/vehicles_kept/final", "t10/vehicles_total/final", 0),
  R190: equality("t01/opening/final", 1),
  R191: equality("t01/closing/final", 3),
  R301: {
    sound: consolidatedReport(),
    failing: ["t01/other/final", "t03/2080505/basic", "t09/total/initial"].map((cell) => {
      const expected = valueAt(consolidatedReport(), cell);
      return {
        report: shifted(consolidatedReport(), { [cell]: 1 }),
        finding: {
          ...{ kind: "not_sum_of_units", cells: [cell as CellAddress], difference: 1 },
          ...{ expected, actual: expected + 1 },
        } satisfies Partial<Finding>,
      };
    }),
    boundary: [
      consolidatedReport([adjusted({ "t01/other/final": -5, "t02/total/other": 7 })]),
      replaced(consolidatedReport(), { "t01/215/final": 0 }),
    ],
  },
  R302: {
    sound: consolidatedReport([
      adjusted({ "t02/total/superior": -500, "t03/total/to_affiliate": -500 }),
    ]),
    failing: [
      {
        report: consolidatedReport([
          adjusted({ "t02/total/affiliate": -500, "t03/total/to_superior": -499 }),
        ]),
        finding: { kind: "taken_off_one_side", expected: 499, actual: 500, difference: 1 },
      },
    ],
    boundary: [
      consolidatedReport([
        adjusted({ "t02/total/superior": -500 }),
        adjusted({ "t03/total/to_superior": -300, "t03/total/to_affiliate": -200 }),
      ]),
    ],
  },
  R303: {
    sound: consolidatedReport(),
    failing: ["t09/vehicles_kept/final", "t10/other_cars/final"].map((cell) => ({
      report: shifted(consolidatedReport(), { [cell]: 1 }),
      finding: { kind: "not_sum_of_units", cells: [cell as CellAddress], difference: 1 },
    })),
    boundary: [consolidatedReport([adjusted({ "t10/other_cars/final": 1 })])],
  },
};
