import { describe, expect, it } from "vitest";
import { slipsIn } from "../../../shared/checks/wording/slips.ts";

/** A text with every slip mended whose right words are certain. */
function withoutSlips(text: string): string {
  let mended = "";
  let from = 0;
  for (const { start, end, instead } of slipsIn(text)) {
    if (instead === undefined) continue;
    mended += text.slice(from, start) + instead;
    from = end;
  }
  return mended + text.slice(from);
}

describe("a slip", () => {
  it.each([
    ["a trade word", "项目支出支出决算为3万元。", "支出支出", "项目支出决算为3万元。"],
    ["a longer trade word", "支出决算支出决算为3万元。", "支出决算支出决算", "支出决算为3万元。"],
    ["a unit", "支出3万元万元。", "万元万元", "支出3万元。"],
    ["quotation marks", "““三公””经费", "““三公””", "“三公”经费"],
    ["a comma", "增加3万元，，增长1%。", "，，", "增加3万元，增长1%。"],
    ["a full stop", "用于办公。。", "。。", "用于办公。"],
    ["a comma before the stop", "用于办公，。", "，。", "用于办公。"],
    ["half-width signs", "增加3万元,,增长1%%", ",,", "增加3万元,增长1%"],
    ["empty brackets", "公务接待费（ ）3万元。", "（ ）", "公务接待费3万元。"],
    ["empty quotation marks", "等级为“”。", "“”", "等级为。"],
    ["nothing but a year", "2024年度。", "2024年度。", ""],
    ["nothing but a year between", "无变动。2024年。其中：", "2024年。", "无变动。其中："],
    ["a tail of a year", "较上年度度增加。", "年度度", "较上年度增加。"],
  ])("is found and mended: %s", (_, text, found, mended) => {
    expect(slipsIn(text)[0]?.found).toBe(found);
    expect(withoutSlips(text)).toBe(mended);
    expect(slipsIn(withoutSlips(text))).toEqual([]);
  });

  it("is named with its place, and not mended where only a person can know", () => {
    const text = "用于办公。，增加3万元。";
    const [slip, ...others] = slipsIn(text);
    expect(others).toEqual([]);
    expect(slip).toMatchObject({ start: 4, end: 6, found: "。，", kind: "doubled" });
    expect(slip?.instead).toBeUndefined();
    expect(withoutSlips(text)).toBe(text);
  });

  it.each([
    "一般公共预算财政拨款支出决算为3万元，其中：基本支出2万元；项目支出1万元。",
    "贯彻《关于印发〈管理办法〉的通知》，““放管服”改革”持续推进。",
    "上年度度假区建设资金已收回。",
    "本部门2024年度收入总计3万元。",
    "成立于：2019年；",
    "为为民服务中心……",
    "因公出国（境）费支出，1,000.00万元。",
    "收入、支出收支平衡。",
  ])("is not made of %s", (text) => {
    expect(slipsIn(text)).toEqual([]);
  });

  it("is counted up to what anybody mends", () => {
    expect(slipsIn("支出支出，".repeat(10_000))).toHaveLength(50);
  });
});
