import { columnsOf } from "../../forms/canonical-table.ts";
import { parseCellAddress, type CellAddress } from "../../forms/cell.ts";
import type { Edition, TableId } from "../../forms/form.ts";
import { recoverTables, type RecoveredTable } from "../../narrative/read/recover-tables.ts";
import { readText, type ReadText } from "../../narrative/read/read-text.ts";
import type { Report } from "../../report/report.ts";
import { emptySections, tableIn } from "../../report/section-ids.ts";
import { checkReport } from "../check-report.ts";
import {
  emptyThreePublic,
  printsEmptyThreePublic,
  tablesNotPrinted,
} from "../form/missing-tables.ts";
import { ruleIn } from "../own-relations.ts";
import type { Finding, FindingKind } from "../finding.ts";
import { checkReadText } from "./check-text.ts";
import { likeness, ofNearestYear } from "./likely-edition.ts";
import type { ReportFinding } from "./report-finding.ts";
import type { TextTables } from "./text-context.ts";
import { placesOf, tableFindings, worstFirst } from "./table-findings.ts";

/**
 * A published report as one text, its tables among the sentences: what can be read of the tables is checked by the
 * table rules, and the sentences are compared with it.
 */
export function checkPrintedText(source: string, editions: readonly Edition[]): ReportFinding[] {
  const text = readText(source);
  const best = likeliest(source, text, ofNearestYear(editions, text.year));
  if (best === undefined) return checkReadText(text);
  const { report, tables, figures } = best;
  const incomplete = [
    ...tablesNotPrinted(source, report.edition),
    ...(printsEmptyThreePublic(text) ? emptyThreePublic(text, report.edition) : []),
  ];
  if (figures < fewestFigures) return worstFirst([...incomplete, ...checkReadText(text)]);
  const recovered = new Map(tables.map((table) => [table.id, table]));
  const { edition } = report;
  const read = new Map(tables.map(({ id, table }) => [id, table]));
  const findings = soundTables(findingsOf(report, recovered), recovered);
  const { reported, shifted } = tableFindings({ edition, tables: read, findings });
  return worstFirst([
    ...incomplete,
    ...reported.map((finding) => withSource(finding, recovered)),
    ...checkReadText(text, textTables(report, recovered, shifted)),
  ]);
}

/** What the text says of its forms decides; where that edition reads no tables, the one that reads most. */
function likeliest(source: string, text: ReadText, editions: readonly Edition[]) {
  const [first, ...others] = editions.toSorted(
    (a, b) => likeness(source, b, editions) - likeness(source, a, editions),
  );
  if (first === undefined) return undefined;
  const read = recover(source, text, first);
  if (read.figures >= fewestFigures) return read;
  return others
    .map((edition) => recover(source, text, edition))
    .reduce((best, other) => (other.figures > best.figures ? other : best), read);
}

/** Fewer figures than these are no table of a report, but a list that looks like one. */
const fewestFigures = 5;

type Recovered = ReadonlyMap<string, RecoveredTable>;

function recover(source: string, { flow, year }: ReadText, of: Edition) {
  const edition = year === undefined ? of : { ...of, year };
  const tables = recoverTables(source, flow, edition);
  const report: Report = {
    identity: { region: "", year: edition.year, orgCode: "", orgName: "", kind: "department" },
    edition,
    sections: {
      ...emptySections,
      ...Object.fromEntries(tables.map(({ id, table }) => [id, table])),
      facts: { ...emptySections.facts, enteredIn: "wan" },
    },
  };
  const figures = tables.reduce(
    (sum, { table }) =>
      sum + table.rows.reduce((count, { cells }) => count + Object.keys(cells).length, 0),
    0,
  );
  return { report, tables, figures };
}

/** What may be found in cells that were read from a text: codes and names may have been torn apart in it. */
const isSureOfReadCells = {
  not_equal: true,
  rounding: true,
  above: true,
  negative: true,
  missing: true,
  unexpected: true,
  missing_row: true,
  other_budget: true,
  // The printed sentence gives the reason of a deviation, or lacks it.
  deviates: false,
  form_fault: false,
  not_itemised: false,
  not_sum_of_units: false,
  taken_off_one_side: false,
  code_of_other_years: false,
  name_of_other_years: false,
  wrong_column: false,
  not_of_such_units: false,
  unusual_average: false,
  unit_slip: false,
} as const satisfies Record<FindingKind, boolean>;

const findingsOf = (report: Report, recovered: Recovered): Finding[] =>
  checkReport(report).findings.filter(
    (finding) => isSureOfReadCells[finding.kind] && isFullyRead(finding, report.edition, recovered),
  );

/** Its rows were read to the end, and its columns from top to bottom: no figure it needs is in doubt. */
function isFullyRead(finding: Finding, edition: Edition, recovered: Recovered): boolean {
  const [subject] = finding.cells;
  const own = subject === undefined ? undefined : parseCellAddress(subject);
  const cells = ruleIn(edition, finding.rule)?.cells;
  const places = placesOf(finding).flatMap((address) => parseCellAddress(address) ?? []);
  if (own === undefined || places.some(({ table }) => recovered.get(table)?.isWhole !== true))
    return false;
  const isRowRelation = places.every(({ table, row }) => table === own.table && row === own.row);
  if (isRowRelation && own.column === "total" && cells?.sumsRow === true)
    return recovered.get(own.table)?.isRowRead(own.row) === true;
  const isKnown = (table: TableId, row: string, column?: string) => {
    const form = edition.forms.find(({ id }) => id === table);
    return (
      form !== undefined &&
      columnsOf(form, row).every(
        ({ key }) =>
          (column !== undefined && key !== column) ||
          recovered.get(table)?.isKnown(`${table}/${row}/${key}`) === true,
      )
    );
  };
  const rowsOf = (table: TableId) => recovered.get(table)?.table.rows ?? [];
  const touched = new Set(places.map(({ table }) => table));
  const reads = cells?.reads.map(({ table }) => table) ?? [];
  const others = reads.filter((id) => !touched.has(id));
  return (
    places.every(
      ({ table, row, column }) =>
        isKnown(table, row, column) &&
        (!isRowRelation || isKnown(table, row)) &&
        rowsOf(table).every(({ key }) => isKnown(table, key, column)),
    ) &&
    others.every(
      (id) =>
        recovered.get(id)?.isWhole === true && rowsOf(id).every(({ key }) => isKnown(id, key)),
    )
  );
}

/** More faults than a careless report has in one table: the table was not read rightly. */
const mostFaults = 8;

/** Every row with all its columns: what does not add up in it was printed so. */
const isReadThroughout = (table: RecoveredTable | undefined): boolean =>
  table?.isWhole === true &&
  table.table.rows.every(({ key, cells }) =>
    Object.keys(cells).every((column) => table.isKnown(`${table.id}/${key}/${column}`)),
  );

function soundTables(findings: readonly Finding[], recovered: Recovered): Finding[] {
  const tableOf = (address: CellAddress) => parseCellAddress(address)?.table ?? "";
  const faults = new Map<string, number>();
  for (const { severity, cells } of findings) {
    const own = new Set(cells.map(tableOf));
    const [table] = own;
    if (severity === "error" && own.size === 1 && table !== undefined)
      faults.set(table, (faults.get(table) ?? 0) + 1);
  }
  const isDoubtful = (id: string) =>
    (faults.get(id) ?? 0) > Math.max(mostFaults, (recovered.get(id)?.table.rows.length ?? 0) / 4) &&
    !isReadThroughout(recovered.get(id));
  return findings.filter(({ cells }) => !cells.some((cell) => isDoubtful(tableOf(cell))));
}

function textTables(
  { edition, sections }: Report,
  recovered: Recovered,
  shifted: TableId | undefined,
): TextTables {
  const valueOf = (address: CellAddress) => {
    const ref = parseCellAddress(address);
    return (
      ref && tableIn(sections, ref.table).rows.find(({ key }) => key === ref.row)?.cells[ref.column]
    );
  };
  return {
    edition,
    value: valueOf,
    has: (address) => {
      const table = parseCellAddress(address)?.table;
      return table !== shifted && recovered.get(table ?? "")?.isKnown(address) === true;
    },
    codes: (table) => tableIn(sections, table).rows.map(({ key }) => key),
  };
}

/** A finding of a table quotes the line of its first cell. */
function withSource(finding: ReportFinding, recovered: Recovered): ReportFinding {
  const [cell] = finding.cells ?? [];
  const ref = cell === undefined ? undefined : parseCellAddress(cell);
  const at = ref && recovered.get(ref.table)?.lineOf(ref.row);
  return at === undefined
    ? finding
    : { ...finding, quote: at.text, line: at.line, message: `第${at.line}行 ${finding.message}` };
}
