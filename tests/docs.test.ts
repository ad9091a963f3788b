import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

const docs = join(import.meta.dirname, "../docs");

describe("a decision record", () => {
  const files = readdirSync(join(docs, "adr"));

  it.each(files)("%s has its number, a title and the four parts", (file) => {
    const lines = readFileSync(join(docs, "adr", file), "utf8").split("\n");
    const headings = lines.filter((line) => line.startsWith("#"));
    expect(file).toMatch(/^\d{4}-[a-z0-9-]+\.md$/u);
    expect(headings[0]).toMatch(new RegExp(`^# ${file.slice(0, 4)} \\S`, "u"));
    expect(headings.slice(1)).toEqual([
      "## Context",
      "## Options",
      "## Decision",
      "## Consequences",
    ]);
  });

  it("has a number of its own, without a gap", () => {
    const numbers = files.map((file) => Number(file.slice(0, 4))).sort((a, b) => a - b);
    expect(numbers).toEqual(files.map((_, index) => index + 1));
  });
});

describe.each(["README.md", "CONTRIBUTING.md"])("%s", (page) => {
  const root = join(docs, "..");
  const text = readFileSync(join(root, page), "utf8");
  const paths = [...text.matchAll(/`((?:shared|functions|web|infra|tests|docs)\/[\w./-]*)`/gu)];

  it.each([...new Set(paths.map(([, path = ""]) => path))])(
    "names a place there is: %s",
    (path) => {
      expect(existsSync(join(root, path))).toBe(true);
    },
  );

  it("names only commands there are", () => {
    const { scripts } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as {
      scripts: Readonly<Record<string, string>>;
    };
    const named = [...text.matchAll(/npm run (?:-s )?([a-z][\w:-]*)/gu)].map(
      ([, name = ""]) => name,
    );
    expect(named.filter((name) => scripts[name] === undefined)).toEqual([]);
  });
});
