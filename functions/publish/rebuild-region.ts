import { homePath } from "../../web/portal/site.ts";
import { stylesheet } from "../../web/portal/stylesheet.ts";
import { pagesOf } from "../storage/pages.ts";
import type { ReportHead } from "../storage/ports.ts";
import type { PublishSubmissionDeps } from "./submission-deps.ts";
import { bytesOf, catalogueRoot, keyOf, rootOf } from "./portal-files.ts";
import { portalOf } from "./region-index.ts";
import { refreshPlan } from "./region-plan.ts";
import { restorePublication } from "./restore-publication.ts";

export interface Rebuilt {
  readonly reports: number;
  /** Keys of files that neither vault nor history can give back. */
  readonly lost: readonly string[];
}

/**
 * Draws a region's whole portal anew from vault, heads and registry, while nothing else writes it: each
 * report with its records, then the lists. `otherRoots` are the folders of other regions within this
 * one's. Reports are gone through page by page, so memory does not grow with their number.
 */
export async function rebuildRegion(
  deps: PublishSubmissionDeps,
  region: string,
  otherRoots: readonly string[],
): Promise<Rebuilt> {
  await clearLists(deps, region, otherRoots);
  let reports = 0;
  const lost: string[] = [];
  for await (const head of headsOf(deps, region)) {
    if (!("publication" in head.state)) continue;
    const done = await restorePublication(deps, head, { anew: true });
    reports += 1;
    lost.push(...done.lost);
  }
  await refreshPlan(deps, { region });
  return { reports, lost };
}

/** Every report of every year. */
async function* headsOf(deps: PublishSubmissionDeps, region: string): AsyncGenerator<ReportHead> {
  for (const { year } of await deps.registry.years(region)) {
    const pages = pagesOf((page) => deps.reports.byYear(region, year, page), 25);
    for await (const { items } of pages) yield* items;
  }
}

/** What is drawn from others goes first, so that nothing stays that nothing leads to any more. */
async function clearLists(
  deps: PublishSubmissionDeps,
  region: string,
  otherRoots: readonly string[],
): Promise<void> {
  const { portal, settings, sha256 } = portalOf(deps, region);
  const root = rootOf(settings);
  const records = catalogueRoot(settings);
  const isOfReport = (key: string) =>
    /^\d{4}\/[0-9A-Z]+\//.test(key.slice(root.length)) ||
    (key.startsWith(records) && /^\d{4}\/[0-9A-Z]+\//.test(key.slice(records.length))) ||
    key.startsWith(`${root}assets/`);
  for (const { key } of await portal.list(root)) {
    if (isOfReport(key) || otherRoots.some((other) => key.startsWith(other))) continue;
    await portal.delete(key);
  }
  // The stylesheet is only ever added; a spoilt one is put right.
  const sheet = keyOf(`${homePath(settings)}assets/${sha256(stylesheet).slice(0, 12)}.css`);
  await portal.put(sheet, bytesOf(stylesheet), "text/css; charset=utf-8");
}
