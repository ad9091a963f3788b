import type { AmountUnit } from "../money.ts";
import type { TableData } from "./table-data.ts";
import { err, ok, type Result } from "../result.ts";
import { a1, type GridPlace } from "./a1.ts";
import { comparableName } from "./canonical-table.ts";
import type { Edition, FixedRow, Form, TableId } from "./form.ts";
import type { ImportFault, ImportPlace } from "./import-fault.ts";
import { fixedRows } from "./layout.ts";
import { namesOfRow } from "./row-names.ts";
import {
  columnByHeading,
  leavesNoDoubt,
  plainName,
  surveySourceTable,
  type SourceRow,
} from "./source-table.ts";
import { isCounted } from "./table-csv.ts";
import { openFormulaAt, textAt, type SheetGrid } from "./workbook-grid.ts";
import { supplementTitle } from "./workbook-sheet.ts";
import {
  findColumns,
  placeIn,
  readOrigin,
  recognise,
  type BlockColumns,
  type SheetColumns,
} from "./workbook-head.ts";

/** Tables taken from the sheets of a workbook, ours or anybody's: all of them, or every fault. */
export interface ImportedWorkbook {
  readonly tables: { readonly [Id in TableId]?: TableData };
  /** Tables without the rows that the edition holds and does not print: those stay as they are. */
  readonly printedOnly: readonly TableId[];
  /** How the amounts were typed; undefined when the workbook holds no money. */
  readonly enteredIn?: AmountUnit;
  /** Whose tables the sheets say they are; the caller compares. */
  readonly orgNames: readonly { readonly text: string; readonly at: ImportPlace }[];
  /** Sheets that are none of the edition's tables. */
  readonly ignored: readonly string[];
}

export function importSheets(
  edition: Edition,
  grids: readonly SheetGrid[],
): Result<ImportedWorkbook, readonly ImportFault[]> {
  const { faults, ...workbook } = readSheets(edition, grids, takenIn);
  return faults.length > 0 ? err(faults) : ok(workbook);
}

/** Which faults keep a table out: all of them where it is taken in. */
type KeepsOut = (fault: ImportFault, rows: readonly SourceRow[]) => boolean;
const takenIn: KeepsOut = () => true;
const lookedAt: KeepsOut = (fault, rows) => !leavesNoDoubt(fault, rows);

/** The tables that can be read, for who looks at a workbook without taking it in; faults of the rest. */
export function readSheets(
  edition: Edition,
  grids: readonly SheetGrid[],
  keepsOut: KeepsOut = lookedAt,
): ImportedWorkbook & { readonly faults: readonly ImportFault[] } {
  const faults: ImportFault[] = [];
  const sheets: { readonly form: Form; readonly grid: SheetGrid }[] = [];
  const ignored: string[] = [];
  for (const grid of grids) {
    const form = recognise(edition, grid);
    if (!form.ok) faults.push(form.error);
    else if (form.value === undefined) ignored.push(grid.name);
    else sheets.push({ form: form.value, grid });
  }
  faults.push(...repeatedTables(sheets));

  const tables: { [Id in TableId]?: TableData } = {};
  const printedOnly: TableId[] = [];
  const units = new Set<AmountUnit>();
  const orgNames: ImportedWorkbook["orgNames"][number][] = [];
  for (const { form, grid } of sheets) {
    const sheet = readSheet(edition, form, grid, keepsOut);
    if (!sheet.ok) {
      faults.push(...sheet.error);
      continue;
    }
    const { table, isPrintedOnly, enteredIn, orgName } = sheet.value;
    faults.push(...sheet.value.names);
    tables[form.id] = table;
    if (isPrintedOnly) printedOnly.push(form.id);
    if (enteredIn !== undefined) units.add(enteredIn);
    if (orgName !== undefined) orgNames.push(orgName);
  }
  const [first] = units;
  const enteredIn = units.size > 1 ? "wan" : first;
  return {
    tables,
    printedOnly,
    ...(enteredIn === undefined ? {} : { enteredIn }),
    orgNames,
    ignored,
    faults,
  };
}

function repeatedTables(
  sheets: readonly { readonly form: Form; readonly grid: SheetGrid }[],
): ImportFault[] {
  return [...new Set(sheets.map(({ form }) => form))].flatMap((form): ImportFault[] => {
    const same = sheets.filter((sheet) => sheet.form === form).map(({ grid }) => grid.name);
    const [sheet] = same;
    if (same.length < 2 || sheet === undefined) return [];
    return [{ kind: "repeated_table", at: { table: form.id, sheet }, sheets: same }];
  });
}

interface ReadSheet {
  readonly table: TableData;
  readonly isPrintedOnly: boolean;
  readonly enteredIn?: AmountUnit;
  readonly orgName?: ImportedWorkbook["orgNames"][number];
  /** Rows read by their code under another name. */
  readonly names: readonly ImportFault[];
}

function readSheet(
  edition: Edition,
  form: Form,
  grid: SheetGrid,
  keepsOut: KeepsOut,
): Result<ReadSheet, ImportFault[]> {
  const columns = findColumns(form, grid);
  if (columns === undefined) {
    const wanted = [...new Set(form.blocks.flatMap((block) => block.columns))];
    const names = wanted.map(({ name }) => name);
    return err([{ kind: "no_head", at: { table: form.id, sheet: grid.name }, wanted: names }]);
  }
  const origin = readOrigin(edition, form, grid, columns.row);
  const supplement = columns.sideways === true ? supplementAt(grid, columns.row) : undefined;
  const rows =
    columns.sideways === true
      ? [
          ...sidewaysRows(form, grid, { columns, end: supplement?.row ?? grid.rows.length }),
          ...(supplement === undefined ? [] : supplementRows(form, grid, supplement)),
        ]
      : bodyRows(form, grid, columns);
  const faults = [
    ...origin.faults,
    ...columnFaults(form, grid, columns),
    ...openFormulas(form, grid, columns),
  ];
  const unit = origin.unit ?? "wan";
  const survey = surveySourceTable(edition, form, { unit, rows });
  const doubts = [...faults, ...survey.faults].filter((fault) => keepsOut(fault, rows));
  if (doubts.length > 0) return err(doubts);
  const enteredIn = isCounted(form) ? undefined : origin.isTypedInYuan ? "yuan" : unit;
  return ok({
    table: survey.table,
    names: survey.faults.filter(({ kind }) => kind === "row_mismatch"),
    isPrintedOnly: columns.sideways === true && supplement === undefined,
    ...(enteredIn === undefined ? {} : { enteredIn }),
    ...(origin.orgName === undefined ? {} : { orgName: origin.orgName }),
  });
}

function columnFaults(form: Form, grid: SheetGrid, columns: SheetColumns): ImportFault[] {
  const { blocks, unknown, row } = columns;
  const at = { table: form.id, sheet: grid.name };
  const named = (column: number) => ({ ...at, cell: a1({ row, column }) });
  const withFigures = unknown.filter(({ column }) =>
    grid.rows.some((_, below) => below > row && isFigure(textAt(grid, { row: below, column }))),
  );
  const unknownColumns = withFigures.map(({ column, heading }): ImportFault => ({
    kind: "unknown_column",
    at: named(column),
    name: heading,
  }));
  if (columns.sideways === true) {
    const expected = itemsOf(form).length * (form.blocks[0]?.columns.length ?? 0);
    const actual = blocks.reduce((sum, { values }) => sum + values.length, 0);
    return actual === expected
      ? unknownColumns
      : [...unknownColumns, { kind: "wrong_width", at, expected, actual }];
  }
  const missing = form.blocks.flatMap((block, index) => {
    const keys = blocks[index]?.values.map(({ key }) => key) ?? [];
    return block.columns.filter(({ key }) => !keys.includes(key));
  });
  const repeated = blocks.flatMap(({ values }) =>
    values.filter(({ key }, index) => values.findIndex((other) => other.key === key) < index),
  );
  return [
    ...unknownColumns,
    ...missing.map(({ name }): ImportFault => ({ kind: "missing_column", at, name })),
    ...repeated.map(({ column, heading }): ImportFault => ({
      kind: "repeated_column",
      at: named(column),
      name: heading,
    })),
  ];
}

const isFigure = (text: string) => /^\s*[-−△▲(]?\s*[\d.]/u.test(text.normalize("NFKC"));

function openFormulas(form: Form, grid: SheetGrid, { blocks, row }: SheetColumns): ImportFault[] {
  const columns = blocks.flatMap(({ values }) => values.map(({ column }) => column));
  return grid.rows.flatMap((_, below): ImportFault[] => {
    if (below <= row) return [];
    return columns.flatMap((column): ImportFault[] => {
      const place = { row: below, column };
      const formula = openFormulaAt(grid, place);
      if (formula === undefined) return [];
      return [{ kind: "not_calculated", at: { table: form.id, ...placeIn(grid, place) }, formula }];
    });
  });
}

const isZero = (text: string) => /^[\s0.]*$/u.test(text);

/** Rows below the head, block by block; lines without figures count only where the form has them. */
export function bodyRows(
  form: Form,
  grid: SheetGrid,
  { row: headRow, blocks }: SheetColumns,
): SourceRow[] {
  const known = form.blocks.map(
    (block) =>
      new Set(
        fixedRows({ ...form, blocks: [block] }).flatMap((row) => namesOfRow(row).map(plainName)),
      ),
  );
  const rows: SourceRow[] = [];
  for (let row = headRow + 1; row < grid.rows.length; row += 1) {
    const line = blocks.map((block) => leadOf(grid, row, block));
    if (line.some(({ code, name }) => code === "" && /栏次$/u.test(comparableName(name)))) continue;
    for (const [index, block] of blocks.entries()) {
      const lead = line[index];
      if (lead === undefined) continue;
      const values = block.values.map(({ column, key, heading }) => ({
        ...{ column: key, heading, text: textAt(grid, { row, column }) },
        cell: a1({ row, column }),
      }));
      const isFilled = values.some(({ text }) => text !== "");
      const hasFigures = values.some(({ text }) => isFigure(text));
      const named = hasFigures ? nameFromLeft(line, index, blocks, { grid, row }) : lead;
      const isKnown = known[index]?.has(plainName(named.name)) === true;
      // Without figures: the form's own lines, so that names it prints twice are distinguished, and
      // codes with something that is no figure. The rest is notes and signatures.
      if (!hasFigures && !isKnown && !(isFilled && named.code !== "")) continue;
      if (!isFilled && named.code !== "") continue;
      // A line without a name that holds zeros only: sums over lines nobody typed in.
      if (named.name === "" && named.code === "" && values.every(({ text }) => isZero(text)))
        continue;
      rows.push({
        code: named.code,
        name: listedName(form, named),
        ...(form.blocks.length > 1 ? { side: index } : {}),
        values,
        sheet: grid.name,
        cell: a1({ row, column: lead.column }),
      });
    }
  }
  return rows;
}

/** As the code table writes it, where only width and blanks differ. */
function listedName(form: Form, { code, name }: Lead): string {
  const listed = form.codeNames?.get(code);
  const isSame = listed !== undefined && comparableName(listed) === comparableName(name);
  return isSame ? listed : name;
}

interface Lead {
  readonly code: string;
  readonly name: string;
  readonly column: number;
}

/** The code may be in one column or in three (类, 款, 项); 合计 may be where codes are. */
function leadOf(grid: SheetGrid, row: number, { codes, names, values }: BlockColumns): Lead {
  const column = codes[0] ?? names[0] ?? values[0]?.column ?? 0;
  const text = (from: readonly number[]) => from.map((at) => textAt(grid, { row, column: at }));
  const code = text(codes).join("").normalize("NFKC").replace(/\s/gu, "");
  const name = text(names).join("");
  return /^\d+$/u.test(code) || code === ""
    ? { code, name, column }
    : { code: "", name: `${text(codes).join("")}${name}`, column };
}

/** A total may be named in the block to the left, as 公用经费合计 is, whose name spans both. */
function nameFromLeft(
  line: readonly Lead[],
  index: number,
  blocks: readonly BlockColumns[],
  { grid, row }: { readonly grid: SheetGrid; readonly row: number },
): Lead {
  const own = line[index] ?? { code: "", name: "", column: 0 };
  const left = line[index - 1];
  if (own.code !== "" || own.name !== "" || left === undefined) return own;
  const isFree = (blocks[index - 1]?.values ?? []).every(
    ({ column }) => textAt(grid, { row, column }) === "",
  );
  return isFree && left.code === "" ? { ...left, column: own.column } : own;
}

/** The items printed side by side on one line, in the form's order, each with the same columns. */
function sidewaysRows(
  form: Form,
  grid: SheetGrid,
  { columns, end }: { readonly columns: SheetColumns; readonly end: number },
): SourceRow[] {
  const values = columns.blocks.flatMap((block) => block.values);
  const items = itemsOf(form);
  const perItem = form.blocks[0]?.columns.length ?? 1;
  const rows = grid.rows.flatMap((_, row) => {
    if (row <= columns.row || row >= end) return [];
    return values.some(({ column }) => isFigure(textAt(grid, { row, column }))) ? [row] : [];
  });
  return rows.flatMap((row) =>
    items.map((item, index) => ({
      ...{ key: item.key, code: "", name: "", sheet: grid.name },
      values: values
        .slice(index * perItem, (index + 1) * perItem)
        .map(({ column, key, heading }) => ({
          ...{ column: key, heading, text: textAt(grid, { row, column }) },
          cell: a1({ row, column }),
        })),
    })),
  );
}

const itemsOf = (form: Form): FixedRow[] =>
  fixedRows(form).filter((item) => item.unprinted !== true);

/** The head of the rows that are held and not printed, below a table printed sideways. */
function supplementAt(grid: SheetGrid, headRow: number): GridPlace | undefined {
  for (let row = headRow + 1; row < grid.rows.length; row += 1) {
    const column = (grid.rows[row] ?? []).findIndex((_, at) =>
      textAt(grid, { row, column: at }).startsWith(supplementTitle),
    );
    if (column >= 0) return { row, column };
  }
  return undefined;
}

/** Rows by name, each with the columns that the head of the supplement names. */
function supplementRows(form: Form, grid: SheetGrid, head: GridPlace): SourceRow[] {
  const columns = (grid.rows[head.row] ?? []).flatMap((_, column) => {
    const heading = textAt(grid, { row: head.row, column });
    const key = column > head.column ? columnByHeading(form, heading) : undefined;
    return key === undefined ? [] : [{ column, heading, key }];
  });
  const left = new Set(fixedRows(form).filter(({ unprinted }) => unprinted === true));
  const rows: SourceRow[] = [];
  for (let row = head.row + 1; row < grid.rows.length; row += 1) {
    const name = textAt(grid, { row, column: head.column });
    const values = columns.map(({ column, key, heading }) => ({
      ...{ column: key, heading, text: textAt(grid, { row, column }) },
      cell: a1({ row, column }),
    }));
    const item = [...left].find((one) => plainName(one.name) === plainName(name));
    if (item === undefined && !values.some(({ text }) => isFigure(text))) continue;
    if (item !== undefined) left.delete(item);
    rows.push({
      ...(item === undefined ? {} : { key: item.key }),
      ...{ code: "", name, values, sheet: grid.name },
      cell: a1({ row, column: head.column }),
    });
  }
  return rows;
}
