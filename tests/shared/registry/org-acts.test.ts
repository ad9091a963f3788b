import { describe, expect, it } from "vitest";
import { omitUndefined } from "../../../shared/omit-undefined.ts";
import { decideOrgAct } from "../../../shared/registry/decide-org-act.ts";
import type { OrgAct, OrgActFacts, OrgReport } from "../../../shared/registry/org-act.ts";
import { orgActConsequences } from "../../../shared/registry/org-act-consequences.ts";
import { orgIn, priorSourcesOf } from "../../../shared/registry/org-in-year.ts";
import { orgSchema } from "../../../shared/registry/registry-schema.ts";
import type { FiscalYear, Member, OrgNode } from "../../../shared/registry/registry.ts";
import type { Role } from "../../../shared/workflow/roles.ts";

const region = "360200";
const org = (
  code: string,
  kind: OrgNode["kind"],
  parent?: string,
  more: Partial<OrgNode> = {},
): OrgNode => ({
  ...{ region, code, name: `机构${code}`, kind, version: 1 },
  ...omitUndefined({ parent }),
  ...more,
});
const city = [
  org("000", "bureau"),
  org("137", "department", "000"),
  org("137001", "unit", "137"),
  org("137002", "unit", "137"),
  org("200", "department", "000"),
  org("200001", "unit", "200"),
];
const year = (number: number, status: FiscalYear["status"] = "open"): FiscalYear => ({
  ...{ region, year: number, edition: "x", status, version: 1 },
  ...{ unitDue: "2099-01-01", departmentDue: "2099-02-01", bureauDue: "2099-03-01" },
});
const years = [year(2022, "closed"), year(2023), year(2024)];
const member = (subject: string, ...roles: readonly [Role, string][]): Member => ({
  ...{ region, subject, name: subject, version: 1 },
  memberships: roles.map(([role, orgCode]) => ({ role, orgCode })),
});
const factsOf = (orgs: readonly OrgNode[], more: Partial<OrgActFacts> = {}): OrgActFacts => ({
  orgs: new Map(orgs.map((one) => [one.code, one])),
  bureau: orgs.find(({ kind }) => kind === "bureau"),
  years,
  reports: [],
  people: [],
  ...more,
});
const by = {
  state: { administrators: ["xu"], grants: [] },
  by: { id: "xu", name: "许宁" },
  now: "2024-03-01T02:00:00.000Z",
};
const seen = (code: string, version = 1) => ({ code, version });
const of2024 = { year: 2024, reason: "机构改革" };

/** The nodes an act leaves changed, by code; its refusal as the sentence or code. */
function done(act: OrgAct, facts = factsOf(city)) {
  const decided = decideOrgAct(by, act, facts);
  if (!decided.ok) {
    return "message" in decided.error ? decided.error.message : decided.error.code;
  }
  const changed = decided.value.flatMap((event) =>
    event.type === "orgs_changed" ? event.changes.map(({ after }) => after) : [],
  );
  // What is stored must be read again.
  for (const one of changed) orgSchema.parse(one);
  return Object.fromEntries(changed.map((one) => [one.code, one]));
}
const changedOf = (act: OrgAct, facts = factsOf(city)): Record<string, OrgNode> => {
  const result = done(act, facts);
  if (typeof result === "string") throw new Error(result);
  return result;
};
const report = (
  orgCode: string,
  status: OrgReport["status"],
  more: Partial<OrgReport> = {},
): OrgReport => ({ orgCode, year: 2024, status, ...more });

describe("a node in a year", () => {
  it("is as it was: renamed and moved later, it keeps its name and department of before", () => {
    const renamed = changedOf({ type: "rename", org: seen("137001"), name: "新名", ...of2024 });
    const { "137001": unit } = changedOf(
      { type: "move", org: seen("137001", 2), to: "200", ...of2024 },
      factsOf([...city.filter(({ code }) => code !== "137001"), ...Object.values(renamed)]),
    );
    if (unit === undefined) throw new Error("not moved");
    expect(orgIn(unit, 2023)).toMatchObject({ name: "机构137001", parent: "137" });
    expect(orgIn(unit, 2024)).toMatchObject({ name: "新名", parent: "200" });
    expect(unit.earlier).toHaveLength(1);
    expect(unit.formerParents).toEqual(["137"]);
  });

  it("keeps each year's exemption, those of older records among them", () => {
    const old = org("137001", "unit", "137", { exempt: { year: 2023, reason: "新设" } });
    const facts = factsOf([...city.filter(({ code }) => code !== "137001"), old]);
    const after = changedOf({ type: "exempt", org: seen("137001"), ...of2024 }, facts)["137001"];
    if (after === undefined) throw new Error("not exempt");
    expect(orgIn(after, 2023)?.exempt).toEqual({ year: 2023, reason: "新设" });
    expect(orgIn(after, 2024)?.exempt).toEqual({ year: 2024, reason: "机构改革" });
    expect(orgIn(after, 2025)?.exempt).toBeUndefined();
  });

  it("is not there before it was founded, nor after it ended", () => {
    const { "137009": founded } = changedOf({
      ...{ type: "add", code: "137009", name: "新单位", kind: "unit", parent: "137" },
      ...of2024,
    });
    expect(founded && orgIn(founded, 2023)).toBeUndefined();
    expect(founded && orgIn(founded, 2024)).toMatchObject({ parent: "137" });
    const { "137001": ended } = changedOf({ type: "dissolve", org: seen("137001"), ...of2024 });
    expect(ended && orgIn(ended, 2023)).toBeDefined();
    expect(ended && orgIn(ended, 2024)).toBeUndefined();
  });
});

describe("units that become one", () => {
  const merge: OrgAct = {
    ...{ type: "merge", orgs: [seen("137001"), seen("137002")], into: seen("137001") },
    ...of2024,
  };

  it("leave one that adds their last year up, once", () => {
    const { "137001": kept, "137002": ended } = changedOf(merge);
    expect(ended?.dissolved).toEqual({
      ...{ from: 2024, reason: "机构改革", successors: ["137001"] },
    });
    expect(kept && priorSourcesOf(kept, 2024)).toEqual({
      ...{ codes: ["137001", "137002"], isMerged: true },
    });
    expect(kept && priorSourcesOf(kept, 2025)).toEqual({ codes: ["137001"], isMerged: false });
    const facts = factsOf(city, { people: [member("li", ["preparer", "137002"])] });
    const decided = decideOrgAct(by, merge, facts);
    if (!decided.ok) throw new Error(decided.error.code);
    const [event] = decided.value;
    const changes = event?.type === "orgs_changed" ? event.changes : [];
    const text = orgActConsequences(merge, facts, changes).join("\n");
    expect(text).toContain("“机构137001”、“机构137002”2023 年度决算相加提出");
    expect(text).toContain("li（编制人）");
  });

  it("or a new one under a code of its own, which has no last year but theirs", () => {
    const { "137100": founded, "137001": ended } = changedOf({
      ...merge,
      into: { code: "137100", version: 0, name: "新中心" },
    });
    expect(founded).toMatchObject({ since: 2024, parent: "137", name: "新中心" });
    expect(founded && priorSourcesOf(founded, 2024).codes).toEqual(["137001", "137002"]);
    expect(ended?.dissolved?.successors).toEqual(["137100"]);
  });

  it("departments bring their units along, from that year on", () => {
    const changed = changedOf({
      ...{ type: "merge", orgs: [seen("200"), seen("137")], into: seen("137") },
      ...of2024,
    });
    const unit = changed["200001"];
    expect(unit && orgIn(unit, 2023)?.parent).toBe("200");
    expect(unit && orgIn(unit, 2024)?.parent).toBe("137");
    expect(changed["200"]?.dissolved?.from).toBe(2024);
  });
});

it("a unit that is split leaves nodes without a last year, and ends where they take over", () => {
  const parts = [
    { code: "137011", name: "甲" },
    { code: "137012", name: "乙" },
  ];
  const split = { type: "split", org: seen("137001"), parts, stays: false } as const;
  const act = { ...split, ...of2024 };
  const { "137011": part, "137001": ended } = changedOf(act);
  expect(part && priorSourcesOf(part, 2024)).toEqual({ codes: [], isMerged: false });
  expect(part?.predecessors).toEqual([{ from: 2024, by: "split", codes: ["137001"] }]);
  expect(ended?.dissolved?.successors).toEqual(["137011", "137012"]);
  expect(done({ ...act, parts: parts.slice(0, 1) })).toContain("至少要分立出两个单位");
  expect(changedOf({ ...act, parts: parts.slice(0, 1), stays: true })["137001"]).toBeUndefined();
});

describe("refused, in a sentence", () => {
  const add = (more: Partial<Extract<OrgAct, { type: "add" }>>): OrgAct => ({
    ...{ type: "add", code: "137009", name: "新单位", kind: "unit", parent: "137" },
    ...of2024,
    ...more,
  });
  const move = { type: "move", org: seen("137001"), to: "200", ...of2024 } as const;
  const cases: readonly [string, OrgAct, string, Partial<OrgActFacts>?][] = [
    ["itself as its parent", add({ parent: "137009" }), "不能以自己为上级"],
    ["a unit under a unit", add({ parent: "137001" }), "不是主管部门"],
    ["a unit under nothing", add({ parent: "999" }), "没有登记"],
    ["a code in use", add({ code: "200001" }), "代码不能重复使用"],
    ["a year that is closed", { ...move, year: 2022 }, "2022 年度已经结束"],
    ["a year nobody opened", { ...move, year: 2031 }, "起始年度最晚是 2025 年度"],
    [
      "a move in mid-review",
      move,
      "“机构137001”2024 年度决算正在审核（部门审核）",
      { reports: [report("137001", "in_review", { stage: "department" })] },
    ],
    [
      "a move out of sums that are handed in",
      move,
      "已批复",
      { reports: [report("137", "approved")] },
    ],
    [
      "an end with a report under way",
      { type: "dissolve", org: seen("137001"), ...of2024 },
      "请从 2025 年度起办理",
      { reports: [report("137001", "draft")] },
    ],
    [
      "an end that leaves orphans",
      { type: "dissolve", org: seen("137"), ...of2024 },
      "2 个所属单位",
    ],
    ["a department moved", { ...move, org: seen("137"), to: "200" }, "只有单位可以划转"],
    [
      "an exemption of what is handed in",
      { type: "exempt", org: seen("137001"), ...of2024 },
      "已经报送的不能免报",
      { reports: [report("137001", "published")] },
    ],
    [
      "a unit merged into a department",
      { ...{ type: "merge", orgs: [seen("137001")], into: seen("200") }, ...of2024 },
      "同类的机构",
    ],
    [
      "two levels joined in one person",
      move,
      "编制人（机构137001）和部门审核人（机构200）",
      { people: [member("li", ["preparer", "137001"], ["department_reviewer", "200"])] },
    ],
  ];
  it.each(cases)("%s", (_, act, sentence, facts = {}) => {
    expect(done(act, factsOf(city, facts))).toContain(sentence);
  });

  it("a change earlier than the last one", () => {
    const moved = changedOf({ type: "move", org: seen("137001"), to: "200", ...of2024 });
    const facts = factsOf([
      ...city.filter(({ code }) => code !== "137001"),
      ...Object.values(moved),
    ]);
    const act = { type: "rename", org: seen("137001", 2), name: "新名", reason: "更名" } as const;
    expect(done({ ...act, year: 2023 }, facts)).toContain("2024 年度起已有变动");
    expect(changedOf({ ...act, year: 2024 }, facts)["137001"]?.name).toBe("新名");
  });

  it("what another administrator changed meanwhile", () => {
    expect(done({ ...move, org: seen("137001", 7) })).toBe("stale_version");
    const nobody = { ...by, by: { id: "li", name: "李" } };
    expect(decideOrgAct(nobody, move, factsOf(city))).toMatchObject({
      error: { code: "stale_version" },
    });
  });
});

it("two levels that somebody held before do not prevent a move", () => {
  const wu = member("wu", ["preparer", "137001"], ["unit_reviewer", "137001"]);
  const act = { type: "move", org: seen("137001"), to: "200", ...of2024 } as const;
  expect(typeof done(act, factsOf(city, { people: [wu] }))).toBe("object");
});

it("an end is taken back only while nobody took the business over", () => {
  const restore = (ended: Record<string, OrgNode>) => {
    const rest = city.filter(({ code }) => !(code in ended));
    return done(
      { type: "restore", org: seen("137002", 2), ...of2024 },
      factsOf([...rest, ...Object.values(ended)]),
    );
  };
  const ended = changedOf({ type: "dissolve", org: seen("137002"), ...of2024 });
  expect(restore(ended)).toMatchObject({ "137002": { version: 3 } });
  const merged = changedOf({
    ...{ type: "merge", orgs: [seen("137002")], into: seen("137001") },
    ...of2024,
  });
  expect(restore(merged)).toContain("已由“机构137001”承接");
});
