import { createHash } from "node:crypto";
import { readRecords, type PortalDeps } from "../../../functions/publish/portal-files.ts";
import { redrawYear, updateYear } from "../../../functions/publish/portal-index.ts";
import type { PublicationRequest } from "../../../functions/publish/submission-files.ts";
import type { PublishDeps } from "../../../functions/publish/publish-report.ts";
import { rowOfRecords } from "../../../functions/publish/report-row.ts";
import { findingsView } from "../../../functions/use-cases/findings-view.ts";
import type { FileStore } from "../../../functions/storage/ports.ts";
import { canonicalJson } from "../../../shared/canonical-json.ts";
import type { Manifest } from "../../../shared/report/manifest.ts";
import type { Report } from "../../../shared/report/report.ts";
import type { PortalSettings } from "../../../web/portal/site.ts";
import { tableIn } from "../../../shared/report/section-ids.ts";

export const sha256 = (content: string | Uint8Array): string =>
  createHash("sha256").update(content).digest("hex");

const settings: PortalSettings = {
  baseUrl: "https://jsgk.example.gov.cn",
  pathPrefix: "",
  siteName: "某市部门决算公开平台",
  organiser: "某市财政局",
};

export const depsOn = (
  portal: FileStore,
  attachments: Readonly<Record<string, Uint8Array>> = {},
  error: PortalDeps["log"]["error"] = () => undefined,
): PublishDeps => ({
  ...{ portal, sha256, settings, log: { error } },
  attachment: ({ sha256: hash, name }) => {
    const bytes = attachments[hash];
    return bytes ? Promise.resolve(bytes) : Promise.reject(new Error(`${name} is not stored.`));
  },
});

function manifestOf({ identity, edition, sections }: Report): Manifest {
  const hashes = Object.entries(sections).map(([id, section]) => [
    id,
    sha256(canonicalJson(section)),
  ]);
  return {
    ...identity,
    edition: edition.id,
    sections: Object.fromEntries(hashes) as Manifest["sections"],
  };
}

export const requestOf = (
  report: Report,
  more: Partial<PublicationRequest> = {},
): PublicationRequest => ({
  report,
  manifest: manifestOf(report),
  checked: findingsView(report, []),
  pdf: new TextEncoder().encode(`%PDF-1.4 ${report.identity.orgCode}`),
  department: { code: report.identity.orgCode.slice(0, 3), name: report.identity.orgName },
  number: 1,
  at: "2023-09-15T02:30:00Z",
  ...more,
});

/** The report with one cell changed, as a correction would. */
export function corrected(report: Report, fen: number): Report {
  const t09 = tableIn(report.sections, "t09");
  const rows = t09.rows.map((row) =>
    row.key === "reception" ? { ...row, cells: { ...row.cells, final: fen } } : row,
  );
  return { ...report, sections: { ...report.sections, t09: { rows } } };
}

/** Lists a report as its records say, as the message does that follows an act. */
export async function list(deps: PortalDeps, year: number, code: string): Promise<void> {
  const row = rowOfRecords(await readRecords(deps, year, code));
  const change = { code, departments: [], ...(row && { row }) };
  if ((await updateYear(deps, year, [change])) === "updated") return;
  await redrawYear(deps, year, row === undefined ? [] : [row]);
}
