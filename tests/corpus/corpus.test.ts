import { beforeAll, describe, expect, it } from "vitest";
import { narrativeGaps } from "../../shared/narrative/gaps.ts";
import { corpus, generateReport, type SyntheticReport } from "./generate.ts";
import { mutantsOf, scoreMutants, scoreSound, type Scores, type SoundScore } from "./score.ts";
import { tableIn } from "../../shared/report/section-ids.ts";

/** Reports of the suite, and faults put into each besides the report with three. */
const reports = 200;
const faultsEach = 2;

describe("200 made reports, sound and with faults put in", () => {
  let made: readonly SyntheticReport[] = [];
  let sound: SoundScore = { reports: 0, checks: 0, findings: [], alarmed: 0, ms: [] };
  let scores: Scores = new Map();

  beforeAll(() => {
    made = corpus(reports);
    sound = scoreSound(made);
    scores = scoreMutants(made.flatMap((report) => mutantsOf(report, faultsEach)));
  }, 300_000);

  const sum = (of: "faults" | "found" | "findings" | "right") =>
    [...scores.values()].reduce((all, score) => all + score[of], 0);

  it("are the same each time", () => {
    expect(generateReport(7)).toEqual(generateReport(7));
    expect(generateReport(7).report.sections).not.toEqual(generateReport(9).report.sections);
  });

  it("are of both editions, of 5 to 200 codes, with money of every kind, in 元 and 万元", () => {
    const codes = made.map((report) => report.codes);
    expect(Math.min(...codes)).toBe(5);
    expect(Math.max(...codes)).toBe(200);
    const kinds = (of: (report: SyntheticReport) => unknown) => new Set(made.map(of)).size;
    expect(kinds(({ report }) => report.edition.id)).toBe(2);
    expect(kinds(({ report }) => report.identity.kind)).toBe(2);
    expect(kinds(({ report }) => report.sections.facts.enteredIn)).toBe(2);
    const withMoney = (cell: string, from: "t01" | "t04") =>
      made.filter(({ report }) =>
        tableIn(report.sections, from).rows.some(
          ({ key, cells }) => key === cell && (cells.final ?? 0) > 0,
        ),
      ).length;
    for (const fund of ["general", "fund", "capital"]) {
      expect(withMoney(fund, "t04")).toBeGreaterThan(20);
    }
    for (const own of ["superior", "business", "operating", "affiliate", "other", "surplus_used"]) {
      expect(withMoney(own, "t01")).toBeGreaterThan(20);
    }
    expect(made.filter(({ explains }) => explains.has("R190")).length).toBeGreaterThan(10);
    expect(made.filter(({ explains }) => explains.has("R006")).length).toBeGreaterThan(5);
  });

  it("have a whole narrative, without a gap", () => {
    expect(made.filter(({ report }) => narrativeGaps(report).length > 0)).toEqual([]);
  });

  it("raise nothing while they are sound, in hand, printed, as text and as torn text", () => {
    expect(sound.findings).toEqual([]);
  });

  it("lose at most 3 of 100 faults", () => {
    const missed = [...scores].flatMap(([family, score]) =>
      score.missed.map((where) => `${family}: ${where}`),
    );
    expect(sum("faults")).toBeGreaterThan(600);
    expect(sum("found") / sum("faults"), missed.join("\n")).toBeGreaterThanOrEqual(0.97);
  });

  it("lose at most one fault of ten of any family", () => {
    const families = [...scores].map(([family, { faults, found, missed }]) => ({
      family,
      recall: found / faults,
      missed,
    }));
    expect(families).toHaveLength(21);
    expect(families.filter(({ recall }) => recall < 0.9)).toEqual([]);
  });

  it("have 99 of 100 findings right, sound reports counted in", () => {
    const astray = [...scores.values()].flatMap((score) => score.astray);
    const all = sum("findings") + sound.findings.length;
    expect(sum("right") / all, astray.join("\n")).toBeGreaterThanOrEqual(0.99);
  });
});
