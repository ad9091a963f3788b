import type { Finding, FindingKind } from "../../../shared/checks/finding.ts";
import { parseCellAddress } from "../../../shared/forms/cell.ts";
import type { TableId } from "../../../shared/forms/form.ts";
import { cellValue, type Report } from "../../../shared/report/report.ts";
import {
  digit,
  fiscalFlows,
  replaced,
  shifted,
  soundReport,
  soundShanghaiReport,
  type Change,
} from "./sound-report.ts";
import { tableIn } from "../../../shared/report/section-ids.ts";

/** What breaks a rule, and what just does not. */
export interface RuleCase {
  readonly sound: Report;
  readonly failing: readonly { report: Report; finding: Partial<Finding> }[];
  readonly boundary: readonly Report[];
}

export const wan = soundReport();
export const yuan = soundReport({ enteredIn: "yuan" });
export const shanghai = [
  soundShanghaiReport(),
  soundShanghaiReport({ enteredIn: "yuan" }),
] as const;
export const fiscalOnly = [
  soundReport({ flows: fiscalFlows }),
  soundReport({ flows: fiscalFlows, enteredIn: "yuan" }),
] as const;

export const valueAt = (report: Report, address: string): number => {
  const ref = parseCellAddress(address);
  return (ref && cellValue(report.sections, ref)) ?? 0;
};

/**
 * A cell that must equal something: off by one unit of the last printed digit more than `tolerated` fails,
 * as does a single 分 where 元 were typed.
 */
export function equality(
  address: string,
  tolerated: number,
  [inWan, inYuan]: readonly [Report, Report] = [wan, yuan],
): RuleCase {
  const by = (report: Report, difference: number) => {
    const expected = valueAt(report, address);
    return {
      report: shifted(report, { [address]: difference }),
      finding: {
        kind: "not_equal",
        expected,
        actual: expected + difference,
        difference,
      } satisfies Partial<Finding>,
    };
  };
  const over = (tolerated + 1) * digit;
  return {
    sound: inWan,
    failing: [by(inWan, over), by(inWan, -over), by(inYuan, 1), by(inYuan, -1)],
    boundary: [
      by(inWan, tolerated * digit).report,
      by(inWan, -tolerated * digit).report,
      by(inWan, 1).report,
    ],
  };
}

/** A sum of cells that may reach but not exceed another; `tolerated` in units of the last printed digit. */
export function limit(
  parts: string | readonly string[],
  whole: string | readonly string[],
  tolerated: number,
  [inWan, inYuan]: readonly [Report, Report] = [wan, yuan],
): RuleCase {
  const addresses = typeof parts === "string" ? [parts] : parts;
  const limits = typeof whole === "string" ? [whole] : whole;
  const [subject = ""] = addresses;
  const beyond = (report: Report, difference: number) => {
    const sum = addresses.reduce((total, address) => total + valueAt(report, address), 0);
    const expected = limits.reduce((total, address) => total + valueAt(report, address), 0);
    return {
      report: shifted(report, { [subject]: expected - sum + difference }),
      finding: {
        kind: "above",
        expected,
        actual: expected + difference,
        difference,
      } satisfies Partial<Finding>,
    };
  };
  const over = tolerated === 0 ? 1 : (tolerated + 1) * digit;
  return {
    sound: inWan,
    failing: [beyond(inWan, over), beyond(inYuan, 1)],
    boundary: [
      beyond(inWan, 0).report,
      beyond(inWan, tolerated * digit).report,
      beyond(inYuan, 0).report,
      beyond(inYuan, -1).report,
    ],
  };
}

/** Cells set to what breaks the rule, and to what just does not. */
export const cells = (
  kind: FindingKind,
  breaks: Change,
  ...keeps: readonly Change[]
): RuleCase => ({
  sound: wan,
  failing: [{ report: replaced(wan, breaks), finding: { kind } }],
  boundary: keeps.map((change) => replaced(wan, change)),
});

export const withoutRow = (report: Report, table: TableId, ...keys: readonly string[]): Report => ({
  ...report,
  sections: {
    ...report.sections,
    [table]: {
      rows: tableIn(report.sections, table).rows.filter(({ key }) => !keys.includes(key)),
    },
  },
});

export const withRow = (
  report: Report,
  table: TableId,
  key: string,
  values: Readonly<Record<string, number>>,
): Report => ({
  ...report,
  sections: {
    ...report.sections,
    [table]: {
      rows: [
        ...tableIn(report.sections, table).rows.filter((row) => row.key !== key),
        { key, cells: values },
      ],
    },
  },
});

export const withRowTwice = (report: Report, table: TableId, key: string): Report => {
  const { rows } = tableIn(report.sections, table);
  return {
    ...report,
    sections: {
      ...report.sections,
      [table]: { rows: [...rows, ...rows.filter((row) => row.key === key)] },
    },
  };
};

export const withName = (report: Report, table: TableId, key: string, name: string): Report => ({
  ...report,
  sections: {
    ...report.sections,
    [table]: {
      rows: tableIn(report.sections, table).rows.map((row) =>
        row.key === key ? { ...row, name } : row,
      ),
    },
  },
});

/** Half a digit for each 款 of the economic class, rounded up. */
export const subtotal = (code: string): RuleCase => {
  const items = tableIn(wan.sections, "t06").rows.filter(
    ({ key }) => key.length === 5 && key.startsWith(code),
  );
  return equality(`t06/${code}/final`, Math.ceil(items.length / 2));
};
