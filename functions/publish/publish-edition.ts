import type { PublishMessage } from "../../shared/contract/messages.ts";
import type { Change } from "../../shared/disclosure/catalogue.ts";
import type { Report } from "../../shared/report/report.ts";
import type { Attachment } from "../../shared/report/sections.ts";
import type { Actor, Command } from "../../shared/workflow/report-state.ts";
import { publicationOf } from "../../shared/workflow/transitions.ts";
import type { PortalSettings } from "../../web/portal/site.ts";
import type { BlobDeps } from "../storage/blobs.ts";
import type { FileStore, RegistryStore, ReportHead, ReportStore } from "../storage/ports.ts";
import {
  EditionDamagedError,
  readSound,
  submittedEditionDamage,
} from "../use-cases/edition-integrity.ts";
import { findingsView } from "../use-cases/findings-view.ts";
import { handleCommand } from "../use-cases/handle-command.ts";
import { allEvents } from "../use-cases/history.ts";
import { loadManifest, loadReport } from "../use-cases/report-content.ts";
import { renderKey } from "../use-cases/rendered.ts";
import { reportInHand } from "../use-cases/report-in-hand.ts";
import { loadReportToCheck, type LicensedFonts } from "../use-cases/report-to-check.ts";
import { uploadKey } from "../use-cases/upload-key.ts";
import { publicChanges } from "./correction.ts";
import { publishReport, retractReport } from "./publish-report.ts";
import { refreshPlans } from "./year-plan.ts";

export interface PublishEditionDeps extends BlobDeps, LicensedFonts {
  readonly reports: ReportStore;
  readonly registry: RegistryStore;
  readonly portal: FileStore;
  readonly settingsOf: (region: string) => PortalSettings;
  readonly now: () => string;
}

/** The publish function acts for nobody: approval was the decision, this carries it out. */
export const publisher: Actor = { id: "publish", name: "公开程序", roles: [], system: true };

type Outcome = "published" | "planned" | "stood_already" | "retracted" | "no_longer_wanted";

/** Does what a message asks; repeated, it ends in the same files and the same one event. */
export async function handlePublication(
  deps: PublishEditionDeps,
  message: PublishMessage,
): Promise<Outcome> {
  if (message.type === "plan") return refreshPlans(deps, message.region);
  const head = await deps.reports.load(message.reportId);
  if (head === undefined) throw new Error(`No report ${message.reportId} to publish.`);
  return message.type === "retract"
    ? retract(deps, head)
    : publish(deps, head, message.editionHash);
}

async function publish(
  deps: PublishEditionDeps,
  head: ReportHead,
  editionHash: string,
): Promise<Outcome> {
  const { state } = head;
  if (state.status === "published" && state.publication.editionHash === editionHash) {
    return "stood_already";
  }
  if (state.status !== "approved" || state.submission.editionHash !== editionHash) {
    return "no_longer_wanted";
  }
  const damage = await submittedEditionDamage(deps, head.id, editionHash);
  if (damage.length > 0) throw new EditionDamagedError(damage);
  const manifest = await loadManifest(deps, editionHash);
  const report = await loadReportToCheck(deps, manifest);
  const pdf = await deps.files.get(renderKey(head.id, editionHash));
  if (pdf === undefined) throw new Error(`The PDF of ${editionHash} is not printed.`);
  const department = await deps.registry.org(head.region, head.departmentCode);
  const correction = await correctionOf(deps, head, report);
  const { path, receipt } = await publishReport(
    {
      portal: deps.portal,
      sha256: deps.sha256,
      settings: deps.settingsOf(head.region),
      attachment: (file) => soundAttachment(deps, head.id, file),
    },
    {
      report,
      manifest,
      // Submit refused a 汇总 that was out of date (R304), and what units did since is none of this edition's.
      checked: findingsView(report, []),
      pdf,
      department: { code: head.departmentCode, name: department?.name ?? head.orgName },
      number: (publicationOf(state)?.number ?? 0) + 1,
      at: deps.now(),
      ...(correction === undefined ? {} : { correction }),
    },
  );
  return recordPublication(deps, head.id, {
    ...{ editionHash, path },
    ...(receipt === undefined ? {} : { receipt }),
  });
}

/** The bytes that are published are the ones that were hashed, not those of a later read. */
async function soundAttachment(
  deps: BlobDeps,
  reportId: string,
  { sha256, name }: Pick<Attachment, "sha256" | "name">,
): Promise<Uint8Array> {
  const read = await readSound(deps, uploadKey(reportId, sha256), sha256);
  if ("bytes" in read) return read.bytes;
  throw new EditionDamagedError([{ kind: "attachment", sha256, name, fault: read.fault }]);
}

const attempts = 5;

/**
 * The head may move while the files are written; then it is looked at anew. After a take-down nothing
 * is recorded, and its own message, handled after this one, removes the files again.
 */
async function recordPublication(
  deps: PublishEditionDeps,
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
      publisher,
    );
    if (done.ok) return "published";
    if (done.error.code === "wrong_status") return "no_longer_wanted";
    if (done.error.code !== "stale_version") {
      throw new Error(`Publication of ${reportId} was refused: ${done.error.code}.`);
    }
  }
  throw new Error(`The head of ${reportId} moved ${String(attempts)} times in a row.`);
}

/** What a correction (更正) changed against the edition that is public, and why. */
async function correctionOf(
  deps: PublishEditionDeps,
  head: ReportHead,
  report: Report,
): Promise<{ reason: string; changes: Change[] } | undefined> {
  const before = publicationOf(head.state);
  if (before === undefined) return undefined;
  const older = await loadReport(deps, await loadManifest(deps, before.editionHash));
  const opened = (await allEvents(deps, head))
    .map(({ event }) => event)
    .findLast((event) => event.type === "correction_opened");
  if (opened === undefined) throw new Error(`Nobody opened the correction of ${head.id}.`);
  return { reason: opened.reason, changes: publicChanges(older, report) };
}

async function retract(deps: PublishEditionDeps, head: ReportHead): Promise<Outcome> {
  if (head.state.status !== "taken_down") return "no_longer_wanted";
  const { at, legalBasis } = head.state.tombstone;
  await retractReport(
    { portal: deps.portal, sha256: deps.sha256, settings: deps.settingsOf(head.region) },
    { year: head.year, orgCode: head.orgCode, at, legalBasis },
  );
  return "retracted";
}
