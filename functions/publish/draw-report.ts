import { submissionFolder, type PublicationEntry } from "../../shared/disclosure/catalogue.ts";
import { openChecksSchema } from "../../shared/disclosure/open-checks.ts";
import { openReportSchema } from "../../shared/disclosure/open-report.ts";
import { checksPage } from "../../web/portal/checks-page.ts";
import { tombstonePage } from "../../web/portal/plain-pages.ts";
import { reportPage } from "../../web/portal/report-page.ts";
import {
  checksPath,
  submissionPath,
  homePath,
  reportPath,
  type PortalSite,
} from "../../web/portal/site.ts";
import { stylesheet } from "../../web/portal/stylesheet.ts";
import { inBatches } from "../use-cases/in-batches.ts";
import {
  bytesOf,
  keyOf,
  readRecords,
  recordsRoot,
  textOf,
  type PortalDeps,
  type ReportRecords,
} from "./portal-files.ts";

/**
 * Draws a report's address from its records. There is no lock: whoever draws checks again after the last
 * write and draws once more if another act was recorded meanwhile, so the last to finish is right.
 * The latest publication and the one it took the place of are drawn; those before stay as they are.
 */
export async function drawReport(
  deps: PortalDeps,
  year: number,
  orgCode: string,
  extent: "latest" | "all" = "latest",
): Promise<void> {
  const read = () => readRecords(deps, year, orgCode);
  let records = await read();
  for (;;) {
    await drawAddress(deps, { year, orgCode, extent }, records);
    const after = await read();
    if (JSON.stringify(after) === JSON.stringify(records)) return;
    records = after;
  }
}

/** The stylesheet is named by its content: a page keeps the one it was drawn with. */
export async function siteOf({ portal, sha256, settings }: PortalDeps): Promise<PortalSite> {
  const path = `${homePath(settings)}assets/${sha256(stylesheet).slice(0, 12)}.css`;
  await portal.putIfAbsent(keyOf(path), bytesOf(stylesheet), "text/css; charset=utf-8");
  return { ...settings, stylesheet: path };
}

export const htmlType = "text/html; charset=utf-8";

/** A file may have 20 MB. */
const filesAtOnce = 4;

async function drawAddress(
  deps: PortalDeps,
  {
    year,
    orgCode,
    extent,
  }: { readonly year: number; readonly orgCode: string; readonly extent: "latest" | "all" },
  { publications, tombstone }: ReportRecords,
): Promise<void> {
  const site = await siteOf(deps);
  const address = reportPath(site, year, orgCode);
  const putPage = (path: string, html: string): Promise<void> =>
    deps.portal.put(keyOf(path), bytesOf(html), htmlType);
  if (tombstone !== undefined) {
    await putPage(address, tombstonePage(site, tombstone));
    await clear(deps, address.slice(1), (key) => key !== keyOf(address));
    await clear(deps, recordsRoot(site, year, orgCode), (key) => !key.endsWith("/retracted.json"));
    return;
  }
  const latest = publications.at(-1);
  const archive = `${address.slice(1)}editions/`;
  if (latest === undefined) {
    // Nothing counts as published: what an attempt had drawn here goes, its submission's own files later.
    await clear(deps, address.slice(1), (key) => !key.startsWith(archive));
    return;
  }
  for (const shown of extent === "all" ? publications : publications.slice(-2)) {
    const { files, report, checks } = await submissionOf(deps, site, shown);
    const isLatest = shown === latest;
    // What follows a publication changes its archive page once: by its successor's number and time.
    const known = isLatest ? publications : publications.slice(0, publications.indexOf(shown) + 2);
    const page = { report, checks, shown, publications: known };
    const folders = isLatest ? [folderOf(site, shown), address] : [folderOf(site, shown)];
    // Files before the pages that link to them; leftovers of the submission before go last.
    await inBatches(isLatest ? files : [], filesAtOnce, ({ path, contentType, bytes }) =>
      deps.portal.put(address.slice(1) + path, bytes, contentType),
    );
    const pages = [
      ...(checks === undefined
        ? []
        : [{ below: checksPath, html: checksPage(site, { ...page, checks }) }]),
      { below: (folder: string) => folder, html: reportPage(site, page) },
    ];
    for (const { below, html } of pages) {
      for (const folder of folders) await putPage(below(folder), html);
    }
    if (!isLatest) continue;
    const paths = files.map(({ path }) => address.slice(1) + path);
    const kept = new Set([...pages.map(({ below }) => keyOf(below(address))), ...paths]);
    if (extent === "all" || publications.length === 1) {
      await clear(deps, address.slice(1), (key) => !kept.has(key) && !key.startsWith(archive));
      continue;
    }
    // A correction does not list every submission before it: only what its predecessor had here can be left.
    await clear(deps, `${address.slice(1)}files/`, (key) => !kept.has(key));
    for (const { path } of publications.at(-2)?.files ?? []) {
      const key = address.slice(1) + path;
      if (!kept.has(key)) await deps.portal.delete(key);
    }
  }
}

/** A submission's own stored files; they were written before its record, so all are there. */
async function submissionOf({ portal }: PortalDeps, site: PortalSite, shown: PublicationEntry) {
  const files = await Promise.all(
    shown.files.map(async (file) => {
      const key = folderOf(site, shown).slice(1) + file.path;
      const bytes = await portal.get(key);
      if (bytes === undefined) throw new Error(`The portal has lost ${key}, which it published.`);
      return { ...file, bytes };
    }),
  );
  const json = (name: string): unknown => {
    const file = files.find(({ path }) => path === name);
    return file && JSON.parse(textOf(file.bytes));
  };
  const report = json("report.json");
  if (report === undefined) throw new Error(`${shown.orgCode} was published without report.json.`);
  return {
    files,
    report: openReportSchema.parse(report),
    // What was published before ledgers were has none.
    checks: openChecksSchema.optional().parse(json("checks.json")),
  };
}

const folderOf = (site: PortalSite, { year, orgCode, editionHash }: PublicationEntry): string =>
  submissionPath(site, year, orgCode, submissionFolder(editionHash));

async function clear(
  { portal }: PortalDeps,
  prefix: string,
  isUnwanted: (key: string) => boolean,
): Promise<void> {
  for (const { key } of await portal.list(prefix)) {
    if (isUnwanted(key)) await portal.delete(key);
  }
}
