import { describe, expect, it } from "vitest";
import { entryOfRegistry, entryOfReport, matchesEntry } from "../../../shared/audit/audit-entry.ts";
import { auditEntrySchema } from "../../../shared/audit/audit-entry-schema.ts";

const hash = "a".repeat(64);
const link = { previous: hash, hash };
const place = { year: 2022, orgCode: "137001", orgName: "市政务服务中心" };
const returned = entryOfReport(place, {
  ...{ reportId: "360200-2022-137001", seq: 3, ...link },
  event: {
    ...{ at: "2023-08-01T02:00:00.000Z", by: "wangqiang", byName: "王强", byRole: "unit_reviewer" },
    ...{ type: "returned", stage: "unit", to: "preparer", reason: "核对。".repeat(400) },
    ...{ editionHash: hash, threadsHash: hash },
  },
});
const stamp = {
  ...{ at: "2023-08-01T02:00:00.000Z", by: "xuning", byName: "徐宁" },
  byRole: "bureau_admin",
} as const;
const member = entryOfRegistry({
  ...{ region: "360200", seq: 5, ...link },
  event: {
    ...stamp,
    type: "member_changed",
    after: {
      ...{ region: "360200", subject: "limin", name: "李敏", version: 1 },
      memberships: [{ role: "preparer", orgCode: "137001" }],
    },
  },
});

describe("an entry of the audit log", () => {
  it("says who did what where, and stays within one write unit", () => {
    expect(returned).toMatchObject({
      ...{ byName: "王强", type: "returned", seq: 3, reportId: "360200-2022-137001" },
      ...{ year: 2022, orgCode: "137001", about: "市政务服务中心" },
    });
    expect(returned.deed).toMatch(/^单位审核退回：核对。.*…$/u);
    expect(Buffer.byteLength(JSON.stringify(returned))).toBeLessThan(1024);
    expect(member).toMatchObject({
      about: "李敏",
      deed: "增加人员 李敏（limin）；姓名：李敏；岗位：编制人（137001）",
    });
    for (const entry of [returned, member]) expect(auditEntrySchema.parse(entry)).toEqual(entry);
  });

  it("is found by who acted, and a change of a person by that person, too", () => {
    expect(matchesEntry(returned, { person: "王强" })).toBe(true);
    expect(matchesEntry(returned, { person: "WANG" })).toBe(true);
    expect(matchesEntry(returned, { person: "市政务" })).toBe(false);
    expect(matchesEntry(member, { person: "李敏" })).toBe(true);
    expect(matchesEntry(member, { person: "王强" })).toBe(false);
  });

  it("is found by its unit and its kind, and only where all holds", () => {
    expect(matchesEntry(returned, { unit: "137001" })).toBe(true);
    expect(matchesEntry(returned, { unit: "服务中心", type: "returned" })).toBe(true);
    expect(matchesEntry(returned, { unit: "服务中心", type: "submitted" })).toBe(false);
    expect(matchesEntry(member, { unit: "李敏" })).toBe(false);
  });
});
