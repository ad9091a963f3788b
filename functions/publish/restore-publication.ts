import {
  submissionFolder,
  publicationEntrySchema,
  tombstoneEntrySchema,
  type DisclosedFile,
  type PublicationEntry,
  type TombstoneEntry,
} from "../../shared/disclosure/catalogue.ts";
import { recordsOf } from "../../shared/registry/evolve-registry.ts";
import type { ReportEvent } from "../../shared/workflow/report-state.ts";
import { checksPath, submissionPath, reportPath } from "../../web/portal/site.ts";
import { DamagedError } from "../storage/damaged-error.ts";
import { pagesOf } from "../storage/pages.ts";
import type { ReportHead } from "../storage/ports.ts";
import { findingsView } from "../use-cases/findings-view.ts";
import { allEvents } from "../use-cases/history.ts";
import { registryEvents } from "../use-cases/registry-history.ts";
import { renderKey } from "../use-cases/rendered.ts";
import { loadManifest, loadReport } from "../use-cases/report-content.ts";
import { loadReportToCheck } from "../use-cases/report-to-check.ts";
import { publicChanges } from "../../shared/disclosure/public-changes.ts";
import { drawReport } from "./draw-report.ts";
import { entryOf, storeSubmissionFiles, type PublicationRequest } from "./submission-files.ts";
import {
  keyOf,
  readJson,
  recordBytes,
  recordKey,
  spoiltLine,
  tombstoneKey,
  type PortalDeps,
} from "./portal-files.ts";
import { soundAttachment, type PublishSubmissionDeps } from "./submission-deps.ts";
import { portalOf } from "./region-index.ts";
import { omitUndefined } from "../../shared/omit-undefined.ts";

/** What was found wrong of a report on the portal: put back, or, by key, beyond restoring from here. */
export interface Restoration {
  readonly restored: readonly string[];
  readonly lost: readonly string[];
}

type Published = Extract<ReportEvent, { type: "published" }>;

/**
 * Puts back what is missing or changed of a report on the portal, byte for byte: submission files from the
 * blobs and the printed report, records from the history, whose receipts prove them, pages from both.
 * A file whose hash is that of its record is kept; `anew` draws the pages whatever they are.
 */
export async function restorePublication(
  deps: PublishSubmissionDeps,
  head: ReportHead,
  { anew = false }: { readonly anew?: boolean } = {},
): Promise<Restoration> {
  const portal = portalOf(deps, head.region);
  if (head.state.status === "taken_down") return restoreTombstone(deps, portal, head, anew);
  const history = (await allEvents(deps, head)).map(({ event }) => event);
  const published = history.filter((event) => event.type === "published");
  const restored: string[] = [];
  const lost: string[] = [];
  const entries: PublicationEntry[] = [];
  for (const event of published) {
    const done = await restoreOne(deps, portal, { head, history, event });
    restored.push(...done.restored);
    lost.push(...done.lost);
    if (done.entry !== undefined) entries.push(done.entry);
  }
  const latest = entries.at(-1);
  const isDrawn =
    latest !== undefined &&
    !anew &&
    restored.length === 0 &&
    (await isAddressWhole(portal, latest, entries));
  if (lost.length === 0 && latest !== undefined && !isDrawn) {
    await drawReport(portal, head.year, head.orgCode, "all");
    restored.push(keyOf(reportPath(portal.settings, head.year, head.orgCode)));
  }
  for (const key of lost) deps.log.error("A file of the portal is lost.", { key });
  // Taken down meanwhile, nothing that was put back may stay.
  const now = restored.length > 0 ? await deps.reports.load(head.id) : undefined;
  if (now?.state.status === "taken_down") await drawReport(portal, head.year, head.orgCode);
  return { restored, lost };
}

/** The report's own address holds the latest submission, and every page that is drawn is there. */
async function isAddressWhole(
  { portal, settings, sha256 }: PortalDeps,
  latest: PublicationEntry,
  entries: readonly PublicationEntry[],
): Promise<boolean> {
  const { year, orgCode } = latest;
  const address = reportPath(settings, year, orgCode);
  const folders = [
    address,
    ...entries.map(({ editionHash }) =>
      submissionPath(settings, year, orgCode, submissionFolder(editionHash)),
    ),
  ];
  for (const folder of folders) {
    const hasChecks = latest.files.some(({ path }) => path === "checks.json");
    for (const page of hasChecks ? [folder, checksPath(folder)] : [folder]) {
      const stored = await portal.stat(keyOf(page));
      if (stored === undefined || stored.sizeBytes === 0) return false;
    }
  }
  for (const { path, sha256: hash } of latest.files) {
    const bytes = await portal.get(address.slice(1) + path);
    if (bytes === undefined || sha256(bytes) !== hash) return false;
  }
  return true;
}

interface Act {
  readonly head: ReportHead;
  readonly history: readonly ReportEvent[];
  readonly event: Published;
}

async function restoreOne(
  deps: PublishSubmissionDeps,
  portal: PortalDeps,
  act: Act,
): Promise<Restoration & { readonly entry?: PublicationEntry }> {
  const { head, event } = act;
  const { year, orgCode } = head;
  const key = recordKey(portal.settings, { year, orgCode, number: event.number });
  const folder = submissionPath(
    portal.settings,
    year,
    orgCode,
    submissionFolder(event.editionHash),
  ).slice(1);
  const stored = await soundRecord(portal, key, act);
  const wrong = stored === undefined ? undefined : await wrongFiles(portal, folder, stored.files);
  if (stored !== undefined && wrong?.length === 0) return { restored: [], lost: [], entry: stored };

  for (const prefer of ["made", "stored"] as const) {
    const made = await makeSubmission(deps, portal, act, { folder, prefer });
    if (made === undefined) break;
    const entry = stored ?? (await entryWithReceipt(deps, act, made));
    if (entry === undefined) continue;
    const left = (wrong ?? entry.files).filter(
      ({ path, sha256 }) => made.hashes.get(path) !== sha256,
    );
    if (left.length > 0 && prefer === "made") continue;
    const restored: string[] = [];
    for (const { path, contentType } of entry.files) {
      const bytes = made.bytes.get(path);
      const at = folder + path;
      const isWrong = (wrong ?? entry.files).some((file) => file.path === path);
      if (!isWrong || bytes === undefined || left.some((file) => file.path === path)) continue;
      await portal.portal.put(at, bytes, contentType);
      restored.push(at);
    }
    if (left.length > 0) return { restored, lost: left.map(({ path }) => folder + path) };
    if (stored === undefined) {
      await portal.portal.put(key, recordBytes(entry), "application/json");
      restored.push(key);
    }
    return { restored, lost: [], entry };
  }
  return {
    restored: [],
    lost: wrong === undefined ? [key] : wrong.map(({ path }) => folder + path),
  };
}

/** The record if it is the one its event names. */
async function soundRecord(
  portal: PortalDeps,
  key: string,
  { head, event }: Act,
): Promise<PublicationEntry | undefined> {
  const bytes = await portal.portal.get(key);
  if (bytes === undefined) return undefined;
  const read = await readJson(portal.portal, key, publicationEntrySchema);
  const entry = read !== undefined && "value" in read ? read.value : undefined;
  const isOwn =
    event.receipt === undefined
      ? entry?.number === event.number &&
        entry.orgCode === head.orgCode &&
        entry.editionHash === event.editionHash
      : portal.sha256(bytes) === event.receipt;
  if (isOwn && entry !== undefined) return entry;
  portal.log.error(spoiltLine, { key, fault: "is not the record that its event names" });
  return undefined;
}

async function wrongFiles(
  { portal, sha256, log }: PortalDeps,
  folder: string,
  files: readonly DisclosedFile[],
): Promise<readonly DisclosedFile[]> {
  const wrong: DisclosedFile[] = [];
  for (const file of files) {
    const bytes = await portal.get(folder + file.path);
    if (bytes !== undefined && sha256(bytes) === file.sha256) continue;
    const fault = bytes === undefined ? "is missing" : "is not what was published";
    log.error(spoiltLine, { key: folder + file.path, fault });
    wrong.push(file);
  }
  return wrong;
}

interface MadeEdition {
  readonly request: PublicationRequest;
  readonly files: readonly DisclosedFile[];
  readonly bytes: ReadonlyMap<string, Uint8Array>;
  readonly hashes: ReadonlyMap<string, string>;
}

/**
 * The submission's files made again; with `stored`, what is stored beside its record is preferred to what today's
 * rules or fonts would make of it. Undefined when the vault itself has lost a part.
 */
async function makeSubmission(
  deps: PublishSubmissionDeps,
  portal: PortalDeps,
  { head, history, event }: Act,
  { folder, prefer }: { readonly folder: string; readonly prefer: "made" | "stored" },
): Promise<MadeEdition | undefined> {
  const { editionHash, number } = event;
  const bytes = new Map<string, Uint8Array>();
  try {
    const pdf = await deps.files.get(renderKey(head.id, editionHash));
    const storedPdf = await portal.portal.get(`${folder}report.pdf`);
    const printed = pdf ?? storedPdf;
    if (printed === undefined) return undefined;
    const manifest = await loadManifest(deps, editionHash);
    const report = await loadReportToCheck(deps, manifest);
    const upTo = history.slice(0, history.indexOf(event));
    const before = upTo.findLast((one) => one.type === "published");
    const opened = upTo.findLast((one) => one.type === "correction_opened");
    const handedIn = upTo.findLast(
      (one) => one.type === "submitted" && one.editionHash === editionHash,
    );
    const code =
      (handedIn?.type === "submitted" ? handedIn.departmentCode : undefined) ?? head.departmentCode;
    const department = await deps.registry.org(head.region, code);
    const request: PublicationRequest = {
      ...{ report, manifest, pdf: printed, number, at: event.at },
      checked: findingsView(report, []),
      department: { code, name: department?.name ?? head.orgName },
      ...(before?.type === "published" && opened?.type === "correction_opened"
        ? {
            correction: {
              reason: opened.reason,
              changes: publicChanges(
                await loadReport(deps, await loadManifest(deps, before.editionHash)),
                report,
              ),
            },
          }
        : {}),
    };
    const files = await storeSubmissionFiles(
      {
        sha256: deps.sha256,
        attachment: (file) => soundAttachment(deps, head.id, file),
        async keep({ path, bytes: made }) {
          const stored = prefer === "stored" ? await portal.portal.get(folder + path) : undefined;
          const kept = stored === undefined || stored.length === 0 ? made : stored;
          bytes.set(path, kept);
          return kept;
        },
      },
      request,
      editionHash,
    );
    return { request, files, bytes, hashes: new Map(files.map((one) => [one.path, one.sha256])) };
  } catch (error) {
    if (!(error instanceof DamagedError)) throw error;
    deps.log.error("A submission cannot be made again.", { report: head.id, editionHash, error });
    return undefined;
  }
}

/** Publications recorded before their time was named by an event fell within this after it. */
const longestRunMs = 60_000;

/**
 * The record as it was: what it says but for its time, and for its department's name then, follows from
 * the submission; these are tried until the receipt in the chain is met.
 */
async function entryWithReceipt(
  deps: PublishSubmissionDeps,
  { head, history, event }: Act,
  { request, files }: MadeEdition,
): Promise<PublicationEntry | undefined> {
  const { receipt, editionHash } = event;
  const started = history
    .slice(0, history.indexOf(event))
    .flatMap((one) =>
      one.type === "publication_started" && one.editionHash === editionHash ? [one.at] : [],
    );
  const made = (at: string, name: string) =>
    entryOf({ ...request, at, department: { ...request.department, name } }, editionHash, files);
  if (receipt === undefined) return made(started.at(-1) ?? event.at, request.department.name);
  const matchesReceipt = (entry: PublicationEntry) => deps.sha256(recordBytes(entry)) === receipt;
  const names = new Set([request.department.name, head.orgName]);
  for (const name of names) {
    for (const at of started) if (matchesReceipt(made(at, name))) return made(at, name);
  }
  for await (const name of formerNames(deps, head.region, request.department.code)) {
    if (names.has(name)) continue;
    names.add(name);
    for (const at of started) if (matchesReceipt(made(at, name))) return made(at, name);
  }
  const end = Date.parse(event.at);
  const first = started.length === 0 ? end - longestRunMs : Date.parse(started.at(-1) ?? event.at);
  for (const name of names) {
    for (let ms = first; ms <= Math.min(end, first + longestRunMs); ms += 1) {
      const entry = made(new Date(ms).toISOString(), name);
      if (matchesReceipt(entry)) return entry;
    }
  }
  return undefined;
}

/** What an office was called before, latest first. */
async function* formerNames(
  deps: PublishSubmissionDeps,
  region: string,
  code: string,
): AsyncGenerator<string> {
  for await (const { items } of pagesOf((page) => registryEvents(deps, region, page), 50)) {
    for (const { kind, value } of items.flatMap(({ event }) => recordsOf(event))) {
      if (kind === "org" && value.code === code) yield value.name;
    }
  }
}

async function restoreTombstone(
  deps: PublishSubmissionDeps,
  portal: PortalDeps,
  { region, year, orgCode, orgName, kind, departmentCode, state }: ReportHead,
  anew: boolean,
): Promise<Restoration> {
  if (state.status !== "taken_down") return { restored: [], lost: [] };
  const { at, legalBasis, summary } = state.tombstone;
  const key = tombstoneKey(portal.settings, year, orgCode);
  const read = await readJson(portal.portal, key, tombstoneEntrySchema);
  const isSound =
    read !== undefined &&
    "value" in read &&
    read.value.orgCode === orgCode &&
    read.value.at === at &&
    read.value.legalBasis === legalBasis &&
    read.value.summary === summary;
  const page = keyOf(reportPath(portal.settings, year, orgCode));
  const address = reportPath(portal.settings, year, orgCode).slice(1);
  const left = await portal.portal.list(address);
  const isCleared = left.length === 1 && left[0]?.key === page && left[0].sizeBytes > 0;
  if (isSound && isCleared && !anew) return { restored: [], lost: [] };
  const restored = [page];
  if (!isSound) {
    const name = (await deps.registry.org(region, departmentCode))?.name ?? orgName;
    const department = { code: departmentCode, name };
    const entry: TombstoneEntry = {
      ...{ year, orgCode, orgName, kind, department, at, legalBasis },
      ...omitUndefined({ summary }),
    };
    await portal.portal.put(key, recordBytes(entry), "application/json");
    restored.push(key);
  }
  await drawReport(portal, year, orgCode);
  return { restored, lost: [] };
}
