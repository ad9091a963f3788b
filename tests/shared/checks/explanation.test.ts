import { describe, expect, it } from "vitest";
import { checkReport } from "../../../shared/checks/check-report.ts";
import {
  isReused,
  explanationOf,
  withExplanation,
  type FoundExplanation,
} from "../../../shared/checks/explanation.ts";
import { figuresOf, type Finding, type FindingOf } from "../../../shared/checks/finding.ts";
import { findingSentence } from "../../../shared/checks/finding-text.ts";
import { findingFingerprint } from "../../../shared/report/fingerprint.ts";
import { reasonFault, reasonFaultText } from "../../../shared/checks/reason.ts";
import { reasonSlots, narrativeGaps } from "../../../shared/narrative/gaps.ts";
import { narrativeText } from "../../examples/narrative-text.ts";
import { writeNarrative } from "../../../shared/narrative/write-narrative.ts";
import { diffReports } from "../../../shared/comparison/diff-reports.ts";
import type { Report } from "../../../shared/report/report.ts";
import {
  recordSchemas,
  explanationSchema,
  type Sections,
} from "../../../shared/report/sections.ts";
import {
  exampleNames,
  exampleUnits,
  loadExample,
  loadExampleUnit,
} from "../../examples/load-example.ts";
import { replaced } from "./sound-report.ts";

const example = loadExample("jingdezhen-2022");

const deviationsOf = (report: Report): readonly FindingOf<"deviates">[] =>
  checkReport(report).findings.filter((finding) => finding.kind === "deviates");

const deviating = (report: Report, slot: string): FindingOf<"deviates"> => {
  const found = deviationsOf(report).find((finding) => finding.slot === slot);
  if (found === undefined) throw new Error(`Nothing deviates at ${slot}.`);
  return found;
};

/** The words of a finding that its reason may not just say again. */
const toldBy = (finding: FindingOf<"deviates">, { edition }: Report): string =>
  [findingSentence(finding, edition), ...Object.values(finding.compared)].join("");

const explanationOfFinding = (finding: Finding, sections: Sections): FoundExplanation =>
  explanationOf({ ...finding, id: findingFingerprint(finding, sections) }, sections);

const explained = (report: Report, finding: Finding, reason: string): Report => ({
  ...report,
  sections: {
    ...report.sections,
    explanations: withExplanation(
      report.sections.explanations,
      finding,
      explanationSchema.parse({
        id: "explanation-1",
        finding: findingFingerprint(finding, report.sections),
        rule: finding.rule,
        cells: finding.cells,
        ...(finding.kind === "deviates" ? { slot: finding.slot } : {}),
        reason,
        by: "limin",
        byName: "李敏",
        at: "2023-08-01T02:00:00.000Z",
      }),
    ),
  },
});

describe("a reason", () => {
  // 完成年初预算的280.83%.
  const total = deviating(example, "fiscal.total");
  const reception = deviating(example, "three_public.reception.budget");
  const faultOf = (text: string, finding = total) => reasonFault(text, toldBy(finding, example));

  it.each([
    "预算执行情况良好",
    "预算执行情况良好。",
    "主要原因是：预算执行情况良好",
    "主要是由于预算执行情况良好所致",
    "预算执行良好，完成280.83%",
    "按预算执行",
    "严格按照年初预算执行",
    "据实列支",
    "据实列支，据实列支，据实列支",
    "工作需要",
    "因工作需要据实列支，属于正常增减变动",
    "业务发展需要",
    "正常增减",
    "正常支出。",
    "政策性因素影响",
    "受政策调整影响",
    "根据实际情况支出3055.3万元",
    "根据单位实际工作需要",
    "预算调整",
    "各种因素综合影响",
    "无",
    "略",
    "同上",
    "详见附件",
    "ＡＳ：据实列支",
  ])("that is a stock phrase is none: %s", (text) => {
    expect(faultOf(text)).toBe("stock");
  });

  it.each([
    "增加是因为增加",
    "支出增加3055.3万元，所以增加",
    "财政拨款本年支出较年初预算增加较多",
    "本年支出合计增加",
    "主要原因是2022年支出大于年初预算数",
    "3,055.30万元，280.83%",
  ])("that says the change again is none: %s", (text) => {
    expect(faultOf(text)).toBe("repeats");
  });

  it("that says the change of another figure again is none", () => {
    expect(faultOf("公务接待费支出决算数减少", reception)).toBe("repeats");
    expect(faultOf("公务接待费减少1.7万元", reception)).toBe("repeats");
  });

  it.each([
    ["", "empty"],
    ["  。，", "empty"],
    ["人多了", "too_short"],
    ["哈哈哈哈哈哈哈哈", "too_short"],
    ["abcdefgh", "too_short"],
  ] as const)("too short to name anything is none: %j", (text, fault) => {
    expect(faultOf(text)).toBe(fault);
  });

  it.each([
    "雪亮工程建设资金在年中追加",
    "受政策性因素影响，社保缴费基数上调",
    "年中追加交易系统升级资金",
    "新增3名退休人员",
    "因工作需要，8月新设两个办事窗口并增聘导办员",
    "来访接待批次减少",
    "当年没有发生公务接待",
    "缴费基数低于年初测算",
    "调入人员，绩效工资增加",
    "据实列支上年未结算的机房工程尾款",
  ])("that names what happened is one: %s", (text) => {
    expect(faultOf(text)).toBeUndefined();
  });

  it("is refused in a sentence that says what is wanted, with an example", () => {
    expect(reasonFaultText("stock", "据实列支 ")).toBe(
      "“据实列支”放在任何单位、任何年度都适用，没有说明这项数字的原因。" +
        "请写明是什么事项、发生了什么变化，例如“8月新设两个办事窗口，增聘6名导办员”。",
    );
    for (const fault of ["empty", "too_short", "repeats", "reused"] as const) {
      expect(reasonFaultText(fault, "增加")).toContain("例如");
    }
    expect(faultOf("8月新设两个办事窗口，增聘6名导办员")).toBeUndefined();
  });

  it("as typed in the examples explains what deviates there", () => {
    const reports = [
      ...exampleNames.map((name) => loadExample(name)),
      ...exampleUnits.map((code) => loadExampleUnit(code)),
    ];
    for (const report of reports) {
      const given = new Map(reasonSlots(report).map((slot) => [slot.slot, slot.given ?? ""]));
      const deviations = deviationsOf(report);
      expect(deviations.length).toBeGreaterThan(0);
      const refused = deviations
        .map((finding) => ({ finding, reason: given.get(finding.slot) ?? "" }))
        .filter(({ reason, finding }) => reasonFault(reason, toldBy(finding, report)));
      expect(refused).toEqual([]);
    }
  });
});

describe("the same reason", () => {
  const finding = (difference: number, rule = "R221"): FindingOf<"deviates"> => ({
    rule,
    severity: "warning",
    kind: "deviates",
    cells: [],
    slot: `s${String(difference)}`,
    difference,
    compared: { what: "本年支出合计", against: "2021年" },
  });
  const reason = "雪亮工程建设资金在年中追加";
  const others = (...of: readonly FindingOf<"deviates">[]) =>
    of.map((one) => ({ finding: one, reason: `${reason}。` }));

  it("may explain two things and not a third", () => {
    expect(isReused(reason, finding(1), others(finding(2)))).toBe(false);
    expect(isReused(reason, finding(1), others(finding(2), finding(3)))).toBe(true);
    expect(isReused(`${reason}。`, finding(1), others(finding(2), finding(3)))).toBe(true);
    expect(isReused("另一项工程在年中追加", finding(1), others(finding(2), finding(3)))).toBe(
      false,
    );
  });

  it("may be given wherever the same money occurs", () => {
    const same = [finding(7, "R190"), finding(-7, "R221"), finding(7, "R222")];
    expect(isReused(reason, finding(7), others(...same))).toBe(false);
    expect(isReused(reason, finding(1), others(...same))).toBe(false);
    expect(isReused(reason, finding(1), others(...same, finding(2)))).toBe(true);
  });
});

describe("an explanation", () => {
  const slot = "income.year";
  const cell = "t01/income_total/final";
  const finding = deviating(example, slot);
  const reason = "雪亮工程的中央补助资金在年中下达";
  const report = explained(example, finding, reason);

  it("is bound to its figures, and void when one changes: this year's or last year's", () => {
    expect(explanationOfFinding(finding, report.sections).valid?.reason).toBe(reason);
    const moved = replaced(report, { [cell]: 4_654_870_000 });
    expect(explanationOfFinding(deviating(moved, slot), moved.sections)).toMatchObject({
      voided: { reason },
    });
    expect(explanationOfFinding(deviating(moved, slot), moved.sections).valid).toBeUndefined();
    const { facts } = report.sections;
    const otherYear: Report = {
      ...report,
      sections: {
        ...report.sections,
        facts: { ...facts, prior: { ...facts.prior, [cell]: 2_169_060_001 } },
      },
    };
    expect(explanationOfFinding(deviating(otherYear, slot), otherYear.sections)).toMatchObject({
      voided: { reason },
    });
  });

  it("is valid again when the figure is what it was", () => {
    const moved = replaced(report, { [cell]: 1 });
    const back = replaced(moved, { [cell]: 4_654_860_000 });
    expect(explanationOfFinding(deviating(back, slot), back.sections).valid?.reason).toBe(reason);
  });

  it("is not one of another finding of its rule, nor of another rule at its cell", () => {
    const other = deviating(example, "income.opening");
    expect(explanationOfFinding(other, report.sections)).toEqual({});
    const opening = checkReport(example).findings.find(({ rule }) => rule === "R190");
    if (opening === undefined) throw new Error("no R190");
    const both = explained(example, other, reason);
    expect(other.cells[0]).toBe(opening.cells[0]);
    expect(explanationOfFinding(opening, both.sections)).toEqual({});
  });

  it("replaces an earlier explanation of the same", () => {
    const moved = replaced(report, { [cell]: 4_654_870_000 });
    const anew = explained(moved, deviating(moved, slot), "中央补助资金分两次下达");
    expect(anew.sections.explanations.entries.map((entry) => entry.reason)).toEqual([
      "中央补助资金分两次下达",
    ]);
  });

  it("of a warning about two cells is void when the other one changes", () => {
    const warned = replaced(example, { "t09/vehicles_kept/final": 4 });
    const found = checkReport(warned).findings.find(
      ({ cells, severity }) => severity === "warning" && cells[0] === "t09/vehicles_kept/final",
    );
    if (found === undefined) throw new Error("no warning at the vehicles");
    expect(figuresOf(found).actual).toBe(4);
    const answered = explained(warned, found, "保有的车辆由公车平台承担运行费");
    const other = found.cells[1] ?? "";
    const moved = replaced(answered, { [other]: 3 });
    expect(explanationOfFinding(found, answered.sections).valid).toBeDefined();
    expect(explanationOfFinding(found, moved.sections).valid).toBeUndefined();
  });

  it("goes into its sentence, and no longer when the figure changed", () => {
    const textOf = (of: Report) => narrativeText(writeNarrative(of));
    const typed = example.sections.narrative.reasons[slot] ?? "";
    expect(textOf(example)).toContain(typed);
    expect(textOf(report)).toContain(`主要原因是：${reason}。`);
    expect(textOf(report)).not.toContain(typed);
    expect(textOf(replaced(report, { [cell]: 4_654_870_000 }))).toContain(typed);
  });

  it("is the reason that a statutory sentence lacks", () => {
    const reasons = { ...example.sections.narrative.reasons, [slot]: "" };
    const without: Report = {
      ...example,
      sections: { ...example.sections, narrative: { ...example.sections.narrative, reasons } },
    };
    expect(narrativeGaps(without)).toHaveLength(1);
    expect(narrativeGaps(explained(without, finding, reason))).toEqual([]);
  });

  it("is not given by a reason typed in the narrative, adequate or not", () => {
    expect(explanationOfFinding(finding, example.sections)).toEqual({});
  });

  it("is shown to a reviewer as new, changed or withdrawn, by its place", () => {
    const place = "公开01表 第27行 本年收入合计";
    expect(diffReports(example, report).explanations).toEqual([
      { rule: "R221", place, cell, new: reason },
    ]);
    expect(diffReports(report, example).explanations).toEqual([
      { rule: "R221", place, cell, old: reason },
    ]);
    const moved = replaced(report, { [cell]: 4_654_870_000 });
    const again = explained(moved, deviating(moved, slot), reason);
    expect(diffReports(report, again).explanations).toEqual([
      { rule: "R221", place, cell, old: reason, new: reason },
    ]);
    const operating = explained(example, deviating(example, "operating_cost"), reason);
    expect(diffReports(example, operating).explanations).toMatchObject([
      { rule: "R221", place: "机关运行经费支出" },
    ]);
  });
});

it("a report kept before there were explanations is read as having none", () => {
  expect(recordSchemas.explanations.parse(undefined)).toEqual({ entries: [] });
});
