import { describe, expect, it } from "vitest";
import type { WorklistRow } from "../../../shared/workflow/worklist-row.ts";
import {
  arranged,
  daysWaiting,
  reportsInOrder,
  orderName,
  worklistSearchOf,
} from "../../../web/staff/worklist/worklist-search.ts";

const today = "2023-08-10";
const row = (orgCode: string, more: Partial<WorklistRow> = {}): WorklistRow => ({
  ...{ id: `360200-2022-${orgCode}`, region: "360200", year: 2022, orgCode },
  ...{ orgName: `单位${orgCode}`, kind: "unit", departmentCode: "137", edition: "jiangxi-2022" },
  ...{ version: 1, status: "in_review", stage: "unit", returned: false, correcting: false },
  turn: { role: "unit_reviewer", orgCode, due: "2023-08-20" },
  ...{ check: { errors: 0, warnings: 0 }, openRemarks: 0, returns: 0, changedParts: 0 },
  since: "2023-08-01T02:00:00.000Z",
  ...more,
});
const codes = (rows: readonly WorklistRow[]) => rows.map(({ orgCode }) => orgCode);

describe("a worklist", () => {
  it("has the earliest deadline first, and failed publications before all", () => {
    const late = row("003", { turn: { role: "unit_reviewer", orgCode: "003", due: "2023-08-01" } });
    const failure = { step: "print", cause: "没有空间", since: "2023-08-09" } as const;
    const failed = row("004", { status: "approved", failure });
    expect(codes(arranged([row("002"), row("001"), late, failed], {}, today))).toEqual([
      ...["004", "003", "001", "002"],
    ]);
  });

  it("has by risk errors first, then what is late, remarks, returns and warnings", () => {
    const rows = [
      row("001"),
      row("002", { check: { errors: 0, warnings: 9 } }),
      row("003", { returns: 2 }),
      row("004", { openRemarks: 1 }),
      row("005", { turn: { role: "unit_reviewer", orgCode: "005", due: "2023-08-09" } }),
      row("006", { check: { errors: 1, warnings: 0 } }),
    ];
    expect(codes(arranged(rows, { sort: "risk" }, today))).toEqual([
      ...["006", "005", "004", "003", "002", "001"],
    ]);
  });

  it("has first what nobody looked at and never was returned, by age, or by what changed most", () => {
    const rows = [
      row("001", { changedParts: 3 }),
      row("002", { changedParts: null, returns: 1, since: "2023-08-09T02:00:00.000Z" }),
      row("003", { changedParts: null, since: "2023-07-01T02:00:00.000Z" }),
    ];
    expect(codes(arranged(rows, { sort: "first" }, today))).toEqual(["003", "002", "001"]);
    expect(codes(arranged(rows, { sort: "waiting" }, today))).toEqual(["003", "001", "002"]);
    expect(codes(arranged(rows, { sort: "changed" }, today))[0]).toBe("001");
    expect(codes(arranged(rows, { sort: "code" }, today))).toEqual(["001", "002", "003"]);
  });

  it("is filtered by what is known, and what is not known is neither there nor zero", () => {
    const { check, openRemarks, changedParts, ...unknown } = row("001");
    const rows: WorklistRow[] = [
      unknown,
      row("002", { changedParts: null, check: { errors: 2, warnings: 0 } }),
      row("003", { changedParts: 1, openRemarks: 1, correcting: true }),
    ];
    const having = (one: NonNullable<Parameters<typeof arranged>[1]["having"]>) =>
      codes(arranged(rows, { having: one }, today));
    expect(having("unseen")).toEqual(["002"]);
    expect(having("changed")).toEqual(["003"]);
    expect(having("errors")).toEqual(["002"]);
    expect(having("remarks")).toEqual(["003"]);
    expect(having("correcting")).toEqual(["003"]);
    expect(having("overdue")).toEqual([]);
    expect(codes(arranged(rows, { text: " 单位003 " }, today))).toEqual(["003"]);
    expect([check, openRemarks, changedParts]).toEqual([{ errors: 0, warnings: 0 }, 0, 0]);
  });

  it("goes on in its order through what waits for a verdict, and past a filter that is worked off", () => {
    const rows = [
      row("001", { status: "draft" }),
      row("002", { returns: 1 }),
      row("003", { openRemarks: 1 }),
      row("004", { changedParts: 2, returns: 3 }),
    ];
    const order = (search: Parameters<typeof reportsInOrder>[1]) =>
      codes(reportsInOrder(rows, search, today));
    expect(order({ sort: "risk" })).toEqual(["003", "004", "002"]);
    expect(order({ sort: "risk", having: "returns" })).toEqual(["004", "002"]);
    expect(order({ sort: "risk", having: "unseen" })).toEqual(["003", "004", "002"]);
  });

  it("counts days of the place, and none where nobody must act", () => {
    expect(daysWaiting(row("001", { since: "2023-08-09T15:59:59.000Z" }), today)).toBe(1);
    expect(daysWaiting(row("001", { since: "2023-08-09T16:00:00.000Z" }), today)).toBe(0);
    const { turn, ...done } = row("001");
    expect([turn?.due, daysWaiting(done, today)]).toEqual(["2023-08-20", undefined]);
  });

  it("takes from an address what there is, in any order of it, and nothing else", () => {
    const search = { list: "others", having: "errors", text: "教育", sort: "risk" } as const;
    expect(worklistSearchOf({ ...search, more: "x" })).toEqual(search);
    expect(worklistSearchOf({ list: "toString", having: 3, text: "", sort: "due" })).toEqual({});
    for (const sort of Object.keys(orderName)) expect(worklistSearchOf({ sort })).toEqual({ sort });
  });
});
