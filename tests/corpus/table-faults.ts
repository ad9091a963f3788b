import { parseCellAddress } from "../../shared/forms/cell.ts";
import { parseAmount, printWan } from "../../shared/money.ts";
import type { Report } from "../../shared/report/report.ts";
import type { TableRow } from "../../shared/forms/table-data.ts";
import { chainOf, indexed, isBroken, reader, type ByCell, type Equation } from "./equations.ts";
import { digit } from "../shared/checks/sound-report.ts";
import { isCountCell, total as sumOf } from "./ledger.ts";
import type { Random } from "./random.ts";
import { tableIn } from "../../shared/report/section-ids.ts";

export type Family =
  | "base"
  | "direction"
  | "digits"
  | "unit"
  | "missing_row"
  | "stale_year"
  | "shifted_column"
  | "name"
  | "sum"
  | "residue"
  | "copied"
  | "zero_base"
  | "part_above_whole"
  | "basic_project"
  | "missing_unit"
  | "share"
  | "count"
  | "prior"
  | "not_exhaustive"
  | "reason"
  | "performance";

/** What was put in, where, what is right, and what shows it. */
export interface Label {
  readonly family: Family;
  readonly where: string;
  readonly expected: string;
  readonly detectable: string;
}

/** A fault of the tables. */
export interface TableFault extends Label {
  readonly report: Report;
  /** Cells at fault. */
  readonly cells: ReadonlySet<string>;
  /** Cells that their equations lead to. */
  readonly chain: ReadonlySet<string>;
}

/** What the makers of table faults draw from; reckoned once a report. */
export interface TableSource {
  readonly report: Report;
  readonly equations: readonly Equation[];
  readonly byCell: ByCell;
  readonly read: (address: string) => number | undefined;
  /** Filled cells that are in an equation; only those that the edition prints, where wanted. */
  readonly cells: readonly string[];
}

const tableIds = ["t01", "t02", "t03", "t04", "t05", "t06", "t07", "t08", "t09", "t10"] as const;

export function tableSource(
  report: Report,
  { equations: all, onlyPrinted }: { equations: readonly Equation[]; onlyPrinted: boolean },
): TableSource {
  const isHidden = hiddenRows(report);
  const equations = all.filter(
    ({ whole, parts }) => !onlyPrinted || ![...whole, ...parts].some(isHidden),
  );
  const byCell = indexed(equations);
  const cells = tableIds.flatMap((table) =>
    tableIn(report.sections, table).rows.flatMap(({ key, cells: values }) =>
      Object.keys(values).map((column) => `${table}/${key}/${column}`),
    ),
  );
  return {
    ...{ report, equations, byCell },
    read: reader(report),
    cells: cells.filter((address) => byCell.has(address)),
  };
}

/** Whether a cell is data that the edition keeps but does not print. */
export function hiddenRows({ edition }: Report): (address: string) => boolean {
  const hidden = new Set(
    edition.forms.flatMap(({ id, unprinted, blocks }) =>
      blocks.flatMap(({ rows }) =>
        rows === "by-function-code"
          ? []
          : rows.flatMap((row) =>
              "key" in row && (unprinted || row.unprinted) ? [`${id}/${row.key}`] : [],
            ),
      ),
    ),
  );
  return (address) => hidden.has(address.replace(/\/[^/]+$/u, ""));
}

type Maker = (source: TableSource, random: Random) => TableFault | undefined;

/** The report with cells set; an equation that reads one of them must be broken by it. */
function faultOf(
  source: TableSource,
  label: Omit<Label, "where" | "expected" | "detectable">,
  change: ReadonlyMap<string, number | undefined>,
): TableFault | undefined {
  const changed = withCells(source.report, change);
  return judged(source, label.family, changed, new Set(change.keys()));
}

function judged(
  { byCell, read: right }: TableSource,
  family: Family,
  changed: Report,
  cells: ReadonlySet<string>,
): TableFault | undefined {
  const now = reader(changed);
  const asPrinted = (address: string) => {
    const value = now(address);
    return value === undefined || isCountCell(address) ? value : Math.round(value / digit) * digit;
  };
  const first = [...cells]
    .flatMap((address) => byCell.get(address) ?? [])
    .find((equation) => isBroken(equation, asPrinted));
  if (first === undefined) return undefined;
  const where = [...cells].join(" ");
  const expected = [...cells]
    .map((address) => {
      const value = right(address);
      if (value === undefined) return "empty";
      return isCountCell(address) ? String(value) : printWan(value);
    })
    .join(" ");
  return {
    ...{ family, where, expected, report: changed, cells },
    chain: chainOf(byCell, cells),
    detectable: `${first.whole.join("+")} ${first.atMost ? "≥" : "="} ${first.parts.length > 4 ? `Σ ${String(first.parts.length)} cells` : first.parts.join("+")}`,
  };
}

function withCells(report: Report, change: ReadonlyMap<string, number | undefined>): Report {
  const sections = { ...report.sections };
  for (const [address, value] of change) {
    const ref = parseCellAddress(address);
    if (ref === undefined) throw new Error(`No cell address: ${address}`);
    const { rows } = tableIn(sections, ref.table);
    const found = rows.find(({ key }) => key === ref.row);
    const row = withCell(found ?? { key: ref.row, cells: {} }, ref.column, value);
    const others = rows.map((one) => (one === found ? row : one));
    sections[ref.table] = {
      rows: (found === undefined ? [...others, row] : others).filter(
        ({ cells }) => Object.keys(cells).length > 0,
      ),
    };
  }
  return { ...report, sections };
}

function withCell(row: TableRow, column: string, value: number | undefined): TableRow {
  const kept = Object.entries(row.cells).filter(([key]) => key !== column);
  return {
    ...row,
    cells: Object.fromEntries(value === undefined ? kept : [...kept, [column, value]]),
  };
}

const moneyCells = ({ cells, read }: TableSource, least: number) => {
  return cells.filter((address) => !isCountCell(address) && Math.abs(read(address) ?? 0) >= least);
};

const pickFrom = <T>(random: Random, list: readonly T[]): T | undefined =>
  list.length === 0 ? undefined : random.pick(list);

/** The figure with two neighbouring digits exchanged; none where all neighbours are alike. */
export function swappedDigits(text: string, random: Random): string | undefined {
  const places = text.split("").flatMap((sign, at) => {
    const next = text[at + 1] ?? "";
    const isPair = /\d/u.test(sign) && /\d/u.test(next) && sign !== next;
    return isPair && !(at === 0 && next === "0") ? [at] : [];
  });
  const at = pickFrom(random, places);
  if (at === undefined) return undefined;
  return text.slice(0, at) + (text[at + 1] ?? "") + (text[at] ?? "") + text.slice(at + 2);
}

const digits: Maker = (source, random) => {
  const address = pickFrom(random, moneyCells(source, 1_000_000));
  if (address === undefined) return undefined;
  const value = source.read(address) ?? 0;
  const printed = printWan(value);
  const parsed = parseAmount(swappedDigits(printed, random) ?? printed, "wan");
  if (!parsed.ok || parsed.value === undefined) return undefined;
  const rest = value - Math.round(value / digit) * digit;
  return faultOf(source, { family: "digits" }, new Map([[address, parsed.value + rest]]));
};

/** 元 typed where 万元 is meant, or 万元 where 元 is. */
const unit: Maker = (source, random) => {
  const address = pickFrom(random, moneyCells(source, 3_000_000));
  if (address === undefined) return undefined;
  const value = source.read(address) ?? 0;
  const isUp = random.chance(0.7) && Math.abs(value) < 1e11;
  const slipped = isUp ? value * 10_000 : Math.round(value / 10_000);
  return faultOf(source, { family: "unit" }, new Map([[address, slipped]]));
};

/** A 项 with its money, or a class of 公开01表 or 公开04表, is left out. */
const missingRow: Maker = (source, random) => {
  const { report } = source;
  if (random.chance(0.3)) {
    const address = pickFrom(
      random,
      moneyCells(source, 3 * digit).filter((cell) =>
        /^t01\/\d{3}\/|^t04\/\d{3}\/total/u.test(cell),
      ),
    );
    if (address === undefined) return undefined;
    const [table = "", row = ""] = address.split("/");
    const cells = source.cells.filter((cell) => cell.startsWith(`${table}/${row}/`));
    return faultOf(
      source,
      { family: "missing_row" },
      new Map(cells.map((cell) => [cell, undefined])),
    );
  }
  const table = random.pick(["t02", "t03", "t05", "t07"] as const);
  const codes = tableIn(report.sections, table)
    .rows.map(({ key }) => key)
    .filter((key) => key.length === 7);
  const code = pickFrom(random, codes);
  if (code === undefined) return undefined;
  const alone = codes.filter((other) => other.startsWith(code.slice(0, 5))).length === 1;
  if (alone) return undefined;
  const cells = source.cells.filter((cell) => cell.startsWith(`${table}/${code}/`));
  const fault = faultOf(
    source,
    { family: "missing_row" },
    new Map(cells.map((cell) => [cell, undefined])),
  );
  if (fault === undefined) return undefined;
  // The row is gone: what shows it are the sums it was part of.
  const sums = source.equations.filter(({ parts }) => parts.some((part) => fault.cells.has(part)));
  return { ...fault, cells: new Set([...fault.cells, ...sums.flatMap(({ whole }) => whole)]) };
};

/** Last year's figure left standing. */
const staleYear: Maker = (source, random) => {
  const { prior } = source.report.sections.facts;
  const { read } = source;
  const address = pickFrom(
    random,
    moneyCells(source, digit).filter((cell) => {
      const before = prior[cell];
      return before !== undefined && Math.abs(before - (read(cell) ?? 0)) > 10 * digit;
    }),
  );
  if (address === undefined) return undefined;
  return faultOf(source, { family: "stale_year" }, new Map([[address, prior[address]]]));
};

const columnsByTable: { readonly [table: string]: readonly string[] } = {
  t02: ["total", "fiscal", "superior", "business", "operating", "affiliate", "other"],
  t03: ["total", "basic", "project", "to_superior", "operating", "to_affiliate"],
  t04: ["total", "general", "fund", "capital"],
  t05: ["total", "basic", "project"],
  t07: ["opening", "income", "total", "basic", "project", "closing"],
};

/** A row whose figures are one column to the right. */
const shiftedColumn: Maker = (source, random) => {
  const { sections } = source.report;
  const table = random.pick(["t02", "t03", "t04", "t05", "t07"] as const);
  const columns = columnsByTable[table] ?? [];
  const rows = tableIn(sections, table).rows.filter(
    ({ key, cells }) =>
      (table !== "t04" || /^\d{3}$/u.test(key)) && cells[columns[0] ?? ""] !== undefined,
  );
  const row = pickFrom(random, rows);
  if (row === undefined) return undefined;
  return faultOf(
    source,
    { family: "shifted_column" },
    new Map(
      columns.map((column, index) => [
        `${table}/${row.key}/${column}`,
        index === 0 ? undefined : row.cells[columns[index - 1] ?? ""],
      ]),
    ),
  );
};

/** A 项 under its sibling's name; no sum shows it, the code table does. */
const name: Maker = ({ report, byCell }, random) => {
  const { functionCodes } = report.edition;
  const table = random.pick(["t02", "t03", "t05"] as const);
  const named = tableIn(report.sections, table).rows.filter(({ key }) => functionCodes.has(key));
  const row = pickFrom(random, named);
  const other = pickFrom(
    random,
    [...functionCodes].filter(
      ([code, name]) =>
        code.length === row?.key.length &&
        code.slice(0, 3) === row.key.slice(0, 3) &&
        name !== functionCodes.get(row.key),
    ),
  );
  if (row === undefined || other === undefined) return undefined;
  const rename = (one: TableRow): TableRow =>
    one.key === row.key ? { ...one, name: other[1] } : one;
  const cells = new Set(Object.keys(row.cells).map((column) => `${table}/${row.key}/${column}`));
  return {
    family: "name",
    where: `${table}/${row.key}`,
    expected: functionCodes.get(row.key) ?? "",
    detectable: "code table of the year",
    report: {
      ...report,
      sections: {
        ...report.sections,
        [table]: { rows: tableIn(report.sections, table).rows.map(rename) },
      },
    },
    cells,
    chain: chainOf(byCell, cells),
  };
};

const isSumCell = (address: string): boolean =>
  /\/(?:total|income_total|income_sum|expense_total|expense_sum|personnel_total|public_total|vehicles)\/|^t0[23578]\/\d{3}(?:\d\d)?\/|^t06\/\d{3}\//u.test(
    address,
  );

const sum: Maker = (source, random) => {
  const address = pickFrom(random, moneyCells(source, 100 * digit).filter(isSumCell));
  if (address === undefined) return undefined;
  const value = source.read(address) ?? 0;
  const by = Math.round((Math.abs(value) * (0.01 + 0.15 * random.next())) / digit) * digit;
  const wrong = random.chance(0.5) ? value + by : value - by;
  return faultOf(source, { family: "sum" }, new Map([[address, wrong]]));
};

const basicProject: Maker = (source, random) => {
  const table = random.pick(["t03", "t05", "t07"] as const);
  const rows = tableIn(source.report.sections, table).rows.filter(
    ({ cells }) => cells.basic !== cells.project,
  );
  const row = pickFrom(random, rows);
  if (row === undefined) return undefined;
  return faultOf(
    source,
    { family: "basic_project" },
    new Map([
      [`${table}/${row.key}/basic`, row.cells.project],
      [`${table}/${row.key}/project`, row.cells.basic],
    ]),
  );
};

/** 其中 above what it is part of: foreign guests, 基本支出 of one budget, “三公” above its budget. */
const partAboveWhole: Maker = (source, random) => {
  const equation = pickFrom(
    random,
    source.equations.filter(({ atMost, whole, parts }) => {
      const { read } = source;
      return atMost && [...whole, ...parts].every((cell) => (read(cell) ?? 0) > 0);
    }),
  );
  const [part] = equation?.parts ?? [];
  if (equation === undefined || part === undefined) return undefined;
  const { read } = source;
  const whole = sumOf(Object.fromEntries(equation.whole.map((cell) => [cell, read(cell) ?? 0])));
  const more = isCountCell(part)
    ? random.int(1, 9)
    : Math.round((whole * 0.2) / digit + 10) * digit;
  return faultOf(source, { family: "part_above_whole" }, new Map([[part, whole + more]]));
};

const count: Maker = (source, random) => {
  const address = pickFrom(random, source.cells.filter(isCountCell));
  if (address === undefined) return undefined;
  const value = source.read(address) ?? 0;
  const wrong = random.chance(0.5)
    ? value + random.int(1, 9)
    : Math.max(0, value - random.int(1, 5));
  return faultOf(source, { family: "count" }, new Map([[address, wrong]]));
};

/** A figure with its sign lost or got. */
const direction: Maker = (source, random) => {
  const address = pickFrom(random, moneyCells(source, 100 * digit));
  if (address === undefined) return undefined;
  const value = source.read(address) ?? 0;
  return faultOf(source, { family: "direction" }, new Map([[address, -value]]));
};

/** Last year closed with something else than this year opened with. */
const prior: Maker = ({ report, byCell, read }, random) => {
  const fund = random.pick([
    "t01/closing/final",
    "t04/closing/total",
    "t04/closing/general",
  ] as const);
  const [table, , column] = fund.split("/");
  const opening =
    table === "t01"
      ? "t01/opening/final"
      : column === "total"
        ? "t04/opening/final"
        : `t04/opening_${String(column)}/final`;
  const right = report.sections.facts.prior[fund] ?? 0;
  const wrong = right + random.int(3, 90_000) * digit;
  const now = read(opening);
  if (now === undefined || Math.abs(now - wrong) <= 2 * digit) return undefined;
  const cells = new Set<string>([opening, fund]);
  const { facts } = report.sections;
  const changed = { ...facts, prior: { ...facts.prior, [fund]: wrong } };
  return {
    family: "prior",
    where: `prior ${fund}`,
    expected: printWan(right),
    detectable: `${opening} = last year's ${fund}`,
    report: { ...report, sections: { ...report.sections, facts: changed } },
    cells,
    chain: chainOf(byCell, cells),
  };
};

/** Makers of faults in tables; `prior` needs last year's figures, which printed tables lack. */
export const tableFaults: {
  readonly [name: string]: {
    readonly make: Maker;
    readonly in: readonly ("sections" | "printed")[];
  };
} = {
  digits: { make: digits, in: ["sections", "printed"] },
  unit: { make: unit, in: ["sections", "printed"] },
  missingRow: { make: missingRow, in: ["sections", "printed"] },
  staleYear: { make: staleYear, in: ["sections", "printed"] },
  shiftedColumn: { make: shiftedColumn, in: ["sections", "printed"] },
  name: { make: name, in: ["sections", "printed"] },
  sum: { make: sum, in: ["sections", "printed"] },
  basicProject: { make: basicProject, in: ["sections", "printed"] },
  partAboveWhole: { make: partAboveWhole, in: ["sections", "printed"] },
  count: { make: count, in: ["sections", "printed"] },
  direction: { make: direction, in: ["sections", "printed"] },
  prior: { make: prior, in: ["sections"] },
};
