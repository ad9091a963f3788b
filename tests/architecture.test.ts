import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import ts from "typescript";
import { describe, expect, it } from "vitest";
import { roleIds } from "../shared/workflow/roles.ts";

const root = join(import.meta.dirname, "..");
const houses = ["shared", "functions", "web", "infra"];

const sources = houses.flatMap((house) =>
  readdirSync(join(root, house), { recursive: true, encoding: "utf8" })
    .filter((file) => /\.tsx?$/u.test(file) && !/(^|\/)dist\//u.test(file))
    .map((file) => join(root, house, file)),
);

/** Files imported by their own path, types left out: those vanish and bind nothing at run time. */
function importsOf(file: string): string[] {
  const source = ts.createSourceFile(file, readFileSync(file, "utf8"), ts.ScriptTarget.Latest);
  return source.statements.flatMap((statement) => {
    if (
      !ts.isImportDeclaration(statement) ||
      statement.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword
    )
      return [];
    const named = statement.importClause?.namedBindings;
    const onlyTypes =
      named !== undefined &&
      ts.isNamedImports(named) &&
      named.elements.length > 0 &&
      named.elements.every((element) => element.isTypeOnly);
    const { text } = statement.moduleSpecifier as ts.StringLiteral;
    return onlyTypes || !text.startsWith(".") ? [] : [join(dirname(file), text)];
  });
}

describe("the house", () => {
  it("has no import cycle", () => {
    const graph = new Map(sources.map((file) => [file, importsOf(file)]));
    const cycles: string[] = [];
    const done = new Set<string>();
    const walk = (file: string, path: readonly string[]) => {
      if (path.includes(file)) {
        cycles.push(
          [...path.slice(path.indexOf(file)), file].map((at) => relative(root, at)).join(" → "),
        );
        return;
      }
      if (done.has(file)) return;
      for (const next of graph.get(file) ?? []) walk(next, [...path, file]);
      done.add(file);
    };
    for (const file of graph.keys()) walk(file, []);
    expect(cycles).toEqual([]);
  });

  it("names no file that does not exist", () => {
    const missing = sources.flatMap((file) =>
      importsOf(file)
        .filter((target) => !existsSync(target))
        .map((target) => `${relative(root, file)} → ${relative(root, target)}`),
    );
    expect(missing).toEqual([]);
  });
});

/**
 * The folders of the heart from the bottom up, the files beside them below all: each may import itself
 * and what comes before it, types included. A new folder is entered at its place.
 */
const floors = [
  "text",
  "forms",
  "report",
  "narrative",
  "editions",
  "consolidation",
  "checks",
  "accounts",
  "sample",
  "comparison",
  "document",
  "workflow",
  "registry",
  "audit",
  "progress",
  "contract",
  "disclosure",
];

/** Files that a file imports by their own path, types included. */
const allImportsOf = (file: string): string[] =>
  ts
    .preProcessFile(readFileSync(file, "utf8"))
    .importedFiles.filter(({ fileName }) => fileName.startsWith("."))
    .map(({ fileName }) => join(dirname(file), fileName));

/** −1 for a file beside the folders. */
const floorOf = (file: string): number => {
  const [folder = "", ...below] = relative(join(root, "shared"), file).split("/");
  if (below.length === 0) return -1;
  const floor = floors.indexOf(folder);
  if (floor < 0) throw new Error(`shared/${folder} has no place among the floors of this test.`);
  return floor;
};

/** Imports of the heart that run up, as `file → target`. */
const upward = (imports: readonly (readonly [file: string, target: string])[]): string[] =>
  imports.flatMap(([file, target]) =>
    floorOf(target) > floorOf(file) ? [`${relative(root, file)} → ${relative(root, target)}`] : [],
  );

describe("the heart", () => {
  it("has no arrow that runs up from one folder to a later one", () => {
    const heart = sources.filter((file) => relative(root, file).startsWith("shared/"));
    const arrows = heart.flatMap((file) =>
      allImportsOf(file).map((target) => [file, target] as const),
    );
    expect(arrows.length).toBeGreaterThan(300);
    expect(upward(arrows)).toEqual([]);
  });

  it("would notice one", () => {
    const file = (path: string) => join(root, "shared", path);
    expect(
      upward([
        [file("forms/layout.ts"), file("report/sections.ts")],
        [file("report/sections.ts"), file("forms/cell.ts")],
        [file("money.ts"), file("text/fields.ts")],
      ]),
    ).toEqual([
      "shared/forms/layout.ts → shared/report/sections.ts",
      "shared/money.ts → shared/text/fields.ts",
    ]);
    expect(() => floorOf(file("cellar/wine.ts"))).toThrow("cellar");
  });
});

describe("a role", () => {
  /** Where people of an installation are named with the roles they hold. */
  const people = /^infra\/local\/(?:seed|demo)\//u;
  /** Also a level of review, and a kind of signature. */
  const alsoOtherThings = new Set(["preparer", "principal"]);

  it("is named in its table alone, so that a new one is a row there", () => {
    const ids = roleIds.filter((role) => !alsoOtherThings.has(role));
    const named = new RegExp(`"(?:${ids.join("|")})"`, "u");
    const places = sources
      .filter((file) => named.test(readFileSync(file, "utf8")))
      .map((file) => relative(root, file));
    expect(places.filter((file) => !people.test(file))).toEqual(["shared/workflow/roles.ts"]);
  });
});
