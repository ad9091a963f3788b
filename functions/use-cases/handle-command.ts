import { err, type Result } from "../../shared/result.ts";
import { decide } from "../../shared/workflow/decide.ts";
import { evolve } from "../../shared/workflow/evolve.ts";
import type { Actor, Command, Rejection } from "../../shared/workflow/report-state.ts";
import { queueOf, turnOf } from "../../shared/workflow/turn.ts";
import { currentTrace } from "../platform/trace.ts";
import type { FiscalYear } from "../../shared/registry/registry.ts";
import type { CommitRefusal, ReportHead, ReportStore } from "../storage/ports.ts";
import type { Lineage } from "../../shared/registry/access.ts";

/** A report in hand: its head as read, where it belongs, and its year's deadlines. */
export interface ReportInHand {
  readonly head: ReportHead;
  readonly lineage: Lineage;
  readonly year: FiscalYear;
}

/**
 * One change of a report: decided on the state that was read, stored only if nothing moved meanwhile.
 * The outbox carries what follows; nothing that happens there can undo this.
 */
export async function handleCommand(
  { reports, now }: { readonly reports: Pick<ReportStore, "commit">; readonly now: () => string },
  { head, lineage, year }: ReportInHand,
  command: Command,
  actor: Actor,
): Promise<Result<ReportHead, Rejection | CommitRefusal>> {
  const { publishDue } = year;
  const decided = decide(command, head.state, actor, { kind: head.kind, now: now(), publishDue });
  if (!decided.ok) return err(decided.error);
  const state = decided.value.reduce(
    (before, event) => evolve(before, event, head.kind),
    head.state,
  );
  const handedIn = decided.value.find((event) => event.type === "submitted");
  const taken = decided.value.find((event) => event.type === "edition_taken");
  const turn = turnOf(state, { ...lineage, kind: head.kind }, year);
  return reports.commit(head, decided.value, {
    state,
    ...(handedIn?.departmentCode === undefined ? {} : { departmentCode: handedIn.departmentCode }),
    ...(handedIn === undefined ? {} : { orgName: head.orgName }),
    ...(taken === undefined ? {} : { edition: taken.to }),
    // The published submission's authors wrote nothing of the correction yet.
    forgetsEditors: decided.value.some(({ type }) => type === "correction_opened"),
    trace: currentTrace(),
    ...(turn === undefined ? {} : { turn: { queue: queueOf(head.region, turn), due: turn.due } }),
  });
}
