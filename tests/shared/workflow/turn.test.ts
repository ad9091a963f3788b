import { describe, expect, it } from "vitest";
import { turnAfterApproval, type Turn } from "../../../shared/workflow/turn.ts";

describe("the last day of a unit's report with its department", () => {
  const turn: Turn = { role: "department_reviewer", orgCode: "137", due: "2023-08-15" };
  const publishBy = "2023-08-30";
  const waiting = { kind: "unit", stage: "department", correcting: false } as const;
  const dueOf = (
    report: Parameters<typeof turnAfterApproval>[1],
    departmentPublishBy: string | undefined = publishBy,
  ) => turnAfterApproval(turn, report, departmentPublishBy).due;

  it("is 15 days after the department's approval, five before its publication is due", () => {
    expect(dueOf(waiting)).toBe("2023-08-25");
  });

  it("is the year's while the department is not approved", () => {
    expect(turnAfterApproval(turn, waiting, undefined)).toEqual(turn);
  });

  it("does not bind other levels, a draft, the department's own report, nor a correction", () => {
    for (const other of [
      { ...waiting, stage: "unit" },
      { ...waiting, stage: "bureau" },
      { ...waiting, stage: undefined },
      { ...waiting, kind: "department" },
      { ...waiting, correcting: true },
    ] as const) {
      expect(dueOf(other)).toBe(turn.due);
    }
  });
});
