import { parseAmount, type AmountUnit } from "../money.ts";
import { err, ok, type Result } from "../result.ts";
import type { TableData } from "./table-data.ts";
import { firstOffence, offenceName, placeInText, writableText } from "../text/characters.ts";
import {
  canonicalTable,
  comparableName,
  isByCode,
  isRefusal,
  validateTable,
  type LooseTable,
  type TableFault,
} from "./canonical-table.ts";
import type { Block, CellKind, Edition, FixedRow, Form } from "./form.ts";
import type { ImportFault, ImportPlace } from "./import-fault.ts";
import { fixedRows } from "./layout.ts";
import { namesOfRow } from "./row-names.ts";

/** A table as read from a file, before its rows and amounts mean anything. */
export interface SourceRow {
  readonly line?: number;
  /** Row key, where the file carries it (our own export does). */
  readonly key?: string;
  readonly code: string;
  readonly name: string;
  /** Which side of a two-sided form the row is on; any side when absent. */
  readonly side?: number;
  readonly values: readonly SourceValue[];
  /** Sheet of a workbook, and the cell that names the row. */
  readonly sheet?: string;
  readonly cell?: string;
}

interface SourceValue {
  /** Column key, already matched by its heading. */
  readonly column: string;
  readonly heading: string;
  readonly text: string;
  /** On the row's sheet. */
  readonly cell?: string;
}

interface Source {
  readonly unit: AmountUnit;
  readonly rows: readonly SourceRow[];
}

/** Rows matched, amounts read in `unit`, faults gathered: the whole table or none of it. */
export function readSourceTable(
  edition: Edition,
  form: Form,
  source: Source,
): Result<TableData, ImportFault[]> {
  const { table, faults } = surveySourceTable(edition, form, source);
  const all = [...source.rows.flatMap((row) => characterFaults(form, row)), ...faults];
  return all.length === 0 ? ok(table) : err(all);
}

/** What is taken in passes the door for text as everything else does; a file looked at only may hold anything. */
function characterFaults(form: Form, row: SourceRow): ImportFault[] {
  const faultAt = (text: string, heading?: string): ImportFault[] => {
    const offence = firstOffence(text, "several");
    if (offence === undefined) return [];
    const named = { ...row, code: writableText(row.code), name: writableText(row.name) };
    return [
      {
        kind: "refused_character",
        at: placeOf(form, named, heading),
        character: offenceName(offence),
        after: placeInText(text, offence.index),
      },
    ];
  };
  return [
    ...faultAt(`${row.code}${row.name}`),
    ...row.values.flatMap(({ text, heading }) => faultAt(text, heading)),
  ];
}

/** A table as far as it can be read, for who looks at it without taking it in. */
export interface SurveyedTable {
  readonly table: TableData;
  readonly faults: ImportFault[];
}

/** The rows that were matched, and every fault. */
export function surveySourceTable(edition: Edition, form: Form, source: Source): SurveyedTable {
  const matched = matchRows(form, source.rows);
  const kinds = new Map(fixedRows(form).map((row) => [row.key, row.kind ?? "money"]));
  const rows: LooseTable["rows"][number][] = [];
  const places = new Map<string, SourceRow>();
  const faults: ImportFault[] = [];
  for (const { row, key, fault } of matched) {
    if (fault !== undefined) faults.push(fault);
    const cells: Record<string, number | undefined> = {};
    for (const value of row.values) {
      const kind = kinds.get(key ?? "") ?? "money";
      const amount = readCell(kind, value.text, source.unit);
      if (amount.ok) cells[value.column] = amount.value;
      else faults.push({ ...amount.error, at: placeOf(form, row, value.heading) });
    }
    if (key === undefined) continue;
    rows.push({ key, name: row.name === "" ? undefined : row.name, cells });
    places.set(key, row);
  }
  const table = canonicalTable(form, { rows: isByCode(form) ? rows : rows.map(nameless) });
  faults.push(...formFaults(edition, form, rows, table, places));
  return { table, faults };
}

/**
 * Faults that leave no doubt where the figures belong: a row is read by its code, whatever its name, and a row
 * nobody knows is left out when it holds nothing.
 */
export function leavesNoDoubt(fault: ImportFault, rows: readonly SourceRow[]): boolean {
  switch (fault.kind) {
    case "table_fault":
      return ["name_mismatch", "unknown_code", "dash_cell"].includes(fault.fault.kind);
    case "row_mismatch":
      return true;
    case "unknown_row":
      return rows.some(
        (row) =>
          [row.code, row.name].filter((part) => part !== "").join(" ") === fault.at.row &&
          row.values.every(({ text }) => /^[\s0.,─—–-]*$/u.test(text)),
      );
    default:
      return false;
  }
}

export function placeOf(form: Form, row: SourceRow, heading?: string): ImportPlace {
  const printed = [row.code, row.name].filter((part) => part !== "").join(" ");
  const cell = row.values.find((value) => value.heading === heading)?.cell ?? row.cell;
  return {
    table: form.id,
    ...(row.sheet === undefined ? {} : { sheet: row.sheet }),
    ...(cell === undefined ? {} : { cell }),
    ...(row.line === undefined ? {} : { line: row.line }),
    ...(printed === "" ? {} : { row: printed }),
    ...(heading === undefined ? {} : { column: heading }),
  };
}

/** Other headings under which a column is printed from year to year and place to place. */
const headings: { readonly [column: string]: readonly string[] } = {
  total: ["合计", "小计", "本年支出合计", "本年收入合计"],
  final: ["决算数", "金额", "数量"],
  initial: ["年初预算数", "预算数"],
};

/** The column a heading names, among those of the block or of the whole form. */
export function columnByHeading(form: Form, heading: string, block?: Block): string | undefined {
  const columns = (block === undefined ? form.blocks : [block]).flatMap((side) => side.columns);
  const wanted = comparableName(heading);
  const exact = columns.find(({ name }) => comparableName(name) === wanted);
  return (exact ?? columns.find(({ key }) => headings[key]?.includes(wanted) === true))?.key;
}

interface Matched {
  readonly row: SourceRow;
  readonly key?: string;
  readonly fault?: ImportFault;
}

/** Which row of the form each row is; of a form by code the code that it names, whether any list has it or not. */
export const matchRows = (form: Form, rows: readonly SourceRow[]): readonly Matched[] =>
  isByCode(form) ? rows.map((row) => matchCode(form, row)) : matchFixed(form, rows);

function matchCode(form: Form, row: SourceRow): Matched {
  const code = row.code.replace(/\s/gu, "");
  if (row.key !== undefined && code !== "" && code !== row.key) {
    return { row, fault: mismatch(form, row, row.key, code) };
  }
  const isTotal = code === "" && ["合计", "总计"].includes(comparableName(row.name));
  const key = row.key ?? (isTotal ? "total" : code);
  if (key === "") return { row, fault: { kind: "unknown_row", at: placeOf(form, row) } };
  return { row, key };
}

/**
 * By key, else by code, else by name within its side. Where several rows have one name
 * (一般公共预算财政拨款 of the year and of the opening balance) all must be there, in order.
 */
function matchFixed(form: Form, source: readonly SourceRow[]): Matched[] {
  const occurrences = new Map<string, SourceRow[]>();
  const groupOf = (row: SourceRow) => `${String(row.side ?? "")}/${plainName(row.name)}`;
  for (const row of source) {
    const group = occurrences.get(groupOf(row));
    if (group === undefined) occurrences.set(groupOf(row), [row]);
    else group.push(row);
  }
  const candidates = candidatesOf(form);
  return source.map((row): Matched => {
    const at = placeOf(form, row);
    const wanted = plainName(row.name);
    if (row.key !== undefined || row.code !== "") {
      const found = candidates.find(({ fixed }) =>
        row.key === undefined ? fixed.code === row.code : fixed.key === row.key,
      );
      if (found === undefined) return { row, fault: { kind: "unknown_row", at } };
      const { key, name } = found.fixed;
      return wanted === "" || isNamed(found, wanted)
        ? { row, key }
        : { row, key, fault: mismatch(form, row, name, row.name) };
    }
    const inSide = candidates.filter(({ side }) => row.side === undefined || side === row.side);
    const exact = inSide.filter((one) => isNamed(one, wanted));
    const likely =
      exact.length > 0 || row.name === ""
        ? exact
        : inSide.filter(({ otherNames }) => otherNames.includes(wanted));
    const group = occurrences.get(groupOf(row)) ?? [];
    if (likely.length > 1 && group.length !== likely.length) {
      return { row, fault: { kind: "ambiguous_row", at, occurs: likely.length } };
    }
    const found = likely.length > 1 ? likely[group.indexOf(row)] : likely[0];
    if (found === undefined) return { row, fault: { kind: "unknown_row", at } };
    return { row, key: found.fixed.key };
  });
}

/** A row of the form with the names it is known by, written plainly once for all rows that are matched. */
interface Candidate {
  readonly fixed: FixedRow;
  readonly side: number;
  readonly name: string;
  /** Its own, and those that other places or years print. */
  readonly otherNames: readonly string[];
}

const candidatesOf = (form: Form): Candidate[] =>
  form.blocks.flatMap((block, side) =>
    fixedRows({ ...form, blocks: [block] }).map((fixed) => ({
      ...{ fixed, side, name: plainName(fixed.name) },
      otherNames: namesOfRow(fixed).map(plainName),
    })),
  );

const isNamed = ({ fixed, name }: Candidate, wanted: string): boolean =>
  wanted !== "" && (wanted === name || (wanted === "合计" && fixed.key === "total"));

/** A row's name without its number and without 小计, as sideways and upright prints differ in both. */
export const plainName = (name: string): string =>
  comparableName(name)
    .replace(/^(?:[一二三四五六七八九十]+、|\d+[.、]|\(\d+\))/u, "")
    .replace(/(?<=.)小计$/u, "");

const mismatch = (form: Form, row: SourceRow, expected: string, actual: string): ImportFault => ({
  kind: "row_mismatch",
  at: placeOf(form, row),
  expected,
  actual,
});

type CellFault =
  | { readonly kind: "not_an_amount"; readonly text: string }
  | { readonly kind: "too_fine"; readonly text: string }
  | { readonly kind: "too_large"; readonly text: string }
  | { readonly kind: "not_a_count"; readonly text: string };

function readCell(
  kind: CellKind,
  text: string,
  unit: AmountUnit,
): Result<number | undefined, CellFault> {
  if (kind === "money") {
    const amount = parseAmount(text, unit);
    if (amount.ok) return amount;
    return err({ kind: amount.error === "not_a_number" ? "not_an_amount" : amount.error, text });
  }
  // In 元 a whole number has no fraction left over: hundredths must be 00.
  const amount = parseAmount(text, "yuan");
  if (amount.ok && amount.value === undefined) return amount;
  return amount.ok && amount.value !== undefined && amount.value % 100 === 0
    ? ok(amount.value / 100)
    : err({ kind: "not_a_count", text });
}

/**
 * A subtotal row that came in empty is dropped with all empty rows, so missing parents are looked
 * for in the table as it would be kept; everything else in the rows as they came.
 */
function formFaults(
  edition: Edition,
  form: Form,
  rows: LooseTable["rows"],
  table: TableData,
  places: ReadonlyMap<string, SourceRow>,
): ImportFault[] {
  const asCame = validateTable(edition, form, { rows: rows.map(withoutGaps) });
  const asKept = validateTable(edition, form, table);
  const isParent = ({ kind }: TableFault) => kind === "missing_parent";
  const refused = asCame.filter((fault) => !isParent(fault) && isRefusal(fault));
  return [...refused, ...asKept.filter(isParent)].map((fault) => {
    const row = places.get(fault.at.row);
    const { column } = fault.at;
    const heading = row?.values.find((value) => value.column === column)?.heading;
    return {
      kind: "table_fault",
      at: row === undefined ? { table: form.id } : placeOf(form, row, heading ?? column),
      fault,
    };
  });
}

type LooseRow = LooseTable["rows"][number];

const nameless = ({ key, cells }: LooseRow): LooseRow => ({ key, cells });

const withoutGaps = ({ key, name, cells }: LooseRow) => ({
  key,
  ...(name === undefined ? {} : { name }),
  cells: Object.fromEntries(
    Object.entries(cells).flatMap(([column, value]) =>
      value === undefined || value === null ? [] : [[column, value]],
    ),
  ),
});
