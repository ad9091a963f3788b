/** 一般公共预算, 政府性基金预算, 国有资本经营预算. */
export type Budget = "general" | "fund" | "capital";

/** 款 of 政府性基金预算支出 (政府收支分类科目): no other budget has them. */
const fundItems: ReadonlySet<string> = new Set([
  ...["20610", "20707", "20709", "20710", "20822", "20823", "20829", "21160", "21161"],
  ...["21208", "21210", "21211", "21213", "21214", "21215", "21216", "21217", "21218", "21219"],
  ...["21366", "21367", "21369", "21370", "21371"],
  ...["21460", "21462", "21463", "21464", "21468", "21469", "21470", "21471", "21472", "21473"],
  ...["21562", "22904", "22908", "22960", "23104", "23204", "23304", "23401", "23402"],
]);

/** 款 and 项 that belong to 政府性基金预算 since they exist, with the first year. */
const laterFundCodes: ReadonlyMap<string, number> = new Map([
  ["22198", 2024],
  ["22006", 2024],
  ["2170404", 2025],
  ["22911", 2025],
  ["23107", 2025],
]);

/** From when on 超长期特别国债 pay in most 类. */
const specialBondsFrom = 2024;

/** 国有资本经营预算支出, and what of 补充全国社会保障基金 that budget pays. */
const capitalCodes = /^(?:223|2080451)/u;

/** The budget that alone has a 支出功能分类 code; undefined of a code that may be anybody's. */
export function budgetOfCode(code: string, year: number): Exclude<Budget, "general"> | undefined {
  if (capitalCodes.test(code)) return "capital";
  const item = code.slice(0, 5);
  if (fundItems.has(item)) return "fund";
  const from = laterFundCodes.get(item) ?? laterFundCodes.get(code);
  return from !== undefined && year >= from ? "fund" : undefined;
}

/** 类 with 款 of 政府性基金预算; since 2024 special bonds pay in most others as well. */
const fundClasses = /^(?:20[678]|21[1-57]|229|23[1-4])$/u;
const classesWithoutFunds = /^(?:20[123]|223)$/u;

export const isFundClass = (kind: string, year: number): boolean =>
  year < specialBondsFrom ? fundClasses.test(kind) : !classesWithoutFunds.test(kind);

/** 类 that 国有资本经营预算 pays from. */
export const isCapitalClass = (kind: string): boolean => kind === "223" || kind === "208";

/** 项 that only 项目支出 or only 基本支出 has, by what the classification says it is for. */
export function spentAsOnly(code: string, name: string): "basic" | "project" | undefined {
  if (name === "一般行政管理事务") return "project";
  return contributions.has(code) ? "basic" : undefined;
}

/** 养老保险缴费, 职业年金缴费, 住房公积金. */
const contributions: ReadonlySet<string> = new Set(["2080505", "2080506", "2210201"]);
