import { describe, expect, it } from "vitest";
import { derive } from "../../../shared/editions/derive.ts";
import { loadEdition } from "../../../shared/editions/load-edition.ts";
import { editionData } from "../../../shared/editions/counted-edition.ts";
import type { Relation } from "../../../shared/forms/relation.ts";
import { madeEdition } from "../../examples/made-edition/edition.ts";

/** Cells of the made edition's t11: rows buildings, equipment, collections, total; columns original, net. */
const faultsOf = (...relations: readonly object[]): string[] => {
  const stated = relations.map((relation, index) => ({
    ...{ id: `E0${String(index + 1)}`, statement: "两数一致", severity: "error" },
    ...relation,
  })) as unknown as readonly Relation[];
  const derived = derive(editionData(madeEdition), {
    ...{ id: "circle-2022", name: "甲市", year: 2022, relations: stated },
  });
  if (!derived.ok) throw new Error(JSON.stringify(derived.error));
  const loaded = loadEdition(derived.value);
  return loaded.ok ? [] : loaded.error.map(({ path, message }) => `${path} ${message}`);
};

describe("relations that reckon a cell from itself are refused", () => {
  it("directly, naming the cells of the circle and both relations", () => {
    const sum = ["t11/buildings/net", "t11/equipment/net"];
    expect(
      faultsOf(
        { cell: "t11/total/net", equals: { sum } },
        {
          cell: "t11/buildings/net",
          equals: { sum: ["t11/total/net"], less: ["t11/equipment/net"] },
        },
      ),
    ).toEqual([
      "relations[1] 勾稽关系 E01、E02 互为因果，循环计算：公开11表 合计 年末净值 → 公开11表 房屋和构筑物 年末净值 → 公开11表 合计 年末净值。请改或删其中一条，使每个数都由别的数算得。",
    ]);
  });

  it("in one relation", () => {
    const [fault] = faultsOf({
      cell: "t11/total/net",
      equals: { sum: ["t11/total/net", "t11/buildings/net"] },
    });
    expect(fault).toContain("relations[0] 勾稽关系 E01 以自身为依据");
  });

  it("over two tables and over three, of every column or row once", () => {
    const [two, ...others] = faultsOf(
      { cell: "t13/spent/final", equals: "t11/total/net" },
      { cell: "t11/total/net", equals: { sum: ["t13/spent/final", "t11/buildings/net"] } },
    );
    expect(others).toEqual([]);
    expect(two).toContain("E01、E02");
    expect(two).toContain("公开13表 课题支出 → 公开11表 合计 年末净值 → 公开13表 课题支出");

    const [three] = faultsOf(
      { cell: "t11/total/net", equals: "t12/total/final" },
      { cell: "t12/total/final", equals: "t13/spent/final" },
      { cell: "t13/spent/final", equals: { sum: ["t11/total/net", "t03/total/project"] } },
    );
    expect(three).toContain("E01、E02、E03");

    const columns = faultsOf(
      { cell: "t11/total/*", equals: { sum: ["t11/buildings/*", "t11/equipment/*"] } },
      { cell: "t11/buildings/*", equals: { sum: ["t11/total/*"], less: ["t11/equipment/*"] } },
    );
    expect(columns).toHaveLength(1);
    const rows = faultsOf(
      { cell: "t12/*/final", equals: "t12/*/initial" },
      { cell: "t12/*/initial", equals: "t12/*/final" },
    );
    expect(rows).toHaveLength(1);
    expect(rows[0]).toContain("E01、E02");
  });

  it("by way of the codes under a code and of the sums that a statutory form has itself", () => {
    const [byCode] = faultsOf(
      { sumsByCode: "t12" },
      {
        cell: "t12/201/final",
        equals: { sum: ["t12/total/final"], less: ["t12/208/final"] },
      },
    );
    expect(byCode).toContain("E01、E02");
    const [statutory] = faultsOf({
      cell: "t01/general/final",
      equals: { sum: ["t01/income_total/final"], less: ["t01/other/final"] },
    });
    expect(statutory).toContain("勾稽关系 E01 与表内合计互为因果");
  });
});

describe("relations that only look like a circle are taken", () => {
  it.each([
    [
      "a bound in the one direction, a sum in the other",
      [
        { cell: "t11/total/net", equals: { sum: ["t11/buildings/net", "t11/equipment/net"] } },
        { cell: "t11/buildings/net", notAbove: "t11/total/net" },
      ],
    ],
    [
      "the same rows of other columns",
      [
        { cell: "t11/total/net", equals: "t11/buildings/original" },
        { cell: "t11/buildings/net", equals: "t11/total/original" },
      ],
    ],
    [
      "two relations of one cell, and a chain that ends",
      [
        { cell: "t11/total/net", equals: "t13/spent/final" },
        { cell: "t11/total/net", equals: { sum: ["t11/buildings/net", "t11/equipment/net"] } },
        { cell: "t13/spent/final", equals: "t03/total/project" },
      ],
    ],
    [
      "a code compared with its own table's other column and with other tables",
      [
        { sumsByCode: "t12" },
        { cell: "t12/*/final", equals: "t05/*/project" },
        { cell: "t12/total/final", equals: "t05/total/project" },
      ],
    ],
  ])("%s", (_, relations) => {
    expect(faultsOf(...relations)).toEqual([]);
  });
});
