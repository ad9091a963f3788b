import type { DepartmentLine, ReportNotes } from "../../../shared/progress/progress.ts";
import {
  matchesRow,
  mayHaveMatches,
  type SeasonFilter,
  type SeasonRow,
} from "../../../shared/progress/season.ts";
import type { FiscalYear } from "../../../shared/registry/registry.ts";
import type { PageRequest, ProgressStore, RegistryView } from "../../storage/ports.ts";
import { inBatches } from "../in-batches.ts";
import { departmentRows, type DepartmentRow } from "./rows.ts";
import { omitUndefined } from "../../../shared/omit-undefined.ts";

type Kept = Pick<ProgressStore, "under" | "notes">;

/** A department and its units with their notes. */
export async function departmentSeason(
  progress: Kept,
  view: RegistryView,
  year: FiscalYear,
  department: string,
): Promise<readonly (SeasonRow & DepartmentRow)[]> {
  const [rows, notes] = await Promise.all([
    departmentRows(progress, view, year, department),
    progress.notes(year, department),
  ]);
  const byCode = new Map(notes.map((one) => [one.orgCode, one]));
  return rows.map((row) => ({
    ...row,
    departmentCode: department,
    ...noted(byCode.get(row.orgCode)),
  }));
}

const noted = (notes: ReportNotes | undefined) => (notes === undefined ? {} : { notes });

/** Departments whose lines one request reads, and those of them whose nodes it reads. */
const linesAtOnce = 100;
const departmentsAtOnce = 20;

export interface SeasonPage {
  readonly items: readonly SeasonRow[];
  readonly next?: string;
}

/**
 * Nodes of a region's year that match, department by department. Reads lines first and nodes only where a line says
 * that some match; a page ends with a department, after so many rows or so many departments read, so that it costs the
 * same in any region. An empty page with a `next` only says that there are none so far.
 */
export async function seasonRows(
  { progress }: { readonly progress: Kept & Pick<ProgressStore, "lines"> },
  view: RegistryView,
  year: FiscalYear,
  {
    filter,
    page,
    now,
  }: { readonly filter: SeasonFilter; readonly page: PageRequest; readonly now: string },
): Promise<SeasonPage> {
  const from = readPosition(page.after);
  const found = await progress.lines(year, {
    limit: linesAtOnce,
    ...omitUndefined({ after: from.lines }),
  });
  const meant = found.items.filter(
    (line) => line.code > from.department && mayHaveMatches(line, filter, now),
  );
  const read = await inBatches(meant.slice(0, departmentsAtOnce), departmentsAtOnce, async (line) =>
    rowsOf(line, { progress, view, year, filter, now }),
  );
  const items: SeasonRow[] = [];
  let taken = 0;
  for (const rows of read) {
    if (items.length >= page.limit) break;
    items.push(...rows);
    taken += 1;
  }
  const last = meant[taken - 1];
  if (last !== undefined && taken < meant.length) {
    return { items, next: positionOf({ ...from, department: last.code }) };
  }
  return found.next === undefined
    ? { items }
    : { items, next: positionOf({ department: "", lines: found.next }) };
}

async function rowsOf(
  { code }: DepartmentLine,
  {
    progress,
    view,
    year,
    filter,
    now,
  }: {
    readonly progress: Kept;
    readonly view: RegistryView;
    readonly year: FiscalYear;
    readonly filter: SeasonFilter;
    readonly now: string;
  },
): Promise<readonly SeasonRow[]> {
  const rows = await departmentSeason(progress, view, year, code);
  return rows.filter((row) => row.isCounted && matchesRow(row, filter, now));
}

/** The page of lines that is read, and the department of it that the page before ended with. */
interface Position {
  readonly department: string;
  readonly lines: string | undefined;
}

const positionOf = ({ department, lines = "" }: Position): string => `${department}.${lines}`;

function readPosition(after = "."): Position {
  const [, department = "", lines = ""] = /^([0-9A-Z]*)\.(.*)$/su.exec(after) ?? [];
  return { department, lines: lines === "" ? undefined : lines };
}
