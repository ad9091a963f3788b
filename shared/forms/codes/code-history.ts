/** A code, or the name of a code, that the 政府收支分类科目 of some years only has. */
interface CodePeriod {
  readonly code: string;
  readonly name: string;
  /** First and last year. */
  readonly from?: number;
  readonly to?: number;
  /** The code that took its place. */
  readonly now?: string;
}

/** 科目 that came or went; their 款 and 项 came and went with them. */
const periods: readonly CodePeriod[] = [
  { code: "20115", name: "工商行政管理事务", to: 2018, now: "20138" },
  { code: "20117", name: "质量技术监督与检验检疫事务", to: 2018, now: "20138" },
  { code: "20139", name: "社会工作事务", from: 2024 },
  { code: "20704", name: "新闻出版广播影视", to: 2018, now: "20706" },
  { code: "2080504", name: "未归口管理的行政单位离退休", to: 2019, now: "2080501" },
  { code: "2089901", name: "其他社会保障和就业支出", to: 2020, now: "2089999" },
  { code: "21010", name: "食品和药品监督管理事务", to: 2018, now: "20138" },
  { code: "2109901", name: "其他卫生健康支出", to: 2020, now: "2109999" },
  { code: "2170404", name: "中央金融机构注资特别国债支出", from: 2025 },
  { code: "22006", name: "耕地保护考核奖惩基金支出", from: 2024 },
  { code: "22198", name: "超长期特别国债安排的支出", from: 2024 },
  { code: "22911", name: "中央金融机构注资特别国债财务基金支出", from: 2025 },
  { code: "23107", name: "中央金融机构注资特别国债还本支出", from: 2025 },
  { code: "2299901", name: "其他支出", to: 2020, now: "2299999" },
];

/** Names that a code had up to a year; what it is called since is in the code table. */
const formerNames: readonly (CodePeriod & { readonly to: number })[] = [
  { code: "207", name: "文化体育与传媒支出", to: 2018 },
  { code: "20805", name: "行政事业单位离退休", to: 2019 },
  { code: "2080501", name: "归口管理的行政单位离退休", to: 2019 },
  { code: "2080599", name: "其他行政事业单位离退休支出", to: 2019 },
  { code: "210", name: "医疗卫生与计划生育支出", to: 2018 },
  { code: "21305", name: "扶贫", to: 2021 },
  { code: "2130599", name: "其他扶贫支出", to: 2021 },
  { code: "215", name: "资源勘探信息等支出", to: 2019 },
  { code: "220", name: "国土海洋气象等支出", to: 2018 },
  { code: "22402", name: "消防事务", to: 2020 },
];

/** What says that a code is not one of the year; undefined when nothing is known against it. */
export const outOfYear = (code: string, year: number): CodePeriod | undefined =>
  periods.find(
    (period) =>
      code.startsWith(period.code) && (year < (period.from ?? year) || year > (period.to ?? year)),
  );

/** What a code was called in earlier years. */
export const formerNamesOf = (code: string): readonly string[] =>
  formerNames.flatMap((former) => (former.code === code ? [former.name] : []));

/** The former name that a code is given; it was right in reports up to `to`. */
export const formerNameOf = (code: string, name: string) =>
  formerNames.find((former) => former.code === code && former.name === name);
