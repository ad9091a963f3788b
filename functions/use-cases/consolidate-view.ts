import {
  addedTables,
  cellParts,
  differingCells,
  type CellDifference,
} from "../../shared/consolidation/consolidate.ts";
import {
  proposeEliminations,
  type FlowEnd,
  type ProposedEliminations,
} from "../../shared/consolidation/eliminations.ts";
import type { ConsolidatedCell, ConsolidationView } from "../../shared/contract/responses.ts";
import { parseCellAddress, type CellAddress } from "../../shared/forms/cell.ts";
import type { Edition } from "../../shared/forms/form.ts";
import { cellName } from "../../shared/forms/place-name.ts";
import { cellValue, type Report, type UnitSubmission } from "../../shared/report/report.ts";
import { reportTypeOf } from "../../shared/report/report-type.ts";
import type { ReportHead } from "../storage/ports.ts";
import {
  readSubmissionsInHand,
  statesOfUnits,
  type SubmissionsInHand,
  type UnitWithState,
} from "./consolidate-unit-states.ts";
import { unitsOfDepartment, type UnitDeps } from "./consolidate-units.ts";
import { soundOrThrow } from "./damage.ts";
import { reportIdOf } from "./open-report.ts";
import { readAddedReport } from "./consolidate.ts";
import { readOver, readSections, type ContentDeps } from "./report-content.ts";
import { editionOf } from "./stored-edition.ts";
import { summaryOf } from "./summary.ts";

/** Cells listed; more are only counted. */
const cellsShown = 500;

/** A department's draft compared with its units: their status, internal flows, differences, and what moved since. */
export async function consolidationView(
  deps: ContentDeps & UnitDeps,
  head: ReportHead,
): Promise<Omit<ConsolidationView, "editionHash">> {
  const report = soundOrThrow(await readAddedReport(deps, head));
  const { basis, entries } = report.sections.adjustments;
  const units = await unitsOfDepartment(deps, head);
  const submissions = soundOrThrow(
    await readSubmissionsInHand(deps, units, report.sections.adjustments),
  );
  const states = statesOfUnits(units, basis);
  const names = namesOf(states, submissions);
  const expected = addedTables(report.edition, submissions.approved, entries);
  return {
    consolidated: basis !== undefined,
    reportType: reportTypeOf(head.kind, { basis }),
    units: states.map((one) => ({
      orgCode: one.orgCode,
      orgName: names.get(one.orgCode) ?? one.orgCode,
      reportId: reportIdOf(head.region, head.year, one.orgCode),
      ...placeOf(one),
      standing: one.standing,
      approved: one.unit?.approved,
      used: one.used,
      ...(one.standing === "resubmitted" && {
        moved: movedIn(report.edition, one.orgCode, submissions),
      }),
    })),
    ...flowsOf(report, proposeEliminations(submissions.approved), names),
    entries,
    differences: listed(
      differingCells(report.edition, expected, report.sections),
      ({ cell, left, right }) => ({ ...named(report, cell), expected: left, actual: right }),
    ),
    moved: movedCells(report, states, submissions),
  };
}

/** Where a unit's report is, as lists show it. */
function placeOf({ unit }: UnitWithState) {
  if (unit?.head === undefined) {
    return { status: "absent" as const, returned: false, correcting: false };
  }
  const { status, stage, returned, correcting, failure } = summaryOf(unit.head);
  return { status, stage, returned, correcting, failed: failure?.step };
}

/** What a unit's submission approved since has otherwise than the one in the sums. */
function movedIn(edition: Edition, orgCode: string, { used, approved }: SubmissionsInHand) {
  const own = (submissions: readonly UnitSubmission[]) =>
    addedTables(
      edition,
      submissions.filter((one) => one.orgCode === orgCode),
      [],
    );
  const cells = differingCells(edition, own(used), own(approved));
  const tables = new Set(cells.map(({ cell }) => parseCellAddress(cell)?.table));
  return {
    count: cells.length,
    tables: edition.forms.flatMap(({ id, title }) => (tables.has(id) ? [title] : [])),
  };
}

/**
 * What a cell of the draft is made of: of the submissions it was added up from, else of those approved now. Reads the
 * cell's table alone, of the draft and of each unit.
 */
export async function consolidatedCell(
  deps: ContentDeps & UnitDeps,
  head: ReportHead,
  cell: CellAddress,
): Promise<ConsolidatedCell> {
  const ref = parseCellAddress(cell);
  if (ref === undefined) throw new Error(`${cell} is no address of a cell.`);
  const { table } = ref;
  const edition = await editionOf(deps, head.edition);
  const sections = soundOrThrow(
    await readOver(head, [table, "adjustments"], (manifest) =>
      readSections(deps, manifest, [table, "adjustments"]),
    ),
  );
  const { adjustments } = sections;
  const units = await unitsOfDepartment(deps, head);
  const { used, approved } = soundOrThrow(
    await readSubmissionsInHand(deps, units, adjustments, [table]),
  );
  const submissions = adjustments.basis === undefined ? approved : used;
  const parts = cellParts(cell, submissions, adjustments.entries);
  const nameOf = new Map(submissions.map(({ orgCode, orgName }) => [orgCode, orgName]));
  const reasonOf = new Map(adjustments.entries.map(({ id, reason }) => [id, reason]));
  return {
    cell,
    label: cellName(cell, edition),
    actual: cellValue(sections, ref),
    expected: parts.value,
    units: parts.units.map(({ orgCode, value }) => ({
      orgCode,
      orgName: nameOf.get(orgCode) ?? orgCode,
      reportId: reportIdOf(head.region, head.year, orgCode),
      value,
    })),
    entries: parts.entries.map(({ id, value }) => ({ id, reason: reasonOf.get(id) ?? "", value })),
  };
}

/**
 * Cells whose sum is another by what units handed in since. A unit that is being corrected has handed in nothing yet:
 * its last submission counts until another is approved.
 */
function movedCells(
  { edition, sections }: Report,
  states: readonly UnitWithState[],
  { used, approved }: SubmissionsInHand,
): ConsolidationView["moved"] {
  if (sections.adjustments.basis === undefined) return { count: 0, cells: [] };
  const before = byCode(used);
  const latest = byCode(approved);
  const now = states.flatMap(({ orgCode, standing: how }) => {
    const value = latest.get(orgCode) ?? (how === "removed" ? undefined : before.get(orgCode));
    return value === undefined ? [] : [value];
  });
  const after = byCode(now);
  const { entries } = sections.adjustments;
  const differences = differingCells(
    edition,
    addedTables(edition, used, entries),
    addedTables(edition, now, entries),
  );
  const changed = states
    .map(({ orgCode }) => orgCode)
    .filter((orgCode) => before.get(orgCode)?.editionHash !== after.get(orgCode)?.editionHash);
  const valueIn = (unit: UnitSubmission | undefined, cell: CellAddress) =>
    (unit && cellParts(cell, [unit], []).value) ?? 0;
  return listed(differences, ({ cell, left, right }) => ({
    cell,
    label: cellName(cell, edition),
    was: left,
    is: right,
    orgCodes: changed.filter(
      (orgCode) => valueIn(before.get(orgCode), cell) !== valueIn(after.get(orgCode), cell),
    ),
  }));
}

function flowsOf(
  report: Report,
  { pairs, unmatched }: ProposedEliminations,
  names: ReadonlyMap<string, string>,
): Pick<ConsolidationView, "pairs" | "unmatched"> {
  const confirmed = new Set(report.sections.adjustments.entries.map(({ pair }) => pair));
  const end = ({ orgCode, cell }: FlowEnd) => ({
    ...named(report, cell),
    orgCode,
    orgName: names.get(orgCode) ?? orgCode,
  });
  return {
    pairs: pairs.map((pair) => ({
      ...pair,
      confirmed: confirmed.has(pair.id),
      payer: end(pair.payer),
      payee: end(pair.payee),
    })),
    unmatched: unmatched.map((flow) => ({ ...flow, ...end(flow) })),
  };
}

const listed = <Cell>(
  differences: readonly CellDifference[],
  textOf: (difference: CellDifference) => Cell,
): { count: number; cells: Cell[] } => ({
  count: differences.length,
  cells: differences.slice(0, cellsShown).map(textOf),
});

const named = ({ edition }: Report, cell: CellAddress) => ({
  cell,
  label: cellName(cell, edition),
});

const byCode = (submissions: readonly UnitSubmission[]): ReadonlyMap<string, UnitSubmission> =>
  new Map(submissions.map((edition) => [edition.orgCode, edition]));

/** The registry's name, or the one a removed unit had in its report. */
const namesOf = (states: readonly UnitWithState[], { used }: SubmissionsInHand) =>
  new Map([
    ...used.map(({ orgCode, orgName }) => [orgCode, orgName] as const),
    ...states.flatMap(({ orgCode, unit }) =>
      unit === undefined ? [] : [[orgCode, unit.org.name] as const],
    ),
  ]);
