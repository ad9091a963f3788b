import { publishBy } from "../../shared/workflow/deadlines.ts";
import { publishingRole, queueOf } from "../../shared/workflow/turn.ts";
import {
  latestPublicationRequest,
  attemptsAllowed,
  recordFailure,
  type FailureDeps,
} from "../use-cases/give-up.ts";
import { renderKey } from "../use-cases/rendered.ts";
import { pagesOf } from "../storage/pages.ts";
import type { FileStore, ReportHead, ReportStore } from "../storage/ports.ts";
import { omitUndefined } from "../../shared/omit-undefined.ts";

/**
 * The last net below the queues: longer than every retry of every queue takes together (an hour at most),
 * so that what nothing was heard of for this long has been lost.
 */
export const forgottenAfterMs = 24 * 3_600_000;

/**
 * Shows those approved reports of a region as failed of which no queue knows any more: their messages
 * were lost, purged or outlived, or were sent by a program that recorded no failures. They wait in the
 * order of their last day, which follows from their approval: those approved of late are not read.
 */
export async function giveUpForgotten(
  deps: FailureDeps & {
    readonly reports: Pick<ReportStore, "byTurn">;
    readonly files: Pick<FileStore, "stat">;
    readonly workingSince?: string;
  },
  region: string,
  bureau: string,
): Promise<void> {
  const { workingSince } = deps;
  if (workingSince !== undefined && elapsedMs(workingSince, deps.now()) < forgottenAfterMs) return;
  // Where approved reports wait until they are public, and nothing else does.
  const queue = queueOf(region, { role: publishingRole, orgCode: bureau });
  const latest = Date.parse(deps.now()) - forgottenAfterMs;
  const lastDay = publishBy(new Date(latest).toISOString());
  for await (const { items } of pagesOf((page) => deps.reports.byTurn(queue, page), 10)) {
    const old = items.filter(({ turn }) => turn !== undefined && turn.due <= lastDay);
    for (const head of old) await giveUpIfForgotten(deps, head, latest);
    if (old.length < items.length) return;
  }
}

const elapsedMs = (from: string, to: string): number => Date.parse(to) - Date.parse(from);

async function giveUpIfForgotten(
  deps: FailureDeps & { readonly files: Pick<FileStore, "stat"> },
  head: ReportHead,
  latestMs: number,
): Promise<void> {
  const waiting = waitingSince(head);
  if (waiting === undefined || Date.parse(waiting.since) > latestMs) return;
  const { editionHash } = waiting;
  const seq = (await latestPublicationRequest(deps, head))?.seq;
  const printed = await deps.files.stat(renderKey(head.id, editionHash));
  await recordFailure(
    deps,
    { reportId: head.id, editionHash, ...omitUndefined({ seq }) },
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
