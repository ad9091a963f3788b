import { describe, expect, it } from "vitest";
import { stepStates, unitSteps, type UnitProgress } from "../../../shared/workflow/unit-steps.ts";

const words = (report: Partial<UnitProgress> & Pick<UnitProgress, "status">) => {
  const states = stepStates({ returned: false, correcting: false, ...report });
  return unitSteps.map((step) => states[step].text);
};

describe("where a unit's report is, step by step", () => {
  it.each<[Partial<UnitProgress> & Pick<UnitProgress, "status">, readonly string[]]>([
    [{ status: "absent" }, ["未开始", "—", "—", "—", "—"]],
    [{ status: "draft" }, ["编制中", "—", "—", "—", "—"]],
    [{ status: "draft", returned: true }, ["退回修改", "—", "—", "—", "—"]],
    [{ status: "in_review", stage: "unit" }, ["完成", "审核中", "—", "—", "—"]],
    [
      { status: "in_review", stage: "department", returned: true },
      ["完成", "完成", "退回重审", "—", "—"],
    ],
    [{ status: "in_review", stage: "bureau" }, ["完成", "完成", "完成", "审核中", "—"]],
    [{ status: "approved" }, ["完成", "完成", "完成", "完成", "公开中"]],
    [{ status: "approved", failed: "print" }, ["完成", "完成", "完成", "完成", "排印失败"]],
    [{ status: "published" }, ["完成", "完成", "完成", "完成", "已公开"]],
    [{ status: "taken_down" }, ["完成", "完成", "完成", "完成", "已撤下"]],
    [{ status: "draft", correcting: true }, ["更正中", "—", "—", "—", "原版公开中"]],
    [
      { status: "in_review", stage: "unit", correcting: true },
      ["完成", "审核中", "—", "—", "原版公开中"],
    ],
  ])("%j", (report, expected) => {
    expect(words(report)).toEqual(expected);
  });
});
