import { describe, expect, it } from "vitest";
import { reporting, shareOf } from "../../../shared/progress/days.ts";
import {
  courseAfter,
  seasonOf,
  type DepartmentLine,
  type ProgressState,
} from "../../../shared/progress/progress.ts";
import {
  matchesRow,
  mayHaveMatches,
  type SeasonFilter,
  type SeasonRow,
} from "../../../shared/progress/season.ts";
import type { ReportEvent } from "../../../shared/workflow/report-state.ts";

const stamp = { by: "limin", byName: "李敏", byRole: "preparer" } as const;
const at = (day: number) => `2023-08-${String(day).padStart(2, "0")}T02:00:00.000Z`;
const hash = "a".repeat(64);
const verdict = { editionHash: hash, threadsHash: hash };

/** Opened, handed in, returned, handed in, approved, undone, and a run that writes the portal. */
const life: readonly ReportEvent[] = [
  { ...stamp, at: at(1), type: "opened", kind: "unit" },
  { ...stamp, at: at(2), type: "submitted", editionHash: hash },
  {
    ...stamp,
    at: at(3),
    type: "returned",
    stage: "unit",
    to: "preparer",
    reason: "请核对",
    ...verdict,
  },
  { ...stamp, at: at(4), type: "submitted", editionHash: hash },
  {
    ...stamp,
    at: at(5),
    type: "approved",
    documentNumber: "1号",
    publishBy: "2023-08-25",
    ...verdict,
  },
  { ...stamp, at: at(6), type: "approval_undone", editionHash: hash, reason: "有误" },
  { ...stamp, at: at(7), byName: "系统", type: "publication_started", editionHash: hash, run: "r" },
];
const numbered = life.map((event, index) => ({ seq: index + 1, event }));

describe("a report's course", () => {
  it("counts returns and undone approvals, and names the last act of a person", () => {
    expect(courseAfter(undefined, numbered)).toEqual({
      seq: 7,
      returns: 2,
      last: { type: "approval_undone", at: at(6), byName: "李敏" },
    });
  });

  it("is the same however often and in whatever parts its events are counted", () => {
    const first = courseAfter(undefined, numbered.slice(0, 4));
    expect(first).toMatchObject({ seq: 4, returns: 1 });
    expect(courseAfter(first, numbered)).toEqual(courseAfter(undefined, numbered));
    expect(courseAfter(courseAfter(first, numbered), numbered)).toEqual(
      courseAfter(undefined, numbered),
    );
  });
});

const instant = "2023-08-11T02:00:00.000Z";
const node = {
  ...{ orgCode: "137001", orgName: "市政务服务中心", departmentCode: "137" },
  ...{ exempt: false, damaged: false, unsigned: [] },
} as const;
const row = (more: Partial<SeasonRow> = {}): SeasonRow => ({ ...node, kind: "unit", ...more });
const report: NonNullable<SeasonRow["report"]> = {
  ...{ id: "360200-2022-137001", region: "360200", year: 2022, orgCode: "137001" },
  ...{ orgName: "市政务服务中心", departmentCode: "137", edition: "jiangxi-2022", version: 3 },
  ...{ returned: false, correcting: false },
  kind: "unit",
  status: "in_review",
  stage: "department",
};
const turn = { role: "department_reviewer", orgCode: "137", due: "2023-08-10" } as const;
const check = { editionHash: hash, at: at(2), errors: 2, warnings: 1, rules: {}, met: [] };
const noted = row({
  report,
  turn,
  course: { seq: 3, returns: 1, last: { type: "returned", at: at(3), byName: "李敏" } },
  notes: { orgCode: "137001", check, openRemarks: 4, version: 2 },
});

describe("a node is found", () => {
  const finds = (filter: SeasonFilter, one: SeasonRow) => matchesRow(one, filter, instant);

  it("by its state, its level, and what has not become public", () => {
    expect(finds({ state: "not_opened" }, row())).toBe(true);
    expect(finds({ state: "not_opened" }, noted)).toBe(false);
    expect(finds({ state: "not_public" }, noted)).toBe(true);
    expect(
      finds({ state: "not_public" }, row({ report: { ...report, status: "published" } })),
    ).toBe(false);
    expect(finds({ state: "not_public" }, row({ exempt: true }))).toBe(false);
    expect(finds({ stage: "department" }, noted)).toBe(true);
    expect(finds({ stage: "bureau" }, noted)).toBe(false);
  });

  it("by what it has, each apart from the others", () => {
    for (const having of ["overdue", "errors", "warnings", "remarks", "returns"] as const) {
      expect([having, finds({ having }, noted)]).toEqual([having, true]);
      expect([having, finds({ having }, row({ report }))]).toEqual([having, false]);
    }
    expect(
      finds({ having: "overdue" }, row({ report, turn: { ...turn, due: "2023-08-11" } })),
    ).toBe(false);
  });

  it("by part of its code or name, and only where all holds", () => {
    expect(finds({ text: "服务中心" }, noted)).toBe(true);
    expect(finds({ text: " 137001 " }, noted)).toBe(true);
    expect(finds({ text: "教育" }, noted)).toBe(false);
    expect(finds({ text: "服务中心", having: "errors", stage: "unit" }, noted)).toBe(false);
  });
});

describe("a department need not be read", () => {
  const line: DepartmentLine = {
    code: "137",
    name: "管委会",
    tally: { counts: { in_review: 1, not_opened: 2 }, dues: { "2023-08-10": 1 } },
    season: seasonOf(
      "137",
      [noted],
      new Map([["137001", noted.notes ?? { orgCode: "", version: 0 }]]),
    ),
    version: 1,
  };
  const may = (filter: SeasonFilter, one = line) => mayHaveMatches(one, filter, instant);

  it("only where its line says that nothing matches", () => {
    expect(line.season).toMatchObject({ errors: 2, warnings: 1, openRemarks: 4, returns: 1 });
    expect(may({ state: "published" })).toBe(false);
    expect(may({ state: "not_public" })).toBe(true);
    expect(may({ having: "overdue" })).toBe(true);
    expect(may({ having: "errors" })).toBe(true);
    const done = { ...line, tally: { counts: { published: 3 }, dues: {} } };
    expect(may({ stage: "unit" }, done)).toBe(false);
    expect(may({ having: "overdue" }, done)).toBe(false);
    expect(may({ state: "not_public" }, done)).toBe(false);
  });

  it("and is read where an earlier version's line does not tell", () => {
    const { code, name, tally, version } = line;
    const old = { code, name, tally, version };
    expect(may({ having: "errors" }, old)).toBe(true);
    expect(may({ having: "overdue" }, { ...old, tally: { counts: {}, dues: {} } })).toBe(false);
  });
});

it("a day's share counts who reports, and what has gone so far", () => {
  const counts: { readonly [State in ProgressState]?: number } = {
    ...{ exempt: 5, not_opened: 4, draft: 2, in_review: 1, print_failed: 1, published: 2 },
  };
  expect(reporting(counts)).toBe(10);
  expect(shareOf("handed_in", counts)).toBe(0.4);
  expect(shareOf("public", counts)).toBe(0.2);
  expect(shareOf("public", { exempt: 3 })).toBeUndefined();
});
