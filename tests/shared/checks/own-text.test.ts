import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { checkOwnText, ownTextFingerprint, readOwnText } from "../../../shared/checks/own-text.ts";
import { reasonSlots } from "../../../shared/narrative/gaps.ts";
import { writeNarrative } from "../../../shared/narrative/write-narrative.ts";
import { writeOverview } from "../../../shared/narrative/write-overview.ts";
import { sentencesOf } from "../../../shared/narrative/written.ts";
import type { Report } from "../../../shared/report/report.ts";
import type { Sections } from "../../../shared/report/sections.ts";
import {
  exampleNames,
  exampleUnits,
  loadExample,
  loadExampleUnit,
} from "../../examples/load-example.ts";
import { changed } from "./sections/complete-report.ts";

/** Every reason given, so that the text is whole. */
const explained = (report: Report): Report =>
  changed(report, ({ narrative }) => {
    reasonSlots(report).forEach(({ slot, given }, index) => {
      narrative.reasons[slot] = given ?? `第${String(index + 1)}项工作按合同进度付款`;
    });
  });

const whole = [
  ...exampleNames.map((name) => [name, explained(loadExample(name))] as const),
  ...exampleUnits.map((unit) => [unit, explained(loadExampleUnit(unit))] as const),
];
const report = explained(loadExample("jingdezhen-2022"));
const withWords = (change: (sections: Sections) => void) => checkOwnText(changed(report, change));

describe("our own text", () => {
  it.each(whole)("of %s has nothing for our reader to find", (_, one) => {
    expect(readOwnText(one)).toEqual([]);
    expect(checkOwnText(one)).toEqual([]);
  });

  it("has nothing to find whatever last year was and whatever is given as reasons", () => {
    const amount = fc.oneof(
      fc.constant(0),
      fc.integer({ min: 1, max: 99 }).map((digits) => digits * 10_000),
      fc.integer({ min: 1_000_000, max: 90_000_000_000 }),
    );
    const reason = fc.constantFrom(
      "新增两名在编人员，按标准缴纳社会保险费",
      "大厅改造工程按合同进度付款",
      "信息系统建设在2021年完成，本年只付运行维护费",
      "压减会议、差旅，节约12.5万元",
    );
    const drawn = fc.record({
      name: fc.constantFrom(...exampleNames),
      amounts: fc.array(amount, { minLength: 30, maxLength: 30 }),
      reasons: fc.array(reason, { minLength: 30, maxLength: 30 }),
    });
    fc.assert(
      fc.property(drawn, ({ name, amounts, reasons }) => {
        const compared = changed(loadExample(name), ({ facts }) => {
          const cells = Object.keys(facts.prior).filter((cell) => !cell.endsWith("_sum/final"));
          cells.forEach((cell, index) => (facts.prior[cell] = amounts[index] ?? 0));
        });
        const one = changed(compared, ({ narrative }) => {
          reasonSlots(compared).forEach(({ slot }, index) => {
            narrative.reasons[slot] = reasons[index % reasons.length] ?? "";
          });
        });
        expect(checkOwnText(one)).toEqual([]);
        if (name === "jingdezhen-2022") expect(readOwnText(one)).toEqual([]);
      }),
      { seed: 20_221_105, numRuns: 60 },
    );
  });

  it("with template residue in a reason is found at the sentence that takes it", () => {
    const [found, ...others] = withWords(({ narrative }) => {
      narrative.reasons["income.year"] = "项目收入增加（减少）较多";
    });
    expect(others).toEqual([]);
    expect(found).toMatchObject({
      rule: "R216",
      severity: "error",
      chapter: "income",
      sentence: "income.year",
      actual: "增加（减少）",
    });
  });

  it("with a word written twice in a duty is found at that duty", () => {
    const [found] = withWords(({ facts }) => {
      facts.duties[2] = "为行政服务行政服务事项提供保障";
    });
    expect(found).toMatchObject({ rule: "W03", chapter: "duties", sentence: "duties.3" });
  });

  it("with an amount of people's own that the table contradicts is an error with the right one", () => {
    const found = withWords(({ narrative }) => {
      narrative.additions = { income: ["2022年度本年收入合计4700.11万元。"] };
    });
    expect(found.filter(({ severity }) => severity === "error")).not.toEqual([]);
    expect(found[0]).toMatchObject({ chapter: "income", sentence: "income.addition.1" });
    expect(found[0]?.expected).toContain("4,654.86");
  });

  it("lets the same addition pass when it says what the table says", () => {
    const found = withWords(({ narrative }) => {
      narrative.additions = { income: ["2022年度本年收入合计4654.86万元。"] };
    });
    expect(found).toEqual([]);
  });

  it("with a mean that is none in a chapter of people's own is found there", () => {
    const found = withWords(({ performance }) => {
      performance.summary = [
        { heading: "（一）自评结果", paragraphs: ["16个项目绩效自评平均得分90.00分。"] },
      ];
    });
    expect(found.map(({ sentence }) => sentence)).toContain("performance.summary.1.1");
  });

  it("does not say again what a table rule says: a broken sum is the table's", () => {
    const broken = changed(report, ({ t01 }) => {
      for (const { key, cells } of t01?.rows ?? []) if (key === "income_total") cells["final"] = 1;
    });
    expect(checkOwnText(broken)).toEqual([]);
    expect(readOwnText(broken)).not.toEqual([]);
  });

  it("does not report again that 其他用车 are used for nothing: the facts' own rule does", () => {
    const found = withWords(({ facts, t10 }) => {
      facts.otherVehicleUse = "无";
      const row = t10?.rows.find(({ key }) => key === "other_cars");
      if (row === undefined) throw new Error("The example has no 其他用车.");
      row.cells["final"] = 2;
    });
    expect(found.filter(({ rule }) => rule === "R213")).toEqual([]);
  });

  it("does not say again that a reason is missing", () => {
    const found = withWords(({ narrative }) => {
      narrative.reasons = {};
    });
    expect(found).toEqual([]);
  });

  it("is found fault with at sentences that it has, and under a name that its figures change", () => {
    const wrong = (amount: string) =>
      withWords(({ narrative }) => {
        narrative.additions = { income: [`2022年度本年收入合计${amount}万元。`] };
        narrative.reasons["income.year"] = "项目收入增下降";
      });
    const ids = new Set(
      [writeOverview(report), writeNarrative(report)]
        .flatMap(sentencesOf)
        .map(({ sentence }) => sentence.id)
        .concat("income.addition.1"),
    );
    for (const { sentence } of wrong("4700.11")) expect(ids).toContain(sentence);
    const names = (amount: string) => wrong(amount).map(ownTextFingerprint);
    expect(names("4700.11")).toEqual(names("4700.11"));
    expect(names("4700.11")).not.toEqual(names("4700.12"));
  });
});
