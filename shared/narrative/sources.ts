import { parseCellAddress, type CellAddress } from "../forms/cell.ts";
import type { TableId } from "../forms/form.ts";
import { percentHundredths } from "../money.ts";
import type { Report } from "../report/report.ts";
import type { TableRow } from "../forms/table-data.ts";
import { tableIn } from "../report/section-ids.ts";
import { assertNever } from "../result.ts";
import type { FigureSource } from "../report/figure-source.ts";
import { gradeOf, meanHundredths } from "./figures.ts";

export const cell = (address: CellAddress): FigureSource => ({ kind: "cell", cell: address });
export const prior = (address: CellAddress): FigureSource => ({ kind: "prior", cell: address });
export const fact = (path: string): FigureSource => ({ kind: "fact", path });

/**
 * Reads sources as the sections have them now: 分, a count, hundredths of a per cent or of a point.
 * `undefined` where nothing is known or the arithmetic has no answer (÷ 0). A grade has no number.
 */
export function sourceReader(report: Report): (source: FigureSource) => number | undefined {
  const { sections } = report;
  const tables = new Map<string, ReadonlyMap<string, TableRow["cells"]>>();
  const cellsOf = (table: TableId) => {
    const indexed =
      tables.get(table) ??
      new Map(tableIn(sections, table).rows.map(({ key, cells }) => [key, cells]));
    tables.set(table, indexed);
    return indexed;
  };
  const both = (
    left: FigureSource,
    right: FigureSource,
    combine: (left: number, right: number) => number | undefined,
  ) => {
    const a = read(left);
    const b = read(right);
    return a === undefined || b === undefined ? undefined : combine(a, b);
  };
  const terms = (sources: readonly FigureSource[]) =>
    sources.map(read).filter((value) => value !== undefined);
  const read = (source: FigureSource): number | undefined => {
    switch (source.kind) {
      case "cell": {
        const ref = parseCellAddress(source.cell);
        return ref && cellsOf(ref.table).get(ref.row)?.[ref.column];
      }
      case "prior":
        return sections.facts.prior[source.cell];
      case "fact": {
        const value = factAt(report, source.path);
        return typeof value === "number" ? value : undefined;
      }
      case "sum": {
        const added = terms(source.of);
        if (added.length === 0) return undefined;
        return added.reduce(plus, 0) - terms(source.less ?? []).reduce(plus, 0);
      }
      case "difference":
        return both(source.current, source.base, (current, base) => current - base);
      case "rate":
        return both(source.current, source.base, (current, base) =>
          percentHundredths(current - base, base),
        );
      case "share":
        return both(source.part, source.whole, percentHundredths);
      case "completion":
        return both(source.final, source.budget, percentHundredths);
      case "count": {
        const { grade, path } = source;
        const list = factAt(report, path);
        if (!Array.isArray(list)) return 0;
        if (grade === undefined) return list.length;
        return scoresAt(report, path).filter((score) => gradeOf(score) === grade).length;
      }
      case "mean":
        return meanAt(report, source.path);
      case "grade":
        return undefined;
      default:
        return assertNever(source);
    }
  };
  return read;
}

/** The value at a path such as `facts.units.0.name`. */
export function factAt(report: Report, path: string): unknown {
  let value: unknown = report.sections;
  for (const step of path.split(".")) {
    if (typeof value !== "object" || value === null) return undefined;
    value = (value as Readonly<Record<string, unknown>>)[step];
  }
  return value;
}

/** Every cell, prior cell (`prior:` before its address) and fact path a source is computed from. */
export function sourceRoots(source: FigureSource): string[] {
  switch (source.kind) {
    case "cell":
      return [source.cell];
    case "prior":
      return [`prior:${source.cell}`];
    case "fact":
    case "count":
    case "mean":
      return [source.path];
    case "sum":
      return [...source.of, ...(source.less ?? [])].flatMap(sourceRoots);
    case "difference":
    case "rate":
      return [source.current, source.base].flatMap(sourceRoots);
    case "share":
      return [source.part, source.whole].flatMap(sourceRoots);
    case "completion":
      return [source.final, source.budget].flatMap(sourceRoots);
    case "grade":
      return sourceRoots(source.of);
    default:
      return assertNever(source);
  }
}

/** The cells of this year's tables a source is computed from: where a click on the figure leads. */
export const sourceCells = (source: FigureSource): CellAddress[] =>
  sourceRoots(source).filter((root): root is CellAddress => parseCellAddress(root) !== undefined);

const plus = (a: number, b: number) => a + b;

/** The scores of a list, of the entries that have one. */
function scoresAt(report: Report, path: string): number[] {
  const list = factAt(report, path);
  if (!Array.isArray(list)) return [];
  return list.flatMap((entry: { readonly score?: number }) => entry.score ?? []);
}

/** No mean is known before every entry has its score. */
function meanAt(report: Report, path: string): number | undefined {
  const list = factAt(report, path);
  const scores = scoresAt(report, path);
  return Array.isArray(list) && scores.length < list.length ? undefined : meanHundredths(scores);
}
