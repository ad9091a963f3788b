import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { checkReport } from "../../shared/checks/check-report.ts";
import { canonicalTable, validateTable } from "../../shared/forms/canonical-table.ts";
import { importPrintedReport } from "../../shared/forms/import-table.ts";
import { narrativeGaps } from "../../shared/narrative/gaps.ts";
import type { Report } from "../../shared/report/report.ts";
import { exampleAsPrinted } from "./as-printed.ts";
import {
  exampleNames,
  exampleUnits,
  loadExample,
  loadExampleUnit,
  type ExampleName,
} from "./load-example.ts";
import { tableIn } from "../../shared/report/section-ids.ts";

const examples: readonly (readonly [string, Report])[] = [
  ...exampleNames.map((name) => [name, loadExample(name)] as const),
  ...exampleUnits.map((unit) => [unit, loadExampleUnit(unit)] as const),
];
const jingdezhen = loadExample("jingdezhen-2022");
const units = exampleUnits.map(loadExampleUnit);
const importFile = (unit: string) => `jingdezhen-2022/import/${unit}.json`;

describe.each(examples)("%s", (_, report) => {
  it("holds canonical tables without faults of form", () => {
    for (const form of report.edition.forms) {
      const table = tableIn(report.sections, form.id);
      expect(canonicalTable(form, table)).toEqual(table);
      expect(validateTable(report.edition, form, table)).toEqual([]);
    }
  });

  it("breaks no rule that blocks, and its narrative lacks nothing", () => {
    expect(checkReport(report).findings.filter(({ severity }) => severity === "error")).toEqual([]);
    expect(narrativeGaps(report)).toEqual([]);
  });

  it("comes back unchanged from print", () => {
    const { edition, sections } = report;
    const imported = importPrintedReport(edition, exampleAsPrinted(report));
    expect(imported.ok && imported.value.enteredIn).toBe(sections.facts.enteredIn);
    for (const form of edition.forms.filter(({ unprinted }) => unprinted !== true)) {
      expect(imported.ok && imported.value.tables[form.id]).toEqual(tableIn(sections, form.id));
    }
  });
});

describe("the Jingdezhen department", () => {
  it("is in every cell the sum of its units", () => {
    for (const { id } of jingdezhen.edition.forms) {
      expect(sumOf(units.map((unit) => tableIn(unit.sections, id)))).toEqual(
        cellsOf(jingdezhen, id),
      );
    }
  });

  it("had last year's figures, budgets and people that its units add up to", () => {
    const add = (values: readonly Record<string, number>[]) => {
      const sum: Record<string, number> = {};
      for (const [key, value] of values.flatMap((part) => Object.entries(part))) {
        sum[key] = (sum[key] ?? 0) + value;
      }
      return sum;
    };
    const { prior, initialBudget, people } = jingdezhen.sections.facts;
    const facts = units.map((unit) => unit.sections.facts);
    expect(add(facts.map((fact) => fact.prior))).toEqual(prior);
    expect(add(facts.map((fact) => fact.initialBudget?.byCode ?? {}))).toEqual(
      initialBudget?.byCode,
    );
    expect(add(facts.map((fact) => fact.people ?? {}))).toEqual(people);
  });

  it.each([
    ["t01/income_sum/final", 4914.2],
    ["t01/income_total/final", 4654.86],
    ["t01/opening/final", 259.34],
    ["t01/expense_total/final", 4810.54],
    ["t01/closing/final", 103.66],
    ["t02/total/fiscal", 4654.39],
    ["t03/total/basic", 562.29],
    ["t03/total/project", 4248.25],
    ["t04/expense_total/total", 4744.92],
    ["t04/201/total", 1707.45],
    ["t06/301/final", 523.14],
    ["t06/302/final", 33.88],
    ["t06/303/final", 5.26],
    ["t09/total/final", 0.7],
  ])("publishes %s as %d 万元", (address, wan) => {
    const [table = "", row = "", column = ""] = address.split("/");
    expect(cellsOf(jingdezhen, table as "t01").get(`${row}/${column}`)).toBe(
      Math.round(wan * 1_000_000),
    );
  });

  it.each(exampleUnits)("has the tables of %s as a file to import", async (unit) => {
    const printed = exampleAsPrinted(loadExampleUnit(unit));
    const file = resolve(import.meta.dirname, importFile(unit));
    await expect(`${JSON.stringify(printed, null, 1)}\n`).toMatchFileSnapshot(file);
  });
});

const published: readonly (readonly [ExampleName, string])[] = [
  ["putuo-2024", "r01-shanghai-putuo-finance-2024.json"],
];
const folder = resolve(import.meta.dirname, "../../../shared/examples");

describe.each(published)("%s against its published tables", (name, file) => {
  const path = resolve(folder, file);
  it.skipIf(!existsSync(path))("holds every printed figure and no other", () => {
    const { edition, sections } = loadExample(name);
    const imported = importPrintedReport(edition, JSON.parse(readFileSync(path, "utf8")));
    if (!imported.ok) throw new Error(JSON.stringify(imported.error));
    for (const [id, table] of Object.entries(imported.value.tables)) {
      expect(sections[id as "t01"]).toEqual(table);
    }
  });
});

type TableId = Report["edition"]["forms"][number]["id"];

function cellsOf(report: Report, id: TableId): Map<string, number> {
  return sumOf([tableIn(report.sections, id)]);
}

function sumOf(tables: readonly Report["sections"]["t01"][]): Map<string, number> {
  const sum = new Map<string, number>();
  for (const row of tables.flatMap((table) => table.rows)) {
    for (const [column, value] of Object.entries(row.cells)) {
      const key = `${row.key}/${column}`;
      sum.set(key, (sum.get(key) ?? 0) + value);
    }
  }
  return sum;
}
