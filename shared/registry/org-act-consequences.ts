import { assertNever } from "../result.ts";
import { roleName } from "../workflow/roles.ts";
import { childrenIn } from "./decide-org-act.ts";
import type { OrgAct, OrgActFacts } from "./org-act.ts";
import { isHandedIn, reportStateText } from "./org-act-reports.ts";
import { orgIn } from "./org-in-year.ts";
import type { OrgChange } from "./registry.ts";

/**
 * What follows from a change of the tree that was found possible, in sentences an administrator reads before it is
 * done: for reports, sums, last year's figures and people.
 */
export function orgActConsequences(
  act: OrgAct,
  facts: OrgActFacts,
  changes: readonly OrgChange[],
): readonly string[] {
  if (changes.length === 0) return ["与现有登记相同，没有要变更的。"];
  const { year } = act;
  const since = `${String(year)} 年度`;
  const kept = `${String(year - 1)} 年度及以前的报告、汇总和公开页面仍按当年的机构。`;
  switch (act.type) {
    case "add":
      return [
        `“${act.name}”从 ${since}起编报。`,
        ...(act.parent === undefined ? [] : waitingFor(facts, act.parent, year)),
        act.kind === "unit"
          ? "它还没有人员，请随后指定编制人和单位审核人。"
          : "它还没有人员，请随后指定编制人、部门审核人、保密审查人和部门负责人。",
      ];
    case "rename":
      return [
        `从 ${since}起的报表、说明和公开页面用“${act.name}”。`,
        kept,
        ...renaming(act, facts),
      ];
    case "move":
      return [
        `从 ${since}起由“${nameOf(facts, act.to)}”审核和汇总，原主管部门不再汇总它。`,
        kept,
        ...drafts(facts, [act.org.code], year).map(
          (one) =>
            `${String(one.year)} 年度决算${reportStateText(one)}，报送后由新的主管部门审核。`,
        ),
        ...waitingFor(facts, act.to, year),
        "单位的编制人、审核人不变。",
      ];
    case "split":
      return [
        `从 ${since}起另有 ${String(act.parts.length)} 个单位编报：${act.parts.map(({ name }) => `“${name}”`).join("、")}。`,
        act.stays
          ? `“${nameOf(facts, act.org.code)}”继续编报。`
          : `“${nameOf(facts, act.org.code)}”从 ${since}起不再编报。`,
        kept,
        `分立出的单位${since}的上年数不能从原单位取得，请按划分方案填列。`,
        "分立出的单位还没有人员，请随后指定编制人和单位审核人。",
        ...(act.stays ? [] : leftPeople(facts, [act.org.code], year)),
      ];
    case "merge":
      return merging(act, facts, kept);
    case "dissolve":
      return [
        `“${nameOf(facts, act.org.code)}”从 ${since}起不再编报，也不在进度、待办和汇总中。`,
        kept,
        ...leftPeople(facts, [act.org.code], year),
      ];
    case "restore":
      return [`“${nameOf(facts, act.org.code)}”从 ${since}起照常编报，如同没有撤销。`];
    case "exempt":
      return [
        `${since}不编报，主管部门的汇总不等待它；公开页面写明免报及原因。其他年度不变。`,
        ...drafts(facts, [act.org.code], year)
          .filter((one) => one.year === year)
          .map(() => `${since}决算正在编制，免报后不再催报；已填的内容保留。`),
      ];
    case "require":
      return [`${since}照常编报，主管部门的汇总等待它。`];
    default:
      return assertNever(act);
  }
}

const nameOf = ({ orgs }: OrgActFacts, code: string): string => orgs.get(code)?.name ?? code;

const drafts = ({ reports }: OrgActFacts, codes: readonly string[], year: number) =>
  reports.filter(
    (one) => codes.includes(one.orgCode) && one.year >= year && one.status === "draft",
  );

/** A department whose report is handed in meets a unit that it did not add up. */
const waitingFor = (facts: OrgActFacts, department: string, year: number): string[] =>
  facts.reports
    .filter((one) => one.orgCode === department && one.year >= year && isHandedIn(one))
    .map(
      (one) =>
        `“${nameOf(facts, department)}”${String(one.year)} 年度决算${reportStateText(one)}，没有汇总这个单位；退回编制后须重新汇总。`,
    );

const renaming = (
  { org, year }: Extract<OrgAct, { type: "rename" }>,
  { reports }: OrgActFacts,
): string[] =>
  reports
    .filter((one) => one.orgCode === org.code && one.year >= year)
    .map((one) =>
      isHandedIn(one)
        ? `${String(one.year)} 年度决算${reportStateText(one)}，已经报送的版本仍用旧名称；退回编制或更正时改用新名称。`
        : `${String(one.year)} 年度决算正在编制，随即改用新名称。`,
    );

function merging(
  act: Extract<OrgAct, { type: "merge" }>,
  facts: OrgActFacts,
  kept: string,
): string[] {
  const { into, year } = act;
  const since = `${String(year)} 年度`;
  const sources = act.orgs.map(({ code }) => code).filter((code) => code !== into.code);
  const names = sources.map((code) => `“${nameOf(facts, code)}”`).join("、");
  const target = into.name ?? nameOf(facts, into.code);
  const along = sources.flatMap((code) => childrenIn(facts, code, year));
  const before = [...(into.name === undefined ? [into.code] : []), ...sources];
  return [
    `${names}从 ${since}起并入“${target}”，不再编报。`,
    ...(along.length === 0 ? [] : [`所属的 ${String(along.length)} 个单位一并划转到“${target}”。`]),
    kept,
    `“${target}”${since}的上年数，按${before.map((code) => `“${nameOf(facts, code)}”`).join("、")}${String(year - 1)} 年度决算相加提出，由编制人核对后采用。`,
    ...(into.name === undefined ? [] : [`“${target}”还没有人员，请随后指定。`]),
    ...leftPeople(facts, sources, year),
  ];
}

/** People named one by one; more are only counted. */
const maxNamed = 5;

function leftPeople(
  { people, orgs }: OrgActFacts,
  codes: readonly string[],
  year: number,
): string[] {
  const held = people.flatMap(({ name, memberships }) =>
    memberships
      .filter(({ orgCode }) => codes.includes(orgCode))
      .map(({ role }) => `${name}（${roleName[role]}）`),
  );
  if (held.length === 0) return [];
  const named = held.slice(0, maxNamed).join("、");
  const more = held.length > maxNamed ? `等 ${String(held.length)} 个岗位` : "";
  const isOld = codes.some((code) => {
    const org = orgs.get(code);
    return org !== undefined && orgIn(org, year - 1) !== undefined;
  });
  return [
    `${named}${more}${isOld ? "的岗位保留，仍可查看以前年度的报告；" : ""}从 ${String(year)} 年度起没有报告可办，需要时请移交岗位。`,
  ];
}
