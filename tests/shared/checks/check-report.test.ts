import { describe, expect, it } from "vitest";
import { checkReport } from "../../../shared/checks/check-report.ts";
import type { LedgerEntry } from "../../../shared/checks/finding.ts";
import { rulesOver } from "../../../shared/checks/rule-book.ts";
import { tableIn, emptySections } from "../../../shared/report/section-ids.ts";
import type { Report } from "../../../shared/report/report.ts";
import { consolidatedReport } from "./consolidated-report.ts";
import { digit, replaced, shifted, soundReport, soundShanghaiReport } from "./sound-report.ts";

const sound = soundReport();

const entryOf = (report: Report, rule: string): LedgerEntry | undefined =>
  checkReport(report).ledger.find((entry) => entry.rule === rule);

describe("a sound report", () => {
  it.each([
    ["Jiangxi, in 万元", sound],
    ["Jiangxi, in 元", soundReport({ enteredIn: "yuan" })],
    ["Shanghai, in 万元", soundShanghaiReport()],
    ["Shanghai, in 元", soundShanghaiReport({ enteredIn: "yuan" })],
  ])("has no findings: %s", (_, report) => {
    expect(checkReport(report).findings).toEqual([]);
  });

  it("has every rule of the book in its ledger, in the order of the book", () => {
    expect(checkReport(sound).ledger.map(({ rule }) => rule)).toEqual(
      rulesOver("cells").map(({ id }) => id),
    );
  });
});

describe("the ledger", () => {
  it("never calls a rule passed that had nothing to compare", () => {
    const empty: Report = { ...sound, sections: emptySections };
    const { ledger } = checkReport(empty);
    expect(ledger.filter(({ outcome }) => outcome === "passed")).toEqual([]);
    expect(ledger.find(({ rule }) => rule === "R005")).toEqual({
      rule: "R005",
      outcome: "not_applicable",
      reason: { kind: "all_empty" },
      findings: 0,
    });
  });

  it("does not let an empty report through", () => {
    const { findings } = checkReport({ ...sound, sections: emptySections });
    expect(findings.map(({ severity }) => severity)).toContain("error");
  });

  it("names a relation that the edition does not have", () => {
    expect(entryOf(sound, "R072")).toMatchObject({
      outcome: "not_applicable",
      reason: { kind: "not_in_edition" },
    });
    expect(entryOf(soundShanghaiReport(), "R053")).toMatchObject({
      outcome: "not_applicable",
      reason: { kind: "not_in_edition" },
    });
  });

  it("checks the Shanghai 三公 against its only budget column", () => {
    const over = shifted(soundShanghaiReport(), { "t09/total/final": 9 * digit });
    expect(entryOf(over, "R088")?.outcome).toBe("failed");
  });

  it("does not ask Shanghai for the reception detail that its table does not print", () => {
    const plain = replaced(soundShanghaiReport(), {
      "t09/reception_domestic/final": null,
      "t09/reception_overseas/final": null,
    });
    expect(entryOf(plain, "R082")?.outcome).toBe("not_applicable");
    const jiangxi = replaced(sound, {
      "t09/reception_domestic/final": null,
      "t09/reception_overseas/final": null,
    });
    expect(entryOf(jiangxi, "R082")?.outcome).toBe("failed");
  });

  it("says so when last year's figures are not there", () => {
    const first: Report = {
      ...sound,
      sections: { ...sound.sections, facts: { ...sound.sections.facts, prior: {} } },
    };
    expect(entryOf(first, "R190")).toMatchObject({
      outcome: "not_applicable",
      reason: { kind: "no_prior_year" },
    });
  });

  it("reports rules it could not run", () => {
    const [row] = tableIn(sound.sections, "t03").rows;
    if (row === undefined) throw new Error("no rows");
    const twice: Report = {
      ...sound,
      sections: { ...sound.sections, t03: { rows: [...tableIn(sound.sections, "t03").rows, row] } },
    };
    const result = checkReport(twice);
    const unrun = result.ledger.filter(({ outcome }) => outcome === "could_not_run");
    expect(unrun.map(({ rule }) => rule)).toContain("R110");
    expect(unrun.map(({ rule }) => rule)).not.toContain("R005");
    expect(unrun[0]?.reason).toEqual({ kind: "duplicate_rows", table: "t03" });
  });

  it("does not pretend to add up amounts beyond exact arithmetic", () => {
    const huge = replaced(sound, { "t02/total/other": Number.MAX_SAFE_INTEGER });
    expect(entryOf(huge, "R101")).toMatchObject({
      outcome: "could_not_run",
      reason: { kind: "amounts_too_large", table: "t02" },
    });
  });
});

describe("rounding in a department", () => {
  const twoUnits = consolidatedReport();
  const outcome = (report: Report, digits: number) =>
    entryOf(shifted(report, { "t01/income_total/final": digits * digit }), "R001")?.outcome;

  it("is excused once a unit that typed 万元", () => {
    expect(outcome(twoUnits, 9)).toBe("passed");
    expect(outcome(twoUnits, 10)).toBe("failed");
  });

  it("is not excused for units that typed 元", () => {
    const [first, second] = twoUnits.units ?? [];
    if (first === undefined || second === undefined) throw new Error("Two units were added up.");
    const { facts } = second.sections;
    const inYuan = {
      ...second,
      sections: { ...second.sections, facts: { ...facts, enteredIn: "yuan" as const } },
    };
    const mixed: Report = { ...twoUnits, units: [first, inYuan] };
    expect(outcome(mixed, 4)).toBe("passed");
    expect(outcome(mixed, 5)).toBe("failed");
  });

  it("is not widened by zeros, for a zero was not rounded", () => {
    const zeros = Object.fromEntries(
      ["203", "204", "205", "206", "207", "211"].map((kind) => [`t01/${kind}/final`, 0]),
    );
    const drifted = (digits: number): Report =>
      shifted(replaced(sound, zeros), { "t01/expense_total/final": digits * digit });
    expect(entryOf(drifted(3), "R003")?.outcome).toBe("passed");
    expect(entryOf(drifted(4), "R003")?.outcome).toBe("failed");
  });
});

describe("findings", () => {
  it("come worst first, then in the order of the printed report", () => {
    const { findings } = checkReport(
      shifted(sound, {
        "t06/301/final": 100 * digit,
        "t01/other/final": 100 * digit,
        "t01/expense_sum/final": digit,
        "t09/vehicles_kept/final": 100,
      }),
    );
    const severities = findings.map(({ severity }) => severity);
    expect(severities).toEqual(
      [...severities].sort(
        (a, b) => ["error", "warning", "hint"].indexOf(a) - ["error", "warning", "hint"].indexOf(b),
      ),
    );
    const tables = findings
      .filter(({ severity }) => severity === "error")
      .map(({ cells }) => cells[0]?.slice(0, 3) ?? "");
    expect(tables).toEqual([...tables].sort());
    expect(new Set(severities).size).toBe(3);
  });

  it("do not depend on the order in which rows were stored", () => {
    const broken = shifted(sound, {
      "t03/20103/basic": 100 * digit,
      "t03/2080505/total": 100 * digit,
    });
    const { t03 } = broken.sections;
    const turned: Report = {
      ...broken,
      sections: { ...broken.sections, t03: { rows: (t03?.rows ?? []).toReversed() } },
    };
    const key = (report: Report) =>
      checkReport(report).findings.map(({ rule, cells }) => [rule, cells[0]]);
    expect(key(turned)).toEqual(key(broken));
  });

  it("tell rounding gaps once a table, as a hint at the widest", () => {
    const { findings } = checkReport(
      shifted(sound, {
        "t02/2010301/fiscal": digit,
        "t02/2080505/fiscal": -digit,
      }),
    );
    expect(findings).toHaveLength(1);
    expect(findings[0]).toMatchObject({ severity: "hint", kind: "rounding" });
    expect(findings[0]?.cells.length).toBeGreaterThan(1);
  });

  it("name the figures that the expected value comes from", () => {
    const [finding] = checkReport(
      shifted(sound, { "t04/closing/fund": 100 * digit }),
    ).findings.filter(({ rule }) => rule === "R037");
    if (finding?.kind !== "not_equal") throw new Error("R037 found no sum.");
    expect(finding.terms).toEqual([
      { cell: "t04/expense_total/fund", value: 8_750_0000, minus: true },
      { cell: "t04/fund/final", value: 9_000_0000 },
      { cell: "t04/opening_fund/final", value: 550_0000 },
    ]);
    expect(finding.expected).toBe(800_0000);
  });

  it("take an empty cell as zero in a sum but never call it zero", () => {
    const [finding] = checkReport(
      replaced(sound, { "t01/income_total/final": null }),
    ).findings.filter(({ rule }) => rule === "R001");
    expect(finding).toMatchObject({ kind: "not_equal", difference: -96_719_0000 });
    expect(finding).not.toHaveProperty("actual");
  });
});
