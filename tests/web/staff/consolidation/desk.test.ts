import { describe, expect, it } from "vitest";
import { readPending } from "../../../../web/staff/consolidation/pending-entries.ts";
import {
  groupSummary,
  isOutdating,
  isStale,
  unitsShown,
  type Unit,
} from "../../../../web/staff/consolidation/unit-groups.ts";

const unit = (orgCode: string, standing: Unit["standing"]): Unit => ({
  ...{ orgCode, orgName: `单位${orgCode}`, reportId: `360200-2022-${orgCode}`, standing },
  ...{ status: "approved", returned: false, correcting: false },
});
const units = [
  unit("137001", "used"),
  unit("137002", "resubmitted"),
  unit("137003", "not_used"),
  unit("137004", "outstanding"),
  unit("137005", "removed"),
  unit("138006", "used"),
];

describe("the units on the desk", () => {
  it("are summed up by what is to be done about them, leaving out what there is none of", () => {
    expect(groupSummary(units)).toBe(
      "须重新汇总 2 个，已批复、未汇总 1 个，待批复 1 个，已汇总 2 个",
    );
  });

  it("are found by group, and by code or name", () => {
    const codes = (...given: Parameters<typeof unitsShown>) =>
      unitsShown(...given).map(({ orgCode }) => orgCode);
    expect(codes(units, { group: "stale", text: "" })).toEqual(["137002", "137005"]);
    expect(codes(units, { group: "used", text: " 138 " })).toEqual(["138006"]);
    expect(codes(units, { group: undefined, text: "单位137004" })).toEqual(["137004"]);
  });

  it("make the sums outdated where they changed or are not in them; only the former hold old figures", () => {
    const codes = (is: (one: Unit) => boolean) => units.filter(is).map(({ orgCode }) => orgCode);
    expect(codes(isStale)).toEqual(["137002", "137005"]);
    expect(codes(isOutdating)).toEqual(["137002", "137003", "137005"]);
  });
});

describe("what waits on this machine for the next 汇总", () => {
  const typed = [{ cells: [{ cell: "t01/income_total/final", fen: -5 }], reason: "审计调整" }];

  it("is read back as it was kept", () => {
    const kept = { chosen: ["subsidy.1"], typed };
    expect(readPending(JSON.stringify(kept))).toEqual(kept);
    expect(readPending("")).toEqual({});
  });

  it.each([
    "no JSON",
    "null",
    JSON.stringify({ chosen: [1] }),
    JSON.stringify({ typed: [{ cells: [{ cell: "t01/a/b", fen: 0.5 }], reason: "审计调整" }] }),
    JSON.stringify({ typed: [{ reason: "审计调整" }] }),
  ])("is nothing where it is something else: %s", (text) => {
    expect(readPending(text)).toEqual({});
  });
});
