import { canonicalJson } from "../../canonical-json.ts";
import { isHandedIn } from "../org-act-reports.ts";
import type { OrgReport } from "../org-act.ts";
import type { Invitation } from "../invitation.ts";
import type { Member, OrgNode, RegistryState } from "../registry.ts";
import type { ImportItem, ImportPlan } from "./import-plan.ts";

/** An import is taken back as a whole, while nothing has been built on it. */

export interface UndoFacts {
  readonly state: RegistryState;
  /** Records and invitations of the import, as they are stored now. */
  readonly orgs: ReadonlyMap<string, OrgNode>;
  readonly members: ReadonlyMap<string, Member>;
  readonly invitations: ReadonlyMap<string, Invitation>;
  /** Of the imported nodes, of the import's year and later. */
  readonly reports: readonly OrgReport[];
}

/** What takes an import back, in reverse order, or what has been built on it. */
export function undoItems(
  plan: ImportPlan,
  facts: UndoFacts,
): { readonly items: readonly ImportItem[]; readonly built: readonly string[] } {
  const built: string[] = [];
  const items = plan.items.toReversed().flatMap((item): ImportItem[] => {
    switch (item.kind) {
      case "org": {
        const { before, after } = item;
        const stored = facts.orgs.get(after.code);
        if (stored === undefined || !isSame(stored, after)) {
          built.push(`机构“${after.name}”（${after.code}）导入后又有变动`);
          return [];
        }
        const report = facts.reports.find(
          (one) => one.orgCode === after.code && (before === undefined || isHandedIn(one)),
        );
        if (report !== undefined) {
          built.push(
            `“${after.name}”${String(report.year)} 年度决算已经${before === undefined ? "建立" : "报送"}`,
          );
          return [];
        }
        const version = after.version + 1;
        const undone: OrgNode =
          before === undefined
            ? // It never was there, and its code may be used again.
              {
                ...after,
                dissolved: { from: after.since ?? plan.year, reason: "撤回导入" },
                version,
              }
            : { ...before, version };
        return [{ kind: "org", before: after, after: undone }];
      }
      case "member": {
        const { before, after } = item;
        const stored = facts.members.get(after.subject);
        if (stored === undefined || !isSame(stored, after)) {
          built.push(`${after.name}（${after.subject}）的登记导入后又有变动`);
          return [];
        }
        const undone = { ...after, ...before, memberships: before?.memberships ?? [] };
        return [
          { kind: "member", before: after, after: { ...undone, version: after.version + 1 } },
        ];
      }
      case "grant": {
        const waits = facts.state.grants.some(({ id }) => id === item.grant);
        if (!waits) built.push(`对${item.after.name}的授权已经办理`);
        return [{ kind: "withdraw_grant", grant: item.grant }];
      }
      case "invite": {
        const status = facts.invitations.get(item.id)?.status;
        if (status === "accepted") built.push(`${item.name}已经接受邀请`);
        return status === "withdrawn" ? [] : [{ kind: "withdraw_invite", id: item.id }];
      }
      case "withdraw_grant":
      case "withdraw_invite":
        return [];
    }
  });
  return { items, built };
}

const isSame = (stored: OrgNode | Member, after: OrgNode | Member): boolean =>
  canonicalJson(stored) === canonicalJson(after);
