import { publishingRole, queueOf } from "../../shared/workflow/turn.ts";
import {
  askedLast,
  attemptsAllowed,
  recordFailure,
  type FailureDeps,
} from "../use-cases/give-up.ts";
import { renderKey } from "../use-cases/rendered.ts";
import type { FileStore, ReportHead, ReportStore } from "../storage/ports.ts";

/**
 * The last net below the queues: longer than every retry of every queue takes together (an hour at most), so that what nothing was heard of for this long has been lost.
 */
export const forgottenAfterMs = 24 * 3_600_000;

/**
 * Shows those approved reports of a region as failed of which no queue knows any more: their messages
 * were lost, purged or outlived, or were sent by a program that recorded no failures.
 */
export async function giveUpForgotten(
  deps: FailureDeps & {
    readonly reports: Pick<ReportStore, "byTurn">;
    readonly files: Pick<FileStore, "stat">;
  },
  region: string,
): Promise<void> {
  const bureau = await (await deps.registry.view(region)).bureau();
  if (bureau === undefined) return;
  // Where approved reports wait until they are public, and nothing else does.
  const queue = queueOf(region, { role: publishingRole, orgCode: bureau.code });
  const latest = Date.parse(deps.now()) - forgottenAfterMs;
  let after: string | undefined;
  do {
    const page = await deps.reports.byTurn(queue, {
      limit: 100,
      ...(after === undefined ? {} : { after }),
    });
    for (const head of page.items) await giveUpIfForgotten(deps, head, latest);
    after = page.next;
  } while (after !== undefined);
}

async function giveUpIfForgotten(
  deps: FailureDeps & { readonly files: Pick<FileStore, "stat"> },
  head: ReportHead,
  latestMs: number,
): Promise<void> {
  const waiting = waitingSince(head);
  if (waiting === undefined || Date.parse(waiting.since) > latestMs) return;
  const { editionHash } = waiting;
  const seq = (await askedLast(deps, head))?.seq;
  const printed = await deps.files.stat(renderKey(head.id, editionHash));
  await recordFailure(
    deps,
    { reportId: head.id, editionHash, ...(seq === undefined ? {} : { seq }) },
    {
      step: printed === undefined ? "print" : "publish",
      cause: { code: "interrupted" },
      attempts: attemptsAllowed,
    },
  );
}

/** Since when an approved report has shown no sign of life; undefined when it is not waiting. */
function waitingSince({
  state,
}: ReportHead): { readonly since: string; readonly editionHash: string } | undefined {
  if (state.status !== "approved" || state.failure !== undefined) return undefined;
  const { approval, retriedAt, started, submission } = state;
  const since = [approval.at, retriedAt ?? "", started?.at ?? ""].toSorted().at(-1) ?? approval.at;
  return { since, editionHash: submission.editionHash };
}
