import { describe, expect, it } from "vitest";
import type { FindingView } from "../../../shared/contract/responses.ts";
import type { RewordingFinding } from "../../../shared/checks/wording/check-rewording.ts";
import type { Sentence } from "../../../shared/narrative/written.ts";
import { sentenceFindings } from "../../../web/staff/editing/sentence-findings.ts";
import { wordingCheck } from "../../../web/staff/editing/wording-check.ts";

const sentences: readonly Sentence[] = [
  {
    id: "income.year",
    parts: [{ missing: "reason", what: "本年收入变动的主要原因", slot: "income.year" }],
    slots: [{ slot: "income.year", required: true, about: "本年收入变动的主要原因", change: [] }],
  },
  { id: "expense.total", parts: [{ text: "支出总计33.3万元。" }], slots: [] },
];

const typed: RewordingFinding = {
  ...{ rule: "R223", severity: "warning", sentence: "expense.total", quote: "33.3万元" },
  ...{ what: "“33.3万元”没有取自报表", mend: "请绑定" },
};
const toldOf = (finding: Partial<FindingView>): FindingView => ({
  ...{ rule: "R223", severity: "warning", cells: [], message: "文字说明：……" },
  ...finding,
});
const stored = toldOf({ id: "R223|expense.total|33.3万元", sentence: "expense.total" });
const found = (own: readonly RewordingFinding[], reported: readonly FindingView[]) =>
  Object.fromEntries(sentenceFindings(sentences, wordingCheck(sentences, own), reported));

describe("the findings beside a sentence", () => {
  it("tell a typed figure at once, before it is saved", () => {
    expect(found([typed], [])["expense.total"]).toEqual([
      {
        ...{ rule: "R223", severity: "warning", cells: [], sentence: "expense.total" },
        message: "“33.3万元”没有取自报表。请绑定。",
      },
    ]);
  });

  it("show it once when the server reports it too, with its name to explain it by", () => {
    expect(found([typed, typed], [stored])["expense.total"]).toEqual([stored]);
  });

  it("forget what the server still reports of a wording that is no more", () => {
    expect(found([], [stored])).toEqual({});
  });

  it("keep what the server's reader finds under the same rule", () => {
    const read = toldOf({
      ...{ rule: "R202", sentence: "expense.total", id: "R202|expense|expense.total|多|增加|减少" },
    });
    expect(found([], [read])["expense.total"]).toEqual([read]);
  });

  it("are the server's until the rules over wording have come", () => {
    expect(Object.fromEntries(sentenceFindings(sentences, undefined, [stored]))).toEqual({
      "expense.total": [stored],
    });
  });

  it("have the place of the words that the server quotes, as long as the sentence has them", () => {
    const quoting = (quoted: string) =>
      toldOf({ ...{ rule: "R101", id: `R101|${quoted}`, sentence: "expense.total" }, quoted });
    expect(found([], [quoting("33.3万元"), quoting("44万元")])["expense.total"]).toEqual([
      { ...quoting("33.3万元"), at: { start: 4, end: 10 } },
      quoting("44万元"),
    ]);
  });

  it("offer the report's figure in the place of a wrong one", () => {
    const wrong = toldOf({
      ...{ rule: "R101", id: "R101|…", sentence: "expense.total" },
      ...{ quoted: "33.3万元", instead: "34.2万元" },
    });
    const bind = {
      source: { kind: "cell", cell: "t03/total/total" },
      ...{ name: "公开03表 合计", text: "34.2万元", exact: true },
    } as const;
    const check = wordingCheck(sentences, [], (figure, near) =>
      figure === "34.2万元" && near === "expense.total" ? bind : undefined,
    );
    expect(sentenceFindings(sentences, check, [wrong]).get("expense.total")).toEqual([
      { ...wrong, at: { start: 4, end: 10 }, bind },
    ]);
  });

  it("are shown at the sentence that takes the reason, wherever its figure is", () => {
    const deviates = toldOf({
      ...{ rule: "R221", id: "R221|…", slot: "income.year", cells: ["t01/income_total/final"] },
    });
    const ofCell = toldOf({ rule: "R190", id: "R190|…", cells: ["t01/opening/final"] });
    expect(found([], [deviates, ofCell])).toEqual({ "income.year": [deviates] });
  });

  it("tell a missing reason as long as it is missing", () => {
    const gap = (what: string) =>
      toldOf({
        ...{ rule: "R227", severity: "error", sentence: "income.year" },
        id: `R227|income.year|${what}`,
      });
    const open = gap("本年收入变动的主要原因");
    expect(found([], [open, gap("别的原因")])).toEqual({ "income.year": [open] });
  });
});
