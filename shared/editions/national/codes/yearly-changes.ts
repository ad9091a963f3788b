/** What a notice of the Ministry of Finance changed in the 支出功能分类 of a year. */
interface CodeChange {
  /** First year of account (会计年度) that it is of. */
  readonly year: number;
  /** The notice, with its day where known. */
  readonly document: string;
  /** 文号; absent where it was not found in a source (未核实): none is made up. */
  readonly documentNumber?: string;
  readonly codes: Readonly<Record<string, string>>;
}

/**
 * 支出功能分类 since the table of 2022: only what is new, as names changed in no year since. Of codes that a notice adds
 * with their 项 the 项 are left out where the notice does not name them: they may be typed with their names.
 */
export const functionCodeChanges: readonly CodeChange[] = [
  {
    year: 2024,
    document: "2024年政府收支分类科目",
    codes: {
      20139: "社会工作事务",
      2013901: "行政运行",
      2013950: "事业运行",
      2013999: "其他社会工作事务支出",
      22198: "超长期特别国债安排的支出",
      2219899: "其他住房保障支出",
    },
  },
  {
    year: 2024,
    document: "财政部关于对2024年政府收支分类科目进行个别增补的通知（2024年3月29日）",
    codes: { 22006: "耕地保护考核奖惩基金支出" },
  },
  // The 款 of 2170404, which the notice does not name and the table of 2022 lacks: known from budgets in print.
  { year: 2025, document: "政府收支分类科目", codes: { 21704: "金融调控支出" } },
  {
    year: 2025,
    document: "财政部关于修订2025年政府收支分类科目的通知（2025年5月23日）",
    documentNumber: "财预〔2025〕41号",
    codes: {
      2170404: "中央金融机构注资特别国债支出",
      22911: "中央金融机构注资特别国债财务基金支出",
      23107: "中央金融机构注资特别国债还本支出",
    },
  },
];

/** What a year's table has that the year's before had not. */
export const newFunctionCodes = (year: number): Readonly<Record<string, string>> =>
  Object.assign(
    {},
    ...functionCodeChanges.filter((change) => change.year === year).map(({ codes }) => codes),
  ) as Readonly<Record<string, string>>;
