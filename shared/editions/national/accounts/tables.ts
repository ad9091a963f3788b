import type { AccountsFeed, AccountsMapping } from "../../../forms/accounts-mapping.ts";
import { expenseClasses, incomeRows } from "../row-sets.ts";

/** Which sheet of the accounts makes up which statutory table; t11 to t20 are the tables that some regions add. */

const final = "决算数";
const incomes = incomeRows.map(({ key }) => key);
const expenseBlock = "支出";
const functionBlock = "功能分类";

/** Columns of sheets by 支出经济分类, as the tables that print a 类 a column call them. */
const kinds = {
  total: "合计",
  e301: "工资福利支出",
  e302: "商品和服务支出",
  e303: "对个人和家庭的补助",
  e307: "债务利息及费用支出",
  e309: "资本性支出（基本建设）",
  e310: "资本性支出",
  e311: "对企业补助（基本建设）",
  e312: "对企业补助",
  e313: "对社会保障基金补助",
  e399: "其他支出",
};

/** Opening balance, income, expense and closing balance of one budget, by code. */
const flows = {
  opening: "年初结转和结余",
  income: "本年收入",
  total: "本年支出",
  basic: "本年支出/基本支出",
  project: "本年支出/项目支出",
  closing: "年末结转和结余",
};
const spent = { total: flows.total, basic: flows.basic, project: flows.project };

/** Lines of 年初财政拨款结转和结余 by budget: they are named as those of the income above them. */
const openingOf = (name: string) => ({ names: [name], under: "年初财政拨款结转和结余" });

const threePublic: AccountsFeed = {
  sheet: "财决附03",
  lines: {
    initial: ["年初预算数", "预算数"],
    full: ["全年预算数"],
    final: ["决算数", "决算统计数", "统计数"],
  },
  names: {
    total: { names: ["支出合计", "“三公”经费支出合计"] },
  },
};

export const accountsTables: AccountsMapping["tables"] = {
  t01: [
    {
      ...{ sheet: "财决01", block: "收入", lines: { final } },
      only: [...incomes, "income_total", "surplus_used", "opening", "income_sum"],
    },
    { sheet: "财决01", block: functionBlock, lines: { final }, only: [...expenseClasses] },
    {
      ...{ sheet: "财决01", block: expenseBlock, lines: { final } },
      only: ["expense_total", "distribution", "closing", "expense_sum"],
    },
    { sheet: "财决04", classes: { final: "本年支出" } },
    {
      sheet: "财决03",
      total: {
        "income_total/final": "本年收入",
        "superior/final": "上级补助收入",
        "business/final": "事业收入",
        "operating/final": "经营收入",
        "affiliate/final": "附属单位上缴收入",
        "other/final": "其他收入",
      },
    },
    { sheet: "财决04", total: { "expense_total/final": "本年支出" } },
    {
      sheet: "财决02",
      total: { "opening/final": "年初结转和结余", "closing/final": "年末结转和结余" },
    },
  ],
  t02: [
    {
      sheet: "财决03",
      codes: {
        total: "本年收入",
        fiscal: "财政拨款收入",
        superior: "上级补助收入",
        business: "事业收入",
        operating: "经营收入",
        affiliate: "附属单位上缴收入",
        other: "其他收入",
      },
    },
    { sheet: "财决02", codes: { total: "本年收入" } },
  ],
  t03: [
    {
      sheet: "财决04",
      codes: {
        total: "本年支出",
        basic: "基本支出",
        project: "项目支出",
        to_superior: "上缴上级支出",
        operating: "经营支出",
        to_affiliate: "对附属单位补助支出",
      },
    },
    {
      sheet: "财决02",
      codes: {
        ...spent,
        to_superior: "本年支出/上缴上级支出",
        operating: "本年支出/经营支出",
        to_affiliate: "本年支出/对附属单位补助支出",
      },
    },
    { sheet: "财决05-1", codes: { basic: "合计" } },
    { sheet: "财决05-2", codes: { project: "合计" } },
  ],
  t04: [
    {
      ...{ sheet: "财决01-1", block: "收入", lines: { final } },
      only: [
        ...["general", "fund", "capital", "income_total", "opening", "income_sum"],
        ...["opening_general", "opening_fund", "opening_capital"],
      ],
      names: {
        opening_general: openingOf("一般公共预算财政拨款"),
        opening_fund: openingOf("政府性基金预算财政拨款"),
        opening_capital: openingOf("国有资本经营预算财政拨款"),
      },
    },
    {
      ...{ sheet: "财决01-1", block: functionBlock, only: [...expenseClasses] },
      lines: {
        total: "决算数",
        general: "决算数/一般公共预算财政拨款",
        fund: "决算数/政府性基金预算财政拨款",
        capital: "决算数/国有资本经营预算财政拨款",
      },
    },
    {
      ...{ sheet: "财决01-1", block: expenseBlock },
      only: ["expense_total", "closing", "expense_sum"],
      lines: {
        total: "决算数",
        general: "决算数/一般公共预算财政拨款",
        fund: "决算数/政府性基金预算财政拨款",
        capital: "决算数/国有资本经营预算财政拨款",
      },
    },
    { sheet: "财决07", classes: { general: flows.total } },
    { sheet: "财决09", classes: { fund: flows.total } },
    { sheet: "财决11", classes: { capital: flows.total } },
    {
      sheet: "财决07",
      total: {
        "general/final": flows.income,
        "opening_general/final": flows.opening,
        "expense_total/general": flows.total,
        "closing/general": flows.closing,
      },
    },
    {
      sheet: "财决09",
      total: {
        "fund/final": flows.income,
        "opening_fund/final": flows.opening,
        "expense_total/fund": flows.total,
        "closing/fund": flows.closing,
      },
    },
    {
      sheet: "财决11",
      total: {
        "capital/final": flows.income,
        "opening_capital/final": flows.opening,
        "expense_total/capital": flows.total,
        "closing/capital": flows.closing,
      },
    },
  ],
  t05: [
    { sheet: "财决07", codes: flows },
    { sheet: "财决08", codes: { total: "合计" } },
    { sheet: "财决08-1", codes: { basic: "合计" } },
    { sheet: "财决08-2", codes: { project: "合计" } },
  ],
  t06: [
    { sheet: "财决08-1", economic: "final" },
    {
      sheet: "财决07",
      total: {
        "personnel_total/final": "本年支出/基本支出/人员经费",
        "public_total/final": ["本年支出/基本支出/日常公用经费", "本年支出/基本支出/公用经费"],
      },
    },
  ],
  t07: [
    { sheet: "财决09", codes: flows },
    { sheet: "财决10", codes: { total: "合计" } },
  ],
  t08: [
    { sheet: "财决11", codes: flows },
    { sheet: "财决11-1", codes: { total: "合计" } },
  ],
  t09: [threePublic],
  t10: [
    {
      sheet: "财决附03",
      lines: { final: ["决算数", "决算统计数", "统计数"] },
      names: {
        vehicles_total: { names: ["车辆数合计（辆）", "车辆数合计（台、辆）"] },
        minister_cars: { names: ["副部（省）级及以上领导用车", "部级领导干部用车"] },
        leader_cars: { names: ["主要领导干部用车", "主要负责人用车"] },
        enforcement_cars: { names: ["执法执勤用车", "一般执法执勤用车"] },
        retired_cars: { names: ["离退休干部用车", "离退休干部服务用车"] },
        equipment: {
          names: ["单价100万元（含）以上设备（不含车辆）", "单价100万元以上设备（不含车辆）"],
        },
      },
    },
  ],
  t12: [{ sheet: "财决10-1", economic: "final" }],
  t13: [
    {
      sheet: "财决附03",
      lines: { final: ["统计数", "决算统计数", "决算数"] },
      names: {
        total: { names: ["政府采购支出合计"] },
        micro: { names: ["其中：授予小微企业合同金额", "授予小微企业合同金额"] },
      },
    },
  ],
  t15: [{ sheet: ["财决08", "财决10", "财决11-1"], codes: kinds }],
  t16: [{ sheet: "财决08", codes: kinds }],
  t17: [{ sheet: "财决08-2", codes: kinds }],
  t18: [{ sheet: "财决11", codes: flows }],
};
