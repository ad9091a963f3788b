import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { catalogueOf } from "./catalogue.ts";
import { jiangxi2022 } from "../../examples/editions.ts";
import { shippedEditions } from "../../../shared/editions/shipped-editions.ts";
import { ruleBook, ruleById, rulesOver } from "../../../shared/checks/rule-book.ts";
import { isOver } from "../../../shared/checks/rule.ts";
import { checkText } from "../../examples/check-text.ts";
import { rulesOverRewordings } from "../../../shared/checks/wording/check-rewording.ts";
import { caseBook } from "./case-book.ts";
import { sectionRuleCases } from "./sections/section-rule-cases.ts";
import { textRuleCases, type TextRuleCase } from "./text-rule-cases.ts";

/** Rules over other things than cells, texts and sections, and the tests that prove them. */
const provenElsewhere = {
  F00: "text/published-tables.test.ts",
  R223: "../narrative/rewriting.test.ts",
  R224: "../narrative/rewriting.test.ts",
  R225: "../narrative/rewriting.test.ts",
  R226: "check-draft.test.ts",
  R227: "check-draft.test.ts",
  R304: "../../functions/api/consolidation.test.ts",
} as const;

const catalogue = catalogueOf(shippedEditions.all);
const entryById = (id: string) => catalogue.find((entry) => entry.id === id);

const idsOf = (rules: readonly { readonly id: string }[]): string[] =>
  rules.map(({ id }) => id).toSorted();

describe("the catalogue", () => {
  it("holds every rule of the book once, at least a hundred and fifty", () => {
    const ids = idsOf(catalogue);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids).toEqual(idsOf(ruleBook));
    expect(ids.length).toBeGreaterThanOrEqual(150);
  });

  it("has a passing, a failing and a boundary case for every rule and everything it judges", () => {
    const missing = (carrier: "cells" | "text" | "sections", cases: object) => ({
      without: idsOf(rulesOver(carrier)).filter((id) => !(id in cases)),
      ofNoRule: Object.keys(cases).filter((id) => ruleById(id)?.[carrier] === undefined),
    });
    const none = { without: [], ofNoRule: [] };
    expect(missing("cells", caseBook), "Add a case in case-book.ts.").toEqual(none);
    expect(missing("text", textRuleCases), "Add a case in text-rule-cases.ts.").toEqual(none);
    expect(missing("sections", sectionRuleCases), "Add a case in sections/.").toEqual(none);
    const others = ruleBook.filter(
      ({ cells, text, sections }) => (cells ?? text ?? sections) === undefined,
    );
    expect(idsOf(others)).toEqual(Object.keys(provenElsewhere));
  });

  it.each(Object.entries(provenElsewhere))("knows where %s is proven", (id, file) => {
    expect(readFileSync(new URL(file, import.meta.url), "utf8")).toContain(`"${id}"`);
  });

  it("says of every rule over cells what it may find, and in which editions", () => {
    for (const { id, cells } of rulesOver("cells")) {
      expect([id, cells.finds.length]).not.toEqual([id, 0]);
      expect([id, entryById(id)?.editions.length]).not.toEqual([id, 0]);
    }
  });

  it("derives scope and tolerance from the check itself", () => {
    expect(entryById("R001")).toMatchObject({ scopes: ["table"], tolerance: "rounding" });
    expect(entryById("R090")).toMatchObject({ scopes: ["table"], tolerance: "exact" });
    expect(entryById("R101")).toMatchObject({ scopes: ["between_tables"], tables: ["t01", "t02"] });
    expect(entryById("R190")).toMatchObject({ scopes: ["years", "text"] });
    expect(entryById("R301")).toMatchObject({ scopes: ["units"], tolerance: "exact" });
    const withIncome = ["shanghai-2024", "shanghai-2025", "yunnan-2024"];
    expect(entryById("R072")?.editions).toEqual(withIncome);
    expect(entryById("R224")?.editions).toHaveLength(shippedEditions.all.length);
  });

  it("names the editions that it is handed, and no others", () => {
    const ofJiangxi = catalogueOf([jiangxi2022]);
    expect(ofJiangxi.find(({ id }) => id === "R072")?.editions).toEqual([]);
    expect(ofJiangxi.find(({ id }) => id === "R001")?.editions).toEqual([jiangxi2022.id]);
  });

  it("knows every rule over rewordings where they are judged alone", () => {
    expect(idsOf(rulesOverRewordings)).toEqual(idsOf(ruleBook.filter(isOver("rewording"))));
  });
});

describe.each(Object.entries(textRuleCases))("%s of a text", (id, each: TextRuleCase) => {
  const weight = ruleById(id)?.severity;
  /** A rule may soften what it says to a hint; that stops nobody. */
  const stops = (source: string): boolean =>
    checkText(source, each.tables).some(
      ({ rule, severity }) => rule === id && (severity !== "hint" || weight === "hint"),
    );

  it("passes what is right", () => {
    expect(stops(each.pass)).toBe(false);
  });

  it("finds what is wrong", () => {
    expect(stops(each.fail)).toBe(true);
  });

  it("still passes at its boundary", () => {
    expect(stops(each.boundary)).toBe(false);
  });
});
