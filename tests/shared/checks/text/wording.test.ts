import { describe, expect, it } from "vitest";
import { checkText } from "../../../examples/check-text.ts";

const report = (text: string) => `第三部分 2022年度部门决算情况说明\n一、收入决算情况说明\n${text}`;
const rules = (text: string) => checkText(report(text)).map(({ rule }) => rule);

describe("wording that keeps a report back", () => {
  it.each([
    ["alternatives of the template", "决算数大于（小于）预算数。", "R216"],
    ["a blank of the template", "主要用于××项目、××活动。", "R216"],
    ["a word written twice", "服务中心中心共进驻56个部门。", "W03"],
    ["a term that was abolished", "用事业基金弥补收支差额：指弥补收支差额的数额。", "W01"],
    ["what only the central government says", "“三公”经费：纳入中央财政预决算管理的经费。", "W02"],
    [
      "a goal set twice",
      "目标1：做好重点项目的协办和跟踪服务；\n目标2：做好重点项目的协办和跟踪服务；",
      "W04",
    ],
    ["a chart pasted into a sentence", "评价过程为确认目标→分析重点→构建体系。", "W05"],
    ["截止 for 截至", "截止2022年12月31日，无其他用车。", "W06"],
    [
      "a stock phrase for a reason",
      "本年收入合计100万元，较2021年增加50万元，增长100%，主要原因是：预算执行情况良好。",
      "R217",
    ],
    ["no reason for a great change", "本年收入合计100万元，较2021年增加50万元，增长100%。", "R217"],
  ])("is found: %s", (_, text, rule) => {
    expect(rules(text)).toContain(rule);
  });

  it.each([
    "招收大学大学生实习项目学员，一步一步推进。",
    "上年度度假区建设资金已收回。",
    "截至2022年12月31日，无其他用车。",
    "本年收入合计100万元，较2021年增加5万元，增长5.26%。",
    "本年收入合计100万元，较2021年增加50万元，增长100%，主要是因为新增场馆建设任务。",
    "净增加额（减少以“-”号填列）。",
  ])("is not made of %s", (text) => {
    expect(rules(text)).toEqual([]);
  });

  it("is one report's name in every table", () => {
    const named = (name: string) =>
      `收入决算表\n公开02表\n编制单位：${name}　2022 年度 金额单位：万元\n合计 0 0\n`;
    const reported = checkText(`${named("甲市乙局")}支出决算表\n${named("甲市丙局").slice(6)}`);
    expect(reported.map(({ rule, expected }) => [rule, expected])).toEqual([["R218", "甲市乙局"]]);
  });
});
