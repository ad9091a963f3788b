import { omitUndefined } from "../omit-undefined.ts";
import { err, ok, type Result } from "../result.ts";
import type { OrgActFacts } from "./org-act.ts";
import { isEver, orgIn } from "./org-in-year.ts";
import type { OrgNode, Predecessors } from "./registry.ts";

/** How a node's record is written on when it changes with a year. */

/** Changes of name or parent that a node keeps. */
const maxPeriods = 20;

/** A node as stored, and as it is in the year in which a change takes effect. */
export function nodeIn(
  { orgs }: Pick<OrgActFacts, "orgs">,
  code: string,
  year: number,
): Result<{ readonly stored: OrgNode; readonly then: OrgNode }, string> {
  const stored = orgs.get(code);
  if (stored === undefined || !isEver(stored)) {
    return err(`机构代码“${code}”没有登记。请核对代码。`);
  }
  const then = orgIn(stored, year);
  if (then !== undefined) return ok({ stored, then });
  const { name, since, dissolved } = stored;
  return err(
    since !== undefined && year < since
      ? `“${name}”自 ${String(since)} 年度起设立，变动不能从更早的 ${String(year)} 年度起。请核对年度。`
      : `“${name}”自 ${String(dissolved?.from ?? year)} 年度起已经撤销，不能从 ${String(year)} 年度起变动。请核对年度。`,
  );
}

/** The node with another name or parent from a year on; what it was before stays with the years before. */
export function changedFrom(
  before: OrgNode,
  year: number,
  to: { readonly name: string; readonly parent: string | undefined },
): Result<OrgNode, string> {
  const { earlier = [], since, parent, formerParents = [], ...rest } = before;
  const last = earlier.at(-1);
  if (last !== undefined && year <= last.through) {
    return err(
      `“${before.name}”自 ${String(last.through + 1)} 年度起已有变动，新的变动不能从更早的 ${String(year)} 年度起。请从 ${String(last.through + 1)} 年度或以后起办理。`,
    );
  }
  // Of the very year in which the last change, or the node itself, began nothing older is left to keep.
  const isReplaced = year - 1 === last?.through || year === since;
  const was = { through: year - 1, name: before.name, ...omitUndefined({ parent }) };
  const periods = isReplaced ? earlier : [...earlier, was];
  if (periods.length > maxPeriods) {
    return err(`“${before.name}”的名称和隶属变动已有 ${String(maxPeriods)} 次，不能再记录。`);
  }
  const former = [...(parent === undefined ? [] : [parent]), ...formerParents].filter(
    (code, index, all) => code !== to.parent && all.indexOf(code) === index,
  );
  return ok({
    ...{ ...rest, name: to.name, version: before.version + 1 },
    ...omitUndefined({ since, parent: to.parent }),
    ...(periods.length === 0 ? {} : { earlier: periods }),
    ...(former.length === 0 ? {} : { formerParents: former }),
  });
}

export const withPredecessors = (org: OrgNode, added: Predecessors): OrgNode => {
  const isSame = (one: Predecessors) => one.from === added.from && one.by === added.by;
  const before = org.predecessors ?? [];
  const codes = [...before.filter(isSame).flatMap((one) => one.codes), ...added.codes];
  return {
    ...org,
    predecessors: [
      ...before.filter((one) => !isSame(one)),
      { ...added, codes: [...new Set(codes)].sort() },
    ],
  };
};
