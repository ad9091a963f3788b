import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { hasReference } from "../../../shared/checks/context.ts";
import { inEveryRow } from "../../../shared/checks/relations/by-code.ts";
import { all } from "../../../shared/checks/relations/combine.ts";
import { equal } from "../../../shared/checks/relations/compare.ts";
import { cell } from "../../../shared/checks/relations/terms.ts";
import type { CellCheck, Rule } from "../../../shared/checks/rule.ts";
import { bindRules, ruleBook, rulesOver } from "../../../shared/checks/rule-book.ts";
import { shippedEditions } from "../../../shared/editions/shipped-editions.ts";
import { jiangxi2022, shanghai2024 } from "../../examples/editions.ts";
import type { Edition } from "../../../shared/forms/form.ts";
import { formsOf } from "./catalogue.ts";

const rule = (cells: CellCheck, id = "R999"): Rule => ({
  id,
  statement: "收入总计 = 支出总计",
  severity: "error",
  cells,
});
const sound = equal(cell("t01", "income_sum", "final"), cell("t01", "expense_sum", "final"));

const notWhollyIn = (edition: Edition): string[] => {
  const forms = formsOf(edition);
  return rulesOver("cells")
    .filter(({ cells }) => !cells.reads.every((reference) => hasReference(forms, reference)))
    .map(({ id }) => id);
};

describe("binding rules", () => {
  it("refuses an id that is none and a rule for no year", () => {
    expect(() => bindRules([rule(sound, "x")])).toThrow("no rule id");
    const never = { ...rule(sound), years: { from: 2023, to: 2022 } };
    expect(() => bindRules([never])).toThrow("no year");
  });

  it("refuses two rules of one id and a rule that says nothing", () => {
    expect(() => bindRules([rule(sound), rule(sound)])).toThrow("twice");
    expect(() => bindRules([{ ...rule(sound), statement: " " }])).toThrow("say");
  });
});

/** What rules name that none of the shipped editions has: a slip of the pen in the rule. */
function unknownReferences(rules: readonly Rule[]): string[] {
  const editions = shippedEditions.all.map(formsOf);
  return rules.flatMap(({ id, cells }) =>
    (cells?.reads ?? [])
      .filter((reference) => !editions.some((forms) => hasReference(forms, reference)))
      .map(({ table, row = "*", column = "*" }) => `${id} ${table}/${String(row)}/${column}`),
  );
}

describe("the rows and columns that rules name", () => {
  it("are those of a shipped edition", () => {
    expect(unknownReferences(ruleBook)).toEqual([]);
  });

  it("are noticed where no edition has the row", () => {
    const check = equal(cell("t01", "income_summ", "final"), cell("t01", "expense_sum", "final"));
    expect(unknownReferences([rule(check)])).toEqual(["R999 t01/income_summ/final"]);
  });

  it("are noticed where no edition has the column, also deep in a combination", () => {
    const check = all(sound, inEveryRow("t03", ["total"], "equal", ["basic", "projects"]));
    expect(unknownReferences([rule(check)])).toContain("R999 t03/*/projects");
  });

  it("are noticed where the column is on the other side of the table", () => {
    const check = equal(cell("t04", "income_sum", "total"), cell("t04", "expense_sum", "total"));
    expect(unknownReferences([rule(check)])).toEqual(["R999 t04/income_sum/total"]);
  });
});

describe("editions", () => {
  it("Jiangxi 2022 lacks only the income side of 公开08表", () => {
    expect(notWhollyIn(jiangxi2022)).toEqual(["R072", "R175", "R176", "R177", "R178", "R192"]);
  });

  it("Shanghai 2024 lacks 307, 312, 399 and the full-year budget of 三公", () => {
    expect(notWhollyIn(shanghai2024)).toEqual(["R053", "R055", "R080", "R081", "R088", "R092"]);
  });
});

/** Rules and lists of rules that a file exports. */
const isRule = (value: unknown): value is Rule =>
  typeof value === "object" &&
  value !== null &&
  ["id", "statement", "severity"].every((member) => member in value);
const rulesIn = (exported: unknown): readonly Rule[] =>
  Array.isArray(exported) ? exported.filter(isRule) : isRule(exported) ? [exported] : [];

const root = new URL("../../../", import.meta.url);
const sourcesIn = (folder: string): readonly string[] =>
  readdirSync(new URL(`${folder}/`, root), { recursive: true, encoding: "utf8" })
    .filter((file) => /\.tsx?$/u.test(file))
    .map((file) => `${folder}/${file}`);

const bookFile = "shared/checks/rule-book.ts";
/** The ids of the rules that each file exports; some files export the rules of others with their own. */
const exported = new Map(
  await Promise.all(
    sourcesIn("shared/checks")
      .filter((file) => file !== bookFile)
      .map(async (file) => {
        const members = (await import(new URL(file, root).href)) as Record<string, unknown>;
        return [
          file,
          new Set(
            Object.values(members)
              .flatMap(rulesIn)
              .map(({ id }) => id),
          ),
        ] as const;
      }),
  ),
);

/** Ids in a source, in any quotes; comments may name a rule without them. */
const idsIn = (source: string): readonly string[] =>
  [...source.matchAll(/["'`]([FRSWP]\d{2,3})["'`]/gu)].map(([, id = ""]) => id);

/** The files of the program that write the id of a rule. */
const namedIn = new Map<string, Set<string>>();
for (const file of ["shared", "functions", "web/staff", "web/portal", "infra"].flatMap(sourcesIn)) {
  for (const id of idsIn(readFileSync(new URL(file, root), "utf8")))
    namedIn.set(id, (namedIn.get(id) ?? new Set()).add(file));
}

/** The narrative finds these deviations and explanations are stored under their ids, so the rules take the ids from it. */
const namedByTheNarrative: readonly string[] = ["R221", "R222"];

describe("the rule book", () => {
  it("holds every rule that a file of the checks exports", () => {
    const listed = new Set(ruleBook.map(({ id }) => id));
    const forgotten = [...exported].flatMap(([file, ids]) =>
      [...ids].filter((id) => !listed.has(id)).map((id) => `${id} of ${file}`),
    );
    expect(forgotten, `List these in ${bookFile}.`).toEqual([]);
  });

  it("takes every rule from a file in the folder of its subject", () => {
    const misfiled = ruleBook.filter(
      ({ id }) =>
        ![...exported].some(
          ([file, ids]) =>
            ids.has(id) && /^shared\/checks\/(?!text\/|sections\/)[a-z-]+\//u.test(file),
        ),
    );
    expect(
      misfiled.map(({ id }) => id),
      "Export each rule from a file of its subject, shared/checks/<subject>/<file>.ts.",
    ).toEqual([]);
  });

  it("has every id written once, in the file that exports the rule", () => {
    const rules = ruleBook.filter(({ id }) => !namedByTheNarrative.includes(id));
    const wrong = rules.flatMap(({ id }) => {
      const files = [...(namedIn.get(id) ?? [])];
      const [file = ""] = files;
      const isRight = files.length === 1 && exported.get(file)?.has(id) === true;
      return isRight ? [] : [`${id} in ${files.join(", ")}`];
    });
    expect(
      wrong,
      "Other code imports the rule and uses its id, or asks a member of the rule for what it needs to know.",
    ).toEqual([]);
  });
});
