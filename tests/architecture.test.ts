import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import ts from "typescript";
import { describe, expect, it } from "vitest";

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
