import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { checkSections } from "../../../../shared/checks/sections/check-sections.ts";
import { findIdNumbers, mask } from "../../../../shared/checks/personal-data/personal-data.ts";
import { sectionFingerprint } from "../../../../shared/checks/sections/section-fault.ts";
import { card, personalDataCases, validId } from "./personal-data-cases.ts";
import { changed, completeReport } from "./complete-report.ts";

const findingsIn = (text: string) =>
  checkSections(
    changed(completeReport, (sections) => {
      sections.narrative.additions = { income: [text] };
    }),
  ).findings.filter(({ rule }) => rule.startsWith("P"));

/** Everything a finding says, in one string. */
const wholeOf = (text: string) =>
  findingsIn(text)
    .map((finding) => JSON.stringify(finding) + sectionFingerprint(finding))
    .join("\n");

describe("a finding about personal data", () => {
  it.each([
    validId,
    "360201670307123",
    "13807981234",
    "138-0798-1234",
    card,
    "1504 2010 0930 0123 456",
    "E12345678",
    "zhangsan@",
    "王小明",
    "李四",
    "新厂路12号",
  ])("never repeats %s", (secret) => {
    const text = `身份证号${validId}，证件号360201670307123，电话13807981234或138-0798-1234，卡号${card}，账号1504 2010 0930 0123 456，护照E12345678，邮箱zhangsan@example.com，王小明同志患有重病，困难补助人员包括：张三、李四、王五，家庭住址：某市新厂路12号。`;
    const whole = wholeOf(text);
    expect(whole).not.toContain(secret);
    expect(whole).toContain("***");
  });

  it("finds each kind in one sentence, errors first", () => {
    const text = `身份证号${validId}，电话13807981234，卡号${card}。`;
    expect(findingsIn(text).map(({ rule, severity }) => `${rule} ${severity}`)).toEqual([
      "P001 error",
      "P004 error",
      "P003 warning",
    ]);
  });

  it("shows three characters of an ID number before, four behind", () => {
    expect(mask(validId)).toBe(`360***********${validId.slice(-4)}`);
    expect(findingsIn(`身份证号${validId}。`)[0]?.what).toContain(mask(validId));
  });

  it("hides at least half of any number", () => {
    fc.assert(
      fc.property(fc.string({ minLength: 6, maxLength: 24, unit: "grapheme-ascii" }), (number) => {
        const shown = mask(number);
        expect(shown.length).toBe(number.length);
        expect(/^\**$/u.test(shown.slice(3, -4))).toBe(true);
      }),
      { seed: 20_221_001, numRuns: 300 },
    );
  });
});

describe("an ID number", () => {
  it("is found by its check digit: of the eleven it might have, one", () => {
    const ends = [...Array.from({ length: 10 }, (_, digit) => String(digit)), "X"];
    const found = ends.filter((end) => findIdNumbers(validId.slice(0, 17) + end).length > 0);
    expect(found).toEqual([validId.slice(-1)]);
  });

  it("is none without a birthday: amounts, project numbers and dates pass", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1_000_000, max: 9_999_999 }), (number) => {
        const text = `项目36020020220000${String(number)}支出${String(number)}.25万元，比上年增加${String(number)}00元。`;
        expect(findingsIn(text)).toEqual([]);
      }),
      { seed: 20_221_002, numRuns: 200 },
    );
  });
});

it("every kind of personal data has its rule", () => {
  expect(Object.keys(personalDataCases)).toEqual([
    ...["P001", "P002", "P003", "P004", "P005", "P006", "P007", "P008"],
  ]);
});
