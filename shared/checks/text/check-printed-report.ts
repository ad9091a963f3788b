import { z } from "zod";
import { columnsOf } from "../../forms/canonical-table.ts";
import { parseCellAddress, type CellAddress, type CellRef } from "../../forms/cell.ts";
import { importFaultText } from "../../forms/fault-text.ts";
import type { Edition, TableId } from "../../forms/form.ts";
import type { ImportFault } from "../../forms/import-fault.ts";
import { importPrintedTable } from "../../forms/import-table.ts";
import { printFigure } from "../../forms/place-name.ts";
import { amountUnitOf } from "../../forms/table-csv.ts";
import type { AmountUnit } from "../../money.ts";
import type { Report } from "../../report/report.ts";
import { cellValue } from "../../report/report.ts";
import { emptySections, type TableData } from "../../report/sections.ts";
import { err, ok, type Result } from "../../result.ts";
import { checkReport } from "../check-report.ts";
import { ruleById } from "../rule-book.ts";
import type { Finding, Severity } from "../finding.ts";
import { findingText } from "../finding-text.ts";
import { checkText } from "./check-text.ts";
import { onePerCause, type Caused } from "./one-cause.ts";
import type { ReportFinding } from "./report-finding.ts";
import type { TextTables } from "./text-rule.ts";

const printedSchema = z.object({
  department: z.string().optional(),
  year: z.coerce.number().int().min(2000).max(2100),
  unit: z.string().default("万元"),
  tables: z.record(z.string(), z.unknown()),
  narrative: z.string().default(""),
});

type Unreadable = "not_a_report" | "unknown_unit" | "no_tables";

/**
 * Tables as printed and the text that goes with them. Of the editions the one that fits the tables best is taken;
 * a table that cannot be read is told as a finding and takes no part in any other.
 */
export function checkPrintedReport(
  input: unknown,
  editions: readonly Edition[],
): Result<ReportFinding[], Unreadable> {
  const parsed = printedSchema.safeParse(input);
  if (!parsed.success) return err("not_a_report");
  const { tables, year, unit: printedUnit, narrative, department = "" } = parsed.data;
  const unit = amountUnitOf(printedUnit);
  if (unit === undefined) return err("unknown_unit");
  const readings = editions.map((edition) => readTables({ ...edition, year }, tables, unit));
  const [best] = readings.sort((a, b) => a.faults.length - b.faults.length);
  if (best === undefined || (best.held.size === 0 && best.faults.length === 0))
    return err("no_tables");
  const { edition, held, faults } = best;
  const origin = { orgName: department, enteredIn: unit, narrative };
  return ok(checkReadTables({ ...origin, edition, tables: Object.fromEntries(held), faults }));
}

/** Tables that somebody read from a file, of the year their edition says, and what goes with them. */
interface ReadTables {
  readonly edition: Edition;
  readonly tables: { readonly [Id in TableId]?: TableData };
  /** Of tables that cannot be read. */
  readonly faults: readonly ImportFault[];
  readonly enteredIn: AmountUnit;
  readonly orgName?: string;
  readonly narrative?: string;
}

export function checkReadTables(read: ReadTables): ReportFinding[] {
  const { edition, tables, faults, enteredIn, orgName = "", narrative = "" } = read;
  const held = new Map(
    edition.forms.flatMap(({ id }) => {
      const table = tables[id];
      return table === undefined ? [] : [[id, table] as const];
    }),
  );
  const report: Report = {
    identity: { region: "", year: edition.year, orgCode: "", orgName, kind: "department" },
    edition,
    sections: {
      ...emptySections,
      ...Object.fromEntries(held),
      facts: { ...emptySections.facts, enteredIn },
    },
  };
  const shown = textTables(report, held);
  const ofTables = checkReport(report).findings.filter(
    (finding) =>
      // What deviates is told of the printed sentence, which gives its reason or lacks it.
      finding.kind !== "deviates" &&
      readsOnly(finding.rule, held) &&
      placesOf(finding).every((place) => isHeld(place, held)) &&
      // A cell that the edition does not print is not empty, it is not there.
      (finding.kind === "form_fault" || finding.cells.every(shown.has)),
  );
  const ofText = checkText(narrative, shown);
  return worstFirst([
    ...faults.map((fault) => unreadTable(edition, fault)),
    ...onePerCause(ofTables).map((caused) => tableFinding(caused, edition)),
    ...ofText,
  ]);
}

/** A table that could not be read, or was not handed in, is not a table of zeros. */
const readsOnly = (rule: string, held: Reading["held"]): boolean =>
  ruleById(rule)?.check.reads.every(({ table }) => held.has(table)) !== false;

interface Reading {
  readonly edition: Edition;
  readonly held: ReadonlyMap<TableId, TableData>;
  readonly faults: readonly ImportFault[];
}

function readTables(
  edition: Edition,
  tables: Readonly<Record<string, unknown>>,
  unit: "yuan" | "wan",
): Reading {
  const held = new Map<TableId, TableData>();
  const faults: ImportFault[] = [];
  for (const form of edition.forms) {
    const value = tables[form.id];
    if (value === undefined || value === null) continue;
    const read = importPrintedTable(edition, {
      format: "json",
      tableId: form.id,
      value,
      unit,
      year: edition.year,
    });
    if (read.ok) held.set(form.id, read.value.table);
    else faults.push(...read.error);
  }
  return { edition, held, faults };
}

const tableOf = (address: CellAddress): TableId | undefined => parseCellAddress(address)?.table;

const isHeld = (address: CellAddress, held: Reading["held"]): boolean => {
  const table = tableOf(address);
  return table !== undefined && held.has(table);
};

export const placesOf = ({ cells, terms = [] }: Finding): CellAddress[] => [
  ...cells,
  ...terms.map(({ cell }) => cell),
];

export function textTables({ edition, sections }: Report, held: Reading["held"]): TextTables {
  const columns = (ref: CellRef) => {
    const form = edition.forms.find(({ id }) => id === ref.table);
    return form === undefined ? [] : columnsOf(form, ref.row);
  };
  return {
    edition,
    value: (address) => {
      const ref = parseCellAddress(address);
      return ref && cellValue(sections, ref);
    },
    has: (address) => {
      const ref = parseCellAddress(address);
      if (ref === undefined || !held.has(ref.table)) return false;
      const isPrinted = edition.forms.every(
        ({ id, blocks }) =>
          id !== ref.table ||
          blocks.every(
            ({ rows }) =>
              rows === "by-function-code" ||
              !rows.some((row) => "key" in row && row.key === ref.row && row.unprinted === true),
          ),
      );
      return isPrinted && columns(ref).some(({ key }) => key === ref.column);
    },
    codes: (table) => sections[table].rows.map(({ key }) => key),
  };
}

export function tableFinding({ finding, also }: Caused, edition: Edition): ReportFinding {
  const { rule, severity, cells, expected, actual } = finding;
  const [subject] = cells;
  const print = (value: number | undefined) =>
    value === undefined || subject === undefined ? undefined : printFigure(value, subject, edition);
  const words = findingText(finding, edition);
  const [right, found] = [print(expected), print(actual)];
  return {
    rule,
    severity,
    cells,
    ...(right === undefined ? {} : { expected: right }),
    ...(found === undefined ? {} : { actual: found }),
    message: `${words.where}：${words.what}${also.length === 0 ? "" : `；同一处还使${also.join("、")}不成立`}。${words.mend}。`,
  };
}

function unreadTable(edition: Edition, fault: ImportFault): ReportFinding {
  const { where, what, why, mend } = importFaultText(edition, fault);
  return {
    rule: "F00",
    severity: "warning",
    quote: where,
    message: `${where}：${what}。${why}。${mend}。`,
  };
}

const order = { error: 0, warning: 1, hint: 2 } as const satisfies Record<Severity, number>;

export const worstFirst = (findings: readonly ReportFinding[]): ReportFinding[] =>
  findings.toSorted((a, b) => order[a.severity] - order[b.severity]);
