import type { PriorReport, Report, UnitSubmission } from "../../../../shared/report/report.ts";
import type { Sections } from "../../../../shared/report/sections.ts";
import { soundReport } from "../sound-report.ts";
import { tableIn } from "../../../../shared/report/section-ids.ts";

/** 万元 in 分. */
export const wan = 1_000_000;

/** The report with its sections changed in place on a copy. */
export function changed(report: Report, change: (sections: Sections) => void): Report {
  const sections = structuredClone(report.sections);
  change(sections);
  return { ...report, sections };
}

/** Only what exists is changed: a fixture that lacks it is a mistake of the test. */
export function the<Value>(value: Value | undefined): Value {
  if (value === undefined) throw new Error("The fixture does not have it.");
  return value;
}

const indicator = {
  level1: "产出指标",
  level2: "数量指标",
  level3: "办理服务事项数",
  target: "≥100件",
  actual: "120件",
  weight: 50_00,
  score: 50_00,
};

/** A department with every section filled in, without a fault. */
export const completeReport: Report = changed(
  {
    ...soundReport(),
    identity: {
      region: "360200",
      year: 2022,
      orgCode: "137",
      orgName: "某市某局",
      kind: "department",
    },
  },
  (sections) => {
    const spent = the(tableIn(sections, "t03").rows.find(({ key }) => key === "total")).cells;
    sections.facts = {
      ...sections.facts,
      duties: ["拟订本行业的规划并组织实施。", "负责本行业的监督管理。"],
      units: [
        { name: "某市某局", kind: "own_office", administrative: true },
        { name: "某市某中心", kind: "subordinate", administrative: false },
      ],
      people: { active: 20, retiredCadres: 0, retired: 3, others: 1, students: 0, pensioned: 4 },
      initialBudget: {
        total: 100 * wan,
        byCode: { "201": 60 * wan, "20103": 60 * wan, "2010301": 60 * wan, "208": 40 * wan },
      },
      operatingCost: { current: 2 * wan, prior: 3 * wan },
      procurement: {
        ...{ goods: 30 * wan, works: 20 * wan, services: 10 * wan, sme: 45 * wan, micro: 40 * wan },
        ...{ smeGoods: 30 * wan, smeWorks: 10 * wan, smeServices: 5 * wan },
        reserved: {
          ...{ sme: 20 * wan, micro: 10 * wan, smeAwarded: 15 * wan, microAwarded: 10 * wan },
          openToSmeAwarded: 30 * wan,
        },
      },
      otherVehicleUse: "送取文件",
      prior: {
        ...sections.facts.prior,
        "t01/income_sum/final": 90 * wan,
        "t01/expense_sum/final": 90 * wan,
        "t09/total/final": 6 * wan,
        "t09/abroad/final": 1 * wan,
        "t09/vehicles/final": 3 * wan,
        "t09/vehicle_purchase/final": 1 * wan,
        "t09/vehicle_running/final": 2 * wan,
        "t09/reception/final": 2 * wan,
      },
    };
    sections.attachments = {
      files: [
        {
          sha256: "a".repeat(64),
          name: "2022年度项目支出绩效自评表.pdf",
          contentType: "application/pdf",
          sizeBytes: 10,
          disclosed: true,
        },
      ],
    };
    const money = (amount: number) => ({ initial: amount, full: amount, executed: amount });
    sections.performance = {
      projects: [
        { name: "大厅运转经费", score: 96_00, amount: 6 * wan },
        { name: "平台建设项目", score: 88_00, amount: 4 * wan },
      ],
      amounts: { total: 10 * wan, general: 8 * wan, fund: 1 * wan, capital: 1 * wan },
      overall: { score: 95_00, general: 10 * wan, fund: 1 * wan },
      management: {
        rules: ["预算绩效管理办法"],
        goals: { projects: 2, amount: 10 * wan },
        tracking: { projects: 2, amount: 10 * wan },
        problems: { found: 5, mended: 3, mending: 2 },
      },
      summary: [
        {
          heading: "（一）自评结果",
          paragraphs: ["2个自评项目平均得分为92分。"],
        },
      ],
      selfEvaluations: [
        {
          project: "大厅运转经费",
          year: 2022,
          department: "某市某局",
          unit: "某市某中心",
          funds: {
            total: { initial: 6 * wan, full: 6 * wan, executed: 4.8 * wan },
            fiscal: money(4.8 * wan),
            carriedOver: { initial: 1.2 * wan, full: 1.2 * wan, executed: 0 },
          },
          fundsWeight: 10_00,
          fundsScore: 8_00,
          goals: [
            { expected: "保障大厅日常运转", achieved: "全年正常运转" },
            { expected: "提高窗口办事效率", achieved: "平均办理时间缩短" },
          ],
          indicators: [
            indicator,
            {
              ...indicator,
              level3: "预约服务事项数",
              target: "200件",
              actual: "160件",
              weight: 10_00,
              score: 8_00,
              deviation: "下半年预约改在网上办理",
            },
            {
              ...indicator,
              level2: "质量指标",
              level3: "投诉处理达标率",
              target: "100%",
              actual: "100%",
              weight: 20_00,
              score: 20_00,
            },
            {
              ...indicator,
              level2: "成本指标",
              level3: "成本控制率",
              target: "≥0%",
              actual: "20%",
              weight: 10_00,
              score: 10_00,
            },
          ],
          totalScore: 96_00,
        },
      ],
      evaluation: {
        project: "平台建设项目",
        score: 88_00,
        grade: "良",
        chapters: [{ heading: "一、基本情况", level: 1, paragraphs: ["项目建设政务服务平台。"] }],
        dimensions: [
          { name: "决策", weight: 40_00, score: 38_00 },
          { name: "产出", weight: 60_00, score: 50_00 },
        ],
      },
    };
    if ((spent["project"] ?? 0) < 10 * wan) throw new Error("The fixture spent too little.");
  },
);

/** Public costs of the units that the department was added up from. */
export function unitsOf(report: Report, costs: readonly number[]): readonly UnitSubmission[] {
  const own = report.sections.facts.units;
  return own.map(({ name, administrative }, index) => ({
    orgCode: `13700${String(index + 1)}`,
    orgName: name,
    editionHash: "b".repeat(64),
    sections: {
      ...report.sections,
      t06: { rows: [{ key: "public_total", cells: { final: costs[index] ?? 0 } }] },
      facts: {
        ...report.sections.facts,
        units: [{ name, kind: "own_office", administrative }],
      },
    },
  }));
}

/** The department as added up from its units. */
export const addedUp = (report: Report, costs: readonly number[]): Report => ({
  ...changed(report, (sections) => {
    sections.adjustments = { basis: { "137001": "b".repeat(64) }, entries: [] };
  }),
  units: unitsOf(report, costs),
});

/** Last year's report as stored, its tables holding exactly what the facts of this one say. */
export function priorOf(report: Report): PriorReport {
  const tables = new Map<string, Map<string, Record<string, number>>>();
  for (const [address, value] of Object.entries(report.sections.facts.prior)) {
    const [table = "", row = "", column = ""] = address.split("/");
    const rows = tables.get(table) ?? new Map<string, Record<string, number>>();
    tables.set(table, rows.set(row, { ...rows.get(row), [column]: value }));
  }
  const rowsOf = (table: string) => ({
    rows: [...(tables.get(table) ?? [])].map(([key, cells]) => ({ key, cells })),
  });
  const { facts } = report.sections;
  return {
    year: report.identity.year - 1,
    editionHash: "c".repeat(64),
    edition: report.edition,
    sections: {
      ...report.sections,
      ...{ t01: rowsOf("t01"), t04: rowsOf("t04"), t05: rowsOf("t05"), t06: rowsOf("t06") },
      ...{ t07: rowsOf("t07"), t08: rowsOf("t08"), t09: rowsOf("t09"), t10: rowsOf("t10") },
      facts: {
        ...facts,
        operatingCost: { current: facts.operatingCost?.prior ?? 0 },
      },
    },
  };
}
