import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addDays, daysBetween } from "../../../shared/workflow/deadlines.ts";
import { type DueReport, remindersOn } from "../../../shared/workflow/reminders.ts";
import type { Role } from "../../../shared/workflow/roles.ts";

const due = "2023-08-10";
const member = (subject: string, role: Role, orgCode: string) => ({
  subject,
  memberships: [{ role, orgCode }],
});
const members = [
  member("limin", "preparer", "137001"),
  member("wangqiang", "unit_reviewer", "137001"),
  member("zhaolin", "preparer", "137"),
  member("suntao", "department_reviewer", "137"),
  member("other", "department_reviewer", "105"),
  member("fengyuan", "bureau_reviewer", "000"),
  member("xuning", "bureau_admin", "000"),
  member("shenbo", "auditor", "000"),
];
const report = (changes: Partial<DueReport> = {}): DueReport => ({
  year: 2022,
  orgCode: "137001",
  orgName: "某中心",
  kind: "unit",
  departmentCode: "137",
  status: "draft",
  turn: { role: "preparer", orgCode: "137001", due },
  ...changes,
});
const linesOn = (day: string, ...reports: DueReport[]) =>
  Object.fromEntries(
    [...remindersOn(day, { due: reports, members, bureauCode: "000" })].map(([subject, lines]) => [
      subject,
      lines.map(
        ({ why, daysLeft, report: { orgCode } }) => `${why} ${orgCode} ${String(daysLeft)}`,
      ),
    ]),
  );

describe("a reminder", () => {
  it("comes 7, 3 and 1 days before the last day, on it, and on every day after", () => {
    const days = [8, 7, 6, 5, 4, 3, 2, 1, 0, -1, -2, -30];
    expect(days.filter((left) => "limin" in linesOn(addDays(due, -left), report()))).toEqual([
      7, 3, 1, 0, -1, -2, -30,
    ]);
  });

  it("goes only to who must act while there is time", () => {
    expect(linesOn(addDays(due, -1), report())).toEqual({ limin: ["act 137001 1"] });
    expect(linesOn(due, report())).toEqual({ limin: ["act 137001 0"] });
  });

  it("of a request to take down goes to everybody at the bureau who may decide on it", () => {
    const turn = { role: "bureau_admin", orgCode: "000", due } as const;
    const asked = report({ status: "published", takeDownAsked: true, turn });
    expect(linesOn(due, asked)).toEqual({
      fengyuan: ["act 137001 0"],
      xuning: ["act 137001 0"],
    });
  });

  it("from the day after goes to the administrator, and for a unit to its department's reviewer", () => {
    expect(linesOn(addDays(due, 1), report())).toEqual({
      limin: ["act 137001 -1"],
      suntao: ["supervise 137001 -1"],
      xuning: ["supervise 137001 -1"],
    });
  });

  it("reaches the department while the unit's own reviewer is late, not while it is itself", () => {
    const waiting = (role: Role, orgCode: string) =>
      report({ status: "in_review", turn: { role, orgCode, due } });
    expect(Object.keys(linesOn(addDays(due, 2), waiting("unit_reviewer", "137001")))).toEqual([
      "wangqiang",
      "suntao",
      "xuning",
    ]);
    expect(linesOn(addDays(due, 2), waiting("department_reviewer", "137"))).toEqual({
      suntao: ["act 137001 -2"],
      xuning: ["supervise 137001 -2"],
    });
    expect(Object.keys(linesOn(addDays(due, 2), waiting("bureau_reviewer", "000")))).toEqual([
      "fengyuan",
      "xuning",
    ]);
  });

  it("of a late department goes to the administrator, not to the department's reviewer", () => {
    const late = report({
      orgCode: "137",
      kind: "department",
      status: "absent",
      turn: { role: "preparer", orgCode: "137", due },
    });
    expect(Object.keys(linesOn(addDays(due, 1), late))).toEqual(["zhaolin", "xuning"]);
  });

  it("climbs from the head of the late node to the department and the bureau, as many days late as the year says", () => {
    const escalation = { headAfter: 2, departmentAfter: 4, bureauAfter: 6 };
    const heads = [
      ...members,
      member("head", "principal", "137001"),
      member("principal", "principal", "137"),
      member("elsewhere", "principal", "137002"),
    ];
    const hear = (days: number, changes: Partial<DueReport> = {}) => [
      ...remindersOn(addDays(due, days), {
        ...{ due: [report({ escalation, ...changes })], members: heads, bureauCode: "000" },
      }).keys(),
    ];
    expect(hear(1)).toEqual(["limin"]);
    expect(hear(2)).toEqual(["limin", "head"]);
    expect(hear(4)).toEqual(["limin", "suntao", "head"]);
    expect(hear(6)).toEqual(["limin", "suntao", "xuning", "head"]);
    // Once the unit has done its part, its head is not asked to press anybody.
    const atDepartment = {
      status: "in_review",
      turn: { role: "department_reviewer", orgCode: "137", due },
    } as const;
    expect(hear(6, atDepartment)).toEqual(["suntao", "xuning"]);
    const ofDepartment = { orgCode: "137", kind: "department" } as const;
    expect(hear(2, { ...ofDepartment, turn: { role: "preparer", orgCode: "137", due } })).toEqual([
      "zhaolin",
      "principal",
    ]);
  });

  it("of an approved report that is not public goes to the administrator, who has the turn", () => {
    const approved = report({
      status: "approved",
      turn: { role: "bureau_admin", orgCode: "000", due },
    });
    expect(linesOn(addDays(due, -3), approved)).toEqual({ xuning: ["act 137001 3"] });
    expect(linesOn(addDays(due, 5), approved)).toEqual({ xuning: ["act 137001 -5"] });
  });

  it("names the most urgent first, then by year and code", () => {
    const lines = linesOn(
      due,
      report({ orgCode: "137003", turn: { role: "bureau_admin", orgCode: "000", due } }),
      report({ orgCode: "137002", turn: { role: "bureau_admin", orgCode: "000", due } }),
      report({ year: 2021, turn: { role: "bureau_admin", orgCode: "000", due } }),
      report({ orgCode: "105", turn: { role: "bureau_admin", orgCode: "000", due: "2023-08-01" } }),
    )["xuning"];
    expect(lines).toEqual(["act 105 -9", "act 137001 0", "act 137002 0", "act 137003 0"]);
  });

  it("names a report to a person once, whatever roles they hold", () => {
    const both = {
      subject: "both",
      memberships: [
        { role: "preparer" as const, orgCode: "137001" },
        { role: "bureau_admin" as const, orgCode: "000" },
      ],
    };
    const lines = remindersOn(addDays(due, 1), {
      due: [report()],
      members: [both],
      bureauCode: "000",
    }).get("both");
    expect(lines).toEqual([{ report: report(), why: "act", daysLeft: -1 }]);
  });

  it("is written to nobody who has no line", () => {
    fc.assert(
      fc.property(fc.integer({ min: -40, max: 40 }), (left) => {
        const lists = Object.values(linesOn(addDays(due, -left), report()));
        expect(lists.every((lines) => lines.length > 0)).toBe(true);
      }),
    );
  });
});

it("days between two days are counted either way", () => {
  expect(daysBetween("2024-02-28", "2024-03-01")).toBe(2);
  expect(daysBetween("2024-03-01", "2024-02-28")).toBe(-2);
});
