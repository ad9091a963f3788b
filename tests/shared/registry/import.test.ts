import { describe, expect, it } from "vitest";
import type { GridValue, SheetGrid } from "../../../shared/forms/workbook-grid.ts";
import { planOrgs } from "../../../shared/registry/import/plan-orgs.ts";
import { planPeople } from "../../../shared/registry/import/plan-people.ts";
import { readRegistrySheets } from "../../../shared/registry/import/registry-sheets.ts";
import { undoItems } from "../../../shared/registry/import/undo-import.ts";
import type { ImportPlan } from "../../../shared/registry/import/import-plan.ts";
import type { Member, OrgNode } from "../../../shared/registry/registry.ts";

const region = "360200";
const bureau: OrgNode = { region, code: "000", name: "财政局", kind: "bureau", version: 1 };
const department = (code: string): OrgNode => ({
  ...{ region, code, name: `部门${code}`, kind: "department", parent: "000", version: 1 },
});
const unit = (code: string, parent: string): OrgNode => ({
  ...{ region, code, name: `单位${code}`, kind: "unit", parent, version: 1 },
});
const city = [bureau, department("137"), unit("137001", "137"), department("200")];
const by = {
  state: { administrators: ["sun", "xu"], grants: [] },
  by: { id: "xu", name: "许宁" },
  now: "2024-03-01T02:00:00.000Z",
};
const sheet = (name: string, ...rows: GridValue[][]): SheetGrid => ({ name, rows, merges: [] });
const orgHead = ["机构代码", "机构名称", "类别", "上级代码", "撤销"];
const peopleHead = ["姓名", "账号", "手机", "邮箱", "机构代码", "岗位", "结束"];

function planned(rows: GridValue[][]) {
  const { orgs } = readRegistrySheets([sheet("机构", orgHead, ...rows)]);
  return planOrgs(
    by,
    orgs,
    { year: 2024, reason: "初次登记" },
    {
      ...{ bureau, years: [], reports: [], people: [] },
      orgs: new Map(city.map((org) => [org.code, org])),
    },
  );
}
function plannedPeople(rows: GridValue[][], members: readonly Member[] = []) {
  const { people } = readRegistrySheets([sheet("人员", peopleHead, ...rows)]);
  let id = 0;
  return planPeople(by, people, {
    ...{ region, invitations: [], holders: members },
    orgs: new Map(city.map((org) => [org.code, org])),
    members: new Map(members.map((one) => [one.subject, one])),
    newId: () => `id-${String((id += 1))}`,
  });
}

describe("a sheet of nodes", () => {
  it("adds, renames and moves in whatever order its rows are", () => {
    const { faults, changes, orgs } = planned([
      ["300001", "新单位", "预算单位", "300", ""],
      ["300", "新部门", "主管部门", "", ""],
      ["137001", "改名单位", "", "200", ""],
      ["200", "部门200", "主管部门", "", ""],
    ]);
    expect(faults).toEqual([]);
    expect(changes.map(({ after, acts }) => [after.code, acts.join()])).toEqual([
      ["300", "add"],
      ["300001", "add"],
      ["137001", "rename,move"],
    ]);
    expect(orgs.get("137001")).toMatchObject({ name: "改名单位", parent: "200", version: 2 });
    expect(orgs.get("300001")).toMatchObject({ parent: "300", since: 2024, version: 1 });
  });

  it.each([
    [
      "a circle",
      [
        ["300", "甲", "预算单位", "301"],
        ["301", "乙", "预算单位", "300"],
      ],
      "机构!D2",
      "300 → 301 → 300",
    ],
    [
      "an orphan",
      [["300001", "甲", "预算单位", "300"]],
      "机构!D2",
      "“300”没有登记，表里也没有这一行",
    ],
    ["a unit under a unit", [["300001", "甲", "预算单位", "137001"]], "机构!A2", "不是主管部门"],
    [
      "a code twice",
      [
        ["300", "甲", "主管部门"],
        ["300", "乙", "主管部门"],
      ],
      "机构!A3",
      "与 机构!A2 重复",
    ],
    ["a code of letters", [["三百", "甲", "主管部门"]], "机构!A2", "代码“三百”不合规"],
    [
      "an end of what is not there",
      [["300", "甲", "主管部门", "", "是"]],
      "机构!E2",
      "没有登记，不能撤销",
    ],
    ["an end that leaves units", [["137", "", "", "", "是"]], "机构!E2", "1 个所属单位"],
    ["another kind", [["137001", "", "主管部门"]], "机构!C2", "类别建立后不能更改"],
    ["no name", [["300", "", "主管部门"]], "机构!B2", "没有填名称"],
  ] as const)("names %s at its cell", (_, rows, where, sentence) => {
    const { faults, changes } = planned(rows.map((row) => [...row]));
    expect(faults[0]?.where).toBe(where);
    expect(faults[0]?.message).toContain(sentence);
    if (_ !== "a unit under a unit" && _ !== "an end that leaves units")
      expect(changes).toEqual([]);
  });

  it("is found by the names of its sheets and heads", () => {
    const nothing = readRegistrySheets([sheet("Sheet1", orgHead)]);
    expect(nothing.faults[0]).toMatchObject({ where: "导入文件" });
    expect(nothing.faults[0]?.message).toContain("“Sheet1”");
    const headless = readRegistrySheets([sheet("机构", ["代码", "名称"])]);
    expect(headless.faults[0]).toMatchObject({ where: "机构!A1" });
    const titled = readRegistrySheets([
      sheet("机构", ["某市机构名册"], [], ["机构名称", "机构代码"], ["甲", 300]),
    ]);
    expect(titled.orgs[0]?.text).toMatchObject({ 机构代码: "300", 机构名称: "甲" });
    expect(titled.orgs[0]?.at("机构代码")).toBe("机构!B4");
    const many = Array.from({ length: 1001 }, (_, index) => [String(100000 + index), "甲"]);
    expect(readRegistrySheets([sheet("机构", orgHead, ...many)]).faults[0]?.message).toContain(
      "1001",
    );
  });
});

describe("a sheet of people", () => {
  const li: Member = {
    ...{ region, subject: "li", name: "李敏", version: 3 },
    memberships: [{ role: "preparer", orgCode: "137001" }],
  };

  it("ends the roles that a row says so of, and names where nobody is left", () => {
    const both: Member = {
      ...li,
      memberships: [...li.memberships, { role: "unit_reviewer", orgCode: "137001" }],
    };
    const ended = plannedPeople([["李敏", "li", "", "", "137001", "编制人", "是"]], [both]);
    expect(ended.faults).toEqual([]);
    expect(ended.changes[0]?.after.memberships).toEqual([
      { role: "unit_reviewer", orgCode: "137001" },
    ]);
    expect(ended.vacancies).toEqual([{ role: "preparer", orgCode: "137001" }]);
    const replaced = plannedPeople(
      [
        ["李敏", "li", "", "", "137001", "编制人", "是"],
        ["王强", "", "13800000000", "", "137001", "编制人", ""],
      ],
      [both],
    );
    expect(replaced.vacancies).toEqual([]);
    const wang = { ...li, subject: "wang", name: "王强" };
    expect(
      plannedPeople([["李敏", "li", "", "", "137001", "编制人", "是"]], [li, wang]).vacancies,
    ).toEqual([]);
  });

  it.each([
    [
      "without an account",
      ["李敏", "", "13800000000", "", "137001", "编制人", "是"],
      "人员!B2",
      "没有填账号",
    ],
    ["of nobody", ["李敏", "zhao", "", "", "137001", "编制人", "是"], "人员!B2", "“zhao”没有登记"],
    [
      "that is not held",
      ["李敏", "li", "", "", "200", "编制人", "是"],
      "人员!G2",
      "没有编制人这个岗位",
    ],
    [
      "by another word",
      ["李敏", "li", "", "", "137001", "编制人", "撤"],
      "人员!G2",
      "只能填“是”或不填",
    ],
  ])("ends no role %s", (_, row, where, message) => {
    const { faults, changes } = plannedPeople([row], [li]);
    expect(changes).toEqual([]);
    expect(faults).toMatchObject([{ where, message: expect.stringContaining(message) as string }]);
  });

  it("adds roles to those who are there, and takes none by itself", () => {
    const { changes, faults } = plannedPeople([["李敏", "li", "", "", "200", "编制人"]], [li]);
    expect(faults).toEqual([]);
    expect(changes[0]?.after.memberships).toEqual([
      { role: "preparer", orgCode: "137001" },
      { role: "preparer", orgCode: "200" },
    ]);
    expect(changes[0]?.after.version).toBe(4);
  });

  it("invites who has no account, by one address in whatever spelling, with all of their rows", () => {
    const { invitees, faults } = plannedPeople([
      ["王强", "", "138 0000 0000", "", "137001", "编制人"],
      ["王强", "", "+86 13800000000", "", "200", "编制人"],
    ]);
    expect(faults).toEqual([]);
    expect(invitees).toMatchObject([{ name: "王强", mobile: "13800000000" }]);
    expect(invitees[0]?.memberships).toHaveLength(2);
  });

  it("lets two levels of one line wait for the second administrator", () => {
    const { grants, changes } = plannedPeople([["李敏", "li", "", "", "137", "部门审核人"]], [li]);
    expect(changes).toEqual([]);
    expect(grants[0]?.after.memberships).toHaveLength(2);
  });

  it.each([
    [
      "the same role twice",
      [
        ["李", "li", "", "", "137001", "编制人"],
        ["李", "li", "", "", "137001", "编制人"],
      ],
      "人员!A3",
      "与 人员!A2 重复",
    ],
    [
      "one account, two names",
      [
        ["李", "li", "", "", "137001", "编制人"],
        ["王", "li", "", "", "200", "编制人"],
      ],
      "人员!A3",
      "只能是一个人",
    ],
    ["nobody's account", [["李", "", "", "", "137001", "编制人"]], "人员!B2", "不知道是谁"],
    [
      "a number that is none",
      [["李", "", "1380000", "", "137001", "编制人"]],
      "人员!C2",
      "手机号“1380000”不合规",
    ],
    [
      "a role there is not",
      [["李", "li", "", "", "137001", "会计"]],
      "人员!F2",
      "岗位“会计”不认识",
    ],
    ["a node there is not", [["李", "li", "", "", "999", "编制人"]], "人员!E2", "“999”没有登记"],
    [
      "a role where it is not held",
      [["李", "li", "", "", "137001", "财政审核人"]],
      "人员!B2",
      "没有“财政审核人”这个岗位",
    ],
    ["oneself", [["许宁", "xu", "", "", "137001", "编制人"]], "人员!B2", "不能更改自己"],
  ] as const)("names %s at its cell", (_, rows, where, sentence) => {
    const { faults, changes } = plannedPeople(rows.map((row) => [...row]));
    expect(faults[0]?.where).toBe(where);
    expect(faults[0]?.message).toContain(sentence);
    expect(changes.length).toBe(0);
  });
});

describe("an import is taken back", () => {
  const added: OrgNode = { ...unit("300001", "137"), since: 2024 };
  const person: Member = {
    ...{ region, subject: "li", name: "李", version: 1 },
    memberships: [{ role: "preparer", orgCode: "300001" }],
  };
  const plan: ImportPlan = {
    ...{ region, fileName: "名册.xlsx", year: 2024, reason: "初次登记", seq: 7 },
    items: [
      {
        kind: "org",
        after: {
          ...{ region, code: "300001", name: "单位300001", parent: "137", since: 2024, version: 1 },
          kind: "unit",
        },
      },
      { kind: "member", after: { ...person, memberships: [...person.memberships] } },
    ],
  };
  const facts = {
    state: by.state,
    orgs: new Map([[added.code, added]]),
    members: new Map([[person.subject, person]]),
    invitations: new Map(),
    reports: [],
  };

  it("in reverse, as if it had not been", () => {
    const { items, built } = undoItems(plan, facts);
    expect(built).toEqual([]);
    expect(items.map(({ kind }) => kind)).toEqual(["member", "org"]);
    expect(items[0]).toMatchObject({ after: { memberships: [], version: 2 } });
    expect(items[1]).toMatchObject({ after: { dissolved: { from: 2024 }, version: 2 } });
  });

  it("not once something rests on it, and says what", () => {
    const moved = new Map([[added.code, { ...added, version: 2 }]]);
    expect(undoItems(plan, { ...facts, orgs: moved }).built[0]).toContain("导入后又有变动");
    const reports = [{ orgCode: "300001", year: 2024, status: "draft" as const }];
    expect(undoItems(plan, { ...facts, reports }).built[0]).toContain("2024 年度决算已经建立");
  });
});
