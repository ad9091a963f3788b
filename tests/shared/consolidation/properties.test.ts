import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { checkReport } from "../../../shared/checks/check-report.ts";
import {
  addedTables,
  consolidate,
  differingCells,
} from "../../../shared/consolidation/consolidate.ts";
import {
  eliminationEntry,
  proposeEliminations,
} from "../../../shared/consolidation/eliminations.ts";
import { cellAddress } from "../../../shared/forms/cell.ts";
import { jiangxi2022 as edition } from "../../examples/editions.ts";
import type { Report, UnitSubmission } from "../../../shared/report/report.ts";
import { fiscalFlows, shifted, soundReport, type Flow } from "../checks/sound-report.ts";
import { unitOf } from "./unit-of.ts";
import { tableIn } from "../../../shared/report/section-ids.ts";

/** Money of a unit that has nothing to do with other units of its department. */
const outside = fc
  .record({
    code: fc.constantFrom("2010301", "2010399", "2080505", "2130101"),
    other: fc.integer({ min: 1, max: 9_000_0000 }),
    business: fc.integer({ min: 1, max: 9_000_0000 }),
    basic: fc.integer({ min: 1, max: 9_000_0000 }),
    operating: fc.integer({ min: 0, max: 9_000_0000 }),
  })
  .map(({ code, other, business, basic, operating }): Flow => ({
    code,
    source: "own",
    opening: 90_000_0000,
    income: { other, business },
    spent: { basic, operating },
  }));

const codes = ["2010301", "2080505", "2130101", "2210201"] as const;

/** Who paid whom, booked under a code of each side's own. */
const internal = fc.record({
  kind: fc.constantFrom("subsidy", "remittance"),
  affiliate: fc.nat(),
  payerCode: fc.constantFrom(...codes),
  payeeCode: fc.constantFrom(...codes),
});

const departments = fc.record({
  units: fc.array(fc.array(outside, { minLength: 1, maxLength: 4 }), {
    minLength: 2,
    maxLength: 6,
  }),
  flows: fc.array(internal, { maxLength: 8 }),
  /** Amounts that nobody else has: powers of two apart, so that no two sums of them are equal. */
  scale: fc.integer({ min: 1, max: 1_000 }),
});

interface Department {
  readonly units: readonly UnitSubmission[];
  /** The same units had none of them paid another: what the department truly received and spent. */
  readonly truth: readonly UnitSubmission[];
}

const orgCode = (index: number) => `137${String(index + 1).padStart(3, "0")}`;

function build({ units, flows, scale }: DepartmentPlan): Department {
  const booked: Flow[][] = units.map(() => []);
  const used = new Set<string>();
  for (const [index, { kind, affiliate, payerCode, payeeCode }] of flows.entries()) {
    const below = 1 + (affiliate % (units.length - 1));
    const [payer, payee] = kind === "subsidy" ? [0, below] : [below, 0];
    const rows = [`${kind} paid ${payer} ${payerCode}`, `${kind} got ${payee} ${payeeCode}`];
    if (rows.some((row) => used.has(row))) continue; // one amount a row: a known truth
    for (const row of rows) used.add(row);
    const fen = scale * 2 ** index;
    booked[payer]?.push({
      ...{ code: payerCode, source: "own", opening: 0, income: {} },
      spent: kind === "subsidy" ? { to_affiliate: fen } : { to_superior: fen },
    });
    booked[payee]?.push({
      ...{ code: payeeCode, source: "own", opening: 0, spent: {} },
      income: kind === "subsidy" ? { superior: fen } : { affiliate: fen },
    });
  }
  const report = (own: readonly Flow[]): Report =>
    soundReport({ flows: [...fiscalFlows, ...own], enteredIn: "yuan" });
  return {
    units: units.map((own, index) =>
      unitOf(report([...own, ...(booked[index] ?? [])]), orgCode(index)),
    ),
    truth: units.map((own, index) => unitOf(report(own), orgCode(index))),
  };
}
type DepartmentPlan = typeof departments extends fc.Arbitrary<infer Plan> ? Plan : never;

const confirmed = (units: readonly UnitSubmission[]) =>
  proposeEliminations(units).pairs.map((pair) => eliminationEntry(pair, (code) => code));

describe("a department of generated units with known internal flows", () => {
  it("is, once the pairs are confirmed, exactly what it truly received and spent", () => {
    fc.assert(
      fc.property(departments, (plan) => {
        const { units, truth } = build(plan);
        const { unmatched } = proposeEliminations(units);
        expect(unmatched).toEqual([]);
        const { tables } = consolidate(edition, units, confirmed(units));
        expect(differingCells(edition, tables, addedTables(edition, truth, []))).toEqual([]);
      }),
      { numRuns: 100 },
    );
  });

  it("keeps every relation of the rule book that its units keep, in 元 to the last 分", () => {
    fc.assert(
      fc.property(departments, (plan) => {
        const { units } = build(plan);
        const { tables, facts } = consolidate(edition, units, confirmed(units));
        const { sections, ...base } = soundReport({ enteredIn: "yuan" });
        const report: Report = {
          ...base,
          sections: { ...sections, ...tables, facts: { ...sections.facts, ...facts } },
        };
        const errors = checkReport(report).findings.filter(({ severity }) => severity === "error");
        expect(errors).toEqual([]);
      }),
      { numRuns: 40 },
    );
  });

  it("has moved in exactly the cells in which one unit moved", () => {
    const moves = fc.record({ plan: departments, unit: fc.nat(), row: fc.nat(), by: fc.nat(1e9) });
    fc.assert(
      fc.property(moves, ({ plan, unit, row, by }) => {
        const { units } = build(plan);
        const at = unit % units.length;
        const cells = edition.forms.flatMap(({ id }) =>
          tableIn(units[at]?.sections ?? {}, id).rows.flatMap(({ key, cells }) =>
            Object.entries(cells).map(([column, value]) => ({
              cell: cellAddress({ table: id, row: key, column }),
              value,
            })),
          ),
        );
        const chosen = cells[row % cells.length];
        if (chosen === undefined) throw new Error("A unit without cells.");
        const moved = units.map((one, index) =>
          index === at ? { ...one, ...movedBy(one, chosen.cell, by + 1) } : one,
        );
        const entries = confirmed(units);
        const [before, after] = [units, moved].map((some) => addedTables(edition, some, entries));
        if (before === undefined || after === undefined) throw new Error("Two were asked for.");
        const differing = differingCells(edition, before, after);
        expect(differing.map(({ cell }) => cell)).toEqual([chosen.cell]);
        const [{ left = 0, right = 0 } = {}] = differing;
        expect(right - left).toBe(by + 1);
      }),
      { numRuns: 100 },
    );
  });
});

const movedBy = (
  unit: UnitSubmission,
  cell: string,
  by: number,
): Pick<UnitSubmission, "sections"> => {
  const { sections } = soundReport();
  const report = shifted(
    { ...soundReport(), sections: { ...sections, ...unit.sections } },
    { [cell]: by },
  );
  return { sections: report.sections };
};
