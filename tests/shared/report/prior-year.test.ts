import { describe, expect, it } from "vitest";
import { checkSections } from "../../../shared/checks/sections/check-sections.ts";
import { jiangxi2022, shanghai2024 } from "../../examples/editions.ts";
import { narrativeGaps } from "../../../shared/narrative/gaps.ts";
import {
  hasCell,
  priorCodes,
  priorFigure,
  priorFigures,
  withPriorFigures,
} from "../../../shared/report/prior-year.ts";
import { cellValue, type PriorReport, type Report } from "../../../shared/report/report.ts";
import { emptySections } from "../../../shared/report/section-ids.ts";
import { loadExample } from "../../examples/load-example.ts";
import { madeEdition, ownTables } from "../../examples/made-edition/edition.ts";
import { soundReport } from "../checks/sound-report.ts";

const last = soundReport();
const stored: PriorReport = {
  year: 2021,
  editionHash: "a".repeat(64),
  edition: jiangxi2022,
  sections: {
    ...last.sections,
    facts: { ...last.sections.facts, operatingCost: { current: 700 } },
  },
};

describe("last year's figures", () => {
  it("are the stored report's cells, an empty cell of a filled table being 0", () => {
    const figures = priorFigures(stored, jiangxi2022);
    for (const [address, value] of Object.entries(figures)) {
      const [table = "", row = "", column = ""] = address.split("/");
      expect(value, address).toBe(
        cellValue(stored.sections, { table: table as "t01", row, column }) ?? 0,
      );
    }
    expect(figures["t01/income_sum/final"]).toBeGreaterThan(0);
    expect(figures["t06/399/final"]).toBe(priorFigure(stored, "t06/399/final"));
    expect(figures["t07/2120803/closing"]).toBe(800_0000);
    expect(figures["t01/201/final"]).toBeUndefined();
  });

  it("are all fixed cells of a table that only some editions have", () => {
    const sections = { ...stored.sections, ...ownTables(1) };
    const figures = priorFigures({ ...stored, edition: madeEdition, sections }, madeEdition);
    const own = Object.entries(figures).filter(([address]) => /^t1[123]/u.test(address));
    expect(Object.fromEntries(own)).toEqual({
      "t11/buildings/original": 900_000_00,
      "t11/buildings/net": 450_000_00,
      "t11/equipment/original": 100_000_00,
      "t11/equipment/net": 60_000_00,
      "t11/collections/original": 0,
      "t11/collections/net": 0,
      "t11/total/original": 1_000_000_00,
      "t11/total/net": 510_000_00,
      "t12/total/initial": 8_000_00,
      "t12/total/final": 7_500_00,
      "t13/projects/final": 3,
      "t13/spent/final": 20_000_00,
    });
    expect(Object.keys(priorFigures(stored, madeEdition)).join()).not.toMatch(/t1[123]/u);
  });

  it("are not known of a cell that last year's forms lack, or of a table nobody filled", () => {
    expect(hasCell(shanghai2024, "t09/total/full")).toBe(false);
    expect(hasCell(jiangxi2022, "t09/total/full")).toBe(true);
    expect(hasCell(jiangxi2022, "nonsense")).toBe(false);
    expect(priorFigure({ ...stored, edition: shanghai2024 }, "t09/total/full")).toBeUndefined();
    const unfilled = { ...stored, sections: { ...stored.sections, t01: { rows: [] } } };
    expect(priorFigure(unfilled, "t01/income_sum/final")).toBeUndefined();
    expect(Object.keys(priorFigures(unfilled, jiangxi2022)).join()).not.toContain("t01/");
  });

  it("go over typed ones, keep what the stored report does not have, and add 机关运行经费", () => {
    const typed = {
      ...emptySections.facts,
      prior: { "t01/income_sum/final": 1, "t10/equipment/final": 99, "t01/nothing/final": 5 },
      operatingCost: { current: 900 },
    };
    const facts = withPriorFigures(typed, stored, jiangxi2022);
    expect(facts.prior["t01/income_sum/final"]).toBe(priorFigure(stored, "t01/income_sum/final"));
    expect(facts.prior["t10/equipment/final"]).toBe(3);
    expect(facts.prior["t01/nothing/final"]).toBe(5);
    expect(facts.operatingCost).toEqual({ current: 900, prior: 700 });
    expect(withPriorFigures(emptySections.facts, stored, jiangxi2022).operatingCost).toBe(
      undefined,
    );
  });

  it.each(["jingdezhen-2022", "putuo-2024"] as const)(
    "once taken, leave %s without a gap for want of last year, and nothing to find",
    (name) => {
      const example = loadExample(name);
      const prior: PriorReport = {
        ...stored,
        year: example.identity.year - 1,
        edition: example.edition,
        sections: example.sections,
      };
      const report: Report = {
        ...example,
        priorReport: prior,
        sections: {
          ...example.sections,
          facts: withPriorFigures({ ...example.sections.facts, prior: {} }, prior, example.edition),
        },
      };
      const wanting = narrativeGaps(report).filter(
        (gap) => gap.missing === "figure" && JSON.stringify(gap.source).includes('"prior"'),
      );
      expect(wanting).toEqual([]);
      const { findings, ledger } = checkSections(report);
      expect(findings.filter(({ rule }) => rule === "S216")).toEqual([]);
      expect(ledger.find(({ rule }) => rule === "S216")?.outcome).toBe("passed");
    },
  );
});

describe("last year's rows by code", () => {
  const t03 = [
    { key: "total", cells: { total: 600 } },
    { key: "2010301", cells: { total: 100 } },
    { key: "2019988", name: "本地增设的项", cells: { total: 200 } },
    { key: "2299901", cells: { total: 300 } },
  ];
  const prior = { ...stored, sections: { ...stored.sections, t03: { rows: t03 } } };
  const codesOf = (report: PriorReport, edition = jiangxi2022) =>
    priorCodes(report, edition)["t03"]?.map(({ code }) => code);

  it("come with the 类 and 款 above them, and with a name where the list has none", () => {
    const unlisted = {
      ...prior,
      sections: { ...prior.sections, t03: { rows: t03.slice(0, 3) } },
    };
    expect(priorCodes(unlisted, jiangxi2022)["t03"]).toEqual([
      { code: "201" },
      { code: "20103" },
      { code: "2010301" },
      { code: "20199" },
      { code: "2019988", name: "本地增设的项" },
    ]);
  });

  it("leave out a code that ended, and one that last year's list had and this year's has not", () => {
    expect(jiangxi2022.functionCodes.has("2299901")).toBe(false);
    expect(codesOf(prior)).not.toContain("2299901");
    const functionCodes = new Map([...jiangxi2022.functionCodes, ["2019988", "本地增设的项"]]);
    const listed = { ...prior, edition: { ...prior.edition, functionCodes } };
    expect(codesOf(listed)).not.toContain("2019988");
  });

  it("are those of tables by code that this year's edition has, and that somebody filled", () => {
    const tables = Object.keys(priorCodes(stored, jiangxi2022));
    expect(tables).toEqual(expect.arrayContaining(["t02", "t03", "t05"]));
    expect(tables).not.toContain("t01");
    const { forms } = jiangxi2022;
    const without = { ...jiangxi2022, forms: forms.filter(({ id }) => id !== "t03") };
    expect(priorCodes(stored, without)).not.toHaveProperty("t03");
  });
});
