import type { CellAddress } from "../forms/cell.ts";
import type { Edition, TableId } from "../forms/form.ts";
import type { TableData, TableRow } from "../forms/table-data.ts";
import type { Sections, Tables } from "./sections.ts";

/** The sections every report has, whatever its edition. */
export const recordIds = [
  "facts",
  "narrative",
  "performance",
  "attachments",
  "adjustments",
  "explanations",
] as const;
export type RecordId = (typeof recordIds)[number];
export type SectionId = TableId | RecordId;

export const isTable = (section: string): section is TableId => /^t\d{2}$/u.test(section);
export const isSectionId = (section: string): section is SectionId =>
  isTable(section) || recordIds.some((id) => id === section);

/** The tables of an edition by id, whatever their printed order. */
export const tableIdsOf = (edition: Edition): readonly TableId[] =>
  edition.forms.map(({ id }) => id).toSorted();

/** Every section that a report of the edition has: its tables, then the records. */
export const sectionIdsOf = (edition: Edition): readonly SectionId[] => [
  ...tableIdsOf(edition),
  ...recordIds,
];

export const hasSection = (edition: Edition, section: SectionId): boolean =>
  !isTable(section) || edition.forms.some(({ id }) => id === section);

/** Whether all cells are of tables that the edition has. */
export const hasTablesOf = (edition: Edition, cells: readonly CellAddress[]): boolean =>
  cells.every((cell) => edition.forms.some(({ id }) => cell.startsWith(`${id}/`)));

/** The sections that are named, in the order of `sectionIdsOf`. */
export const namedSections = (named: object): SectionId[] => [
  ...Object.keys(named).filter(isTable).toSorted(),
  ...recordIds.filter((id) => Object.hasOwn(named, id)),
];

/** Every section as a report has it before anybody typed; no table is filled in. */
export const emptySections: Sections = {
  facts: { enteredIn: "wan", duties: [], units: [], prior: {} },
  narrative: { reasons: {}, purposes: {}, additions: {} },
  performance: { projects: [], summary: [], selfEvaluations: [] },
  attachments: { files: [] },
  adjustments: { entries: [] },
  explanations: { entries: [] },
};

/** One for all, so that nobody may write into it. */
const emptyTable: TableData = Object.freeze({ rows: Object.freeze<TableRow[]>([]) as TableRow[] });

/** A table of a report; without rows where nobody filled it in. */
export const tableIn = (tables: Tables, id: TableId): TableData => tables[id] ?? emptyTable;

/** A section before anybody typed. */
export const emptySection = <Id extends SectionId>(section: Id): Sections[Id] =>
  (isTable(section) ? emptyTable : emptySections[section]) as Sections[Id];
