import type { CellAddress } from "../../forms/cell.ts";
import type { ChapterKind } from "./chapters.ts";

/** A quantity of the trade that sentences speak of under many names. */
export interface Concept {
  readonly id: string;
  readonly name: string;
  /** End of the subject as worded, after quotes and 支出决算 were taken away. */
  readonly worded: RegExp;
  /** Where the name means this; everywhere when absent. */
  readonly chapters?: readonly ChapterKind[];
  /** Cells whose sum it is, in the tables of a report. */
  readonly cells?: readonly CellAddress[];
  /** Cells that hold its budget. */
  readonly budgets?: { readonly initial?: CellAddress; readonly full?: CellAddress };
}

const composition = ["income", "overall", "other"] as const satisfies readonly ChapterKind[];
const spending = [
  "expense",
  "overall",
  "performance",
  "other",
] as const satisfies readonly ChapterKind[];
const three = (row: string): Pick<Concept, "cells" | "budgets"> => ({
  cells: [`t09/${row}/final`],
  budgets: { initial: `t09/${row}/initial`, full: `t09/${row}/full` },
});
/** 政府性基金 and 国有资本经营 have chapters of their own, where 收入 and 支出 mean theirs. */
const ownBudget = (
  chapter: "fund" | "capital",
  budget: string,
  table: "t07" | "t08",
): readonly Concept[] =>
  (
    [
      ["opening", "年初结转和结余", "年初(?:财政拨款)?结转(?:和|及)?结余"],
      ["income", "收入", "(?:本年)?收入(?:合计)?"],
      ["basic", "基本支出", "基本支出"],
      ["project", "项目支出", "项目支出"],
      ["total", "支出", "(?:本年)?支出(?:合计|小计|总额)?"],
      ["closing", "年末结转和结余", "年末(?:财政拨款)?结转(?:和|及)?结余"],
    ] as const
  ).map(([column, name, worded]): Concept => ({
    id: `${chapter}.${column}`,
    name: `${budget}财政拨款${name}`,
    worded: new RegExp(`(?:${budget}|${budget.slice(0, -2)})?(?:财政拨款)?${worded}$`, "u"),
    chapters: [chapter],
    cells: [`${table}/total/${column}`],
  }));
const vehicles = "(?:公务用车|公车|车辆)";

/** In this order: the narrower name before the wider one it ends with. */
export const concepts: readonly Concept[] = [
  ...ownBudget("fund", "政府性基金预算", "t07"),
  ...ownBudget("capital", "国有资本经营预算", "t08"),
  {
    id: "fiscal_sum",
    name: "财政拨款收入支出总计",
    worded: /财政拨款(?:收入?、?支出?|收入总计、支出)(?:决算)?总(?:计|额)$/u,
    cells: ["t04/income_sum/final"],
  },
  {
    id: "fiscal_income_sum",
    name: "财政拨款收入总计",
    worded: /财政拨款(?:总收入|收入总计)$/u,
    cells: ["t04/income_sum/final"],
  },
  {
    id: "fiscal_expense_sum",
    name: "财政拨款支出总计",
    worded: /财政拨款(?:总支出|支出总计)$/u,
    cells: ["t04/expense_sum/total"],
  },
  {
    id: "both_sum",
    name: "收入支出总计",
    worded: /(?:收入?[、和与]?支出?|收入总计[、和与]支出)(?:决算)?总(?:计|额)$/u,
    chapters: ["overall", "other", "income", "expense"],
    cells: ["t01/income_sum/final"],
  },
  {
    id: "income_sum",
    name: "收入总计",
    worded: /(?<!财政拨款)收入总计$/u,
    chapters: ["income", "overall", "other"],
    cells: ["t01/income_sum/final"],
  },
  {
    id: "expense_sum",
    name: "支出总计",
    worded: /(?<!财政拨款|收|收入)支出总计$/u,
    chapters: ["expense", "overall", "other"],
    cells: ["t01/expense_sum/final"],
  },
  {
    id: "income_total",
    name: "本年收入合计",
    worded: /(?:本年收入(?:合计)?|(?<!拨款|预算)收入合计)$/u,
    chapters: composition,
    cells: ["t01/income_total/final"],
  },
  {
    id: "expense_total",
    name: "本年支出合计",
    worded: /(?:(?<!财政拨款|预算)本年支出(?:合计)?|(?<!拨款|预算)支出合计)$/u,
    cells: ["t01/expense_total/final"],
  },
  {
    id: "opening",
    name: "年初结转和结余",
    worded: /(?<!财政拨款)(?:年初|上年)结转(?:和|及)?结余$/u,
    chapters: ["income", "expense", "overall", "other"],
    cells: ["t01/opening/final"],
  },
  {
    id: "closing",
    name: "年末结转和结余",
    worded: /(?<!财政拨款)年末结转(?:和|及)?结余$/u,
    chapters: ["income", "expense", "overall", "other"],
    cells: ["t01/closing/final"],
  },
  {
    id: "surplus_used",
    name: "使用非财政拨款结余",
    worded: /使用非财政拨款结余(?:（含专用结余）)?$/u,
    chapters: ["income", "expense", "overall", "other"],
    cells: ["t01/surplus_used/final"],
  },
  {
    id: "distribution",
    name: "结余分配",
    worded: /结余分配$/u,
    chapters: ["income", "expense", "overall", "other"],
    cells: ["t01/distribution/final"],
  },
  {
    id: "income.fiscal",
    name: "财政拨款收入",
    worded: /(?<!一般公共预算|政府性基金预算|国有资本经营预算)财政拨款收入(?:合计)?$/u,
    chapters: composition,
    cells: ["t02/total/fiscal"],
  },
  // Named one by one where 财政拨款收入 is not.
  ...(
    [
      ["general", "一般公共预算财政拨款收入"],
      ["fund", "政府性基金预算财政拨款收入"],
      ["capital", "国有资本经营预算财政拨款收入"],
    ] as const
  ).map(([row, name]): Concept => ({
    id: `income.${row}`,
    name,
    worded: new RegExp(`${name.slice(0, -6)}(?:财政拨款)?(?:本年)?收入$`, "u"),
    chapters: ["income"],
    cells: [`t04/${row}/final`],
  })),
  ...(
    [
      ["superior", "上级补助收入"],
      ["business", "事业收入"],
      ["operating", "经营收入"],
      ["affiliate", "附属单位上缴收入"],
      ["other", "其他收入"],
    ] as const
  ).map(([column, name]): Concept => ({
    id: `income.${column}`,
    name,
    worded: new RegExp(`${name}$`, "u"),
    chapters: composition,
    cells: [`t02/total/${column}`],
  })),
  {
    id: "general_basic",
    name: "一般公共预算财政拨款基本支出",
    worded: /(?:一般公共预算)?(?:财政拨款)?基本支出(?:合计)?$/u,
    chapters: ["basic"],
    cells: ["t05/total/basic"],
  },
  {
    id: "expense.basic",
    name: "基本支出",
    worded: /(?<!拨款)基本支出$/u,
    chapters: ["expense", "overall"],
    cells: ["t03/total/basic"],
  },
  {
    id: "expense.project",
    name: "项目支出",
    worded: /(?<!拨款)项目支出(?:总额)?$/u,
    chapters: spending,
    cells: ["t03/total/project"],
  },
  {
    id: "expense.other",
    name: "其他支出",
    worded: /其他支出（对附属单位补助支出、上缴上级支出）$/u,
    chapters: ["expense", "overall"],
    cells: ["t03/total/to_affiliate", "t03/total/to_superior"],
  },
  ...(
    [
      ["operating", "经营支出"],
      ["to_superior", "上缴上级支出"],
      ["to_affiliate", "对附属单位补助支出"],
    ] as const
  ).map(([column, name]): Concept => ({
    id: `expense.${column}`,
    name,
    worded: new RegExp(`${name}$`, "u"),
    chapters: ["expense", "overall"],
    cells: [`t03/total/${column}`],
  })),
  {
    id: "general_expense",
    name: "一般公共预算财政拨款支出",
    worded: /一般公共预算(?:财政拨款)?(?:本年)?支出(?:合计|总额)?$/u,
    chapters: ["general", "other"],
    cells: ["t05/total/total"],
  },
  {
    id: "fiscal_expense",
    name: "财政拨款本年支出",
    worded:
      /(?<!一般公共预算|政府性基金预算|国有资本经营预算)财政拨款(?:本年)?支出(?:合计|总额)?$/u,
    chapters: ["fiscal", "fiscal_overall", "other"],
    cells: ["t04/expense_total/total"],
  },
  ...(
    [
      ["301", "工资福利支出", "工资福利支出"],
      ["302", "商品和服务支出", "商品和服务支出"],
      ["303", "对个人和家庭的补助", "对个人和家庭的?补助(?:支出)?"],
      ["307", "债务利息及费用支出", "债务利息及费用支出"],
      ["310", "资本性支出", "(?<!其他)资本性支出"],
      ["312", "对企业补助", "(?<!其他)对企业补助(?:支出)?"],
      ["399", "其他支出", "^其他支出"],
      ["personnel_total", "人员经费", "人员经费(?:支出|合计)?"],
      ["public_total", "公用经费", "(?:日常)?公用经费(?:支出|合计)?"],
    ] as const
  ).map(([row, name, worded]): Concept => ({
    id: `basic.${row}`,
    name,
    worded: new RegExp(`${worded}$`, "u"),
    chapters: ["basic"],
    cells: [`t06/${row}/final`],
  })),
  {
    id: "three.vehicle_purchase",
    name: "公务用车购置费",
    worded: new RegExp(`${vehicles}购置(?:费|费用|支出|费支出)?$`, "u"),
    chapters: ["three_public"],
    ...three("vehicle_purchase"),
  },
  {
    id: "three.vehicles",
    name: "公务用车购置及运行维护费",
    worded: new RegExp(
      `${vehicles}购置[及和](?:${vehicles})?运行(?:维护)?(?:费|费用|支出|费支出)?$`,
      "u",
    ),
    chapters: ["three_public"],
    ...three("vehicles"),
  },
  {
    id: "three.vehicle_running",
    name: "公务用车运行维护费",
    worded: new RegExp(`${vehicles}运行(?:维护)?(?:费|费用|支出|费支出)?$`, "u"),
    chapters: ["three_public"],
    ...three("vehicle_running"),
  },
  {
    id: "three.abroad",
    name: "因公出国（境）费",
    worded: /因公出国（境）(?:费|费用|支出|费支出|费用支出)?$/u,
    chapters: ["three_public"],
    ...three("abroad"),
  },
  {
    id: "three.reception_overseas",
    name: "国（境）外接待费",
    worded: /国（境）外(?:公务)?接待(?:费|支出|费支出)?$/u,
    chapters: ["three_public"],
    cells: ["t09/reception_overseas/final"],
  },
  {
    id: "three.reception_domestic",
    name: "国内接待费",
    worded: /国内(?:公务)?接待(?:费|支出|费支出)?$/u,
    chapters: ["three_public"],
    cells: ["t09/reception_domestic/final"],
  },
  {
    id: "three.reception",
    name: "公务接待费",
    worded: /(?<!国内|国（境）外)公务接待(?:费|费用|支出|费支出|费用支出)?$/u,
    chapters: ["three_public"],
    ...three("reception"),
  },
  {
    id: "three.total",
    name: "“三公”经费支出",
    worded:
      /(?:一般公共预算(?:(?:及|和|、)政府性基金(?:预算)?)?)?(?:财政拨款)?(?:安排的)?三公经费(?:财政拨款)?(?:支出)?(?:决算)?(?:总额|合计)?$/u,
    chapters: ["three_public"],
    ...three("total"),
  },
  {
    id: "operating_cost",
    name: "机关运行经费支出",
    worded: /机关运行经费(?:支出)?$/u,
    chapters: ["operating_cost"],
  },
  {
    id: "procurement.sme_goods",
    name: "货物采购授予中小企业合同金额",
    worded: /货物采购授予中小企业(?:的)?合同金额$/u,
  },
  {
    id: "procurement.sme_works",
    name: "工程采购授予中小企业合同金额",
    worded: /工程采购授予中小企业(?:的)?合同金额$/u,
  },
  {
    id: "procurement.sme_services",
    name: "服务采购授予中小企业合同金额",
    worded: /服务采购授予中小企业(?:的)?合同金额$/u,
  },
  {
    id: "procurement.micro",
    name: "授予小微企业合同金额",
    worded: /授予小微企业(?:的)?合同(?:总)?金额$/u,
  },
  {
    id: "procurement.sme",
    name: "授予中小企业合同金额",
    worded: /(?<!货物采购|工程采购|服务采购)授予中小企业(?:的)?合同(?:总)?金额$/u,
  },
  ...(["货物", "工程", "服务"] as const).map((kind): Concept => ({
    id: `procurement.${kind}`,
    name: `政府采购${kind}支出`,
    worded: new RegExp(`(?:政府采购)?${kind}(?:类)?(?:采购)?(?:支出)?(?:总额|金额)?$`, "u"),
    chapters: ["procurement"],
  })),
  {
    id: "procurement.total",
    name: "政府采购支出总额",
    worded: /政府采购(?:支出)?(?:总额|金额|总金额|总计|合计|支出)(?:（[^）]*）)?$/u,
    chapters: ["procurement"],
  },
];

const orgEnd =
  "(?:部门|单位|[委办局院校所站队处会厅馆室社团镇乡府心]|街道|本级|系统|汇总|本|我|的|其中|全年|年度|当年|共|决算)";
const prefix = new RegExp(`^(?:.*${orgEnd})?(?:（[^（）]*）)?$`, "u");

/** The same few names occur in a text again and again; of a text full of others the last are kept. */
const met = new Map<string, Concept | undefined>();
const mostMet = 1_000;

/** The quantity a subject names in a chapter of that kind. */
export function conceptOf(subject: string, chapter: ChapterKind): Concept | undefined {
  const key = `${chapter}|${subject}`;
  if (met.has(key)) return met.get(key);
  if (met.size >= mostMet) met.clear();
  const concept = conceptNamed(subject, chapter);
  met.set(key, concept);
  return concept;
}

function conceptNamed(subject: string, chapter: ChapterKind): Concept | undefined {
  for (const concept of concepts) {
    if (concept.chapters !== undefined && !concept.chapters.includes(chapter)) continue;
    const match = concept.worded.exec(subject);
    if (match !== null && prefix.test(subject.slice(0, match.index))) return concept;
  }
  return undefined;
}

/** Leading words and trailing verbs that are no part of a name: 其中, 本部门2022年度, “”, 决算. */
export function cleanSubject(subject: string): string {
  if (subject === "") return "";
  return subject
    .replace(/[“”"‘’'《》]/gu, "")
    .replace(/^.*?\d{4}年(?:度)?(?=.)/u, "")
    .replace(/^(?:其中|其(?!他)|而|另外|此外|同时|本年度(?=.{3})|我们)+[，：]?/u, "")
    .replace(/^(?:包括|和|及|以及|分别为|为)(?=.{3}|$)/u, "")
    .replace(/（类）/gu, "")
    .replace(/[均各]$/u, "")
    .replace(/(?:决算数|支出决算|决算)$/u, "")
    .trim();
}
