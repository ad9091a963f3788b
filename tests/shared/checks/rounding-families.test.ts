import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createContext } from "../../../shared/checks/context.ts";
import { ruleById } from "../../../shared/checks/rule-book.ts";
import { parseCellAddress } from "../../../shared/forms/cell.ts";
import { jiangxi2022 } from "../../examples/editions.ts";
import type { Edition, TableId } from "../../../shared/forms/form.ts";
import type { Report } from "../../../shared/report/report.ts";
import type { Sections } from "../../../shared/report/sections.ts";
import { emptySections } from "../../../shared/report/section-ids.ts";
import { caseCount } from "../../case-count.ts";

/**
 * Every family of relations against an oracle that knows nothing of our arithmetic: sums are BigInt, rounding is done
 * on decimal digits, and the envelope is counted in halves of a printed digit.
 */
const runs = { seed: 20_240_731, numRuns: caseCount(10_000) } as const;

/** 0.01 万元 in 分. */
const digit = 10_000;

/** 分 rounded half up to 0.01 万元, by its digits. */
function rounded(fen: bigint): number {
  const digits = String(fen).padStart(5, "0");
  const kept = BigInt(digits.slice(0, -4));
  const isUp = "56789".includes(digits.charAt(digits.length - 4));
  return Number(`${String(isUp ? kept + 1n : kept)}0000`);
}

const sum = (amounts: readonly bigint[]): bigint => amounts.reduce((all, one) => all + one, 0n);

/** Half a printed digit for every figure that is not zero, as often as it was rounded; whole digits, at least one. */
const envelope = (figures: readonly (number | bigint)[], roundings = 1): number => {
  const halves = figures.filter((figure) => Number(figure) !== 0).length * roundings;
  return Math.max(2, halves - (halves % 2)) * (digit / 2);
};

/** Nothing, or an amount that is not rounded away: 50 元 is 0.01 万元. */
const amount = fc.oneof(
  { weight: 1, arbitrary: fc.constant(0) },
  { weight: 4, arbitrary: fc.integer({ min: 50_00, max: 90_000_000_00 }) },
);
const amounts = (count: number) =>
  fc.array(amount, { minLength: count, maxLength: count }).map((all) => all.map(BigInt));
const sign = fc.constantFrom(-1, 1);

interface Given {
  readonly enteredIn?: "yuan" | "wan";
  readonly prior?: Readonly<Record<string, number>>;
  readonly units?: number;
}

type Cells = readonly (readonly [address: string, value: number])[];

/** A report with these cells and nothing else; a zero is left empty as often as it is typed. */
function reportOf(cells: Cells, { enteredIn = "wan", prior = {}, units = 0 }: Given = {}): Report {
  const tables = new Map<TableId, Map<string, Record<string, number>>>();
  for (const [index, [address, value]] of cells.entries()) {
    const ref = parseCellAddress(address);
    if (ref === undefined) throw new Error(`No cell address: ${address}`);
    if (value === 0 && index % 2 === 1) continue;
    const rows = tables.get(ref.table) ?? new Map<string, Record<string, number>>();
    tables.set(ref.table, rows);
    rows.set(ref.row, { ...rows.get(ref.row), [ref.column]: value });
  }
  const sections: Sections = {
    ...emptySections,
    ...Object.fromEntries(
      [...tables].map(([id, rows]) => [
        id,
        { rows: [...rows].map(([key, values]) => ({ key, cells: values })) },
      ]),
    ),
    facts: { ...emptySections.facts, enteredIn, prior: { ...prior } },
    adjustments: {
      entries: [],
      ...(units === 0
        ? {}
        : {
            basis: Object.fromEntries(
              Array.from({ length: units }, (_, index) => [
                String(137_001 + index),
                "0".repeat(64),
              ]),
            ),
          }),
    },
  };
  const { year } = jiangxi2022;
  return {
    identity: { region: "360200", year, orgCode: "137", orgName: "某局", kind: "department" },
    edition: editionOf([...cells.map(([address]) => address), ...Object.keys(prior)]),
    sections,
  };
}

const editions = new Map<string, Edition>();

/** The edition with no more tables than a relation reads: ten thousand reports of ten tables each take a minute. */
function editionOf(addresses: readonly string[]): Edition {
  const tables = new Set(addresses.map((address) => address.slice(0, 3)));
  const key = [...tables].join();
  const edition = editions.get(key) ?? {
    ...jiangxi2022,
    forms: jiangxi2022.forms.filter(({ id }) => tables.has(id)),
  };
  editions.set(key, edition);
  return edition;
}

/** Whether a rule says more than that something was rounded. */
function isFlagged(id: string, report: Report): boolean {
  const rule = ruleById(id);
  if (rule?.cells === undefined) throw new Error(`No rule ${id} over cells.`);
  return rule.cells.run(createContext(report)).faults.some(({ kind }) => kind !== "rounding");
}

/** A total and what it is the sum of, each in a cell of its own. */
interface Sum {
  readonly rule: string;
  readonly total: string;
  readonly parts: readonly string[];
}

const rowsOf = (table: TableId, rows: readonly string[], column = "final"): readonly string[] =>
  rows.map((row) => `${table}/${row}/${column}`);

const fixedRows = (table: TableId, shape: RegExp): readonly string[] =>
  jiangxi2022.forms
    .filter(({ id }) => id === table)
    .flatMap(({ blocks }) => blocks)
    .flatMap(({ rows }) => (rows === "by-function-code" ? [] : rows))
    .flatMap((row) => ("key" in row && shape.test(row.key) ? [row.key] : []));

const incomes = ["general", "fund", "capital", "superior", "business", "operating"] as const;

const sumsInTables: readonly Sum[] = [
  {
    rule: "R001",
    total: "t01/income_total/final",
    parts: rowsOf("t01", [...incomes, "affiliate", "other"]),
  },
  {
    rule: "R003",
    total: "t01/expense_total/final",
    parts: rowsOf("t01", fixedRows("t01", /^\d{3}$/u)),
  },
  {
    rule: "R034",
    total: "t04/expense_total/fund",
    parts: rowsOf("t04", fixedRows("t04", /^\d{3}$/u), "fund"),
  },
  { rule: "R052", total: "t06/302/final", parts: rowsOf("t06", fixedRows("t06", /^302\d\d$/u)) },
  {
    rule: "R080",
    total: "t09/total/full",
    parts: rowsOf("t09", ["abroad", "vehicles", "reception"], "full"),
  },
  {
    rule: "R020",
    total: "t03/2010301/total",
    parts: ["basic", "project", "to_superior", "operating", "to_affiliate"].map(
      (column) => `t03/2010301/${column}`,
    ),
  },
];

const equalTables: readonly Sum[] = [
  { rule: "R101", total: "t01/income_total/final", parts: ["t02/total/total"] },
  {
    rule: "R102",
    total: "t02/total/fiscal",
    parts: rowsOf("t01", ["general", "fund", "capital"]),
  },
  { rule: "R111", total: "t01/208/final", parts: ["t03/208/total"] },
  {
    rule: "R150",
    total: "t05/total/basic",
    parts: rowsOf("t06", ["personnel_total", "public_total"]),
  },
  {
    rule: "R171",
    total: "t04/expense_total/total",
    parts: ["t05/total/total", "t07/total/total", "t08/total/total"],
  },
];

/** A sum of the family with amounts for its parts. */
const truthOf = (family: readonly Sum[]) =>
  fc
    .constantFrom(...family)
    .chain((of) => fc.record({ of: fc.constant(of), parts: amounts(of.parts.length) }));

const typed = ({ total, parts }: Sum, values: readonly number[], whole: number): Cells => [
  [total, whole],
  ...parts.map((part, index) => [part, values[index] ?? 0] as const),
];

const plus = (values: readonly number[]): number => values.reduce((all, one) => all + one, 0);

function holdsForSums(family: readonly Sum[]) {
  fc.assert(
    fc.property(truthOf(family), sign, fc.nat(1_000), ({ of, parts }, way, further) => {
      const whole = sum(parts);
      if (whole === 0n) return;
      const values = parts.map(rounded);
      expect(isFlagged(of.rule, reportOf(typed(of, values, rounded(whole))))).toBe(false);

      const edge = plus(values) + way * envelope([...values, whole]);
      if (edge !== 0) expect(isFlagged(of.rule, reportOf(typed(of, values, edge)))).toBe(false);
      const beyond = edge + way * (1 + further) * digit;
      expect(isFlagged(of.rule, reportOf(typed(of, values, beyond)))).toBe(true);

      const exact = parts.map(Number);
      const yuan = { enteredIn: "yuan" } as const;
      expect(isFlagged(of.rule, reportOf(typed(of, exact, Number(whole)), yuan))).toBe(false);
      const off = Number(whole) + way * (1 + further);
      expect(isFlagged(of.rule, reportOf(typed(of, exact, off), yuan))).toBe(true);
    }),
    runs,
  );
}

describe("the truth, rounded cell by cell, is never flagged, and an error beyond the envelope always is", () => {
  it("in sums inside a table", () => {
    holdsForSums(sumsInTables);
  }, 60_000);

  it("between tables that tell the same money", () => {
    holdsForSums(equalTables);
  }, 60_000);

  it("in sums by code", () => {
    const codes = [...jiangxi2022.functionCodes.keys()].filter((code) => code.length === 7);
    const item = fc.record({
      code: fc.constantFrom(...codes.slice(0, 60), ...codes.slice(300, 330)),
      fen: fc.integer({ min: 50_00, max: 90_000_000_00 }),
    });
    fc.assert(
      fc.property(
        fc.uniqueArray(item, { selector: ({ code }) => code, minLength: 1, maxLength: 8 }),
        fc.nat(),
        sign,
        (items, pick, way) => {
          const rows = new Map<string, bigint>();
          for (const { code, fen } of items) {
            for (const row of ["total", code.slice(0, 3), code.slice(0, 5), code]) {
              rows.set(row, (rows.get(row) ?? 0n) + BigInt(fen));
            }
          }
          const cells = [...rows].map(
            ([row, fen]) => [`t05/${row}/project`, rounded(fen)] as const,
          );
          expect(isFlagged("R041", reportOf(cells))).toBe(false);

          const [target, value] = cells[pick % cells.length] ?? ["", 0];
          /** Twice the envelope of the longest sum, the drift of the truth itself included. */
          const error = way * (2 * envelope([...items.map(({ fen }) => fen), 1]) + digit);
          const wrong = cells.filter(([address]) => address !== target);
          const broken = reportOf([...wrong, [target, value + error] as const]);
          expect(isFlagged("R041", broken)).toBe(true);
        },
      ),
      runs,
    );
  }, 60_000);

  it("where a part may not exceed its whole", () => {
    const limits: readonly Sum[] = [
      { rule: "R151", total: "t03/2010301/basic", parts: ["t05/2010301/basic"] },
      { rule: "R130", total: "t03/total/total", parts: ["t04/expense_total/total"] },
      {
        rule: "R172",
        total: "t03/total/project",
        parts: ["t05/total/project", "t07/total/project", "t08/total/project"],
      },
      { rule: "R181", total: "t09/reception/final", parts: ["t06/30217/final"] },
    ];
    fc.assert(
      fc.property(truthOf(limits), amount, fc.nat(1_000), ({ of, parts }, rest, further) => {
        const whole = sum(parts) + BigInt(rest);
        if (sum(parts) === 0n) return;
        const values = parts.map(rounded);
        expect(isFlagged(of.rule, reportOf(typed(of, values, rounded(whole))))).toBe(false);

        const edge = plus(values) - envelope([...values, 1]);
        const beyond = edge - (1 + further) * digit;
        if (beyond <= 0) return;
        expect(isFlagged(of.rule, reportOf(typed(of, values, edge)))).toBe(false);
        expect(isFlagged(of.rule, reportOf(typed(of, values, beyond)))).toBe(true);
      }),
      runs,
    );
  }, 60_000);

  it("between this year and the one before", () => {
    const carried = [
      ["t01/opening/final", "t01/closing/final"],
      ["t04/opening/final", "t04/closing/total"],
      ["t04/opening_fund/final", "t04/closing/fund"],
    ] as const;
    fc.assert(
      fc.property(fc.constantFrom(...carried), amount, sign, (cells, fen, way) => {
        const [opening, closing] = cells;
        const value = rounded(BigInt(fen));
        const with_ = (now: number): Report =>
          reportOf([[opening, now]], { prior: { [closing]: value } });
        expect(isFlagged("R190", with_(value))).toBe(false);
        expect(isFlagged("R190", with_(value + way * digit))).toBe(false);
        expect(isFlagged("R190", with_(value + way * 2 * digit))).toBe(true);
        const exact = reportOf([[opening, fen + way]], {
          prior: { [closing]: fen },
          enteredIn: "yuan",
        });
        expect(isFlagged("R190", exact)).toBe(true);
      }),
      runs,
    );
  }, 60_000);

  it("in a department that was added up from units which rounded", () => {
    const sums = sumsInTables.filter(({ parts }) => parts.length <= 10);
    const department = fc.constantFrom(...sums).chain((of) =>
      fc.record({
        of: fc.constant(of),
        units: fc.array(amounts(of.parts.length), { minLength: 2, maxLength: 6 }),
      }),
    );
    fc.assert(
      fc.property(department, sign, ({ of, units }, way) => {
        const values = of.parts.map((_, index) =>
          plus(units.map((unit) => rounded(unit[index] ?? 0n))),
        );
        const whole = plus(units.map((unit) => rounded(sum(unit))));
        if (whole === 0) return;
        const given = { units: units.length };
        expect(isFlagged(of.rule, reportOf(typed(of, values, whole), given))).toBe(false);
        const edge = plus(values) + way * envelope([...values, whole], units.length);
        expect(isFlagged(of.rule, reportOf(typed(of, values, edge + way * digit), given))).toBe(
          true,
        );
      }),
      runs,
    );
  }, 60_000);
});
