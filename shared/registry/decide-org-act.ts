import { omit } from "../omit.ts";
import { omitUndefined } from "../omit-undefined.ts";
import { assertNever, err, ok, type Result } from "../result.ts";
import { addedPairs, twoLevels } from "../workflow/levels.ts";
import {
  invalid,
  isNoAdministrator,
  levelsText,
  stale,
  stampOf,
  type Decided,
  type RegistryCase,
} from "./decide-registry.ts";
import type { NewOrg, OrgAct, OrgActFacts, SeenOrg } from "./org-act.ts";
import { handedInFault, reportFault } from "./org-act-reports.ts";
import { changedFrom, nodeIn, withPredecessors } from "./org-change.ts";
import { exemptionOf, exemptionsOf, isEver, orgIn } from "./org-in-year.ts";
import type { OrgChange, OrgNode } from "./registry.ts";

/** What an act changes, or the sentence that says why it cannot be done. */
type Changes = Result<readonly OrgChange[], string>;
type ActOf<Type extends OrgAct["type"]> = Extract<OrgAct, { readonly type: Type }>;

/** Nodes that one act changes: an event of so many stays below 60 KB. Larger reforms come as an import. */
export const maxChanges = 60;

/** Decides a change of the tree, which stays one of a bureau, its departments and their units in every year. */
export function decideOrgAct(
  circumstances: RegistryCase,
  act: OrgAct,
  facts: OrgActFacts,
): Decided {
  if (isNoAdministrator(circumstances)) return stale;
  if (seenIn(act).some(({ code, version }) => (facts.orgs.get(code)?.version ?? 0) !== version)) {
    return stale;
  }
  const early = yearFault(act, facts);
  if (early !== undefined) return invalid(early);
  const changes = changesOf(act, facts);
  if (!changes.ok) return invalid(changes.error);
  if (changes.value.length === 0) return ok([]);
  if (changes.value.length > maxChanges) {
    return invalid(
      `这次变动涉及 ${String(changes.value.length)} 个机构，一次最多 ${String(maxChanges)} 个。请先分批划转所属单位，或用导入办理。`,
    );
  }
  const joined = peopleJoining(changes.value, facts);
  if (joined !== undefined) return invalid(joined);
  const { type, year, reason } = act;
  return ok([
    {
      ...{ ...stampOf(circumstances), type: "orgs_changed" },
      act: { type, year, reason },
      changes: changes.value,
    },
  ]);
}

function seenIn(act: OrgAct): readonly SeenOrg[] {
  switch (act.type) {
    case "add":
      return [];
    case "merge":
      return act.into.name === undefined ? [...act.orgs, act.into] : act.orgs;
    default:
      return [act.org];
  }
}

function yearFault({ type, year }: OrgAct, { years }: OrgActFacts): string | undefined {
  const isOfOneYear = type === "exempt" || type === "require";
  const closed = years
    .filter(
      (one) => one.status === "closed" && (isOfOneYear ? one.year === year : one.year >= year),
    )
    .map((one) => one.year);
  if (closed.length > 0) {
    const last = Math.max(...closed);
    return `${String(last)} 年度已经结束，那一年的机构不能再变。请从 ${String(last + 1)} 年度或以后起办理。`;
  }
  const latest = Math.max(...years.map((one) => one.year));
  return years.length > 0 && year > latest + 1
    ? `起始年度最晚是 ${String(latest + 1)} 年度：最近开启的是 ${String(latest)} 年度。请核对年度。`
    : undefined;
}

function changesOf(act: OrgAct, facts: OrgActFacts): Changes {
  switch (act.type) {
    case "add":
      return added(act, facts);
    case "rename":
      return renamed(act, facts);
    case "move":
      return moved(act, facts);
    case "split":
      return split(act, facts);
    case "merge":
      return merged(act, facts);
    case "dissolve":
      return dissolved(act, facts);
    case "restore":
      return restored(act, facts);
    case "exempt":
    case "require":
      return exempted(act, facts);
    default:
      return assertNever(act);
  }
}

function added(act: ActOf<"add">, facts: OrgActFacts): Changes {
  const { bureau } = facts;
  if (bureau === undefined) return err("本地区还没有登记财政部门，不能增加机构。");
  const { kind, year } = act;
  if (kind === "department") {
    return act.parent === undefined || act.parent === bureau.code
      ? entered(act, { kind, year, parent: bureau.code }, facts)
      : err(`主管部门的上级是财政部门“${bureau.name}”，不能是“${act.parent}”。请核对上级。`);
  }
  if (act.parent === undefined) return err(`单位“${act.name}”没有写主管部门。请选择主管部门。`);
  const fault = parentFault(act.parent, act, facts);
  return fault === undefined ? entered(act, { kind, year, parent: act.parent }, facts) : err(fault);
}

/** A node under a code that nobody ever used. */
function entered(
  { code, name }: NewOrg,
  place: { readonly kind: OrgNode["kind"]; readonly year: number; readonly parent: string },
  { orgs, bureau }: OrgActFacts,
): Changes {
  const before = orgs.get(code);
  if (before !== undefined && isEver(before)) {
    const ended = before.dissolved === undefined ? "" : "（已撤销）";
    return err(`机构代码“${code}”已由“${before.name}”${ended}使用，代码不能重复使用。请另编代码。`);
  }
  if (bureau === undefined) return err("本地区还没有登记财政部门，不能增加机构。");
  const { kind, year, parent } = place;
  const after: OrgNode = {
    ...{ region: bureau.region, code, name, kind, parent, since: year },
    version: (before?.version ?? 0) + 1,
  };
  return ok([{ ...omitUndefined({ before }), after }]);
}

function parentFault(
  parent: string,
  { code, year }: { readonly code: string; readonly year: number },
  { orgs }: OrgActFacts,
): string | undefined {
  if (parent === code) return `机构“${code}”不能以自己为上级。请核对上级代码。`;
  const node = orgs.get(parent);
  if (node === undefined) return `上级代码“${parent}”没有登记。请先登记主管部门，或核对代码。`;
  if (node.kind !== "department") {
    return `上级“${node.name}”不是主管部门，单位只能在主管部门之下。请核对上级代码。`;
  }
  return orgIn(node, year) === undefined
    ? `上级“${node.name}”在 ${String(year)} 年度不存在（${lifeText(node)}）。请核对上级或起始年度。`
    : undefined;
}

const lifeText = ({ since, dissolved }: OrgNode): string =>
  [
    ...(since === undefined ? [] : [`${String(since)} 年起设立`]),
    ...(dissolved === undefined ? [] : [`${String(dissolved.from)} 年起撤销`]),
  ].join("，");

function renamed({ org, name, year }: ActOf<"rename">, facts: OrgActFacts): Changes {
  const node = nodeIn(facts, org.code, year);
  if (!node.ok) return node;
  const { stored, then } = node.value;
  if (then.name === name) return ok([]);
  const after = changedFrom(stored, year, { name, parent: stored.parent });
  return after.ok ? ok([{ before: stored, after: after.value }]) : after;
}

function moved({ org, to, year }: ActOf<"move">, facts: OrgActFacts): Changes {
  const node = nodeIn(facts, org.code, year);
  if (!node.ok) return node;
  const { stored, then } = node.value;
  if (stored.kind !== "unit") {
    return err(`“${stored.name}”不是预算单位。只有单位可以划转；部门之间请办理合并。`);
  }
  const fault = parentFault(to, { code: org.code, year }, facts);
  if (fault !== undefined) return err(fault);
  if (then.parent === to && stored.parent === to) {
    return err(
      `“${stored.name}”在 ${String(year)} 年度已经由“${nameOf(facts, to)}”主管，不必划转。`,
    );
  }
  return movedTo(stored, { to, year }, facts);
}

function movedTo(
  stored: OrgNode,
  { to, year }: { readonly to: string; readonly year: number },
  facts: OrgActFacts,
): Changes {
  const departments = [to, ...(stored.parent === undefined ? [] : [stored.parent])];
  const fault =
    handedInFault(facts, [stored.code], year, "现在划转会改变它的审核人") ??
    handedInFault(facts, departments, year, "现在划转会改变它已经汇总的单位");
  if (fault !== undefined) return err(fault);
  const after = changedFrom(stored, year, { name: stored.name, parent: to });
  return after.ok ? ok([{ before: stored, after: after.value }]) : after;
}

function split(act: ActOf<"split">, facts: OrgActFacts): Changes {
  const { org, parts, stays, year, reason } = act;
  const node = nodeIn(facts, org.code, year);
  if (!node.ok) return node;
  const { stored, then } = node.value;
  if (stored.kind !== "unit" || then.parent === undefined) {
    return err(`“${stored.name}”不是预算单位。部门分立请先增加新部门，再把单位划转过去。`);
  }
  const parent = then.parent;
  if (!stays && parts.length < 2) return err("原单位不保留时，至少要分立出两个单位。");
  const repeated = parts.find(
    ({ code }, index) => parts.findIndex((one) => one.code === code) < index,
  );
  if (repeated !== undefined)
    return err(`分立出的单位代码“${repeated.code}”写了两次。请核对代码。`);
  const codes = parts.map(({ code }) => code);
  const changes: OrgChange[] = [];
  for (const part of parts) {
    const one = entered(part, { kind: "unit", year, parent }, facts);
    if (!one.ok) return one;
    changes.push(
      ...one.value.map((change) => ({
        ...change,
        after: withPredecessors(change.after, { from: year, by: "split", codes: [stored.code] }),
      })),
    );
  }
  if (stays) return ok(changes);
  const ended = endedFrom(stored, { from: year, reason, successors: codes }, facts);
  return ended.ok ? ok([...ended.value, ...changes]) : ended;
}

function merged(act: ActOf<"merge">, facts: OrgActFacts): Changes {
  const { into, year, reason } = act;
  const codes = [...new Set(act.orgs.map(({ code }) => code))].filter((code) => code !== into.code);
  if (codes.length < (into.name === undefined ? 1 : 2)) return err("合并至少要有两个机构。");
  const sources: OrgNode[] = [];
  for (const code of codes) {
    const node = nodeIn(facts, code, year);
    if (!node.ok) return node;
    sources.push(node.value.stored);
  }
  const [first] = sources;
  if (first === undefined) return err("合并至少要有两个机构。");
  const target = mergeTarget(act, first, facts);
  if (!target.ok) return target;
  const { kind } = target.value.after;
  const other = sources.find((one) => one.kind !== kind);
  if (other !== undefined || kind === "bureau") {
    return err("只有同类的机构可以合并：单位与单位，主管部门与主管部门。");
  }
  const changes: OrgChange[] = [
    {
      ...target.value,
      after: withPredecessors(target.value.after, { from: year, by: "merge", codes }),
    },
  ];
  for (const source of sources) {
    const along = kind === "department" ? childrenIn(facts, source.code, year) : [];
    for (const child of along) {
      const change = movedTo(child, { to: into.code, year }, facts);
      if (!change.ok) return change;
      changes.push(...change.value);
    }
    const ended = endedFrom(source, { from: year, reason, successors: [into.code] }, facts);
    if (!ended.ok) return ended;
    changes.push(...ended.value);
  }
  return ok(changes);
}

/** What the others become part of: `after` is it before they are added to it. */
function mergeTarget(
  { into, year }: ActOf<"merge">,
  first: OrgNode,
  facts: OrgActFacts,
): Result<OrgChange, string> {
  const { code, name } = into;
  if (name !== undefined) {
    const { kind } = first;
    const parent = orgIn(first, year)?.parent ?? "";
    const one = entered({ code, name }, { kind, year, parent }, facts);
    if (!one.ok) return one;
    const [change] = one.value;
    return change === undefined ? err("合并后的机构没有写明。") : ok(change);
  }
  const node = nodeIn(facts, code, year);
  if (!node.ok) return node;
  const { stored } = node.value;
  const fault = handedInFault(facts, [code], year, "现在并入会改变它的报告范围");
  if (fault !== undefined) return err(fault);
  return ok({ before: stored, after: { ...stored, version: stored.version + 1 } });
}

function dissolved({ org, year, reason }: ActOf<"dissolve">, facts: OrgActFacts): Changes {
  const node = nodeIn(facts, org.code, year);
  if (!node.ok) return node;
  const { stored } = node.value;
  if (stored.kind === "bureau") return err("财政部门不能撤销。");
  const left = childrenIn(facts, stored.code, year);
  if (left.length > 0) {
    const names = left.slice(0, 3).map(({ name }) => `“${name}”`);
    return err(
      `“${stored.name}”在 ${String(year)} 年度还有 ${String(left.length)} 个所属单位（${names.join("、")}${left.length > 3 ? "等" : ""}），撤销后它们没有主管部门。请先划转或撤销这些单位，或办理部门合并。`,
    );
  }
  return endedFrom(stored, { from: year, reason }, facts);
}

function endedFrom(
  stored: OrgNode,
  dissolution: NonNullable<OrgNode["dissolved"]>,
  facts: OrgActFacts,
): Changes {
  const { from } = dissolution;
  const last = stored.earlier?.at(-1);
  if (last !== undefined && from <= last.through) {
    return err(
      `“${stored.name}”在 ${String(last.through + 1)} 年度还有变动，不能从更早的年度起撤销。请从 ${String(last.through + 1)} 年度或以后起办理。`,
    );
  }
  const fault = reportFault(facts, stored.code, from);
  if (fault !== undefined) return err(fault);
  return ok([
    { before: stored, after: { ...stored, dissolved: dissolution, version: stored.version + 1 } },
  ]);
}

/** Nodes under a department in a year, or in one after it. */
export const childrenIn = ({ orgs }: OrgActFacts, code: string, year: number): readonly OrgNode[] =>
  [...orgs.values()].filter((org) => {
    const isLeft = year < (org.dissolved?.from ?? Infinity) && isEver(org);
    return isLeft && (orgIn(org, year)?.parent === code || org.parent === code);
  });

function restored({ org, year }: ActOf<"restore">, facts: OrgActFacts): Changes {
  const stored = facts.orgs.get(org.code);
  if (stored?.dissolved === undefined || !isEver(stored)) {
    return err(`“${stored?.name ?? org.code}”没有撤销，不必恢复。`);
  }
  const { dissolved: ended, ...rest } = stored;
  if (ended.successors !== undefined) {
    const names = ended.successors.map((code) => `“${nameOf(facts, code)}”`).join("、");
    return err(`“${stored.name}”的业务已由${names}承接，不能恢复。请另行增加机构。`);
  }
  if (year !== ended.from) {
    return err(
      `“${stored.name}”自 ${String(ended.from)} 年度起撤销，恢复也从 ${String(ended.from)} 年度起。`,
    );
  }
  const parent = rest.parent === undefined ? undefined : facts.orgs.get(rest.parent);
  if (parent?.dissolved !== undefined) {
    return err(`“${stored.name}”的上级“${parent.name}”也已撤销。请先恢复上级，或另行增加机构。`);
  }
  return ok([{ before: stored, after: { ...rest, version: rest.version + 1 } }]);
}

function exempted(act: ActOf<"exempt" | "require">, facts: OrgActFacts): Changes {
  const { type, org, year, reason } = act;
  const node = nodeIn(facts, org.code, year);
  if (!node.ok) return node;
  const { stored } = node.value;
  if (stored.kind === "bureau") return err("财政部门没有免报。");
  const before = exemptionOf(stored, year);
  if (type === "require" && before === undefined) {
    return err(`“${stored.name}”${String(year)} 年度没有免报，不必取消。`);
  }
  if (type === "exempt") {
    if (before?.reason === reason) return ok([]);
    const fault = handedInFault(facts, [org.code], year, "已经报送的不能免报");
    if (fault !== undefined) return err(fault);
  }
  const rest = omit(stored, "exempt", "exemptions");
  const others = exemptionsOf(stored).filter((one) => one.year !== year);
  const exemptions = (type === "exempt" ? [...others, { year, reason }] : others).toSorted(
    (a, b) => a.year - b.year,
  );
  const after = {
    ...rest,
    ...(exemptions.length === 0 ? {} : { exemptions }),
    version: stored.version + 1,
  };
  return ok([{ before: stored, after }]);
}

/** Who would hold two levels of one line because a unit comes under another department. */
function peopleJoining(
  changes: readonly OrgChange[],
  { people, orgs }: OrgActFacts,
): string | undefined {
  if (people.length === 0) return undefined;
  const after = new Map(orgs);
  for (const change of changes) after.set(change.after.code, change.after);
  for (const { name, memberships } of people) {
    const pairs = addedPairs(twoLevels(memberships, orgs), twoLevels(memberships, after));
    if (pairs.length > 0) {
      return `变动后，${name}将在同一条线上同时担任${levelsText(pairs, after)}。请先调整其岗位，再办理变动。`;
    }
  }
  return undefined;
}

const nameOf = ({ orgs }: OrgActFacts, code: string): string => orgs.get(code)?.name ?? code;
