import {
  type Change,
  type Department,
  type DisclosedFile,
  type PublicationEntry,
} from "../../shared/disclosure/catalogue.ts";
import { csvPath, dataPackageJson } from "../../shared/disclosure/data-package.ts";
import {
  openChecks,
  openChecksJson,
  type CheckedSubmission,
} from "../../shared/disclosure/open-checks.ts";
import {
  disclosedAttachments,
  openReport,
  openReportJson,
} from "../../shared/disclosure/open-report.ts";
import { tableCsv } from "../../shared/disclosure/table-csv.ts";
import { reportTitle } from "../../shared/document/titles.ts";
import type { Manifest } from "../../shared/report/manifest.ts";
import { cellValue, type Report } from "../../shared/report/report.ts";
import type { Attachment } from "../../shared/report/sections.ts";
import { tableIn } from "../../shared/report/section-ids.ts";
import type { Sha256 } from "../../shared/canonical-json.ts";
import { bytesOf } from "./portal-files.ts";
import { omitUndefined } from "../../shared/omit-undefined.ts";

export interface PublicationRequest {
  readonly report: Report;
  /** What the submission consists of; its hash is the submission hash. */
  readonly manifest: Manifest;
  /** What its rules found, as at its submission. */
  readonly checked: CheckedSubmission;
  readonly pdf: Uint8Array;
  /** 主管部门 the report is listed under. */
  readonly department: Department;
  /** 1 for the first publication, counted up by each correction. */
  readonly number: number;
  /** ISO 8601 in UTC; the same on every run of the same publication. */
  readonly at: string;
  readonly correction?: { readonly reason: string; readonly changes: readonly Change[] };
}

export interface SubmissionFile {
  readonly path: string;
  readonly title: string;
  readonly contentType: string;
  readonly bytes: Uint8Array;
}

interface SubmissionDeps {
  readonly sha256: Sha256;
  /** Bytes of an attached file, which have its hash; rejects when none are stored that have. */
  readonly attachment: (file: Pick<Attachment, "sha256" | "name">) => Promise<Uint8Array>;
  /** Stores a file of the submission; returns the stored bytes, which may be those of an earlier run. */
  readonly keep: (file: SubmissionFile) => Promise<Uint8Array>;
}

/** A submission's own files, one after the other, as its record names them. */
export async function storeSubmissionFiles(
  deps: SubmissionDeps,
  request: PublicationRequest,
  hash: string,
): Promise<DisclosedFile[]> {
  const { report, pdf } = request;
  const write = async (file: SubmissionFile): Promise<DisclosedFile> => {
    const stored = await deps.keep(file);
    const { path, title, contentType } = file;
    return { path, title, contentType, sizeBytes: stored.length, sha256: deps.sha256(stored) };
  };
  const json = await write(reportJsonFile(request, hash));
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

export const reportJsonFile = (
  { report, manifest }: PublicationRequest,
  hash: string,
): SubmissionFile => ({
  path: "report.json",
  title: "全部数据和文字",
  contentType: "application/json",
  bytes: bytesOf(openReportJson(openReport(report, manifest, hash))),
});

const checksJsonFile = ({ report, checked }: PublicationRequest, hash: string): SubmissionFile => ({
  path: "checks.json",
  title: "审核情况（逐条公式）",
  contentType: "application/json",
  bytes: bytesOf(openChecksJson(openChecks(report, hash, checked))),
});

const csvFiles = ({ edition, sections }: Report): SubmissionFile[] =>
  edition.forms
    .filter((form) => form.unprinted !== true)
    .map((form) => ({
      path: csvPath(form),
      title: form.number === undefined ? form.title : `${form.number} ${form.title}`,
      contentType: "text/csv",
      bytes: bytesOf(tableCsv(form, tableIn(sections, form.id))),
    }));

/** The record of a publication. */
export function entryOf(
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
    totals: omitUndefined({ income, expense }),
    ...(correction && { correction: { ...correction, changes: [...correction.changes] } }),
  };
}
