import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createPrinter } from "../../../functions/render/print.ts";
import { checkPrintedText } from "../../../shared/checks/text/check-printed-text.ts";
import type { ReportFinding } from "../../../shared/checks/text/report-finding.ts";
import { shippedEditions } from "../../../shared/editions/shipped-editions.ts";
import { printReport } from "./print-report.ts";
import { exampleNames, loadExample } from "../../examples/load-example.ts";
import { cacheDir } from "../../functions/render/printed.ts";

/** What we print ourselves, taken apart by a program that is not ours, is the truth to read back. */
const hasPoppler = spawnSync("pdftotext", ["-v"]).error === undefined;
if (!hasPoppler) console.warn("pdftotext is not installed: printed reports are not read back");

const serious = (source: string): ReportFinding[] =>
  checkPrintedText(source, shippedEditions.all).filter(({ severity }) => severity !== "hint");
const keyOf = ({ rule, line, actual, expected }: ReportFinding): string =>
  [rule, line, actual, expected].join("|");

describe.skipIf(!hasPoppler).each(exampleNames)("the printed report of %s", (name) => {
  const folder = mkdtempSync(join(tmpdir(), "extracted-"));
  const printer = createPrinter({ cacheDir });
  const extracted: Record<"layout" | "plain", string> = { layout: "", plain: "" };
  beforeAll(async () => {
    const { bytes } = await printReport(printer, loadExample(name));
    const [pdf, text] = [join(folder, "report.pdf"), join(folder, "report.txt")];
    writeFileSync(pdf, bytes);
    for (const [way, options] of [
      ["layout", ["-layout"]],
      ["plain", []],
    ] as const) {
      spawnSync("pdftotext", [...options, pdf, text]);
      extracted[way] = readFileSync(text, "utf8");
    }
  });
  afterAll(async () => {
    await printer.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it.each(["layout", "plain"] as const)("extracted as %s has nothing to blame", (way) => {
    const reported = serious(extracted[way]);
    // The example's own data are warned about: an adjusted opening balance, a rate cut short, a project not listed.
    const own = new Set(["R190", "R408", "S406"]);
    expect(reported.filter(({ severity }) => severity === "error")).toEqual([]);
    expect(reported.filter(({ rule }) => !own.has(rule)).map(({ message }) => message)).toEqual([]);
  });

  it("has every figure of its tables checked", () => {
    const { found, missed } = disturb(extracted.layout, isTableLine, 9);
    expect(found).toBeGreaterThan(15);
    expect(missed).toEqual([]);
  });

  it.each(["layout", "plain"] as const)("extracted as %s has its sentences checked", (way) => {
    const { found, missed } = disturb(extracted[way], isStatutory, 3);
    expect(found).toBeGreaterThan(10);
    expect(found / (found + missed.length)).toBeGreaterThanOrEqual(0.9);
  });
});

type Wanted = (lines: readonly string[], at: number) => boolean;

/** A printed amount in a row of a table. */
const isTableLine: Wanted = (lines, at) =>
  /\s\d{1,3}(?:,\d{3})*\.\d{2}(?:\s|$)/u.test(lines[at] ?? "") &&
  !/万元|元|%/u.test(lines[at] ?? "");

/** A sentence of the chapters that tell the tables, not of performance. */
const isStatutory: Wanted = (lines, at) => {
  const headings = lines
    .slice(0, at)
    .filter((line) => /^\s*[一二三四五六七八九十]+、.*(?:说明|情况)\s*$/u.test(line));
  return /决算|三公|运行经费/u.test(headings.at(-1) ?? "") && /\d\s?万元|%/u.test(lines[at] ?? "");
};

/** Raises the first digit of every n-th figure, one at a time, and counts where that was reported. */
function disturb(source: string, isWanted: Wanted, every: number) {
  const lines = source.split("\n");
  const known = new Set(serious(source).map(keyOf));
  const missed: string[] = [];
  let found = 0;
  let count = 0;
  for (const [at, line] of lines.entries()) {
    if (!isWanted(lines, at)) continue;
    for (const figure of line.matchAll(
      /(?<![\d.,])[1-9]\d{0,2}(?:,\d{3})*\.\d{2}(?![\d%])|(?<![\d.,])[1-9]\d*(?:\.\d+)?(?=\s?万元|%)/gu,
    )) {
      count += 1;
      if (count % every !== 0) continue;
      const [first = ""] = figure[0];
      const raised = (first === "9" ? "1" : String(Number(first) + 1)) + figure[0].slice(1);
      const disturbed =
        line.slice(0, figure.index) + raised + line.slice(figure.index + figure[0].length);
      const reported = serious(lines.with(at, disturbed).join("\n"));
      if (reported.some((finding) => !known.has(keyOf(finding)))) found += 1;
      else missed.push(`${figure[0]} in ${line.trim()}`);
    }
  }
  return { found, missed };
}
