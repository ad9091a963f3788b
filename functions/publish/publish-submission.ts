import type { PublishMessage } from "../../shared/contract/messages.ts";
import type { Change } from "../../shared/disclosure/catalogue.ts";
import type { Report } from "../../shared/report/report.ts";
import { assertNever } from "../../shared/result.ts";
import { publicationRunMs } from "../../shared/workflow/failure.ts";
import type { Command, ReportEvent } from "../../shared/workflow/report-state.ts";
import { publicationOf } from "../../shared/workflow/transitions.ts";
import type { FileStore, ReportHead } from "../storage/ports.ts";
import { correctionReason } from "../use-cases/correction-to-come.ts";
import { soundOrThrow } from "../use-cases/damage.ts";
import { findingsView } from "../use-cases/findings-view.ts";
import { programOf } from "../use-cases/give-up.ts";
import { handleCommand } from "../use-cases/handle-command.ts";
import { recentEvents } from "../use-cases/history.ts";
import { loadManifest, loadReport } from "../use-cases/report-content.ts";
import { renderKey } from "../use-cases/rendered.ts";
import { reportInHand } from "../use-cases/report-in-hand.ts";
import { readWholeReport } from "../use-cases/report-to-check.ts";
import { WorkFailure } from "../use-cases/work-failure.ts";
import { publicChanges } from "../../shared/disclosure/public-changes.ts";
import { giveUpForgotten } from "./forgotten.ts";
import { discardSubmission, publishReport, retractReport } from "./publish-report.ts";
import { indexReport, portalOf } from "./region-index.ts";
import { refreshPlan } from "./region-plan.ts";
import { soundAttachment, type PublishSubmissionDeps } from "./submission-deps.ts";
import { omitUndefined } from "../../shared/omit-undefined.ts";

type Outcome =
  | "published"
  | "listed"
  | "planned"
  | "stood_already"
  | "retracted"
  | "discarded"
  | "no_longer_wanted";

/** Handles a message; repeated, it ends in the same files and the same one event. */
export async function handlePublication(
  deps: PublishSubmissionDeps,
  message: PublishMessage,
  /** Tells this run from any other, also of the same message. */
  run: string,
): Promise<Outcome> {
  if (message.type === "plan") {
    const { outcome, bureau } = await refreshPlan(deps, message);
    if (bureau !== undefined) await giveUpForgotten(deps, message.region, bureau);
    return outcome;
  }
  if (message.type === "index") return indexReport(deps, message.reportId);
  const head = await deps.reports.load(message.reportId);
  if (head === undefined) throw new Error(`No report ${message.reportId} to publish.`);
  switch (message.type) {
    case "publish":
      return publish(deps, head, message.editionHash, run);
    case "retract":
      return retract(deps, head);
    case "discard":
      return discard(deps, head, message.editionHash);
    default:
      return assertNever(message);
  }
}

async function publish(
  deps: PublishSubmissionDeps,
  head: ReportHead,
  editionHash: string,
  run: string,
): Promise<Outcome> {
  const { state } = head;
  if (state.status === "published" && state.publication.editionHash === editionHash) {
    return "stood_already";
  }
  if (state.status !== "approved" || state.submission.editionHash !== editionHash) {
    // A run that hung and was given up may have left something after all.
    return discard(deps, head, editionHash);
  }
  const manifest = await loadManifest(deps, editionHash);
  const report = soundOrThrow(await readWholeReport(deps, head.id, manifest));
  const pdf = await deps.files.get(renderKey(head.id, editionHash));
  if (pdf === undefined) {
    throw new WorkFailure({ code: "print_missing" }, `The PDF of ${editionHash} is not printed.`);
  }
  const view = await deps.registry.view(head.region);
  const department = await view.org(head.departmentCode);
  const history = (await recentEvents(deps, head)).map(({ event }) => event);
  const correction = await correctionOf(deps, { head, history, report });
  const announced = await announce(deps, head.id, { editionHash, run });
  if (announced?.state.status !== "approved") return "no_longer_wanted";
  const portal = portalOfRun(deps);
  // A queue keeps no order: files of an undone submission may still be stored under this number.
  for (const undone of undoneSincePublished(history)) {
    await discard({ ...deps, portal }, head, undone);
  }
  const { path, receipt } = await publishReport(
    {
      portal,
      ...{ sha256: deps.sha256, log: deps.log },
      settings: deps.settingsOf(head.region),
      attachment: (file) => soundAttachment(deps, head.id, file),
    },
    {
      report,
      manifest,
      // Submit refused a 汇总 that was out of date (R304), and what units did since is none of this submission's.
      checked: findingsView(report, []),
      pdf,
      department: { code: head.departmentCode, name: department?.name ?? head.orgName },
      number: (publicationOf(state)?.number ?? 0) + 1,
      // Named by the event of this run, so that the record can be written again from the history.
      at: announced.state.started?.at ?? deps.now(),
      ...omitUndefined({ correction }),
    },
  );
  return recordPublication(deps, head.id, {
    ...{ editionHash, path },
    ...omitUndefined({ receipt }),
  });
}

/**
 * Says on the head that the portal is going to be written, before the first public file: from here on
 * the approval cannot be undone until this run has succeeded or is known to have failed.
 */
async function announce(
  deps: PublishSubmissionDeps,
  reportId: string,
  started: { readonly editionHash: string; readonly run: string },
): Promise<ReportHead | undefined> {
  for (let attempt = 1; attempt <= attempts; attempt += 1) {
    const inHand = await reportInHand(deps, reportId);
    if (inHand === undefined) throw new Error(`No report ${reportId} to announce.`);
    const done = await handleCommand(
      deps,
      inHand,
      { type: "start_publication", ...started },
      programOf.publish,
    );
    if (done.ok) return done.value;
    // Undone, taken down or published meanwhile, or another submission approved.
    if (done.error.code !== "stale_version") return undefined;
  }
  throw headMoved(reportId);
}

const headMoved = (reportId: string) =>
  new WorkFailure(
    { code: "report_moved" },
    `The head of ${reportId} moved ${String(attempts)} times in a row.`,
  );

/**
 * The portal as one run may use it: refusals bear their cause, and nothing is written once the run has
 * outlived its time, since others may then count on that (`publicationSettledMs`).
 */
function portalOfRun({ portal, now }: Pick<PublishSubmissionDeps, "portal" | "now">): FileStore {
  const until = Date.parse(now()) + publicationRunMs;
  const named = async <Answer>(pending: Promise<Answer>): Promise<Answer> => {
    try {
      return await pending;
    } catch (cause) {
      throw new WorkFailure({ code: "portal_unwritable" }, "The portal failed.", { cause });
    }
  };
  const inTime = () => {
    if (Date.parse(now()) < until) return;
    throw new WorkFailure({ code: "interrupted" }, "This run has outlived its time.");
  };
  return {
    get: (key) => named(portal.get(key)),
    stat: (key) => named(portal.stat(key)),
    list: (prefix) => named(portal.list(prefix)),
    async putIfAbsent(...given) {
      inTime();
      return named(portal.putIfAbsent(...given));
    },
    async put(...given) {
      inTime();
      return named(portal.put(...given));
    },
    async delete(key) {
      inTime();
      return named(portal.delete(key));
    },
  };
}

const attempts = 5;

/**
 * The head may move while the files are written; then it is read again. After a take-down nothing
 * is recorded, and its own message, handled after this one, removes the files again.
 */
async function recordPublication(
  deps: PublishSubmissionDeps,
  reportId: string,
  published: Omit<Extract<Command, { type: "record_publication" }>, "type">,
): Promise<Outcome> {
  for (let attempt = 1; attempt <= attempts; attempt += 1) {
    const inHand = await reportInHand(deps, reportId);
    if (inHand === undefined) throw new Error(`No report ${reportId} to record.`);
    const done = await handleCommand(
      deps,
      inHand,
      { type: "record_publication", ...published },
      programOf.publish,
    );
    if (done.ok) return "published";
    if (done.error.code === "wrong_status") return "no_longer_wanted";
    if (done.error.code !== "stale_version") {
      throw new Error(`Publication of ${reportId} was refused: ${done.error.code}.`);
    }
  }
  throw headMoved(reportId);
}

/** What a correction (更正) changed against the submission that is public, and why. */
async function correctionOf(
  deps: PublishSubmissionDeps,
  {
    head,
    history,
    report,
  }: {
    readonly head: ReportHead;
    readonly history: readonly ReportEvent[];
    readonly report: Report;
  },
): Promise<{ reason: string; changes: Change[] } | undefined> {
  const before = publicationOf(head.state);
  if (before === undefined) return undefined;
  const older = await loadReport(deps, await loadManifest(deps, before.editionHash));
  return { reason: correctionReason(history), changes: publicChanges(older, report) };
}

/** Submissions whose approval was undone after the last publication that counts. */
function undoneSincePublished(history: readonly ReportEvent[]): ReadonlySet<string> {
  const since = history.slice(history.findLastIndex(({ type }) => type === "published") + 1);
  return new Set(
    since.flatMap((event) => (event.type === "approval_undone" ? [event.editionHash] : [])),
  );
}

/**
 * 撤销批复: whatever an attempt left on the portal of a submission that is no longer approved goes; what
 * was public before stays as it is.
 */
async function discard(
  deps: PublishSubmissionDeps,
  head: ReportHead,
  editionHash: string,
): Promise<Outcome> {
  const { state } = head;
  const isWantedAgain =
    (state.status === "approved" || state.status === "published") &&
    state.submission.editionHash === editionHash;
  if (isWantedAgain || state.status === "taken_down") return "no_longer_wanted";
  await discardSubmission(portalOf(deps, head.region), {
    year: head.year,
    orgCode: head.orgCode,
    editionHash,
    published: publicationOf(state)?.number ?? 0,
  });
  return "discarded";
}

async function retract(deps: PublishSubmissionDeps, head: ReportHead): Promise<Outcome> {
  if (head.state.status !== "taken_down") return "no_longer_wanted";
  const { at, legalBasis, summary } = head.state.tombstone;
  const { region, year, orgCode, orgName, kind, departmentCode } = head;
  const department = await deps.registry.org(region, departmentCode);
  await retractReport(portalOf(deps, region), {
    ...{ year, orgCode, at, legalBasis, orgName, kind },
    ...omitUndefined({ summary }),
    department: { code: departmentCode, name: department?.name ?? orgName },
  });
  return "retracted";
}
