import { budgetOfCode } from "../forms/codes/budget-of-code.ts";
import type { CellAddress } from "../forms/cell.ts";
import type { Edition } from "../forms/form.ts";
import { gradeOf } from "../narrative/figures.ts";
import type { OrgKind } from "../report/report.ts";
import type { Facts, Performance } from "../report/sections.ts";
import { digit, type Random } from "./random.ts";
import { at, type Cells } from "./statutory-cells.ts";

/** What people fill in beside the tables, as it follows from them. */

const rounded = (fen: number): number => Math.round(fen / digit) * digit;

export function factsOf(
  { edition, orgName, kind }: { edition: Edition; orgName: string; kind: OrgKind },
  cells: Cells,
  random: Random,
): Facts {
  const budgets = initialBudgets(edition, cells);
  const own = { name: orgName, kind: "own_office", administrative: true } as const;
  const subordinate = { ...own, name: `${orgName}信息中心`, kind: "subordinate" } as const;
  const cost = at(cells, "t06/public_total/final");
  const purchases = purchasesOf(cells, random);
  return {
    enteredIn: "wan",
    duties: [
      "贯彻执行国家和省、市有关法律法规和方针政策，拟订本市相关规划并组织实施",
      "指导各县（市、区）开展业务工作，监督资金使用",
    ],
    units: kind === "unit" ? [own] : [own, subordinate],
    people: { active: 86, retiredCadres: 1, retired: 12, others: 4, students: 0, pensioned: 30 },
    prior: lastYear(cells),
    initialBudget: {
      total: Object.values(budgets).reduce((sum, amount) => sum + amount, 0),
      byCode: budgets,
    },
    operatingCost: { current: cost, prior: rounded(cost * 0.9) },
    procurement: purchases,
    otherVehicleUse: "日常业务保障",
    ...(edition.cover.above?.includes("{监督索引号}") === true && {
      supervisionNumber: "00000000000000001",
    }),
  };
}

/** By the codes that the edition is budgeted by: a little more than was spent, of the budgets that appropriate. */
function initialBudgets(
  { budgetedCodes: { table, digits }, year }: Edition,
  cells: Cells,
): Record<string, number> {
  const tables = table === "t05" ? ["t05", "t07", "t08"] : [table];
  const budgets: Record<string, number> = {};
  for (const [address, amount] of cells) {
    const [of = "", code = "", column] = address.split("/");
    const isCode = code.length === digits && /^\d+$/u.test(code);
    if (!tables.includes(of) || column !== "total" || !isCode) continue;
    if (of !== table && budgetOfCode(code, year) === undefined) continue;
    budgets[code] = rounded(amount * 1.06);
  }
  return budgets;
}

/** Last year closed with what this year opened with; of the rest it had a tenth less. */
function lastYear(cells: Cells): Record<string, number> {
  const prior: Record<string, number> = {};
  for (const [address, amount] of cells) {
    // Counts are smaller than any amount that can be printed.
    prior[address] = amount < digit ? amount : rounded(amount * 0.9);
  }
  const opened: readonly (readonly [string, CellAddress])[] = [
    ["t01/closing/final", "t01/opening/final"],
    ["t04/closing/total", "t04/opening/final"],
    ["t04/closing/general", "t04/opening_general/final"],
    ["t04/closing/fund", "t04/opening_fund/final"],
    ["t04/closing/capital", "t04/opening_capital/final"],
  ];
  for (const [closed, opening] of opened) prior[closed] = at(cells, opening);
  return prior;
}

/** As 政府采购情况表 has them where the edition has that table. */
function purchasesOf(cells: Cells, random: Random): NonNullable<Facts["procurement"]> {
  const of = (row: string) => cells.get(`t13/${row}/final` as CellAddress) ?? random.amount(10, 60);
  const [goods, works, services] = [of("goods"), of("works"), of("services")];
  const sme = cells.get("t13/sme/final") ?? rounded((goods + works + services) * 0.6);
  const micro = cells.get("t13/micro/final") ?? rounded(sme * 0.5);
  const total = goods + works + services;
  const smeGoods = rounded((sme * goods) / total);
  const smeWorks = rounded((sme * works) / total);
  const reserved = rounded(sme * 0.5);
  return {
    ...{ goods, works, services, sme, micro, smeGoods, smeWorks },
    smeServices: sme - smeGoods - smeWorks,
    reserved: {
      sme: reserved,
      micro: rounded(reserved * 0.5),
      smeAwarded: rounded(reserved * 0.9),
      microAwarded: rounded(reserved * 0.4),
      openToSmeAwarded: sme - reserved,
    },
  };
}

export function performanceOf(cells: Cells, year: number, orgName: string): Performance {
  const spent = at(cells, "t03/total/project");
  const amounts = [rounded(spent * 0.4), rounded(spent * 0.2)];
  const total = amounts.reduce((sum, amount) => sum + amount, 0);
  const fund = Math.min(rounded(total * 0.1), at(cells, "t07/total/project"));
  const [first, second] = ["公共服务平台建设项目", "业务能力培训项目"] as const;
  const score = 96_50;
  const money = { initial: amounts[0] ?? 0, full: amounts[0] ?? 0, executed: amounts[0] ?? 0 };
  return {
    projects: [
      { name: first, score, amount: amounts[0] ?? 0 },
      { name: second, score: 91_00, amount: amounts[1] ?? 0 },
    ],
    amounts: { total, general: total - fund, fund, capital: 0 },
    overall: {
      score: 95_00,
      general: at(cells, "t04/expense_total/general"),
      fund: at(cells, "t04/expense_total/fund"),
    },
    management: {
      rules: ["预算绩效管理实施办法"],
      goals: { projects: 2, amount: total },
      tracking: { projects: 2, amount: total },
      problems: { found: 3, mended: 2, mending: 1 },
    },
    summary: [],
    selfEvaluations: [
      {
        ...{ project: first, year, department: orgName, unit: orgName },
        funds: { total: money, fiscal: money },
        ...{ fundsWeight: 10_00, fundsScore: 10_00 },
        goals: [{ expected: "按计划完成平台建设", achieved: "完成平台建设并投入使用" }],
        indicators: [
          {
            ...{ level1: "产出指标", level2: "数量指标", level3: "建成平台数" },
            ...{ target: "1个", actual: "1个", weight: 50_00, score: 50_00 },
          },
          {
            ...{ level1: "效益指标", level2: "社会效益指标", level3: "服务便利程度" },
            ...{ target: "提升", actual: "基本达成", weight: 30_00, score: 26_50 },
            deviation: "个别功能上线较晚，已在年底前完成",
          },
          {
            ...{ level1: "满意度指标", level2: "服务对象满意度指标", level3: "群众满意度" },
            ...{ target: "≥95%", actual: "97%", weight: 10_00, score: 10_00 },
          },
        ],
        totalScore: score,
      },
    ],
    evaluation: {
      ...{ project: first, score, grade: gradeOf(score) },
      chapters: [
        {
          ...{ heading: "一、基本情况", level: 1 },
          paragraphs: ["本项目用于公共服务平台的建设和运行。"],
        },
      ],
      dimensions: [
        { name: "项目决策", weight: 20_00, score: 20_00 },
        { name: "项目过程", weight: 20_00, score: 19_00 },
        { name: "项目产出", weight: 35_00, score: 33_00 },
        { name: "项目效益", weight: 25_00, score: 24_50 },
      ],
    },
  };
}
