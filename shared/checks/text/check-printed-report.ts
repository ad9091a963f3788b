import { z } from "zod";
import { columnsOf } from "../../forms/canonical-table.ts";
import { parseCellAddress, type CellAddress, type CellRef } from "../../forms/cell.ts";
import { importFaultText } from "../../forms/fault-text.ts";
import type { Edition, TableId } from "../../forms/form.ts";
import type { ImportFault } from "../../forms/import-fault.ts";
import { lookAtTable } from "../../forms/import-table.ts";
import { readText } from "../../narrative/read/read-text.ts";
import { amountUnitOf } from "../../forms/table-csv.ts";
import type { AmountUnit } from "../../money.ts";
import type { Report } from "../../report/report.ts";
import { cellValue } from "../../report/report.ts";
import type { TableData } from "../../forms/table-data.ts";
import { emptySections, tableIn } from "../../report/section-ids.ts";
import { err, ok, type Result } from "../../result.ts";
import { checkReport } from "../check-report.ts";
import { codeNameRule } from "../form/form-faults.ts";
import { emptyThreePublic, tablesNotGiven, unreadTable } from "../form/missing-tables.ts";
import { ruleIn } from "../own-relations.ts";
import type { Rule } from "../rule.ts";
import { checkReadText } from "./check-text.ts";
import { isOfRegion, ofNearestYear } from "./likely-edition.ts";
import type { ReportFinding } from "./report-finding.ts";
import type { TextTables } from "./text-context.ts";
import { placesOf, tableFindings, worstFirst } from "./table-findings.ts";

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
 * a table that cannot be read becomes a finding and takes no part in any other.
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
  const nearest = ofNearestYear(editions, year);
  const words = `${department}${narrative}`;
  const likeliest = nearest
    .map((edition) => ({ edition, isOf: Number(isOfRegion(words, edition, nearest)) }))
    .sort((a, b) => b.isOf - a.isOf);
  let best: Reading | undefined;
  for (const { edition } of likeliest) {
    const reading = readTables({ ...edition, year }, tables, unit);
    if (best === undefined || reading.faults.length < best.faults.length) best = reading;
    if (best.faults.length === 0) break;
  }
  if (best === undefined || (best.given.size === 0 && best.faults.length === 0))
    return err("no_tables");
  const { edition, given, faults } = best;
  const origin = { orgName: department, enteredIn: unit, narrative };
  return ok(checkReadTables({ ...origin, edition, tables: Object.fromEntries(given), faults }));
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
  const given = new Map(
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
      ...Object.fromEntries(given),
      facts: { ...emptySections.facts, enteredIn },
    },
  };
  const shown = textTables(report, given);
  const ofTables = checkReport(report).findings.filter(
    (finding) =>
      // A deviation is a finding of the printed sentence, which gives its reason or lacks it.
      finding.kind !== "deviates" &&
      readsOnly(ruleIn(edition, finding.rule), given) &&
      placesOf(finding).every((place) => isHeld(place, given)) &&
      // A cell that the edition does not print is not empty, it is not there.
      (finding.kind === "form_fault" || finding.cells.every(shown.has)),
  );
  const { reported, shifted } = tableFindings({ edition, tables: given, findings: ofTables });
  const sound = (address: CellAddress) => shown.has(address) && tableOf(address) !== shifted;
  const text = readText(narrative);
  const ofText = checkReadText(text, { ...shown, has: sound });
  const misnamed = faults.filter(({ kind }) => kind === "row_mismatch");
  const unread = faults.filter(({ kind }) => kind !== "row_mismatch");
  return worstFirst([
    ...unread.map((fault) => unreadTable(edition, fault)),
    ...misnamedRows(edition, misnamed),
    ...tablesNotGiven(edition, new Set([...given.keys(), ...faults.flatMap(tableOfFault)])),
    ...(given.get("t09")?.rows.length === 0 ? emptyThreePublic(text, edition) : []),
    ...reported,
    ...ofText,
  ]);
}

/** A table that could not be read, or was not handed in, is not a table of zeros. */
const readsOnly = (rule: Rule | undefined, given: Reading["given"]): boolean =>
  rule?.cells?.reads.every(({ table }) => given.has(table)) !== false;

interface Reading {
  readonly edition: Edition;
  readonly given: ReadonlyMap<TableId, TableData>;
  readonly faults: readonly ImportFault[];
}

function readTables(
  edition: Edition,
  tables: Readonly<Record<string, unknown>>,
  unit: "yuan" | "wan",
): Reading {
  const given = new Map<TableId, TableData>();
  const faults: ImportFault[] = [];
  for (const form of edition.forms) {
    const value = tables[form.id];
    if (value === undefined || value === null) continue;
    const read = lookAtTable(edition, form, { value, unit });
    if (read.table !== undefined) given.set(form.id, read.table);
    faults.push(...read.faults);
  }
  return { edition, given, faults };
}

const tableOfFault = ({ at: { table } }: ImportFault): TableId[] =>
  table === undefined ? [] : [table];

const tableOf = (address: CellAddress): TableId | undefined => parseCellAddress(address)?.table;

const isHeld = (address: CellAddress, given: Reading["given"]): boolean => {
  const table = tableOf(address);
  return table !== undefined && given.has(table);
};

export function textTables({ edition, sections }: Report, given: Reading["given"]): TextTables {
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
      if (ref === undefined || !given.has(ref.table)) return false;
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
    codes: (table) => tableIn(sections, table).rows.map(({ key }) => key),
  };
}

/** Rows read by their code, whatever they are called. */
function misnamedRows(edition: Edition, faults: readonly ImportFault[]): ReportFinding[] {
  const [first] = faults;
  if (first === undefined) return [];
  const items = faults.map((fault) => {
    const { where, what } = importFaultText(edition, fault);
    return `${where}${what}`;
  });
  return [
    {
      rule: codeNameRule.id,
      severity: codeNameRule.severity,
      quote: importFaultText(edition, first).where,
      message: `项目名称与编码不符，共${String(items.length)}处：${items.slice(0, mostNames).join("；")}${items.length > mostNames ? "；…" : ""}。各数已按编码核对。请改正名称或编码。`,
    },
  ];
}

const mostNames = 6;
