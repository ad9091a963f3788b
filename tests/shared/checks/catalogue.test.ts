import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { catalogue, catalogueOf, entryById } from "../../../shared/checks/catalogue.ts";
import { ruleBook } from "../../../shared/checks/rule-book.ts";
import { sectionRuleBook } from "../../../shared/checks/sections/section-rule-book.ts";
import { checkText } from "../../../shared/checks/text/check-text.ts";
import { textRuleBook } from "../../../shared/checks/text/text-rule-book.ts";
import { caseBook } from "./case-book.ts";
import { sectionRuleCases } from "./sections/section-rule-cases.ts";
import { textRuleCases, type TextRuleCase } from "./text-rule-cases.ts";

/** Rules that no book runs: on reworded sentences, and on units as the registry has them today. */
const provenElsewhere = {
  R223: "../narrative/rewriting.test.ts",
  R224: "../narrative/rewriting.test.ts",
  R225: "../narrative/rewriting.test.ts",
  R226: "check-draft.test.ts",
  R227: "check-draft.test.ts",
  R304: "../../functions/api/consolidation.test.ts",
} as const;

const idsOf = (rules: readonly { readonly id: string }[]): string[] =>
  rules.map(({ id }) => id).toSorted();

describe("the catalogue", () => {
  it("holds every rule of every book once, at least a hundred and fifty", () => {
    const ids = idsOf(catalogue);
    expect(new Set(ids).size).toBe(ids.length);
    const books = [...ruleBook, ...textRuleBook, ...sectionRuleBook];
    const others = Object.keys(provenElsewhere);
    expect(ids).toEqual([...new Set([...idsOf(books), ...others])].toSorted());
    expect(ids.length).toBeGreaterThanOrEqual(150);
  });

  it("has a passing, a failing and a boundary case for every rule of every book", () => {
    expect(Object.keys(caseBook).toSorted()).toEqual(idsOf(ruleBook));
    expect(Object.keys(textRuleCases).toSorted()).toEqual(idsOf(textRuleBook));
    expect(Object.keys(sectionRuleCases).toSorted()).toEqual(idsOf(sectionRuleBook));
  });

  it.each(Object.entries(provenElsewhere))("knows where %s is proven", (id, file) => {
    expect(readFileSync(new URL(file, import.meta.url), "utf8")).toContain(`"${id}"`);
  });

  it("says of every rule of the tables what it may find, and in which editions", () => {
    for (const { id, check } of ruleBook) {
      expect([id, check.finds?.length ?? 0]).not.toEqual([id, 0]);
      expect([id, entryById(id)?.editions.length]).not.toEqual([id, 0]);
    }
  });

  it("derives scope and tolerance from the check itself", () => {
    expect(entryById("R001")).toMatchObject({ scopes: ["table"], tolerance: "rounding" });
    expect(entryById("R090")).toMatchObject({ scopes: ["table"], tolerance: "exact" });
    expect(entryById("R101")).toMatchObject({ scopes: ["between_tables"], tables: ["t01", "t02"] });
    expect(entryById("R190")).toMatchObject({ scopes: ["years", "text"] });
    expect(entryById("R301")).toMatchObject({ scopes: ["units"], tolerance: "exact" });
    expect(entryById("R072")?.editions).toEqual(["shanghai-2024"]);
  });

  const book = (name: string, statement: string, severity: "error" | "warning") => ({
    name,
    rules: [{ id: "R999", statement, severity }],
    describe: () => ({
      scopes: ["text" as const],
      tables: [],
      tolerance: "none" as const,
      messages: [name],
      editions: [],
    }),
  });

  it("joins a rule of two books into one", () => {
    const one = catalogueOf([book("甲", "相等", "error"), book("乙", "相等", "error")]);
    expect(one).toMatchObject([{ id: "R999", messages: ["甲", "乙"] }]);
  });

  it("refuses books that say or weigh a rule differently", () => {
    expect(() => catalogueOf([book("甲", "相等", "error"), book("乙", "不等", "error")])).toThrow(
      "R999",
    );
    expect(() => catalogueOf([book("甲", "相等", "error"), book("乙", "相等", "warning")])).toThrow(
      "warning",
    );
  });
});

describe.each(Object.entries(textRuleCases))("%s of a text", (id, each: TextRuleCase) => {
  const weight = textRuleBook.find((rule) => rule.id === id)?.severity;
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
