import { describe, expect, it } from "vitest";
import { rewordingFindings } from "../../../shared/checks/wording/check-rewording.ts";
import { readFigures } from "../../../shared/narrative/report-figures.ts";
import { skeletonsOf, tokensOf } from "../../../shared/narrative/rewriting.ts";
import { writeNarrative } from "../../../shared/narrative/write-narrative.ts";
import { writeStatutory } from "../../../shared/narrative/write-statutory.ts";
import { sentencesOf, sentenceText } from "../../../shared/narrative/written.ts";
import type { Report } from "../../../shared/report/report.ts";
import { narrativeSchema, type Narrative } from "../../../shared/report/sections.ts";
import type { Token } from "../../../shared/report/token.ts";
import { withMend } from "../../../web/staff/editing/sentence-mends.ts";
import { loadExample } from "../../examples/load-example.ts";

const report = loadExample("jingdezhen-2022");

const withWords = (narrative: Partial<Narrative>): Report => ({
  ...report,
  sections: { ...report.sections, narrative: { ...report.sections.narrative, ...narrative } },
});

const statutory = (id: string) =>
  sentencesOf({ chapters: writeStatutory(readFigures(report)) }).find(
    ({ sentence }) => sentence.id === id,
  )?.sentence ?? { id, parts: [], slots: [] };

/** A sentence in other words: `change` of its statutory tokens. */
const reworded = (id: string, change: (tokens: Token[]) => Token[]): Report =>
  withWords({
    rewritten: {
      [id]: { from: skeletonsOf(report).get(id) ?? [], parts: change(tokensOf(statutory(id))) },
    },
  });

const textOf = (whole: Report, id: string): string => {
  const found = sentencesOf(writeNarrative(whole)).find(({ sentence }) => sentence.id === id);
  return found === undefined ? "" : sentenceText(found.sentence);
};

/** Every mend of a sentence's faults made, one after the other, until none is left that is certain. */
function mended(whole: Report, id: string): { readonly text: string; readonly left: string[] } {
  const faults = rewordingFindings(whole).filter(({ sentence }) => sentence === id);
  for (const { at, instead, bind } of faults) {
    const found = sentencesOf(writeNarrative(whole)).find(({ sentence }) => sentence.id === id);
    const next = at && found && withMend(whole, found, { ...at, instead, bind });
    if (next === undefined) continue;
    narrativeSchema.parse(next.narrative);
    const { narrative } = next;
    return mended({ ...whole, sections: { ...whole.sections, narrative } }, id);
  }
  return { text: textOf(whole, id), left: faults.map(({ quote }) => quote) };
}

describe("a mend in one press", () => {
  const total = textOf(report, "income.total");

  it.each([
    ["a doubled word", "据支出支出决算，", "据支出决算，"],
    ["doubled quotation marks", "据““决算””，", "据“决算”，"],
    ["empty brackets", "据决算（ ），", "据决算，"],
    ["a doubled sign", "据决算，，", "据决算，"],
    ["a year alone", "2022年度。", ""],
  ])("takes %s out of a wording", (_, typed, left) => {
    const whole = reworded("income.total", (tokens) => [{ text: typed }, ...tokens]);
    expect(textOf(whole, "income.total")).toBe(typed + total);
    expect(mended(whole, "income.total")).toEqual({ text: left + total, left: [] });
  });

  it("takes the unit away that is typed behind a figure with its own", () => {
    const whole = reworded("income.total", (tokens) =>
      tokens.flatMap((token, index) => (index === 1 ? [token, { text: "万元" }] : [token])),
    );
    expect(textOf(whole, "income.total")).toContain("万元万元");
    expect(mended(whole, "income.total")).toEqual({ text: total, left: [] });
  });

  it("turns a direction that the figures contradict", () => {
    const whole = withWords({
      additions: {
        income: [
          [{ text: "收入总计增加" }, ...tokensOf(statutory("income.total")).filter(isDifference)],
        ],
      },
    });
    expect(textOf(whole, "income.addition.1")).toBe("收入总计增加113.45万元");
    expect(mended(whole, "income.addition.1")).toEqual({
      text: "收入总计减少113.45万元",
      left: [],
    });
  });

  it("puts the report's figure in the place of one that was typed, which follows the table then", () => {
    const whole = withWords({ additions: { income: ["全年收入总计4914.2万元，另有33.3万元。"] } });
    const { text, left } = mended(whole, "income.addition.1");
    expect({ text, left }).toEqual({
      text: "全年收入总计4914.2万元，另有33.3万元。",
      left: ["33.3万元"],
    });
  });

  it("mends a reason where it was typed, with its lead and stop as they were", () => {
    const whole = withWords({
      reasons: {
        ...report.sections.narrative.reasons,
        "income.year": "主要原因是：项目支出支出增加。",
      },
    });
    const faults = rewordingFindings(whole).filter(({ rule }) => rule === "W03");
    expect(faults.map(({ sentence, quote }) => [sentence, quote])).toEqual([
      ["income.year", "支出支出"],
    ]);
    const found = sentencesOf(writeNarrative(whole)).find(
      ({ sentence }) => sentence.id === "income.year",
    );
    const [fault] = faults;
    const next =
      found && fault?.at && withMend(whole, found, { ...fault.at, instead: fault.instead });
    expect(next?.narrative.reasons["income.year"]).toBe("主要原因是：项目支出增加。");
  });

  it("takes a paragraph out that is nothing but a year", () => {
    const whole = withWords({ additions: { income: ["2022年度。"] } });
    expect(mended(whole, "income.addition.1")).toEqual({ text: "", left: [] });
  });

  it("is offered for nothing that is not people's to word", () => {
    const [at] = sentencesOf(writeNarrative(report));
    const figures = at?.sentence.parts.findIndex((part) => "figure" in part);
    expect(figures).toBe(1);
    const start = sentenceText({ parts: at?.sentence.parts.slice(0, 1) ?? [] }).length;
    expect(at && withMend(report, at, { start, end: start + 3, instead: "1" })).toBeUndefined();
  });
});

const isDifference = (token: Token): token is Extract<Token, { figure: unknown }> =>
  "figure" in token && token.figure.kind === "difference";
