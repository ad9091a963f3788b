import { omitUndefined } from "../../shared/omit-undefined.ts";
import {
  partOf,
  partsOf,
  type ImportItem,
  type ImportPlan,
} from "../../shared/registry/import/import-plan.ts";
import { decideInvite, decideWithdrawal } from "../../shared/registry/decide-invitation.ts";
import {
  isNoAdministrator,
  isSamePerson,
  stale,
  stampOf,
  type Decided,
  type RegistryCase,
} from "../../shared/registry/decide-registry.ts";
import type { Invitation } from "../../shared/registry/invitation.ts";
import type { ImportedChange, RegistryEvent } from "../../shared/registry/registry.ts";
import { assertNever, err, ok, type Result } from "../../shared/result.ts";
import type { BlobDeps } from "../storage/blobs.ts";
import type { RegistryHead } from "../storage/ports.ts";
import { codeHashOf, type InvitationDeps, type Invited } from "./invitations.ts";
import { loadPlan } from "./registry-import.ts";
import { explained, orgsNamed, type Administrator, type RegistryRefusal } from "./registry.ts";
import { changeRegistry } from "./registry-chain.ts";

export interface AppliedPart {
  readonly done: number;
  readonly parts: number;
  /** Whom this part invited: the codes are shown, or mailed, this once. */
  readonly invited: readonly Invited[];
}

/**
 * Applies one part of a planned import, a single write. The first part finds the registry as it was when the import was
 * planned, or is refused; from then on nothing else is changed until the last part is in, so that the rest still fits.
 * A part that is applied already is answered and not applied again.
 */
export async function applyImportPart(
  deps: InvitationDeps & BlobDeps,
  by: Administrator,
  request: { readonly region: string; readonly id: string; readonly part: number },
): Promise<Result<AppliedPart, RegistryRefusal>> {
  const { region, id, part } = request;
  const plan = await loadPlan(deps, region, id);
  if (plan === undefined || part > partsOf(plan)) return err({ code: "not_found" });
  const codes = new Map(
    partOf(plan, part).flatMap((item) =>
      item.kind === "invite" ? [[item.id, deps.newCode()] as const] : [],
    ),
  );
  const changed = await changeRegistry(
    deps,
    region,
    async (head) => decidePart(deps, { by, plan, head, codes }, request),
    id,
  );
  if (!changed.ok) return explained(deps, region, changed.error);
  const invited = changed.value.flatMap((event) => {
    const code = event.type === "person_invited" ? codes.get(event.after.id) : undefined;
    return event.type === "person_invited" && code !== undefined
      ? [{ invitation: event.after, code }]
      : [];
  });
  return ok({ done: part, parts: partsOf(plan), invited });
}

interface PartCase {
  readonly by: Administrator;
  readonly plan: ImportPlan;
  readonly head: RegistryHead;
  readonly codes: ReadonlyMap<string, string>;
}

async function decidePart(
  deps: InvitationDeps,
  { by, plan, head, codes }: PartCase,
  { id, part }: { readonly id: string; readonly part: number },
): Promise<Decided> {
  const { state } = head;
  const circumstances = { state, by, now: deps.now() };
  if (isNoAdministrator(circumstances)) return stale;
  const done = state.import?.done ?? (state.lastImport?.id === id ? partsOf(plan) : 0);
  if (part <= done) return ok([]);
  if (part !== done + 1 || (done === 0 && head.chain.seq !== plan.seq)) return stale;
  const items = partOf(plan, part);
  const own = items.find(
    (item) => item.kind === "member" && isSamePerson(item.after.subject, by.id),
  );
  if (own !== undefined) return err({ code: "own_membership", administrators: [] });
  const events: RegistryEvent[] = [];
  for (const item of items) {
    const decided = await eventsOf(deps, circumstances, { item, items, plan, codes });
    if (!decided.ok) return decided;
    events.push(...decided.value);
  }
  const { fileName, undoes } = plan;
  return ok([
    ...events,
    {
      ...{ ...stampOf(circumstances), type: "import_applied", import: id, fileName },
      ...{ part, parts: partsOf(plan), ...omitUndefined({ undoes }) },
      changes: items.flatMap(changeOf),
    },
  ]);
}

const changeOf = (item: ImportItem): ImportedChange[] =>
  item.kind === "org" || item.kind === "member" ? [item] : [];

/** What an item leads to beside the changes of the part's own event. */
async function eventsOf(
  deps: InvitationDeps,
  circumstances: RegistryCase,
  {
    item,
    items,
    plan,
    codes,
  }: Pick<PartCase, "plan" | "codes"> & {
    readonly item: ImportItem;
    /** Of the same part: nodes among them are not stored yet. */
    readonly items: readonly ImportItem[];
  },
): Promise<Decided> {
  const stamp = stampOf(circumstances);
  switch (item.kind) {
    case "org":
    case "member":
      return ok([]);
    case "grant": {
      const { grant, before, after } = item;
      return ok([{ ...stamp, type: "grant_asked", grant, ...omitUndefined({ before }), after }]);
    }
    case "invite": {
      const { kind: _kind, ...invitee } = item;
      const codeHash = codeHashOf(deps.sha256, codes.get(item.id) ?? "");
      const orgs = new Map([
        ...(await orgsNamed(deps, plan.region, [invitee])),
        ...items.flatMap((one) =>
          one.kind === "org" ? [[one.after.code, one.after] as const] : [],
        ),
      ]);
      const wanted = { ...invitee, region: plan.region, codeHash };
      return decideInvite(circumstances, wanted, { orgs, others: [] });
    }
    case "withdraw_grant": {
      const waiting = circumstances.state.grants.find(({ id }) => id === item.grant);
      if (waiting === undefined) return ok([]);
      const { subject, name } = waiting.after;
      return ok([{ ...stamp, type: "grant_withdrawn", grant: item.grant, subject, name }]);
    }
    case "withdraw_invite": {
      const invitation: Invitation | undefined = await deps.registry.invitation(
        plan.region,
        item.id,
      );
      return invitation?.status === "waiting" || invitation?.status === "unconfirmed"
        ? decideWithdrawal(circumstances, invitation)
        : ok([]);
    }
    default:
      return assertNever(item);
  }
}
