import {
  eliminationEntry,
  proposeEliminations,
} from "../../../../shared/consolidation/eliminations.ts";
import type { Report, UnitSubmission } from "../../../../shared/report/report.ts";
import type { Facts, Performance, SelfEvaluation } from "../../../../shared/report/sections.ts";
import { unitOf } from "../../consolidation/unit-of.ts";
import { fiscalFlows, soundReport, type Flow } from "../sound-report.ts";
import { personalDataCases } from "./personal-data-cases.ts";
import { addedUp, changed, priorOf, the, completeReport, wan } from "./complete-report.ts";
import { tableIn } from "../../../../shared/report/section-ids.ts";

/** What a rule passes, what it finds, and what lies just inside; `notApplicable`: nothing for it to judge. */
export interface SectionRuleCase {
  readonly pass: Report;
  readonly fail: readonly Report[];
  readonly boundary: readonly Report[];
  readonly notApplicable?: readonly Report[];
}

/** 0.01 万元. */
const digit = 10_000;

const facts = (change: (facts: Facts) => void, report = completeReport): Report =>
  changed(report, (sections) => {
    change(sections.facts);
  });
const performance = (change: (performance: Performance) => void, report = completeReport): Report =>
  changed(report, (sections) => {
    change(sections.performance);
  });
const table = (change: (table: SelfEvaluation) => void, report = completeReport): Report =>
  performance(({ selfEvaluations: [first] }) => {
    change(the(first));
  }, report);
type Indicator = SelfEvaluation["indicators"][number];
const indicator = (index: number, change: Partial<Indicator>): Report =>
  table((one) => {
    one.indicators[index] = { ...the(one.indicators[index]), ...change };
  });
const yuan = (report: Report): Report =>
  facts((one) => {
    one.enteredIn = "yuan";
  }, report);
const unit = (report: Report): Report => ({
  ...report,
  identity: { ...report.identity, kind: "unit" },
});

const tablesOnly = soundReport();
/** With a cover that bears 监督索引号. */
function withNumber(supervisionNumber: string | undefined): Report {
  const { edition } = completeReport;
  const cover = { ...edition.cover, above: "监督索引号{监督索引号}" };
  return facts(
    (one) => {
      if (supervisionNumber !== undefined) one.supervisionNumber = supervisionNumber;
    },
    { ...completeReport, edition: { ...edition, cover } },
  );
}
const procurement = (
  change: Partial<NonNullable<Facts["procurement"]>>,
  report = completeReport,
): Report =>
  facts((one) => {
    one.procurement = { ...the(one.procurement), ...change };
  }, report);
const reserved = (
  change: Partial<NonNullable<NonNullable<Facts["procurement"]>["reserved"]>>,
): Report =>
  facts((one) => {
    one.procurement = {
      ...the(one.procurement),
      reserved: { ...the(one.procurement?.reserved), ...change },
    };
  });
const budget = (total: number, byCode: Record<string, number>, report = completeReport): Report =>
  facts((one) => {
    one.initialBudget = { total, byCode };
  }, report);
const cost = (current: number, report = completeReport): Report =>
  facts((one) => {
    one.operatingCost = { current };
  }, report);
const prior = (change: Record<string, number>, report = completeReport): Report =>
  facts((one) => {
    one.prior = { ...one.prior, ...change };
  }, report);
const attached = (name: string): Report =>
  changed(completeReport, ({ attachments: { files } }) => {
    files[0] = { ...the(files[0]), name };
  });
const publicCost = the(
  tableIn(completeReport.sections, "t06").rows.find(({ key }) => key === "public_total"),
).cells["final"] as number;
const withOtherCars = (cars: number, use: string | undefined): Report =>
  changed(completeReport, (sections) => {
    the(tableIn(sections, "t10").rows.find(({ key }) => key === "other_cars")).cells["final"] =
      cars;
    sections.facts = { ...sections.facts, otherVehicleUse: use };
  });
const withPrior = (report: Report, change: Record<string, number> = {}): Report => ({
  ...report,
  priorReport: priorOf(prior(change, report)),
});
const withoutPriorClosing = (report: Report): Report =>
  facts((one) => {
    one.prior = Object.fromEntries(
      Object.entries(one.prior).filter(([cell]) => !cell.includes("/closing/")),
    );
  }, report);
const storedClosing = (by: number): Report => {
  const closing = "t01/closing/final";
  const before = the(completeReport.sections.facts.prior[closing]);
  return {
    ...withoutPriorClosing(completeReport),
    priorReport: priorOf(prior({ [closing]: before + by })),
  };
};
const chapter = (text: string): Report =>
  performance((one) => {
    the(one.evaluation).chapters[0] = { heading: "一、基本情况", level: 1, paragraphs: [text] };
  });
const summary = (text: string, report = completeReport): Report =>
  performance((one) => {
    one.summary = [{ heading: "（一）自评结果", paragraphs: [text] }];
  }, report);
const reason = (text: string): Report =>
  changed(completeReport, (sections) => {
    sections.narrative.reasons = { "income.year": text };
  });
const addition = (text: string): Report =>
  changed(completeReport, (sections) => {
    sections.narrative.additions = { income: [text] };
  });
const funds = (change: Partial<SelfEvaluation["funds"]["total"]>, score?: number): Report =>
  table((one) => {
    one.funds = { total: { ...one.funds.total, ...change } };
    if (score !== undefined) one.fundsScore = score;
  });
const withEntry = (report: Report): Report =>
  changed(report, (sections) => {
    sections.adjustments.entries = [
      { id: "manual.1", cells: [{ cell: "t01/other/final", fen: 1 }], reason: "更正" },
    ];
  });
const projectSpent = the(
  tableIn(completeReport.sections, "t03").rows.find(({ key }) => key === "total"),
).cells["project"] as number;
const cell = (of: "t05" | "t07", column: string): number =>
  the(tableIn(completeReport.sections, of).rows.find(({ key }) => key === "total")).cells[
    column
  ] as number;
const generalSpent = cell("t05", "total");
const fundSpent = cell("t07", "total");
const withFixedTotal = (score: number): Report =>
  performance((one) => {
    the(one.projects[0]).score = score;
    the(one.selfEvaluations[0]).totalScore = score;
  });

/** A department over two units of which one paid the other. */
const withFlow = (paid: number, received: number, confirmed: boolean): Report => {
  const flowOf = (code: string, flow: Partial<Pick<Flow, "income" | "spent">>): UnitSubmission =>
    unitOf(
      soundReport({
        flows: [
          ...fiscalFlows,
          { code: "2010399", source: "own", opening: 0, income: {}, spent: {}, ...flow },
        ],
      }),
      code,
    );
  const units = [
    flowOf("001", { spent: { to_affiliate: paid } }),
    flowOf("002", { income: { superior: received } }),
  ];
  const [pair] = proposeEliminations(units).pairs;
  return {
    ...changed(completeReport, ({ adjustments }) => {
      adjustments.basis = Object.fromEntries(
        units.map(({ orgCode, editionHash }) => [orgCode, editionHash]),
      );
      adjustments.entries =
        confirmed && pair !== undefined ? [eliminationEntry(pair, (code) => code)] : [];
    }),
    units,
  };
};

/** Every rule of the section rule book. */
export const sectionRuleCases: Readonly<Record<string, SectionRuleCase>> = {
  R305: {
    pass: completeReport,
    fail: [withEntry(completeReport), withEntry(unit(completeReport))],
    boundary: [withEntry(addedUp(completeReport, [2 * wan, 0])), unit(completeReport)],
  },
  R306: {
    pass: withFlow(500, 500, true),
    fail: [withFlow(500, 500, false)],
    boundary: [withFlow(2 * wan, 2 * wan, true)],
    notApplicable: [withFlow(500, 499, false), completeReport],
  },
  R214: {
    pass: completeReport,
    fail: [
      facts(({ units: [own] }) => {
        the(own).kind = "subordinate";
      }),
      facts(({ units: [, other] }) => {
        the(other).kind = "own_office";
      }),
      facts((one) => {
        one.units.reverse();
      }),
    ],
    boundary: [
      facts((one) => {
        one.units = one.units.slice(0, 1);
      }),
    ],
    notApplicable: [tablesOnly],
  },
  S201: {
    pass: completeReport,
    fail: [
      facts((one) => {
        one.units.push({ name: "某市某局（本级）", kind: "subordinate", administrative: false });
      }),
    ],
    boundary: [
      facts((one) => {
        one.units.push({ name: "某市某局二中心", kind: "subordinate", administrative: false });
      }),
    ],
    notApplicable: [tablesOnly],
  },
  S202: {
    pass: completeReport,
    fail: [
      facts(({ units: [own] }) => {
        the(own).name = "某市另一局";
      }),
    ],
    boundary: [
      facts(({ units: [own] }) => {
        the(own).name = "某市某局 (本级)";
      }),
    ],
    notApplicable: [unit(completeReport), tablesOnly],
  },
  S203: {
    pass: addedUp(completeReport, [2 * wan, 0]),
    fail: [
      facts(
        (one) => {
          one.units = one.units.slice(0, 1);
        },
        addedUp(completeReport, [2 * wan, 0]),
      ),
      facts(
        (one) => {
          one.units.push({ name: "某市新中心", kind: "subordinate", administrative: false });
        },
        addedUp(completeReport, [2 * wan, 0]),
      ),
    ],
    boundary: [
      facts(
        ({ units: [own] }) => {
          the(own).name = "某市某局（本级）";
        },
        addedUp(completeReport, [2 * wan, 0]),
      ),
    ],
    notApplicable: [completeReport],
  },
  S204: {
    pass: completeReport,
    fail: [
      facts((one) => {
        one.people = { ...the(one.people), active: 0 };
      }),
    ],
    boundary: [
      facts((one) => {
        one.people = { ...the(one.people), active: 1 };
      }),
    ],
    notApplicable: [tablesOnly],
  },
  R208: {
    pass: completeReport,
    fail: [
      budget(100 * wan + 2 * digit, { "201": 60 * wan, "208": 40 * wan }),
      budget(100 * wan, { "201": 60 * wan, "208": 40 * wan + 1 }, yuan(completeReport)),
    ],
    boundary: [
      budget(100 * wan + digit, { "201": 60 * wan, "208": 40 * wan }),
      budget(100 * wan, { "201": 60 * wan, "208": 40 * wan }, yuan(completeReport)),
    ],
    notApplicable: [tablesOnly],
  },
  S205: {
    pass: completeReport,
    fail: [budget(60 * wan, { "201": 60 * wan, "2010301": 58 * wan })],
    boundary: [budget(60 * wan, { "201": 60 * wan, "2010301": 60 * wan - digit })],
    notApplicable: [budget(60 * wan, { "201": 60 * wan })],
  },
  S206: {
    pass: completeReport,
    fail: [budget(wan, { "2019998": wan }), budget(wan, { "299": wan })],
    boundary: [budget(0, { "2010399": 0 })],
    notApplicable: [tablesOnly],
  },
  S207: {
    pass: completeReport,
    fail: [budget(wan, { "2130104": wan })],
    boundary: [budget(wan, { "2010301": wan, "2130104": 0 })],
    notApplicable: [tablesOnly],
  },
  R210: {
    pass: completeReport,
    fail: [cost(publicCost + 2 * digit), cost(publicCost + 1, yuan(completeReport))],
    boundary: [cost(publicCost), cost(publicCost + digit), cost(publicCost, yuan(completeReport))],
    notApplicable: [tablesOnly],
  },
  R211: {
    pass: addedUp(completeReport, [2 * wan, 9 * wan]),
    fail: [
      addedUp(completeReport, [3 * wan, 0]),
      addedUp(yuan(completeReport), [2 * wan + 1, 0]),
      unit(
        cost(
          publicCost - 5 * digit,
          facts((one) => {
            one.units = one.units.slice(0, 1);
          }),
        ),
      ),
    ],
    boundary: [
      addedUp(completeReport, [2 * wan + digit, 0]),
      addedUp(yuan(completeReport), [2 * wan, 1]),
      unit(
        cost(
          publicCost,
          facts((one) => {
            one.units = one.units.slice(0, 1);
          }),
        ),
      ),
    ],
    notApplicable: [completeReport, tablesOnly],
  },
  S208: {
    pass: completeReport,
    fail: [
      facts(({ units: [own] }) => {
        the(own).administrative = false;
      }),
    ],
    boundary: [
      cost(
        0,
        facts(({ units: [own] }) => {
          the(own).administrative = false;
        }),
      ),
    ],
    notApplicable: [tablesOnly],
  },
  R212: {
    pass: completeReport,
    fail: [
      procurement({ sme: 60 * wan + 2 * digit }),
      procurement({ micro: 45 * wan + 2 * digit }),
      procurement({ goods: -1 * wan }),
      procurement({ micro: 45 * wan + 1 }, yuan(completeReport)),
    ],
    boundary: [
      procurement({ sme: 60 * wan, micro: 60 * wan }),
      procurement({ micro: 45 * wan }, yuan(completeReport)),
      procurement({ goods: 0, works: 0, services: 45 * wan }),
    ],
    notApplicable: [tablesOnly],
  },
  S209: {
    pass: completeReport,
    fail: [
      procurement({ smeGoods: 31 * wan }),
      procurement({ smeWorks: 21 * wan }),
      procurement({ smeServices: 11 * wan }),
    ],
    boundary: [
      procurement({ smeGoods: 30 * wan + digit }),
      procurement({ smeGoods: 30 * wan, smeWorks: 20 * wan, smeServices: 10 * wan }),
    ],
    notApplicable: [tablesOnly],
  },
  S210: {
    pass: completeReport,
    fail: [procurement({ smeGoods: 0 }), procurement({ sme: 45 * wan + 3 * digit })],
    boundary: [procurement({ sme: 45 * wan + 2 * digit })],
    notApplicable: [tablesOnly],
  },
  S211: {
    pass: completeReport,
    fail: [
      reserved({ micro: 20 * wan + 2 * digit }),
      reserved({ microAwarded: 16 * wan }),
      reserved({ openToSmeAwarded: 31 * wan }),
    ],
    boundary: [reserved({ micro: 20 * wan, microAwarded: 15 * wan })],
    notApplicable: [tablesOnly],
  },
  R213: {
    pass: completeReport,
    fail: [withOtherCars(1, undefined), withOtherCars(2, "无"), withOtherCars(0, "送取文件")],
    boundary: [withOtherCars(1, "送取文件")],
    notApplicable: [withOtherCars(0, undefined), withOtherCars(0, "无")],
  },
  S212: {
    pass: completeReport,
    fail: [
      prior({ "t09/total/final": 7 * wan }),
      prior({ "t09/vehicle_running/final": 3 * wan }),
      prior({ "t01/expense_sum/final": 91 * wan }),
      prior({ "t01/expense_sum/final": 90 * wan + 1 }, yuan(completeReport)),
    ],
    boundary: [prior({ "t09/total/final": 6 * wan + 2 * digit })],
    notApplicable: [withoutPriorClosing(tablesOnly)],
  },
  S213: {
    pass: completeReport,
    fail: [prior({ "t01/expense_totals/final": 1 }), prior({ "t06/301/total": 1 })],
    boundary: [prior({ "t07/2120803/closing": 1 })],
    notApplicable: [
      facts((one) => {
        one.prior = {};
      }),
    ],
  },
  S214: {
    pass: completeReport,
    fail: [attached("2021年度项目支出绩效自评表.pdf"), attached("自评表（2020）.pdf")],
    boundary: [
      attached("2021年至2022年项目对比.pdf"),
      attached("自评表20220815.pdf".replace("20220815", "2022-08-15")),
    ],
    notApplicable: [attached("自评表.pdf"), attached("附件137202101.pdf"), tablesOnly],
  },
  S215: {
    pass: completeReport,
    fail: [
      facts((one) => {
        one.duties = ["负责监督管理；", "负责监督管理。"];
      }),
    ],
    boundary: [
      facts((one) => {
        one.duties = ["负责监督管理。", "负责监督。"];
      }),
    ],
    notApplicable: [tablesOnly],
  },
  S216: {
    pass: withPrior(completeReport),
    fail: [
      withPrior(completeReport, { "t01/income_sum/final": 89 * wan }),
      withPrior(completeReport, { "t09/total/final": 6 * wan - digit }),
      withPrior(yuan(completeReport), { "t01/income_sum/final": 90 * wan + 1 }),
      facts((one) => {
        one.operatingCost = { current: 2 * wan, prior: 4 * wan };
      }, withPrior(completeReport)),
    ],
    boundary: [
      withPrior(completeReport, { "t01/income_sum/final": 90 * wan + 5_000 }),
      withPrior(yuan(completeReport)),
    ],
    notApplicable: [completeReport],
  },
  S217: {
    pass: storedClosing(0),
    fail: [storedClosing(2 * digit), storedClosing(-3 * wan)],
    boundary: [storedClosing(digit)],
    notApplicable: [completeReport, withPrior(completeReport)],
  },
  R401: {
    pass: completeReport,
    fail: [indicator(0, { weight: 50_01 }), indicator(0, { weight: 40_00 })],
    boundary: [
      table((one) => {
        one.fundsWeight = 15_00;
        the(one.indicators[0]).weight = 45_00;
      }),
    ],
    notApplicable: [tablesOnly],
  },
  R402: {
    pass: completeReport,
    fail: [
      table((one) => {
        one.totalScore = 96_01;
      }),
      table((one) => {
        one.totalScore = 90_00;
      }),
    ],
    boundary: [
      table((one) => {
        the(one.indicators[0]).score = 49_99;
        one.totalScore = 95_99;
      }),
    ],
    notApplicable: [tablesOnly],
  },
  R403: {
    pass: completeReport,
    fail: [
      indicator(0, { score: 50_01 }),
      table((one) => {
        one.fundsScore = 10_01;
      }),
    ],
    boundary: [indicator(0, { score: 50_00 }), indicator(0, { score: 0 })],
    notApplicable: [tablesOnly],
  },
  R404: {
    pass: completeReport,
    fail: [funds({}, 8_06), funds({}, 10_00), funds({ executed: 7 * wan }, 9_90)],
    boundary: [funds({}, 8_05), funds({}, 7_95), funds({ executed: 7 * wan }, 10_00)],
    notApplicable: [tablesOnly, funds({ full: 0, executed: 0 })],
  },
  R405: {
    pass: completeReport,
    fail: [
      table((one) => {
        one.funds.total.initial = 7 * wan;
      }),
      table((one) => {
        one.funds.total.executed = 4.8 * wan + 2 * digit;
      }),
    ],
    boundary: [
      table((one) => {
        one.funds.total.executed = 4.8 * wan + digit;
      }),
    ],
    notApplicable: [funds({}), tablesOnly],
  },
  R406: {
    pass: completeReport,
    fail: [
      indicator(1, { deviation: undefined }),
      indicator(1, { deviation: "无" }),
      indicator(2, { score: 19_99 }),
    ],
    boundary: [
      indicator(1, { deviation: undefined, score: 10_00 }),
      indicator(2, { deviation: "" }),
    ],
    notApplicable: [tablesOnly],
  },
  R407: {
    pass: completeReport,
    fail: [
      table((one) => {
        one.year = 2021;
      }),
    ],
    boundary: [
      table((one) => {
        one.year = 2022;
      }),
    ],
    notApplicable: [tablesOnly],
  },
  R408: {
    pass: completeReport,
    fail: [
      table((one) => {
        one.project = "代办中心运转经费";
      }),
      performance((one) => {
        the(one.evaluation).project = "信息系统维护";
      }),
    ],
    boundary: [
      table((one) => {
        one.project = "大厅运转经费（本级）";
      }),
      table((one) => {
        one.project = "“大厅运转经费”";
      }),
    ],
    notApplicable: [
      tablesOnly,
      performance((one) => {
        one.projects = [];
      }),
    ],
  },
  R409: {
    pass: completeReport,
    fail: [
      performance((one) => {
        one.amounts = { ...the(one.amounts), total: 11 * wan };
      }),
    ],
    boundary: [
      performance((one) => {
        one.amounts = { ...the(one.amounts), total: 10 * wan + digit };
      }),
    ],
    notApplicable: [
      tablesOnly,
      performance(({ projects: [first] }) => {
        delete the(first).amount;
      }),
    ],
  },
  R215: {
    pass: completeReport,
    fail: [summary("2个自评项目平均得分为93分。"), summary("自评平均分92.02分。")],
    boundary: [summary("自评项目平均得分92.01分。")],
    notApplicable: [summary("自评工作已完成。"), tablesOnly],
  },
  S218: {
    pass: withNumber("53050000233201000"),
    fail: [withNumber(undefined)],
    boundary: [withNumber("5")],
    notApplicable: [tablesOnly, completeReport],
  },
  S401: {
    pass: completeReport,
    fail: [funds({ executed: 6 * wan + 2 * digit })],
    boundary: [funds({ executed: 6 * wan }), funds({ executed: 6 * wan + digit })],
    notApplicable: [tablesOnly],
  },
  S402: {
    pass: completeReport,
    fail: [
      indicator(1, { score: 10_00, deviation: undefined }),
      indicator(0, { actual: "99件" }),
      indicator(0, { target: "≤100件", actual: "101件" }),
      indicator(0, { target: "1万件", actual: "9999件" }),
    ],
    boundary: [
      indicator(0, { actual: "100件" }),
      indicator(0, { target: "≤100件", actual: "100件" }),
      indicator(0, { target: "100项", actual: "99件" }),
      indicator(0, { level2: "成本指标", target: "100万元", actual: "90万元" }),
      indicator(0, { actual: "99件", deviation: "受停电影响，第四季度已补办" }),
    ],
    notApplicable: [tablesOnly],
  },
  S403: {
    pass: completeReport,
    fail: [indicator(1, { score: 7_00 }), indicator(1, { score: 8_06 })],
    boundary: [indicator(1, { score: 8_05 }), indicator(1, { score: 0 })],
    notApplicable: [indicator(1, { actual: "200件" }), tablesOnly],
  },
  S404: {
    pass: completeReport,
    fail: [indicator(0, { actual: "150件" }), indicator(0, { actual: "3万件" })],
    boundary: [
      indicator(0, { actual: "149件" }),
      indicator(0, { actual: "150件", deviation: "年初目标按半年设定" }),
    ],
    notApplicable: [tablesOnly],
  },
  S405: {
    pass: completeReport,
    fail: [indicator(2, { level3: "预约服务事项达标率" })],
    boundary: [indicator(2, { level3: "预约服务事项达标率", actual: "80%" })],
    notApplicable: [indicator(1, { actual: "200件" }), tablesOnly],
  },
  S406: {
    pass: completeReport,
    fail: [indicator(3, { actual: "21%" }), indicator(3, { actual: "20.1%" })],
    boundary: [indicator(3, { actual: "20.0%" }), indicator(3, { actual: "20.00%" })],
    notApplicable: [indicator(3, { level3: "运行成本" }), tablesOnly],
  },
  S407: {
    pass: completeReport,
    fail: [
      table(({ goals: [first, second] }) => {
        the(second).expected = the(first).expected;
      }),
    ],
    boundary: [
      table(({ goals: [first, second] }) => {
        the(second).expected = `${the(first).expected}并扩建`;
      }),
    ],
    notApplicable: [tablesOnly],
  },
  S408: {
    pass: completeReport,
    fail: [
      performance(({ projects: [first] }) => {
        the(first).score = 96_01;
      }),
    ],
    boundary: [withFixedTotal(95_99)],
    notApplicable: [
      table((one) => {
        one.project = "另一个项目";
      }),
      tablesOnly,
    ],
  },
  S409: {
    pass: completeReport,
    fail: [
      performance(({ projects }) => {
        projects.push({ ...the(projects[0]), score: 90_00 });
      }),
    ],
    boundary: [
      performance(({ projects }) => {
        projects.push({ ...the(projects[0]), name: "大厅运转经费二期" });
      }),
    ],
    notApplicable: [tablesOnly],
  },
  S410: {
    pass: completeReport,
    fail: [
      performance((one) => {
        one.amounts = { ...the(one.amounts), general: 9 * wan };
      }),
      performance((one) => {
        one.amounts = { ...the(one.amounts), total: 10 * wan + 3 * digit };
      }),
    ],
    boundary: [
      performance((one) => {
        one.amounts = { ...the(one.amounts), total: 10 * wan + 2 * digit };
      }),
    ],
    notApplicable: [tablesOnly],
  },
  S411: {
    pass: completeReport,
    fail: [
      performance((one) => {
        one.amounts = { ...the(one.amounts), total: projectSpent + 2 * digit };
      }),
    ],
    boundary: [
      performance((one) => {
        one.amounts = { ...the(one.amounts), total: projectSpent };
      }),
    ],
    notApplicable: [tablesOnly],
  },
  S412: {
    pass: completeReport,
    fail: [
      performance((one) => {
        one.overall = { ...the(one.overall), general: generalSpent + 2 * digit };
      }),
      performance((one) => {
        one.overall = { ...the(one.overall), fund: fundSpent + 2 * digit };
      }),
    ],
    boundary: [
      performance((one) => {
        one.overall = { ...the(one.overall), general: generalSpent, fund: fundSpent };
      }),
    ],
    notApplicable: [tablesOnly],
  },
  S413: {
    pass: completeReport,
    fail: [
      performance((one) => {
        the(one.evaluation).score = 90_00;
      }),
      performance((one) => {
        the(one.evaluation).grade = "优";
      }),
    ],
    boundary: [
      performance((one) => {
        the(one.evaluation).score = 80_00;
      }),
      performance((one) => {
        the(one.evaluation).score = 89_99;
      }),
    ],
    notApplicable: [tablesOnly],
  },
  S414: {
    pass: completeReport,
    fail: [
      performance((one) => {
        the(one.evaluation).score = 88_01;
      }),
    ],
    boundary: [
      performance((one) => {
        const { dimensions } = the(one.evaluation);
        the(dimensions[0]).score = 38_01;
        the(one.evaluation).score = 88_01;
      }),
    ],
    notApplicable: [tablesOnly],
  },
  S415: {
    pass: completeReport,
    fail: [
      performance((one) => {
        the(the(one.evaluation).dimensions[0]).weight = 39_99;
      }),
      performance((one) => {
        the(the(one.evaluation).dimensions[0]).score = 40_01;
      }),
    ],
    boundary: [
      performance((one) => {
        the(the(one.evaluation).dimensions[0]).score = 40_00;
      }),
    ],
    notApplicable: [tablesOnly],
  },
  S416: {
    pass: completeReport,
    fail: [
      performance(({ projects }) => {
        the(projects[1]).score = 100_00;
      }),
    ],
    boundary: [
      performance((one) => {
        the(one.projects[1]).score = 100_00;
        the(the(one.evaluation).chapters[0]).paragraphs.push(
          "评价得分低于单位自评得分，原因是部分佐证材料不全。",
        );
      }),
    ],
    notApplicable: [
      tablesOnly,
      performance((one) => {
        the(one.evaluation).project = "其他";
      }),
    ],
  },
  S417: {
    pass: completeReport,
    fail: [
      summary(
        "各项目均达到了预期绩效目标。",
        performance(({ projects }) => {
          the(projects[1]).score = 79_99;
        }),
      ),
    ],
    boundary: [
      summary(
        "各项目均达到了预期绩效目标。",
        performance(({ projects }) => {
          the(projects[1]).score = 80_00;
        }),
      ),
    ],
    notApplicable: [tablesOnly],
  },
  S418: {
    pass: completeReport,
    fail: [
      table((one) => {
        one.department = "某市另一局";
      }),
      table((one) => {
        one.unit = "某市另一中心";
      }),
    ],
    boundary: [
      table((one) => {
        one.unit = "某市某局（本级）";
      }),
    ],
    notApplicable: [tablesOnly, unit(completeReport)],
  },
  S419: {
    pass: completeReport,
    fail: [
      performance((one) => {
        the(one.management).problems.found = 6;
      }),
    ],
    boundary: [
      performance((one) => {
        the(one.management).problems = { found: 0, mended: 0, mending: 0 };
      }),
    ],
    notApplicable: [tablesOnly],
  },
  S420: {
    pass: completeReport,
    fail: [
      table((one) => {
        one.unit = "";
      }),
      table((one) => {
        one.funds.total = { full: 6 * wan, executed: 4.8 * wan };
      }),
      table((one) => {
        one.goals = [];
      }),
      table((one) => {
        one.indicators = [];
      }),
      indicator(1, { score: undefined }),
      indicator(1, { actual: "" }),
    ],
    boundary: [
      indicator(1, { score: 0 }),
      table((one) => {
        one.funds.total.initial = 0;
      }),
      // Sources that the project has no money of are left blank.
      table((one) => {
        one.funds = { total: one.funds.total };
      }),
    ],
    notApplicable: [tablesOnly],
  },
  S421: {
    pass: completeReport,
    fail: [
      performance(({ projects: [first] }) => {
        delete the(first).score;
      }),
    ],
    boundary: [
      performance(({ projects: [first] }) => {
        the(first).score = 0;
      }),
    ],
    notApplicable: [tablesOnly],
  },
  S501: {
    pass: completeReport,
    fail: [
      chapter("办理量较上年增加（减少）10%。"),
      indicator(1, { deviation: "请填写偏差原因" }),
      chapter("项目由XX单位实施。"),
    ],
    boundary: [chapter("办理量较上年增加10%。")],
    notApplicable: [tablesOnly],
  },
  S502: {
    pass: completeReport,
    fail: [chapter("用事业基金弥补收支差额的部分单独核算。")],
    boundary: [chapter("使用非财政拨款结余的部分单独核算。")],
    notApplicable: [tablesOnly],
  },
  S503: {
    pass: completeReport,
    fail: [chapter("中心中心承担窗口服务。")],
    boundary: [chapter("中心承担窗口服务，逐步完善。")],
    notApplicable: [tablesOnly],
  },
  S504: {
    pass: completeReport,
    fail: [chapter("按照确认目标→开展评价→形成报告的步骤进行。")],
    boundary: [chapter("按照确认目标、开展评价、形成报告的步骤进行。")],
    notApplicable: [tablesOnly],
  },
  S505: {
    pass: completeReport,
    fail: [
      reason("较2020年增加3人"),
      reason("与２０２２年相比２０１９年度部门决算口径不同"),
      addition("本部分说明2020年部门决算的情况。"),
    ],
    boundary: [reason("较2021年增加3人"), addition("与2021年度决算口径一致，项目始于2019年。")],
    notApplicable: [
      changed(tablesOnly, (sections) => {
        sections.facts.duties = [];
      }),
    ],
  },
  S506: {
    pass: completeReport,
    fail: [
      reason("上年\u0007购置设备"),
      reason("上年购置\u{1f680}设备"),
      reason("由\ue000街道办理"),
      addition("由\u{20000}镇办理。"),
      addition("由\u{20001}镇办理。"),
      addition("由3\u{fe0f}6人办理。"),
      addition("由张\u200d某办理。"),
      addition("由x\u0302办理。"),
      { ...completeReport, identity: { ...completeReport.identity, orgName: "某市\ue000局" } },
      changed(completeReport, ({ facts }) => {
        facts.units = facts.units.map((unit) => ({ ...unit, name: `${unit.name}\u{1f680}` }));
      }),
      changed(completeReport, ({ attachments }) => {
        attachments.files = attachments.files.map((file) => ({
          ...file,
          name: "自评表\u{1f680}.pdf",
          disclosed: true,
        }));
      }),
      changed(completeReport, (sections) => {
        the(tableIn(sections, "t05")).rows = tableIn(sections, "t05").rows.map((row) => ({
          ...row,
          name: "行政\ue000运行",
        }));
      }),
    ],
    boundary: [
      reason("镕、淼、㐂、𬭩，①②③，Ａ１　全角，ü，“引号”——破折号…"),
      addition("一\t二\n三"),
      addition("辻\u{e0101}村"),
      { ...addition("由\u{20000}镇办理。"), licensedCharacters: [[0x20000, 0x20000]] },
      { ...addition("由\ue000镇办理。"), licensedCharacters: [[0xe000, 0xe001]] },
      changed(completeReport, ({ attachments }) => {
        attachments.files = attachments.files.map((file) => ({
          ...file,
          name: "底稿\u{1f680}.pdf",
          disclosed: false,
        }));
      }),
    ],
  },
  ...personalDataCases,
};
