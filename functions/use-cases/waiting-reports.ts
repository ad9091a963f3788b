import type { ReportSummary } from "../../shared/workflow/report-summary.ts";
import { reviewerOf, roleOf, rolesWhere, type Role } from "../../shared/workflow/roles.ts";
import { queueOf } from "../../shared/workflow/turn.ts";
import type { ReportHead, ReportStore } from "../storage/ports.ts";
import { summaryOf } from "./summary.ts";

/** Reports named for a role; more would not help. */
const mostNamed = 10;

export interface WaitingReports {
  readonly role: Role;
  readonly reports: readonly ReportSummary[];
  /** There are more. */
  readonly isCut: boolean;
}

/**
 * What waits at a node, by the role it waits for: what is stuck there where nobody holds the role. Each queue is read
 * to ten reports; signers are waited for in the queue of their department's reviewer.
 */
export async function waitingAt(
  { reports }: { readonly reports: Pick<ReportStore, "byTurn"> },
  region: string,
  orgCode: string,
): Promise<readonly WaitingReports[]> {
  const queueFor = (role: Role) =>
    reports.byTurn(queueOf(region, { role, orgCode }), { limit: mostNamed });
  const own = rolesWhere(({ duty }) => duty.kind === "reviews" || duty.kind === "prepares");
  const found = await Promise.all(
    own.map(async (role) => {
      const { items, next } = await queueFor(role);
      return { role, heads: items, isCut: next !== undefined };
    }),
  );
  const reviewed = found.find(({ role }) => role === reviewerOf.department);
  const signed = rolesWhere(({ duty }) => duty.kind === "signs").map((role) => ({
    role,
    heads: (reviewed?.heads ?? []).filter((head) => lacks(head, role)),
    isCut: reviewed?.isCut ?? false,
  }));
  return [...found, ...signed]
    .filter(({ heads }) => heads.length > 0)
    .map(({ role, heads, isCut }) => ({ role, reports: heads.map(summaryOf), isCut }));
}

function lacks({ state }: ReportHead, role: Role): boolean {
  const { duty } = roleOf(role);
  return (
    state.status === "in_review" &&
    duty.kind === "signs" &&
    state.signOffs[duty.signOff] === undefined
  );
}
