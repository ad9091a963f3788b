import { parseCellAddress, type CellAddress } from "../../../shared/forms/cell.ts";
import { jiangxi2022, shanghai2024 } from "../../examples/editions.ts";
import type { Report } from "../../../shared/report/report.ts";
import { type TableData, tableSchema } from "../../../shared/forms/table-data.ts";
import {
  type SomeSections,
  factsSchema,
  narrativeSchema,
  performanceSchema,
  type Facts,
  type Narrative,
  type Performance,
} from "../../../shared/report/sections.ts";
import { tableIn, emptySections } from "../../../shared/report/section-ids.ts";
import { narrativeGaps, reasonSlots } from "../../../shared/narrative/gaps.ts";
import { writeNarrative } from "../../../shared/narrative/write-narrative.ts";
import { writeOverview } from "../../../shared/narrative/write-overview.ts";
import {
  paragraphText,
  sentencesOf,
  sentenceText,
  type Sentence,
} from "../../../shared/narrative/written.ts";

/** 万元 → 分. */
export const wan = (amount: number): number => Math.round(amount * 1_000_000);

/** Figures of a table in 万元 (counts as they are): row → column → figure. */
type Figures = Readonly<Record<string, Readonly<Record<string, number>>>>;

const isCount = (table: string, row: string) =>
  table === "t10" || /^(?:abroad_|vehicles_|domestic_|overseas_)/.test(row);

export const table = (id: string, figures: Figures): TableData =>
  tableSchema.parse({
    rows: Object.entries(figures).map(([key, cells]) => ({
      key,
      cells: Object.fromEntries(
        Object.entries(cells).map(([column, figure]) => [
          column,
          isCount(id, key) ? figure : wan(figure),
        ]),
      ),
    })),
  });

const finals = (figures: Readonly<Record<string, number>>): Figures =>
  Object.fromEntries(Object.entries(figures).map(([row, final]) => [row, { final }]));

/** A department of Jiangxi whose figures are those of a report published with wrong percentages. */
export const jiangxi: Report = {
  identity: {
    region: "360200",
    year: 2022,
    orgCode: "100",
    orgName: "示例市政务服务管理局",
    kind: "department",
  },
  edition: jiangxi2022,
  sections: {
    ...emptySections,
    t01: table(
      "t01",
      finals({
        income_total: 4654.86,
        opening: 259.34,
        income_sum: 4914.2,
        expense_total: 4810.54,
        closing: 103.66,
        expense_sum: 4914.2,
      }),
    ),
    t02: table("t02", { total: { total: 4654.86, fiscal: 4654.39, other: 0.47, operating: 0 } }),
    t03: table("t03", { total: { total: 4810.54, basic: 562.29, project: 4248.25 } }),
    t04: table("t04", {
      201: { total: 1707.45 },
      208: { total: 64.67 },
      210: { total: 24.95 },
      215: { total: 2910.73 },
      221: { total: 37.12 },
      expense_total: { total: 4744.92 },
    }),
    t06: table(
      "t06",
      finals({
        301: 523.14,
        302: 33.88,
        303: 5.26,
        personnel_total: 528.4,
        public_total: 33.88,
      }),
    ),
    t09: table("t09", {
      total: { initial: 2.4, full: 2.4, final: 0.7 },
      abroad: { initial: 0, full: 0, final: 0 },
      vehicles: { initial: 0, full: 0, final: 0 },
      vehicle_purchase: { initial: 0, full: 0, final: 0 },
      vehicle_running: { initial: 0, full: 0, final: 0 },
      reception: { initial: 2.4, full: 2.4, final: 0.7 },
      reception_domestic: { final: 0.7 },
      abroad_groups: { final: 0 },
      abroad_persons: { final: 0 },
      vehicles_bought: { final: 0 },
      vehicles_kept: { final: 0 },
      domestic_batches: { final: 5 },
      domestic_persons: { final: 33 },
      domestic_batches_foreign: { final: 0 },
      domestic_persons_foreign: { final: 0 },
    }),
    t10: table("t10", finals({ vehicles_total: 0, other_cars: 0, equipment: 0 })),
    facts: factsSchema.parse({
      enteredIn: "wan",
      duties: ["管理本市公共资源交易", "为集中办理事项提供服务。"],
      units: [
        { name: "示例市政务服务管理局", kind: "own_office", administrative: true },
        { name: "交易中心", kind: "subordinate", administrative: false },
        { name: "代办中心", kind: "subordinate", administrative: false },
      ],
      people: { active: 33, retiredCadres: 0, retired: 0, others: 0, students: 0, pensioned: 5 },
      prior: {
        "t01/income_sum/final": wan(5027.65),
        "t01/opening/final": wan(2858.59),
        "t01/income_total/final": wan(2169.06),
        "t01/expense_sum/final": wan(5027.65),
        "t01/expense_total/final": wan(4775.5),
        "t01/closing/final": wan(252.14),
        "t06/301/final": wan(481.79),
        "t06/302/final": wan(105.7),
        "t06/303/final": wan(12.3),
        "t09/total/final": wan(0.9),
        "t09/abroad/final": 0,
        "t09/vehicle_purchase/final": 0,
        "t09/vehicle_running/final": 0,
        "t09/reception/final": wan(0.9),
      },
      initialBudget: {
        total: wan(1689.1),
        byCode: { 201: wan(1571.75), 208: wan(55.8), 210: wan(24.95), 221: wan(37.12) },
      },
      operatingCost: { current: wan(26.03), prior: wan(90.56) },
      procurement: {
        goods: wan(29.96),
        works: 0,
        services: 0,
        sme: wan(29.96),
        micro: wan(29.96),
        smeGoods: wan(29.96),
        smeWorks: 0,
        smeServices: 0,
      },
    }),
    performance: performanceSchema.parse({
      projects: [
        { name: "窗口人员奖励", score: 100_00 },
        { name: "印章免费刻制项目", score: 79_10 },
        { name: "交易中心专项", score: 99_86 },
      ],
      amounts: { total: wan(1687.81), general: wan(1687.81), fund: 0, capital: 0 },
      overall: { score: 97_33, general: wan(4744.92), fund: 0 },
      summary: [{ heading: "1.绩效目标情况", paragraphs: ["目标明确。"] }],
      selfEvaluations: [],
      evaluation: {
        project: "中心运转经费",
        score: 96_02,
        grade: "优",
        chapters: [],
        dimensions: [],
      },
    }),
  },
};

/** A district department of Shanghai that itemises by 项 and leaves unused cells blank. */
export const shanghai: Report = {
  identity: {
    region: "310107",
    year: 2024,
    orgCode: "200",
    orgName: "示例区财政局",
    kind: "department",
  },
  edition: shanghai2024,
  sections: {
    ...emptySections,
    t01: table("t01", finals({ income_sum: 2995.39, expense_sum: 2995.39 })),
    t02: table("t02", { total: { total: 2946.25, fiscal: 2940.05, other: 6.2 } }),
    t03: table("t03", { total: { total: 2940.05, basic: 2336.91, project: 603.14 } }),
    t04: table("t04", finals({ income_sum: 2961.68 })),
    t05: table("t05", {
      201: { total: 2106.66, basic: 1503.52, project: 603.14 },
      20106: { total: 2106.66 },
      2010601: { total: 1511.89 },
      2010602: { total: 10 },
      2010608: { total: 584.77 },
      208: { total: 833.39 },
      20805: { total: 833.39 },
      2080501: { total: 833.39 },
      total: { total: 2940.05, basic: 2336.91, project: 603.14 },
    }),
    t06: table(
      "t06",
      finals({
        301: 2082.85,
        30101: 262.33,
        30102: 1820.52,
        303: 69.41,
        30309: 0.31,
        30302: 69.1,
        personnel_total: 2152.26,
        302: 171.07,
        30201: 171.07,
        31002: 13.58,
        public_total: 184.65,
      }),
    ),
    t09: table("t09", { total: { initial: 0.95 }, reception: { initial: 0.95 } }),
    t10: table("t10", finals({ vehicles_total: 0, other_cars: 0, equipment: 2 })),
    facts: factsSchema.parse({
      enteredIn: "wan",
      duties: ["管理财政收支。"],
      units: [
        { name: "示例区财政局（本级）", kind: "own_office", administrative: true },
        { name: "国库收付中心", kind: "subordinate", administrative: false },
      ],
      prior: {
        "t01/income_sum/final": wan(3052.34),
        "t04/income_sum/final": wan(2961.68),
        "t05/total/total": wan(3003.19),
        "t09/total/final": 0,
      },
      initialBudget: {
        total: wan(2993.92),
        byCode: {
          2010601: wan(1560.05),
          2010602: wan(10),
          2010608: wan(586.42),
          2080501: wan(837.45),
        },
      },
      operatingCost: { current: wan(184.65), prior: wan(182.1) },
      procurement: {
        goods: wan(4.79),
        works: 0,
        services: wan(246.47),
        sme: wan(251.26),
        micro: 0,
        smeGoods: wan(4.79),
        smeWorks: 0,
        smeServices: wan(246.47),
        reserved: {
          sme: wan(246.47),
          micro: 0,
          smeAwarded: wan(246.47),
          microAwarded: 0,
          openToSmeAwarded: wan(4.79),
        },
      },
    }),
    narrative: narrativeSchema.parse({
      reasons: {},
      purposes: { 2010601: "局机关人员和公用开支。" },
      additions: {},
    }),
    performance: performanceSchema.parse({
      projects: [
        { name: "甲", score: 99_00, amount: wan(300) },
        { name: "乙", score: 72_50, amount: wan(298.42) },
      ],
      management: {
        rules: ["预算绩效管理办法"],
        goals: { projects: 4, amount: wan(598.42) },
        tracking: { projects: 4, amount: wan(598.42) },
        problems: { found: 0, mended: 0, mending: 0 },
      },
      summary: [],
      selfEvaluations: [],
    }),
  },
};

/** The same report with sections changed. */
export const withSections = (report: Report, sections: SomeSections): Report => ({
  ...report,
  sections: { ...report.sections, ...sections },
});

export const withFacts = (report: Report, facts: Partial<Facts>): Report =>
  withSections(report, { facts: factsSchema.parse({ ...report.sections.facts, ...facts }) });

export const withPerformance = (report: Report, performance: Partial<Performance>): Report =>
  withSections(report, {
    performance: performanceSchema.parse({ ...report.sections.performance, ...performance }),
  });

export const withNarrative = (report: Report, narrative: Partial<Narrative>): Report =>
  withSections(report, {
    narrative: narrativeSchema.parse({ ...report.sections.narrative, ...narrative }),
  });

export const withPrior = (report: Report, prior: Facts["prior"]): Report =>
  withFacts(report, { prior: { ...report.sections.facts.prior, ...prior } });

/** The same report with one cell changed, or emptied. */
export function withCell(report: Report, address: CellAddress, value: number | undefined): Report {
  const ref = parseCellAddress(address);
  if (ref === undefined) throw new Error(`No such cell: ${address}`);
  const { rows } = tableIn(report.sections, ref.table);
  const before = rows.find(({ key }) => key === ref.row)?.cells ?? {};
  const kept = without(before, ref.column);
  const cells = value === undefined ? kept : { ...kept, [ref.column]: value };
  const changed = { key: ref.row, cells };
  const isNew = !rows.some(({ key }) => key === ref.row);
  return withSections(report, {
    [ref.table]: {
      rows: isNew ? [...rows, changed] : rows.map((row) => (row.key === ref.row ? changed : row)),
    },
  });
}

/** The same report with every reason it takes given, each a text of its own. */
export const withAllReasons = (report: Report): Report =>
  withNarrative(report, {
    reasons: Object.fromEntries(
      reasonSlots(report).map(({ slot }) => [slot, `按计划调整事项${slot}。`]),
    ),
    purposes: {
      ...report.sections.narrative.purposes,
      ...Object.fromEntries(
        narrativeGaps(report).flatMap((gap) =>
          gap.missing === "purpose" ? [[gap.code, "履行职责的开支。"]] : [],
        ),
      ),
    },
  });

/** The sentences of 第三部分 by id. */
export const sentences = (report: Report): Map<string, Sentence> =>
  new Map(sentencesOf(writeNarrative(report)).map(({ sentence }) => [sentence.id, sentence]));

/** One sentence as it reads; a report that lacks it fails the test. */
export function reads(report: Report, id: string): string {
  const sentence = sentences(report).get(id);
  if (sentence === undefined) throw new Error(`No sentence ${id}`);
  return sentenceText(sentence);
}

export const overviewText = (report: Report): string =>
  writeOverview(report)
    .chapters.flatMap(({ heading, paragraphs }) => [heading, ...paragraphs.map(paragraphText)])
    .join("\n");

/** The same object without some of its keys. */
export const without = <T extends object, K extends keyof T>(from: T, ...keys: readonly K[]) =>
  Object.fromEntries(
    Object.entries(from).filter(([key]) => !keys.some((dropped) => dropped === key)),
  ) as Omit<T, K>;
