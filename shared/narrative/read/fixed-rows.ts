import type { FixedRow, Form } from "../../forms/form.ts";
import { namesOfRow } from "../../forms/row-names.ts";
import { placing } from "./column-positions.ts";
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

interface Met extends RowPosition {
  readonly line: TableLine;
  readonly tokens: TableToken[];
  isUnderstood: boolean;
}

/** Rows known by their names: 公开01, 04, 09, 10表. */
export function readFixedRows(form: Form, lines: readonly TableLine[]): ReadRows {
  const places = form.blocks.flatMap(({ rows }, block) =>
    rows === "by-function-code"
      ? []
      : rows.flatMap((row, at): RowPosition[] =>
          "key" in row && row.unprinted !== true ? [{ row, block, at }] : [],
        ),
  );
  const byName = new Map<string, RowPosition[]>();
  for (const place of places) {
    const names = namesOfRow(place.row).map(comparable);
    for (const name of new Set(names)) byName.set(name, [...(byName.get(name) ?? []), place]);
  }
  const names = [...byName.keys()].sort((a, b) => b.length - a.length);
  const met = new Map<FixedRow, Met>();
  const head: TableLine[] = [];
  let isWhole = true;
  let pending: Met | undefined;
  let isTorn = false;
  for (const line of lines) {
    const found = namesIn(line, names);
    const [first] = found;
    if (met.size === 0 && (first === undefined || !/^一、/u.test(first.name))) {
      head.push(line);
      continue;
    }
    const leading = line.tokens.filter(({ end }) => end <= (first?.start ?? Infinity));
    if (first === undefined && isTorn && leading.every(({ kind }) => kind === "words")) {
      isTorn = false;
      continue;
    }
    if (first === undefined) {
      const isLineNumber = leading.length === 1 && Number(leading[0]?.text) === pending?.row.line;
      if (!isLineNumber) {
        pending = undefined;
        if (!isBlankRow(leading)) isWhole = false;
      } else isWhole = false;
      continue;
    }
    const rowsHere: Met[] = [];
    for (const [index, { name, end }] of found.entries()) {
      const next = found[index + 1]?.start ?? Infinity;
      const place = placeOf(byName.get(name) ?? [], met, rowsHere.at(-1));
      const tokens = line.tokens.filter((token) => token.start >= end && token.end <= next);
      if (place === undefined) {
        isWhole = false;
        continue;
      }
      const row: Met = {
        ...place,
        line,
        tokens,
        isUnderstood: tokens.every(isFigure),
      };
      met.set(place.row, row);
      rowsHere.push(row);
    }
    const figures = leading.filter(({ kind }) => kind !== "words");
    const [figure, another] = figures;
    const [right] = rowsHere;
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
      isWhole = false;
      for (const row of rowsHere) row.isUnderstood = row.isUnderstood && figures.length === 0;
    }
    if (isTorn && rowsHere.some(({ tokens }) => tokens.length > 0)) {
      // A figure between the two halves of a name may be of either row.
      isWhole = false;
      for (const row of rowsHere) row.isUnderstood = false;
    }
    isTorn ||= found.some((name, index) => name.isTorn && rowsHere[index]?.tokens.length === 0);
    const last = rowsHere.at(-1);
    pending = last?.tokens.some(({ text }) => /[.,]/u.test(text)) === true ? undefined : last;
  }
  const hasLines =
    head.some(({ text }) => text.replaceAll(" ", "").includes("行次")) ||
    places.some(({ row }) => row.line !== undefined);
  const hasDecimals = [...met.values()].some(({ tokens }) =>
    tokens.some(({ text }) => text.includes(".")),
  );
  const all = [...met.values()].map((row) => ({
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
    return own.map(({ row, line, figures, isUnderstood }): ReadRow => {
      const texts = figures.map(({ text }) => text);
      if (!isUnderstood) return { key: row.key, line, figures: [] };
      const columnsOf = place(figures);
      return {
        key: row.key,
        line,
        figures: texts,
        ...(columnsOf === undefined
          ? {}
          : {
              values: new Map(
                columnsOf.flatMap((column, index) => {
                  const key = columns[column]?.key;
                  const figure = figures[index];
                  return key === undefined || figure?.kind !== "number" ? [] : [[key, figure.text]];
                }),
              ),
            }),
      };
    });
  });
  const hasAll = places.every(({ row }) => met.has(row));
  return { rows, isWhole: isWhole && hasAll && all.every(({ isUnderstood }) => isUnderstood) };
}

const isFigure = ({ kind }: TableToken): boolean => kind !== "words";

/** 9, 10, …: 行次 of a line without a row on that side. */
const isBlankRow = (tokens: readonly TableToken[]): boolean =>
  tokens.length <= 2 &&
  tokens.every(({ kind, text }) => kind === "number" && /^\d{1,2}$/u.test(text));

/** The row that a name means: the first not yet read, to the right of those on the same line. */
function placeOf(
  candidates: readonly RowPosition[],
  met: ReadonlyMap<FixedRow, unknown>,
  left: RowPosition | undefined,
): RowPosition | undefined {
  const free = candidates.filter(({ row }) => !met.has(row));
  return left === undefined ? free[0] : (free.find(({ block }) => block > left.block) ?? undefined);
}

/** Figures of a row without its 行次, and without that of an empty row to its right. */
function withoutLines({ row, tokens }: Met, hasLines: boolean, hasDecimals: boolean) {
  if (row.kind === "count") {
    const [first, ...rest] = tokens;
    return Number(first?.text) === row.line ? rest : tokens;
  }
  return tokens.filter(
    ({ text }, index) => !hasLines || !/^[1-9]\d?$/u.test(text) || (index > 0 && !hasDecimals),
  );
}

interface FoundName {
  readonly name: string;
  readonly start: number;
  readonly end: number;
  /** Its end is on the next line. */
  readonly isTorn: boolean;
}

/** Names of rows in a line, longest first, whatever white space and quotes are in them. */
function namesIn({ tokens }: TableLine, names: readonly string[]): FoundName[] {
  const letters = tokens.flatMap(({ text, start }) =>
    Array.from(text, (letter, index) => ({ letter: comparable(letter), at: start + index })).filter(
      ({ letter }) => letter !== "",
    ),
  );
  const text = letters.map(({ letter }) => letter).join("");
  const found: FoundName[] = [];
  const isApart = (index: number) =>
    (letters[index]?.at ?? Infinity) > (letters[index - 1]?.at ?? -2) + 1;
  const runEnd = (from: number): number => {
    let end = from + 1;
    while (end < text.length && !isApart(end) && !/\d/u.test(text[end] ?? "")) end += 1;
    return end;
  };
  let index = 0;
  while (index < text.length) {
    let length = 1;
    if (isApart(index) || !isInsideWord(text, index)) {
      const whole = names.find((one) => text.startsWith(one, index));
      const name = whole ?? tornName(text.slice(index, runEnd(index)), names);
      if (name !== undefined) {
        length = whole === undefined ? runEnd(index) - index : name.length;
        found.push({
          name,
          start: letters[index]?.at ?? 0,
          end: (letters[index + length - 1]?.at ?? 0) + 1,
          isTorn: whole === undefined,
        });
      }
    }
    index += length;
  }
  return found;
}

/** 七、文化旅游体育与传媒支 is the beginning of one name alone. */
function tornName(run: string, names: readonly string[]): string | undefined {
  if (!/^[一二三四五六七八九十]{1,3}、.{4,}/u.test(run)) return undefined;
  const [name, another] = names.filter((one) => one.startsWith(run));
  return another === undefined ? name : undefined;
}

/** 总计 within 收入总计; but a figure may come right before a name. */
const isInsideWord = (text: string, index: number): boolean =>
  index > 0 &&
  /[\p{Script=Han}、（）]/u.test(text[index - 1] ?? "") &&
  !/^[一二三四五六七八九十]+、/u.test(text.slice(index));
