import { expect, it } from "vitest";
import { registryChangeText } from "../../../shared/registry/registry-words.ts";
import type { Member } from "../../../shared/registry/registry.ts";

const stamp = { at: "2023-08-01T02:00:00.000Z", by: "xu", byName: "许宁" };
const admin = { ...stamp, byRole: "bureau_admin" as const };
const names = {
  org: (code: string) => ({ "000": "市财政局", "137": "甲局", "200": "乙局" })[code] ?? code,
  edition: (id: string) => ({ "jiangxi-2022": "2022年度部门决算公开" })[id] ?? id,
};
const feng: Member = {
  ...{ region: "360200", subject: "feng", name: "冯远", version: 2 },
  memberships: [{ role: "bureau_reviewer", orgCode: "000" }],
};

it("a change of a person reads as what was and what is, by names and not by codes", () => {
  const after: Member = { ...feng, email: "f@example.org", memberships: [], version: 3 };
  const event = { ...admin, type: "member_changed", before: feng, after } as const;
  expect(registryChangeText(event, names)).toEqual({
    deed: "修改人员 冯远（feng）",
    changes: ["岗位：财政审核人（市财政局） → 无", "邮箱：无 → f@example.org"],
  });
});

it("a new person reads as what was set", () => {
  const event = { ...admin, type: "grant_asked", grant: "g", after: feng } as const;
  expect(registryChangeText(event, names)).toEqual({
    deed: "提出授权，等待第二名财政管理员确认：冯远（feng）",
    changes: ["姓名：冯远", "岗位：财政审核人（市财政局）"],
  });
});

it("a unit that moved and a year whose deadline changed say from which to which", () => {
  const unit = { region: "360200", code: "137001", name: "中心", kind: "unit" } as const;
  const moved = {
    ...({ ...admin, type: "org_changed" } as const),
    before: { ...unit, parent: "137", version: 1 },
    after: { ...unit, parent: "200", formerParents: ["137"], version: 2 },
  };
  expect(registryChangeText(moved, names).changes).toEqual(["上级：甲局 → 乙局"]);
  const year = {
    ...({ region: "360200", year: 2022, edition: "jiangxi-2022", status: "open" } as const),
    ...{ unitDue: "2023-08-01", departmentDue: "2023-08-10", bureauDue: "2023-08-20", version: 1 },
  };
  const extended = {
    ...({ ...admin, type: "year_changed" } as const),
    before: year,
    after: { ...year, bureauDue: "2023-08-31", version: 2 },
  };
  expect(registryChangeText(extended, names)).toEqual({
    deed: "修改 2022 年度",
    changes: ["批复期限：2023-08-20 → 2023-08-31"],
  });
});

it("a new year names its edition, by its id where no name is known", () => {
  const year = {
    ...({ region: "360200", year: 2022, status: "open" } as const),
    ...{ unitDue: "2023-08-01", departmentDue: "2023-08-10", bureauDue: "2023-08-20", version: 1 },
  };
  const opened = (edition: string) =>
    registryChangeText({ ...admin, type: "year_changed", after: { ...year, edition } }, names);
  expect(opened("jiangxi-2022").changes[0]).toBe("报表版式：2022年度部门决算公开");
  expect(opened("nowhere-2022").changes[0]).toBe("报表版式：nowhere-2022");
});
