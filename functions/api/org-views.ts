import { orgChangeLines } from "../../shared/registry/registry-words.ts";
import type { OrgAct } from "../../shared/registry/org-act.ts";
import { exemptionsOf } from "../../shared/registry/org-in-year.ts";
import type { OrgNode } from "../../shared/registry/registry.ts";
import type { OrgActPreview } from "../use-cases/org-acts.ts";

/** The tree's nodes and changes as the API answers them. */

/** Exemptions kept in the older way are among the others. */
export const orgView = (org: OrgNode) => {
  const exemptions = exemptionsOf(org);
  return { ...org, ...(exemptions.length === 0 ? {} : { exemptions: [...exemptions] }) };
};

export function orgActPreviewView({ changes, consequences, orgs }: OrgActPreview) {
  const names = {
    org: (code: string) => orgs.get(code)?.name ?? code,
    edition: (id: string) => id,
  };
  return {
    changes: changes.map((change) => ({
      code: change.after.code,
      name: change.before?.name ?? change.after.name,
      isNew: change.before === undefined,
      lines: orgChangeLines(change, names, false),
    })),
    consequences: [...consequences],
  };
}

/** What of an act is printed in reports or on the portal, by the members that hold it. */
export function printedOf(act: OrgAct) {
  switch (act.type) {
    case "add":
    case "rename":
      return { name: act.name };
    case "split":
      return {
        parts: Object.fromEntries(act.parts.map(({ name }, index) => [String(index), { name }])),
      };
    case "merge":
      return act.into.name === undefined ? {} : { into: { name: act.into.name } };
    case "exempt":
      return { reason: act.reason };
    default:
      return {};
  }
}
