import { describe, expect, it } from "vitest";
import { withAddedFacts } from "../../../shared/consolidation/added-facts.ts";
import {
  cellParts,
  consolidate,
  differingCells,
} from "../../../shared/consolidation/consolidate.ts";
import type { AdjustmentEntry } from "../../../shared/report/sections.ts";
import { tableIn, emptySections } from "../../../shared/report/section-ids.ts";
import { exampleUnits, loadExample, loadExampleUnit } from "../../examples/load-example.ts";
import { replaced } from "../checks/sound-report.ts";
import { unitOf } from "./unit-of.ts";

const department = loadExample("jingdezhen-2022");
const { edition } = department;
const reports = exampleUnits.map(loadExampleUnit);
const units = reports.map((report) => unitOf(report));
const own = department.sections.facts;

describe("the three units of Jingdezhen", () => {
  const { tables, facts } = consolidate(edition, units, []);

  it("add up to every table of their department, to the last 分", () => {
    for (const { id } of edition.forms)
      expect(tables[id]).toEqual(tableIn(department.sections, id));
  });

  it("add up to its people, budgets, procurement, 机关运行经费 and last year's figures", () => {
    expect(facts).toEqual({
      enteredIn: own.enteredIn,
      people: own.people,
      prior: own.prior,
      initialBudget: own.initialBudget,
      operatingCost: own.operatingCost,
      procurement: own.procurement,
    });
  });

  it("leave what is text to the department", () => {
    const bare = { ...own, people: undefined, procurement: undefined, prior: {} };
    expect(withAddedFacts(bare, facts)).toEqual(own);
  });
});

describe("a consolidated cell", () => {
  const cell = "t01/other/final" as const;
  const entry: AdjustmentEntry = {
    id: "manual.1",
    cells: [{ cell, fen: -120_000 }],
    reason: "本级误列其他收入，审计后调减",
  };

  it("remembers the units and entries it is made of", () => {
    expect(cellParts(cell, units, [entry])).toEqual({
      units: [
        { orgCode: "137001", value: 320_000 },
        { orgCode: "137002", value: 150_000 },
      ],
      entries: [{ id: "manual.1", value: -120_000 }],
      value: 350_000,
    });
    const { tables } = consolidate(edition, units, [entry]);
    expect(tableIn(tables, "t01").rows).toContainEqual({ key: "other", cells: { final: 350_000 } });
  });

  it("stays empty where nobody filled it, and is zero where somebody wrote zero", () => {
    const { tables } = consolidate(edition, units, []);
    expect(cellParts("t01/business/final", units, [])).toEqual({ units: [], entries: [] });
    expect(tableIn(tables, "t01").rows.map(({ key }) => key)).not.toContain("business");
    const zero = units.map((unit, index) =>
      index === 0 ? unitOf(replaced(loadExampleUnit("137001"), { "t01/business/final": 0 })) : unit,
    );
    expect(tableIn(consolidate(edition, zero, []).tables, "t01").rows).toContainEqual({
      key: "business",
      cells: { final: 0 },
    });
  });

  it("is in a row of its own for every code of any unit, with the codes it is summed up in", () => {
    const { tables } = consolidate(edition, units, []);
    const keys = new Set(
      units.flatMap(({ sections }) => tableIn(sections, "t03").rows.map(({ key }) => key)),
    );
    expect(
      tableIn(tables, "t03")
        .rows.map(({ key }) => key)
        .sort(),
    ).toEqual([...keys].sort());
  });

  it("keeps the name a unit gave a code that the list of the year lacks", () => {
    const named = (report: (typeof reports)[number]) => ({
      ...unitOf(report),
      sections: {
        ...report.sections,
        t03: { rows: [{ key: "2019998", name: "新设事务", cells: { total: 500 } }] },
      },
    });
    const { tables } = consolidate(edition, reports.map(named), []);
    expect(tableIn(tables, "t03").rows).toEqual([
      { key: "2019998", name: "新设事务", cells: { total: 1500 } },
    ]);
  });

  it("that differs is named with both values; empty and zero are the same money", () => {
    const { tables } = consolidate(edition, units, []);
    const moved = replaced(department, {
      "t01/other/final": 7,
      "t01/business/final": 0,
      "t10/other_cars/final": 2,
    });
    expect(differingCells(edition, tables, moved.sections)).toEqual([
      { cell: "t01/other/final", left: 470_000, right: 7 },
      { cell: "t10/other_cars/final", left: expect.any(Number) as number, right: 2 },
    ]);
  });
});

describe("facts added up", () => {
  it("are of 万元 as soon as one unit rounds to it", () => {
    const inYuan = reports.map((report) => ({
      ...report,
      sections: {
        ...report.sections,
        facts: { ...report.sections.facts, enteredIn: "yuan" as const },
      },
    }));
    const factsOf = (some: typeof reports) =>
      consolidate(
        edition,
        some.map((report) => unitOf(report)),
        [],
      ).facts;
    expect(factsOf(inYuan).enteredIn).toBe("yuan");
    expect(factsOf([...inYuan.slice(1), ...reports.slice(0, 1)]).enteredIn).toBe("wan");
  });

  it("count 机关运行经费 of administrative units alone", () => {
    const spending = reports.map((report) => ({
      ...report,
      sections: {
        ...report.sections,
        facts: { ...report.sections.facts, operatingCost: { current: 26_030_000 } },
      },
    }));
    const { facts } = consolidate(
      edition,
      spending.map((report) => unitOf(report)),
      [],
    );
    expect(facts.operatingCost).toEqual({ current: 26_030_000 });
  });

  it("never overwrite last year's figures that the department published or typed", () => {
    const cell = "t01/closing/final";
    const { facts } = consolidate(edition, units, []);
    const corrected = { ...facts, prior: { ...facts.prior, [cell]: 9 } };
    const published = { ...emptySections.facts, prior: { [cell]: 5 } };
    expect(withAddedFacts(published, facts).prior[cell]).toBe(5);
    expect(withAddedFacts(emptySections.facts, facts).prior[cell]).toBe(252_140_000);
    const afterwards = withAddedFacts(emptySections.facts, facts);
    expect(withAddedFacts(afterwards, corrected, facts).prior[cell]).toBe(9);
    expect(withAddedFacts(published, corrected, facts).prior[cell]).toBe(5);
  });
});
