import { describe, expect, it } from "vitest";
import { checkReport } from "../../../shared/checks/check-report.ts";
import { ruleStatement } from "../../../shared/checks/finding-text.ts";
import { ownRules } from "../../../shared/checks/own-relations.ts";
import { derive } from "../../../shared/editions/derive.ts";
import { loadEdition } from "../../../shared/editions/load-edition.ts";
import { editionData } from "../../../shared/editions/counted-edition.ts";
import { shippedEditions } from "../../../shared/editions/shipped-editions.ts";
import type { Edition, TableId } from "../../../shared/forms/form.ts";
import type { Relation } from "../../../shared/forms/relation.ts";
import type { TableData } from "../../../shared/forms/table-data.ts";
import { emptySections } from "../../../shared/report/section-ids.ts";
import { madeEdition, ownTables } from "../../examples/made-edition/edition.ts";

const head = { id: "E01", statement: "两数一致", severity: "error" } as const;

const withRelations = (...relations: readonly unknown[]) => {
  const derived = derive(editionData(madeEdition), {
    ...{
      id: "related-2022",
      name: "甲市",
      year: 2022,
      relations: relations as readonly Relation[],
    },
  });
  if (!derived.ok) throw new Error(JSON.stringify(derived.error));
  return loadEdition(derived.value);
};

function loaded(relation: unknown): Edition {
  const edition = withRelations({ ...head, ...(relation as object) });
  if (!edition.ok) throw new Error(JSON.stringify(edition.error));
  return edition.value;
}

function faultsOf(relation: unknown): string[] {
  const edition = withRelations({ ...head, ...(relation as object) });
  return edition.ok ? [] : edition.error.map(({ path, message }) => `${path} ${message}`);
}

type Own = Readonly<Record<TableId, TableData>>;

/** The findings and the outcome of the edition's one relation. */
function check(edition: Edition, tables: Partial<Own> = {}) {
  const identity = { region: "x", year: 2022, orgCode: "1", orgName: "甲", kind: "unit" } as const;
  const facts = { ...emptySections.facts, enteredIn: "yuan" } as const;
  const sections = { ...emptySections, facts, ...ownTables(1), ...tables };
  const { findings, ledger } = checkReport({ identity, edition, sections });
  return {
    findings: findings.filter(({ rule }) => rule === "E01"),
    outcome: ledger.find(({ rule }) => rule === "E01")?.outcome,
  };
}

const rows = (...cells: readonly [string, Record<string, number>][]): TableData => ({
  rows: cells.map(([key, values]) => ({ key, cells: values })),
});

describe("a relation of an edition's own", () => {
  it("compares a cell with the sum of others less others, exactly where 元 were typed", () => {
    const edition = loaded({
      cell: "t11/total/net",
      equals: {
        sum: ["t11/total/original", "t11/buildings/net"],
        less: ["t11/equipment/original"],
      },
    });
    const sound = rows(
      ["buildings", { net: 50 }],
      ["equipment", { original: 30 }],
      ["total", { original: 100, net: 120 }],
    );
    expect(check(edition, { t11: sound })).toEqual({ findings: [], outcome: "passed" });
    const off = rows(
      ["buildings", { net: 50 }],
      ["equipment", { original: 30 }],
      ["total", { original: 100, net: 121 }],
    );
    const { findings, outcome } = check(edition, { t11: off });
    expect(outcome).toBe("failed");
    expect(findings).toMatchObject([{ kind: "not_equal", expected: 120, actual: 121 }]);
  });

  it("is of every column that the cell has", () => {
    const edition = loaded({
      cell: "t11/total/*",
      equals: { sum: ["t11/buildings/*", "t11/equipment/*"] },
    });
    const { findings } = check(edition, {
      t11: rows(["buildings", { original: 10, net: 5 }], ["total", { original: 11, net: 6 }]),
    });
    expect(findings.map(({ cells: [cell] }) => cell)).toEqual([
      "t11/total/original",
      "t11/total/net",
    ]);
  });

  it("is of every row of its table", () => {
    const edition = loaded({ cell: "t11/*/net", notAbove: "t11/*/original" });
    expect(check(edition).outcome).toBe("passed");
    const { findings } = check(edition, { t11: rows(["equipment", { original: 1, net: 2 }]) });
    expect(findings).toMatchObject([
      { kind: "above", cells: ["t11/equipment/net", expect.any(String)] },
    ]);
  });

  it("is of every code, with the same code of other tables", () => {
    const edition = loaded({ cell: "t12/*/final", equals: "t03/*/total" });
    const t12 = rows(["2010399", { final: 7 }]);
    expect(check(edition, { t12, t03: rows(["2010399", { total: 7 }]) }).outcome).toBe("passed");
    expect(check(edition, { t12, t03: rows(["2010399", { total: 8 }]) }).outcome).toBe("failed");
    expect(check(edition, { t12, t03: rows() }).findings).toMatchObject([{ expected: 0 }]);
  });

  it("adds up a table by code", () => {
    const edition = loaded({ sumsByCode: "t12" });
    expect(check(edition).outcome).toBe("passed");
    const t12 = rows(["total", { final: 9 }], ["201", { final: 8 }]);
    expect(check(edition, { t12 }).findings).toMatchObject([{ expected: 8, actual: 9 }]);
  });

  it("has nothing to judge in empty tables", () => {
    const edition = loaded({ cell: "t11/total/net", notAbove: "t11/total/original" });
    expect(check(edition, { t11: rows() }).outcome).toBe("not_applicable");
  });

  it("is named by its statement, with the tables as the edition calls them", () => {
    expect(ownRules(madeEdition).map(({ id }) => id)).toEqual(["E01", "E02", "E03", "E04", "E05"]);
    expect(ruleStatement("E02", madeEdition)).toBe("公开11表年末净值不超过年末原值");
    for (const edition of shippedEditions.all) {
      expect(ownRules(edition)).toHaveLength(edition.relations?.length ?? 0);
    }
  });
});

describe("a relation that cannot be", () => {
  it.each([
    [{ cell: "t11/land/net", equals: "t11/total/net" }, "没有单元格 t11/land/net"],
    [{ cell: "t77/total/net", equals: "t11/total/net" }, "没有单元格 t77/total/net"],
    [{ cell: "t11/total/gross", equals: "t11/total/net" }, "没有单元格 t11/total/gross"],
    [{ cell: "t11/*/*", equals: "t11/*/*" }, "没有单元格 t11/*/*"],
    [{ cell: "t12/20103x/final", equals: "t12/total/final" }, "没有单元格 t12/20103x/final"],
    [{ cell: "t11/*/net", equals: "t11/total/net" }, "行写作 * 的，两边每个单元格都应写作 *"],
    [{ cell: "t11/total/net", equals: "t11/total/*" }, "栏写作 * 的，两边每个单元格都应写作 *"],
    [{ cell: "t11/*/net", equals: "t12/*/final" }, "“固定资产分类表”不是按支出功能分类科目填列的"],
    [{ cell: "t11/total/*", equals: "t12/total/*" }, "t12/total/* 没有“original”栏"],
    [{ sumsByCode: "t11" }, "不能按科目逐级相加"],
    [{ sumsByCode: "t77" }, "没有编号为“t77”的表"],
  ])("%j is named when the edition is loaded", (relation, message) => {
    const [fault] = faultsOf(relation);
    expect(fault).toContain("relations[0]");
    expect(fault).toContain(message);
  });

  it("is refused by its shape: an id of the book, nothing to compare with", () => {
    expect(faultsOf({ id: "R001", sumsByCode: "t12" }).join()).toContain("relations[0]");
    expect(faultsOf({ cell: "t11/total/net" }).join()).toContain("relations[0]");
    expect(faultsOf({ cell: "t11/total/net", equals: { sum: [] } }).join()).toContain(
      "relations[0]",
    );
  });

  it("is there once", () => {
    const twice = { ...head, sumsByCode: "t12" } as const;
    const edition = withRelations(twice, twice);
    expect(edition).toEqual({
      ok: false,
      error: [
        { path: "relations[1]", message: "编号“E01”出现了两次。请改其中一条的编号，或删去一条。" },
      ],
    });
  });
});
