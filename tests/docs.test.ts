import { readdirSync, readFileSync } from "node:fs";
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
