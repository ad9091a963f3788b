import {
  editionFolder,
  portalOrgCodeSchema,
  publicationEntrySchema,
  type Change,
  type Department,
  type DisclosedFile,
  type PublicationEntry,
  type TombstoneEntry,
  type YearPlan,
} from "../../shared/disclosure/catalogue.ts";
import { csvPath, dataPackageJson } from "../../shared/disclosure/data-package.ts";
import {
  openChecks,
  openChecksJson,
  type CheckedEdition,
} from "../../shared/disclosure/open-checks.ts";
import {
  disclosedAttachments,
  openReport,
  openReportJson,
  openReportSchema,
} from "../../shared/disclosure/open-report.ts";
import { tableCsv } from "../../shared/disclosure/table-csv.ts";
import { reportTitle } from "../../shared/document/titles.ts";
import { editionHash, type Manifest } from "../../shared/report/manifest.ts";
import { cellValue, type Report } from "../../shared/report/report.ts";
import type { Attachment } from "../../shared/report/sections.ts";
import { err, ok, type Result } from "../../shared/result.ts";
import { editionPath, reportPath } from "../../web/portal/site.ts";
import { drawIndexes, drawReport } from "./draw-portal.ts";
import {
  bytesOf,
  planKey,
  readRecords,
  recordBytes,
  recordsRoot,
  textOf,
  type PortalDeps,
} from "./portal-files.ts";

export interface PublishDeps extends PortalDeps {
  /** Bytes of an attached file, which have its hash; rejects when none are stored that have. */
  readonly attachment: (file: Pick<Attachment, "sha256" | "name">) => Promise<Uint8Array>;
}

export interface PublicationRequest {
  readonly report: Report;
  /** What the edition consists of; its hash is the edition hash. */
  readonly manifest: Manifest;
  /** What its rules found, as at its submission. */
  readonly checked: CheckedEdition;
  readonly pdf: Uint8Array;
  /** 主管部门 the report is listed under. */
  readonly department: Department;
  /** 1 for the first publication, counted up by each correction. */
  readonly number: number;
  /** ISO 8601 in UTC; the same on every run of the same publication. */
  readonly at: string;
  readonly correction?: { readonly reason: string; readonly changes: readonly Change[] };
}

interface Published {
  /** `published` also when it stood already; a later publication or a take-down is never undone. */
  readonly outcome: "published" | "superseded" | "retracted";
  readonly editionHash: string;
  /** The permanent address, e.g. `/2022/137/`. */
  readonly path: string;
  /** SHA-256 of the record as stored; it names every file's hash. Absent once it was taken down. */
  readonly receipt?: string;
}

/**
 * Writes the edition's own files, then its record, then draws what follows from the records.
 * Cut off anywhere and run again it ends in the same files, byte for byte.
 */
export async function publishReport(
  deps: PublishDeps,
  request: PublicationRequest,
): Promise<Published> {
  const { year } = request.report.identity;
  const orgCode = portalOrgCodeSchema.parse(request.report.identity.orgCode);
  const hash = editionHash(request.manifest, deps.sha256);
  const path = reportPath(deps.settings, year, orgCode);
  const before = await recordsOf(deps, year, orgCode);
  const receipt =
    before.tombstone === undefined
      ? await record(deps, entryOf(request, hash, await writeEdition(deps, request, hash)))
      : undefined;
  await drawReport(deps, year, orgCode);
  await drawIndexes(deps, { years: [year], orgCodes: [orgCode] });
  const after = await recordsOf(deps, year, orgCode);
  const latest = after.publications.at(-1)?.number ?? 0;
  const outcome =
    after.tombstone !== undefined
      ? "retracted"
      : latest > request.number
        ? "superseded"
        : "published";
  return { outcome, editionHash: hash, path, ...(receipt === undefined ? {} : { receipt }) };
}

/** 撤下: only the tombstone stays, with the legal basis; every edition's files go. */
export async function retractReport(
  deps: PortalDeps,
  {
    year,
    orgCode,
    at,
    legalBasis,
  }: {
    readonly year: number;
    readonly orgCode: string;
    readonly at: string;
    readonly legalBasis: string;
  },
): Promise<Result<{ readonly path: string }, { readonly code: "not_published" }>> {
  const { publications, tombstone } = await recordsOf(deps, year, orgCode);
  const latest = publications.at(-1);
  if (latest === undefined && tombstone === undefined) return err({ code: "not_published" });
  if (latest !== undefined && tombstone === undefined) {
    const { orgName, kind, department } = latest;
    const entry: TombstoneEntry = { year, orgCode, orgName, kind, department, at, legalBasis };
    await deps.portal.putIfAbsent(
      `${recordsRoot(deps.settings, year, orgCode)}retracted.json`,
      recordBytes(entry),
      "application/json",
    );
  }
  await drawReport(deps, year, orgCode);
  await drawIndexes(deps, { years: [year], orgCodes: [orgCode] });
  return ok({ path: reportPath(deps.settings, year, orgCode) });
}

/**
 * 撤销批复: the records of an edition that never came to count go (those after the `published` that
 * the report's head knows of), then everything drawn from them, then the edition's own files unless a
 * publication that counts has the very same.
 */
export async function discardEdition(
  deps: PortalDeps,
  {
    year,
    orgCode,
    editionHash: hash,
    published,
  }: {
    readonly year: number;
    readonly orgCode: string;
    readonly editionHash: string;
    readonly published: number;
  },
): Promise<void> {
  const { publications } = await recordsOf(deps, year, orgCode);
  const isLeft = ({ number, editionHash }: PublicationEntry) =>
    number > published && editionHash === hash;
  const left = publications.filter(isLeft);
  // A publication that counts may have the very same edition: then the files are its own.
  const isCounted = publications.some((entry) => !isLeft(entry) && entry.editionHash === hash);
  const folder = editionPath(deps.settings, year, orgCode, editionFolder(hash)).slice(1);
  // They are written first and go last: without any, and without a record, there is nothing left.
  const files = isCounted ? [] : await deps.portal.list(folder);
  if (left.length === 0 && files.length === 0) return;
  for (const { number } of left) {
    await deps.portal.delete(recordKey(deps, { year, orgCode, number }));
  }
  await drawReport(deps, year, orgCode);
  await drawIndexes(deps, { years: [year], orgCodes: [orgCode] });
  for (const { key } of files) await deps.portal.delete(key);
}

/** Says who must publish a year's report until when; the year page shows who has not. */
export async function publishYearPlan(deps: PortalDeps, plan: YearPlan): Promise<void> {
  await deps.portal.put(planKey(deps.settings, plan.year), recordBytes(plan), "application/json");
  await drawIndexes(deps, { years: [plan.year], orgCodes: [] });
}

const recordKey = (
  { settings }: PortalDeps,
  { year, orgCode, number }: Pick<PublicationEntry, "year" | "orgCode" | "number">,
): string => `${recordsRoot(settings, year, orgCode)}${String(number)}.json`;

async function recordsOf(deps: PortalDeps, year: number, orgCode: string) {
  return (await readRecords(deps, year, orgCode)).get(orgCode) ?? { publications: [] };
}

interface EditionFile {
  readonly path: string;
  readonly title: string;
  readonly contentType: string;
  readonly bytes: Uint8Array;
}

/** What stands already stays: a second run hands on the bytes of the first. */
async function writeEdition(
  deps: PublishDeps,
  request: PublicationRequest,
  hash: string,
): Promise<DisclosedFile[]> {
  const { report, pdf } = request;
  const { year, orgCode } = report.identity;
  const folder = editionPath(deps.settings, year, orgCode, editionFolder(hash)).slice(1);
  const write = async ({ path, title, contentType, bytes }: EditionFile) => {
    const stored = await putOnce(deps, folder + path, bytes, contentType);
    const sha256 = deps.sha256(stored);
    return { path, title, contentType, sizeBytes: stored.length, sha256 };
  };
  const json = await write(reportJsonFile(request, hash));
  await refuseForeignFolder(deps, folder, hash);
  const document = await write({
    path: "report.pdf",
    title: `${reportTitle(report.identity)}（全文）`,
    contentType: "application/pdf",
    bytes: pdf,
  });
  const tables: DisclosedFile[] = [];
  for (const file of csvFiles(report)) tables.push(await write(file));
  const checks = await write(checksJsonFile(request, hash));
  const description = await write({
    path: "datapackage.json",
    title: "数据文件说明（Data Package）",
    contentType: "application/json",
    bytes: bytesOf(dataPackageJson(report, [...tables, json, checks], hash)),
  });
  const attachments: DisclosedFile[] = [];
  for (const { sha256, name, path, contentType } of disclosedAttachments(report.sections)) {
    const bytes = await deps.attachment({ sha256, name });
    const file = await write({ path, title: name, contentType, bytes });
    if (file.sha256 !== sha256) throw new Error(`The portal holds other bytes as ${path}.`);
    attachments.push(file);
  }
  return [document, json, ...tables, checks, description, ...attachments];
}

const reportJsonFile = ({ report, manifest }: PublicationRequest, hash: string): EditionFile => ({
  path: "report.json",
  title: "全部数据和文字",
  contentType: "application/json",
  bytes: bytesOf(openReportJson(openReport(report, manifest, hash))),
});

const checksJsonFile = ({ report, checked }: PublicationRequest, hash: string): EditionFile => ({
  path: "checks.json",
  title: "审核情况（逐条公式）",
  contentType: "application/json",
  bytes: bytesOf(openChecksJson(openChecks(report, hash, checked))),
});

const csvFiles = ({ edition, sections }: Report): EditionFile[] =>
  edition.forms
    .filter((form) => form.unprinted !== true)
    .map((form) => ({
      path: csvPath(form),
      title: form.number === undefined ? form.title : `${form.number} ${form.title}`,
      contentType: "text/csv",
      bytes: bytesOf(tableCsv(form, sections[form.id])),
    }));

async function putOnce(
  { portal }: PortalDeps,
  key: string,
  bytes: Uint8Array,
  contentType: string,
): Promise<Uint8Array> {
  if ((await portal.putIfAbsent(key, bytes, contentType)) === "stored") return bytes;
  const stored = await portal.get(key);
  if (stored === undefined) throw new Error(`The portal says it has ${key} and does not.`);
  return stored;
}

/** Eight digits of a hash may, once in four thousand million, be another edition's. */
async function refuseForeignFolder({ portal }: PortalDeps, folder: string, hash: string) {
  const stored = await portal.get(`${folder}report.json`);
  const found = stored && openReportSchema.parse(JSON.parse(textOf(stored))).editionHash;
  if (found !== hash)
    throw new Error(`${folder} belongs to edition ${String(found)}, not ${hash}.`);
}

function entryOf(
  { report, department, number, at, correction }: PublicationRequest,
  hash: string,
  files: readonly DisclosedFile[],
): PublicationEntry {
  const { year, orgCode, orgName, kind } = report.identity;
  const total = (row: string) => cellValue(report.sections, { table: "t01", row, column: "final" });
  const [income, expense] = [total("income_sum"), total("expense_sum")];
  return {
    ...{ year, orgCode, orgName, kind, department, number, at, editionHash: hash },
    files: [...files],
    totals: {
      ...(income === undefined ? {} : { income }),
      ...(expense === undefined ? {} : { expense }),
    },
    ...(correction && { correction: { ...correction, changes: [...correction.changes] } }),
  };
}

/**
 * The record of a publication is written once; a second edition under its number is a bug. Answers the
 * hash of the record as stored: a second run finds that of the first, with the time of the first.
 */
async function record(deps: PortalDeps, entry: PublicationEntry): Promise<string> {
  const key = recordKey(deps, entry);
  const stored = await putOnce(deps, key, recordBytes(entry), "application/json");
  const { editionHash: hash } = publicationEntrySchema.parse(JSON.parse(textOf(stored)));
  if (hash !== entry.editionHash) {
    throw new Error(`Publication ${String(entry.number)} of ${key} is another edition already.`);
  }
  return deps.sha256(stored);
}
