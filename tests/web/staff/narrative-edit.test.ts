import { describe, expect, it } from "vitest";
import { cell } from "../../../shared/narrative/sources.ts";
import { narrativeSchema } from "../../../shared/report/sections.ts";
import { emptySections } from "../../../shared/report/section-ids.ts";
import {
  tidyTokens,
  withAddition,
  withBinding,
  withoutRewordings,
  withRewording,
  withText,
} from "../../../web/staff/editing/narrative-edit.ts";

const empty = emptySections.narrative;
const figure = { figure: cell("t01/income_sum/final") };
const rewording = { from: [{ text: "收入" }, figure], parts: [figure, { text: "为收入" }] };

describe("editing a narrative", () => {
  it("sets a rewording and takes it out without a trace", () => {
    const reworded = withRewording(empty, "income.total", rewording);
    expect(narrativeSchema.parse(reworded).rewritten).toEqual({ "income.total": rewording });
    expect(withRewording(reworded, "income.total", undefined)).toEqual(empty);
  });

  it("generates anew by dropping rewordings only", () => {
    const reasons = { "income.year": "新增任务" };
    const full = { ...empty, reasons, additions: { income: ["补充。"] } };
    expect(withoutRewordings(withRewording(full, "income.total", rewording))).toEqual(full);
  });

  it("adds, replaces and removes paragraphs in their place", () => {
    const one = withAddition(empty, "income", 0, [{ text: "一。" }]);
    const two = withAddition(one, "income", 1, [figure]);
    expect(two.additions).toEqual({ income: [[{ text: "一。" }], [figure]] });
    expect(withAddition(two, "income", 0, undefined).additions).toEqual({ income: [[figure]] });
    expect(withAddition(one, "income", 0, undefined)).toEqual(empty);
  });

  it("takes an emptied reason out", () => {
    const given = withText(empty, "reasons", "income.year", "新增任务");
    expect(given.reasons).toEqual({ "income.year": "新增任务" });
    expect(withText(given, "reasons", "income.year", "")).toEqual(empty);
  });
});

describe("the tokens of a sentence", () => {
  it("have one text between figures and no blanks around", () => {
    expect(
      tidyTokens([{ text: " 收" }, { text: "入 " }, figure, { text: " " }, { text: "。 " }]),
    ).toEqual([{ text: "收入 " }, figure, { text: " 。" }]);
    expect(tidyTokens([{ text: " " }, figure, { text: " " }])).toEqual([figure]);
  });

  it("lose the digits of a figure that is bound, and nothing else", () => {
    const tokens = [figure, { text: "共5万元，余" }];
    const at = { index: 1, start: 1, end: 4 };
    expect(withBinding(tokens, at, figure.figure)).toEqual([
      figure,
      { text: "共" },
      figure,
      { text: "，余" },
    ]);
    const whole = { index: 0, start: 0, end: 3 };
    expect(withBinding([{ text: "5万元" }], whole, figure.figure)).toEqual([figure]);
  });
});
