import { describe, expect, it } from "vitest";
import {
  eliminationEntry,
  proposeEliminations,
} from "../../../shared/consolidation/eliminations.ts";
import type { UnitSubmission } from "../../../shared/report/report.ts";
import { soundReport, type Flow } from "../checks/sound-report.ts";
import { unitOf } from "./unit-of.ts";

type Booked = readonly [code: string, column: keyof Flow["income"] | keyof Flow["spent"], number];

const incomes: readonly string[] = ["superior", "affiliate"];

/** A unit that booked these amounts of internal flows, beside money of its own. */
const unit = (orgCode: string, ...booked: readonly Booked[]): UnitSubmission => {
  const own: Flow = {
    code: "2010399",
    source: "own",
    opening: 9_000_0000,
    income: { other: 47_0000 },
    spent: {},
  };
  const flows = booked.map(([code, column, fen]): Flow => ({
    code,
    source: "own",
    opening: 0,
    income: incomes.includes(column) ? { [column]: fen } : {},
    spent: incomes.includes(column) ? {} : { [column]: fen },
  }));
  return unitOf(soundReport({ flows: [own, ...flows] }), orgCode);
};

const found = (...units: readonly UnitSubmission[]) => {
  const { pairs, unmatched } = proposeEliminations(units);
  return {
    pairs: pairs.map(({ kind, fen, payer, payee, match }) => [
      kind,
      `${payer.orgCode} ${payer.cell}`,
      `${payee.orgCode} ${payee.cell}`,
      fen,
      match,
    ]),
    unmatched: unmatched.map(({ orgCode, cell, fen }) => [orgCode, cell, fen]),
  };
};

describe("internal flows of a department", () => {
  it("are proposed where payer and payee show one amount, of one code first", () => {
    expect(
      found(
        unit("001", ["2010301", "to_affiliate", 500], ["2080505", "to_affiliate", 500]),
        unit("002", ["2080505", "superior", 500]),
        unit("003", ["2130101", "superior", 500]),
      ),
    ).toEqual({
      pairs: [
        ["subsidy", "001 t03/2080505/to_affiliate", "002 t02/2080505/superior", 500, "same_code"],
        ["subsidy", "001 t03/2010301/to_affiliate", "003 t02/2130101/superior", 500, "same_amount"],
      ],
      unmatched: [],
    });
  });

  it("are dealt out where one side booked in one sum what the others booked singly", () => {
    expect(
      found(
        unit("001", ["2010301", "to_affiliate", 900], ["2010301", "affiliate", 70]),
        unit("002", ["2010301", "superior", 600], ["2010301", "to_superior", 30]),
        unit("003", ["2010301", "superior", 300], ["2080505", "to_superior", 40]),
      ),
    ).toEqual({
      pairs: [
        ["subsidy", "001 t03/2010301/to_affiliate", "002 t02/2010301/superior", 600, "same_sum"],
        ["subsidy", "001 t03/2010301/to_affiliate", "003 t02/2010301/superior", 300, "same_sum"],
        ["remittance", "002 t03/2010301/to_superior", "001 t02/2010301/affiliate", 30, "same_sum"],
        ["remittance", "003 t03/2080505/to_superior", "001 t02/2010301/affiliate", 40, "same_sum"],
      ],
      unmatched: [],
    });
  });

  it("are listed on both sides where the amounts do not meet", () => {
    expect(
      found(
        unit("001", ["2010301", "to_affiliate", 100]),
        unit("002", ["2010301", "superior", 95]),
        unit("003", ["2010301", "to_superior", 8]),
      ),
    ).toEqual({
      pairs: [],
      unmatched: [
        ["001", "t03/2010301/to_affiliate", 100],
        ["002", "t02/2010301/superior", 95],
        ["003", "t03/2010301/to_superior", 8],
      ],
    });
  });

  it("are never a unit's payments to itself, nor one kind against the other", () => {
    expect(
      found(
        unit("001", ["2010301", "to_affiliate", 100], ["2010301", "superior", 100]),
        unit("002", ["2010301", "affiliate", 100]),
      ).pairs,
    ).toEqual([]);
  });

  it("are not dealt out to a unit that would thereby pay itself, however the sums meet", () => {
    const { pairs, unmatched } = found(
      unit("001", ["2010301", "to_affiliate", 60], ["2080505", "superior", 40]),
      unit("002", ["2010301", "to_affiliate", 40], ["2080505", "superior", 60]),
    );
    // Equal amounts of two units are a pair; nothing of it is left for a sum.
    expect(pairs.map(([, payer, payee, fen]) => [payer, payee, fen])).toEqual([
      ["001 t03/2010301/to_affiliate", "002 t02/2080505/superior", 60],
      ["002 t03/2010301/to_affiliate", "001 t02/2080505/superior", 40],
    ]);
    expect(unmatched).toEqual([]);
    expect(
      found(
        unit("001", ["2010301", "to_affiliate", 70], ["2080505", "superior", 30]),
        unit("002", ["2080505", "superior", 40]),
      ),
    ).toEqual({
      pairs: [],
      unmatched: [
        ["001", "t03/2010301/to_affiliate", 70],
        ["001", "t02/2080505/superior", 30],
        ["002", "t02/2080505/superior", 40],
      ],
    });
  });

  it("are none where one unit alone is added up, or nobody filled the columns", () => {
    expect(found(unit("001", ["2010301", "to_affiliate", 100])).pairs).toEqual([]);
    expect(found(unit("001"), unit("002"))).toEqual({ pairs: [], unmatched: [] });
    expect(found()).toEqual({ pairs: [], unmatched: [] });
  });

  it("may be refunds: paired with the same refund, never netted in a sum, never passed over", () => {
    expect(
      found(
        unit("001", ["2010301", "to_affiliate", -50], ["2080505", "to_affiliate", 90]),
        unit("002", ["2010301", "superior", -50]),
        unit("003", ["2080505", "superior", 100], ["2130101", "superior", -10]),
      ),
    ).toEqual({
      pairs: [
        ["subsidy", "001 t03/2010301/to_affiliate", "002 t02/2010301/superior", -50, "same_code"],
      ],
      unmatched: [
        ["001", "t03/2080505/to_affiliate", 90],
        ["003", "t02/2080505/superior", 100],
        ["003", "t02/2130101/superior", -10],
      ],
    });
  });

  it("are read from 合计 where a unit lists no codes, and taken off 合计 alone", () => {
    const totals = (orgCode: string, table: "t02" | "t03", column: string) => {
      const one = unit(orgCode);
      const rows = [{ key: "total", cells: { [column]: 500 } }];
      return { ...one, sections: { ...one.sections, [table]: { rows } } };
    };
    const [pair, ...others] = proposeEliminations([
      totals("001", "t03", "to_superior"),
      totals("002", "t02", "affiliate"),
    ]).pairs;
    if (pair === undefined) throw new Error("No pair was proposed.");
    expect(others).toEqual([]);
    expect(eliminationEntry(pair, (code) => code).cells.map(({ cell }) => cell)).toEqual([
      ...["affiliate", "income_total", "income_sum"].map((row) => `t01/${row}/final`),
      ...["t02/total/affiliate", "t02/total/total"],
      ...["expense_total", "expense_sum"].map((row) => `t01/${row}/final`),
      ...["t03/total/to_superior", "t03/total/total"],
    ]);
  });

  it("use every amount once", () => {
    const { pairs, unmatched } = found(
      unit("001", ["2010301", "to_affiliate", 100]),
      unit("002", ["2010301", "superior", 100]),
      unit("003", ["2010301", "superior", 100]),
    );
    expect(pairs).toHaveLength(1);
    expect(unmatched).toEqual([["003", "t02/2010301/superior", 100]]);
  });
});

describe("a confirmed pair", () => {
  const units = [
    unit("001", ["2010301", "to_affiliate", 500]),
    unit("002", ["2080505", "superior", 500]),
  ];
  const [pair] = proposeEliminations(units).pairs;

  it("takes its amount off every cell that the money went into, and no other", () => {
    if (pair === undefined) throw new Error("No pair was proposed.");
    const { cells, ...entry } = eliminationEntry(pair, (code) => `单位${code}`);
    expect(entry).toEqual({
      id: "subsidy.001.2010301.002.2080505.500",
      pair: "subsidy.001.2010301.002.2080505.500",
      reason: "抵销内部往来：单位001对附属单位补助支出与单位002上级补助收入",
    });
    expect(cells.every(({ fen }) => fen === -500)).toBe(true);
    expect(cells.map(({ cell }) => cell).sort()).toEqual(
      [
        ...["superior", "income_total", "income_sum", "201", "expense_total", "expense_sum"].map(
          (row) => `t01/${row}/final`,
        ),
        ...["2080505", "20805", "208", "total"].flatMap((row) => [
          `t02/${row}/superior`,
          `t02/${row}/total`,
        ]),
        ...["2010301", "20103", "201", "total"].flatMap((row) => [
          `t03/${row}/to_affiliate`,
          `t03/${row}/total`,
        ]),
      ].sort(),
    );
  });

  it("is another pair once an amount changed, so that nothing stale can be confirmed", () => {
    const moved = [
      unit("001", ["2010301", "to_affiliate", 501]),
      unit("002", ["2080505", "superior", 501]),
    ];
    expect(proposeEliminations(moved).pairs[0]?.id).not.toBe(pair?.id);
  });
});
