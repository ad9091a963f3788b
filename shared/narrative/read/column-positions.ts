import type { TableLine, TableToken } from "./table-line.ts";

/** Positions of the value columns of an aligned table, as far as its head and its full rows show. */

interface Span {
  readonly start: number;
  readonly end: number;
}

interface Heading {
  readonly name: string;
}

/** Puts the figures of a row under their columns; `undefined` where that is not certain. */
type Placing = (figures: readonly TableToken[]) => readonly number[] | undefined;

/**
 * Rows with a figure in every column show the columns; so do 栏次, and heads that name one column alone.
 * Without these a row with fewer figures than columns cannot be placed.
 */
export function placing(
  headings: readonly Heading[],
  head: readonly TableLine[],
  rows: readonly (readonly TableToken[])[],
): Placing {
  const count = headings.length;
  const inOrder = headings.map((_, index) => index);
  const isAligned = rows.some((figures) =>
    figures.some((figure, index) => figure.start - (figures[index - 1]?.end ?? figure.start) > 1),
  );
  const runs = isAligned ? runsOf(rows.flat()) : [];
  const columnOfRun = runs.length === count ? inOrder : likeliest(runs, spansOf(headings, head));
  return (figures) => {
    if (figures.length === count) return inOrder;
    if (columnOfRun === undefined || figures.length > count) return undefined;
    const columns = figures.map((figure) => {
      const run = runs.findIndex(({ start, end }) => start <= figure.start && figure.end <= end);
      return columnOfRun[run] ?? -1;
    });
    const isRising = columns.every((column, index) => column > (columns[index - 1] ?? -1));
    return isRising ? columns : undefined;
  };
}

/** Figures below each other, one run a column. */
function runsOf(figures: readonly Span[]): Span[] {
  const runs: Span[] = [];
  for (const { start, end } of figures.toSorted((a, b) => a.start - b.start)) {
    const last = runs.at(-1);
    if (last !== undefined && start < last.end)
      runs[runs.length - 1] = { start: last.start, end: Math.max(last.end, end) };
    else runs.push({ start, end });
  }
  return runs;
}

/** Positions of the columns by 栏次, or by heads that name one column alone. */
function spansOf(headings: readonly Heading[], head: readonly TableLine[]): (Span | undefined)[] {
  const [numbers] = columnNumbers(head, headings.length);
  return headings.map((_, at) => numbers?.[at] ?? headSpan(headings, head, at));
}

/** The nearest columns in rising order, when no other order is nearly as near. */
function likeliest(
  runs: readonly Span[],
  columns: readonly (Span | undefined)[],
): readonly number[] | undefined {
  if (runs.length === 0 || runs.length > columns.length) return undefined;
  const spans = columns.flatMap((span) => span ?? []);
  if (spans.length < columns.length) return undefined;
  let fits: { readonly cost: number; readonly order: readonly number[] }[] = [
    { cost: 0, order: [] },
  ];
  for (const run of runs) {
    fits = fits
      .flatMap(({ cost, order }) =>
        spans.flatMap((span, column) =>
          column > (order.at(-1) ?? -1)
            ? [{ cost: cost + gapBetween(run, span), order: [...order, column] }]
            : [],
        ),
      )
      .sort((a, b) => a.cost - b.cost)
      .slice(0, 200);
  }
  const [best, second] = fits;
  return second === undefined || (best && second.cost - best.cost >= 3) ? best?.order : undefined;
}

const gapBetween = (a: Span, b: Span): number => Math.max(0, b.start - a.end, a.start - b.end);

/** 栏次 1 2 3 …. */
function columnNumbers(head: readonly TableLine[], count: number): TableToken[][] {
  return head.flatMap(({ tokens }) => {
    const numbers = tokens.filter(({ kind }) => kind === "number").slice(-count);
    const first = Number(numbers[0]?.text);
    const isRun =
      numbers.length === count &&
      numbers.every(({ text }, index) => Number(text) === first + index);
    return isRun && count > 1 && first <= 2 ? [numbers] : [];
  });
}

function spanOf(tokens: readonly Span[]): Span | undefined {
  if (tokens.length === 0) return undefined;
  return {
    start: Math.min(...tokens.map(({ start }) => start)),
    end: Math.max(...tokens.map(({ end }) => end)),
  };
}

/** Characters of a head are twice as wide as figures, and its lines are parts of the column's name. */
function headSpan(
  headings: readonly Heading[],
  head: readonly TableLine[],
  at: number,
): Span | undefined {
  const words = head.flatMap(({ tokens }) => tokens.filter(({ kind }) => kind === "words"));
  return spanOf(
    words.flatMap(({ text, start }) => {
      const columns = headings.flatMap(({ name }, index) => (name.includes(text) ? [index] : []));
      return text.length > 1 && columns.length === 1 && columns[0] === at
        ? [{ start, end: start + 2 * text.length }]
        : [];
    }),
  );
}
