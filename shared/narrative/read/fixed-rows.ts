import type { FixedRow, Form } from "../../forms/form.ts";
import { namesOfRow } from "../../forms/row-names.ts";
import { placing } from "./column-positions.ts";
import { namesIn, type FoundName } from "./row-names-in-line.ts";
import { comparable, type TableLine, type TableToken } from "./table-line.ts";

/** A row of a printed table as far as its line shows it. */
export interface ReadRow {
  readonly key: string;
  readonly line: TableLine;
  /** Figures by column; `undefined` of a row whose figures cannot be put under columns. */
  readonly values?: ReadonlyMap<string, string>;
  /** Figures in their order, where the columns are not known. */
  readonly figures: readonly string[];
}

export interface ReadRows {
  readonly rows: readonly ReadRow[];
  /** Every line of the table was understood, and every row of the form is there. */
  readonly isWhole: boolean;
}

interface RowPosition {
  readonly row: FixedRow;
  readonly block: number;
  /** Line of the form, from 0. */
  readonly at: number;
}

/** A row whose name was found, with what is printed behind it. */
interface FoundRow extends RowPosition {
  readonly line: TableLine;
  readonly tokens: TableToken[];
  isUnderstood: boolean;
}

/** Rows known by their names: 公开01, 04, 09, 10表. */
export function readFixedRows(form: Form, lines: readonly TableLine[]): ReadRows {
  const positions = printedPositions(form);
  const { head, found, isWhole } = findRows(positions, lines);
  const hasLines =
    head.some(({ text }) => text.replaceAll(" ", "").includes("行次")) ||
    positions.some(({ row }) => row.line !== undefined);
  const hasDecimals = [...found.values()].some(({ tokens }) =>
    tokens.some(({ text }) => text.includes(".")),
  );
  const all = [...found.values()].map((row) => ({
    ...row,
    figures: withoutLines(row, hasLines, hasDecimals),
  }));
  const rows = form.blocks.flatMap(({ columns }, block): ReadRow[] => {
    const own = all.filter((row) => row.block === block);
    const place = placing(
      columns,
      head,
      own.map(({ figures }) => figures),
    );
    return own.map((row) => readRow(row, columns, place));
  });
  const hasAll = positions.every(({ row }) => found.has(row));
  return { rows, isWhole: isWhole && hasAll && all.every(({ isUnderstood }) => isUnderstood) };
}

const printedPositions = ({ blocks }: Form): readonly RowPosition[] =>
  blocks.flatMap(({ rows }, block) =>
    rows === "by-function-code"
      ? []
      : rows.flatMap((row, at): RowPosition[] =>
          "key" in row && row.unprinted !== true ? [{ row, block, at }] : [],
        ),
  );

/** A row's figures under its columns, where its place is sure. */
function readRow(
  { row, line, figures, isUnderstood }: FoundRow & { readonly figures: readonly TableToken[] },
  columns: Form["blocks"][number]["columns"],
  place: ReturnType<typeof placing>,
): ReadRow {
  if (!isUnderstood) return { key: row.key, line, figures: [] };
  const texts = figures.map(({ text }) => text);
  const columnsOf = place(figures);
  if (columnsOf === undefined) return { key: row.key, line, figures: texts };
  const values = columnsOf.flatMap((column, index) => {
    const key = columns[column]?.key;
    const figure = figures[index];
    return key === undefined || figure?.kind !== "number" ? [] : [[key, figure.text] as const];
  });
  return { key: row.key, line, figures: texts, values: new Map(values) };
}

/** What the lines of a table gave up to the one that is read next. */
interface Search {
  readonly byName: ReadonlyMap<string, readonly RowPosition[]>;
  /** Longest first. */
  readonly names: readonly string[];
  /** Lines before the first row. */
  readonly head: TableLine[];
  readonly found: Map<FixedRow, FoundRow>;
  /** Every line was understood so far. */
  isWhole: boolean;
  /** The last row, while its figures may still come on the next line. */
  pending: FoundRow | undefined;
  /** A name broke at the end of the line before. */
  isTorn: boolean;
}

function findRows(positions: readonly RowPosition[], lines: readonly TableLine[]): Search {
  const byName = new Map<string, RowPosition[]>();
  for (const position of positions) {
    const names = namesOfRow(position.row).map(comparable);
    for (const name of new Set(names)) byName.set(name, [...(byName.get(name) ?? []), position]);
  }
  const search: Search = {
    ...{ byName, names: [...byName.keys()].sort((a, b) => b.length - a.length) },
    ...{ head: [], found: new Map(), isWhole: true, pending: undefined, isTorn: false },
  };
  for (const line of lines) readLine(search, line);
  return search;
}

function readLine(search: Search, line: TableLine): void {
  const names = namesIn(line, search.names);
  const [first] = names;
  if (search.found.size === 0 && (first === undefined || !/^一、/u.test(first.name))) {
    search.head.push(line);
    return;
  }
  const leading = line.tokens.filter(({ end }) => end <= (first?.start ?? Infinity));
  if (first === undefined) {
    readNamelessLine(search, leading);
    return;
  }
  const rows = addRows(search, line, names);
  readLeading(search, leading, rows);
  if (search.isTorn && rows.some(({ tokens }) => tokens.length > 0)) {
    // A figure between the two halves of a name may be of either row.
    search.isWhole = false;
    for (const row of rows) row.isUnderstood = false;
  }
  search.isTorn ||= names.some((name, index) => name.isTorn && rows[index]?.tokens.length === 0);
  const last = rows.at(-1);
  const hasAmount = last?.tokens.some(({ text }) => /[.,]/u.test(text)) === true;
  search.pending = hasAmount ? undefined : last;
}

/** The second half of a torn name, 行次, or something that is not understood. */
function readNamelessLine(search: Search, tokens: readonly TableToken[]): void {
  if (search.isTorn && tokens.every(({ kind }) => kind === "words")) {
    search.isTorn = false;
    return;
  }
  const isLineNumber = tokens.length === 1 && Number(tokens[0]?.text) === search.pending?.row.line;
  if (isLineNumber || !isBlankRow(tokens)) search.isWhole = false;
  if (!isLineNumber) search.pending = undefined;
}

/** The rows that a line names, from left to right. */
function addRows(search: Search, line: TableLine, names: readonly FoundName[]): FoundRow[] {
  const rows: FoundRow[] = [];
  for (const [index, { name, end }] of names.entries()) {
    const next = names[index + 1]?.start ?? Infinity;
    const position = positionOf(search.byName.get(name) ?? [], search.found, rows.at(-1));
    if (position === undefined) {
      search.isWhole = false;
      continue;
    }
    const tokens = line.tokens.filter((token) => token.start >= end && token.end <= next);
    const row: FoundRow = { ...position, line, tokens, isUnderstood: tokens.every(isFigure) };
    search.found.set(position.row, row);
    rows.push(row);
  }
  return rows;
}

/** What is printed before the first name of a line: a figure of the row before, or not understood. */
function readLeading(
  search: Search,
  leading: readonly TableToken[],
  rows: readonly FoundRow[],
): void {
  const { pending } = search;
  const figures = leading.filter(isFigure);
  const [figure, another] = figures;
  const [right] = rows;
  if (
    pending !== undefined &&
    right !== undefined &&
    figure?.kind === "number" &&
    another === undefined &&
    leading.length === 1 &&
    pending.block === right.block - 1 &&
    pending.at === right.at
  ) {
    // Taken apart column by column: the figure comes before its neighbour's name.
    pending.tokens.push(figure);
  } else if (!isBlankRow(leading)) {
    search.isWhole = false;
    for (const row of rows) row.isUnderstood = row.isUnderstood && figures.length === 0;
  }
}

const isFigure = ({ kind }: TableToken): boolean => kind !== "words";

/** 9, 10, …: 行次 of a line without a row on that side. */
const isBlankRow = (tokens: readonly TableToken[]): boolean =>
  tokens.length <= 2 &&
  tokens.every(({ kind, text }) => kind === "number" && /^\d{1,2}$/u.test(text));

/** The row that a name means: the first not yet read, to the right of those on the same line. */
function positionOf(
  candidates: readonly RowPosition[],
  found: ReadonlyMap<FixedRow, unknown>,
  left: RowPosition | undefined,
): RowPosition | undefined {
  const free = candidates.filter(({ row }) => !found.has(row));
  return left === undefined ? free[0] : (free.find(({ block }) => block > left.block) ?? undefined);
}

/** Figures of a row without its 行次, and without that of an empty row to its right. */
function withoutLines({ row, tokens }: FoundRow, hasLines: boolean, hasDecimals: boolean) {
  if (row.kind === "count") {
    const [first, ...rest] = tokens;
    return Number(first?.text) === row.line ? rest : tokens;
  }
  return tokens.filter(
    ({ text }, index) => !hasLines || !/^[1-9]\d?$/u.test(text) || (index > 0 && !hasDecimals),
  );
}
