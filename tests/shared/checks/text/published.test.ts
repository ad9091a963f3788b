import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { checkPrintedReport } from "../../../../shared/checks/text/check-printed-report.ts";
import { checkPrintedText } from "../../../../shared/checks/text/check-printed-text.ts";
import type { ReportFinding } from "../../../../shared/checks/text/report-finding.ts";
import { shippedEditions } from "../../../../shared/editions/shipped-editions.ts";

/** Reports that were published elsewhere; they lie beside the project, not in it. */
const folder = resolve(import.meta.dirname, "../../../../../shared");
const seed = resolve(folder, "seed/000_ba354a0d5473f1fe.txt");
const putuoText = resolve(folder, "examples/r01-shanghai-putuo-finance-2024.txt");
const putuoTables = resolve(folder, "examples/r01-shanghai-putuo-finance-2024.json");

const textFindings = (file: string): ReportFinding[] =>
  existsSync(file) ? checkPrintedText(readFileSync(file, "utf8"), shippedEditions.all) : [];
const isFound = (
  findings: readonly ReportFinding[],
  { rule, lines, right }: { rule: string; lines: readonly number[]; right: string },
) =>
  findings.filter(
    ({ severity, line = 0, message, expected = "", ...finding }) =>
      finding.rule === rule &&
      severity !== "hint" &&
      lines.includes(line) &&
      `${expected} ${message}`.includes(right),
  ).length;

/** Arithmetic faults: where, and the value that would be right. */
const arithmetic = [
  ["D01", "R203", [285, 287], "90.93%"],
  ["D02", "R203", [289], "114.60%"],
  ["D03", "R207", [327], "280.91%"],
  ["D04", "R207", [331, 333], "108.63%"],
  ["D05", "R208", [325, 327], "1,689.62"],
  ["D06", "R208", [325, 327], "2,910.73"],
  ["D07", "R203", [360, 362], "8.58%"],
  ["D08", "R203", [366], "67.95%"],
  ["D09", "R203", [374], "57.24%"],
  ["D10", "R203", [384], "22.22%"],
  ["D11", "R203", [404], "22.22%"],
  ["D12", "R203", [438], "71.26%"],
  ["D13", "R212", [454], "100%"],
  ["D14", "R206", [478], "39.73%"],
  ["D15", "S412", [494], "4744.92"],
  ["D16", "R190", [285, 287], "252.14"],
  ["D17", "S406", [1732], "37.1%"],
  ["D18", "R406", [1723], "93.44"],
  ["D19 abroad", "R207", [388, 390], "不写百分比"],
  ["D19 purchase", "R207", [414, 416], "不写百分比"],
  ["D19 running", "R207", [424], "不写百分比"],
  ["D20 works", "R212", [456], "不适用"],
  ["D20 services", "R212", [458], "不适用"],
  ["D21 abroad", "R205", [390, 392], "持平"],
  ["D21 purchase", "R205", [416, 418], "持平"],
  ["D21 running", "R205", [424, 426], "持平"],
] as const;

/** Faults of wording and consistency that are decidable. */
const wording = [
  ["D31", "R216", [309], "增下降"],
  ["D32", "R216", [390, 392, 394], "增加（减少）"],
  ["D33", "R216", [418], "无增增减"],
  ["D34", "R218", [1539], "2022年度"],
  ["D35", "R408", [1539], "行政服务中心运转经费"],
  ["D36", "S417", [636], "79.1"],
  ["D37", "S416", [1095], "3.98"],
  ["D38", "S405", [1719], "331"],
  ["D39", "W04", [903], "目标3"],
  ["D40", "S403", [1253, 1255, 1257], "3.57"],
  ["D41", "W05", [1293, 1295], "完成值"],
  ["D42", "W05", [1223], "得满分"],
  ["D45", "W01", [735, 737], "使用非财政拨款结余"],
  ["D46", "W02", [763, 765], "本级"],
  ["D47", "R217", [335], "4次"],
  ["D48", "W05", [486], "粘贴"],
  ["D49", "R409", [627, 629, 631], "99.62%"],
  ["D50", "R217", [327], "主要原因"],
] as const;

describe.skipIf(!existsSync(seed))("the report of Jingdezhen 2022 as published", () => {
  const findings = textFindings(seed);

  it.each([...arithmetic, ...wording])("%s is found by %s", (_, rule, lines, right) => {
    expect(isFound(findings, { rule, lines, right })).toBeGreaterThan(0);
  });

  it("is blamed for nothing that adds up", () => {
    const faulty = new Set(arithmetic.map(([, rule, lines]) => [rule, lines] as const));
    const errors = findings.filter(({ severity }) => severity === "error");
    const reckoned = errors.filter(({ rule }) => rule < "R213" || rule === "R215");
    for (const { rule, line = 0, message } of reckoned) {
      const isKnown = [...faulty].some(
        ([known, lines]) => known === rule && lines.some((at) => at === line),
      );
      expect(isKnown, message).toBe(true);
    }
  });

  it("gets no more than a hint for figures that were cut off or rounded", () => {
    for (const printed of ["58.88%", "115.89%", "562.28万元", "562.29万元"]) {
      const reported = findings.filter(({ actual }) => actual === printed);
      expect(reported.filter(({ severity }) => severity !== "hint")).toEqual([]);
    }
  });

  it("has every fault quoted with its line", () => {
    const lines = readFileSync(seed, "utf8").split("\n");
    for (const { quote = "", line = 0 } of findings) {
      const around = lines
        .slice(Math.max(0, line - 14), line + 14)
        .join("")
        .replace(/\s/gu, "");
      const plain = quote.replace(/\s/gu, "").replaceAll("（", "(").replaceAll("）", ")");
      const middle = plain.slice(0, 6).replaceAll("(", "").replaceAll(")", "");
      expect(around.replace(/[（）()]/gu, ""), quote).toContain(middle.slice(0, 3));
    }
  });
});

describe.skipIf(!existsSync(putuoText))("the clean report of Putuo 2024", () => {
  const errorsOf = (findings: readonly ReportFinding[]) =>
    findings.filter(({ severity }) => severity === "error").map(({ quote }) => quote);

  it("has one error in its text: 财政拨款收入支出总计 of 0.3万元", () => {
    expect(errorsOf(textFindings(putuoText))).toEqual([
      expect.stringContaining("财政拨款收入支出总计0.3万元"),
    ]);
  });

  it("has the same one error with its tables, which name the right figure", () => {
    const checked = checkPrintedReport(
      JSON.parse(readFileSync(putuoTables, "utf8")),
      shippedEditions.all,
    );
    if (!checked.ok) throw new Error(checked.error);
    const errors = checked.value.filter(({ severity }) => severity === "error");
    expect(errors).toEqual([
      expect.objectContaining({
        rule: "R201",
        actual: "0.3万元",
        expected: "2,961.68万元",
        cells: ["t04/income_sum/final"],
      }),
    ]);
  });

  it("is asked about a share that its own amounts do not give", () => {
    expect(textFindings(putuoText)).toContainEqual(
      expect.objectContaining({
        rule: "R206",
        severity: "warning",
        actual: "71.73%",
        expected: "71.65%",
      }),
    );
  });

  it("is reported which economic item it names without having spent on it", () => {
    const checked = checkPrintedReport(
      JSON.parse(readFileSync(putuoTables, "utf8")),
      shippedEditions.all,
    );
    const reported = checked.ok ? checked.value.filter(({ rule }) => rule === "R219") : [];
    expect(reported.map(({ cells }) => cells)).toEqual([["t06/30310/final", "t06/30309/final"]]);
  });
});
