import { pagesOf } from "../../storage/pages.ts";
import type { FileReader, RegistryStore, ReportStore } from "../../storage/ports.ts";
import { publicationOf } from "../../../shared/workflow/transitions.ts";
import { anchoredChains } from "./anchors.ts";
import type { AuditFault } from "./fault.ts";
import { foldersWithoutReport } from "./publication-faults.ts";
import { placeOfReport } from "../open-report.ts";
import { verifyReport, type AuditDeps, type Verification } from "./verify-report.ts";

interface YearDeps extends AuditDeps {
  readonly reports: AuditDeps["reports"] & Pick<ReportStore, "byYear">;
}

/** Reports in one read of the year's list. */
const pageSize = 25;

/**
 * Verifies a year of a region report by report, one in memory at a time: those listed, then those
 * that only their anchors remember, then what the portal shows that no report answers for.
 */
export async function* verifyYear(
  deps: YearDeps,
  { region, year, portalRoot }: { region: string; year: number; portalRoot: string | undefined },
): AsyncGenerator<Verification | { readonly faults: readonly AuditFault[] }> {
  const seen = new Set<string>();
  const answering = new Set<string>();
  async function* verified(ids: readonly string[]) {
    for (const id of ids) {
      seen.add(id);
      const verification = await verifyReport(deps, id, "full");
      if (verification === undefined) continue;
      if (mayBePublic(verification)) answering.add(placeOfReport(id).orgCode);
      yield verification;
    }
  }
  const pages = pagesOf((page) => deps.reports.byYear(region, year, page), pageSize);
  for await (const { items, damaged = [] } of pages) {
    yield* verified([...items.map(({ id }) => id), ...damaged].sort());
  }
  const anchored = await anchoredChains(deps.files, `${region}-${String(year)}-`);
  yield* verified(anchored.filter((id) => !seen.has(id)));
  if (portalRoot === undefined) return;
  const faults = await foldersWithoutReport(deps.portal, portalRoot, year, answering);
  if (faults.length > 0) yield { faults };
}

/** Whose public files were compared with receipts, or are being written; a damaged head leaves it open. */
const mayBePublic = ({ head }: Verification): boolean =>
  head === undefined || head.state.status === "approved" || publicationOf(head.state) !== undefined;

/** The years of a region that anything is known of: entered by the bureau, or left in anchors. */
export async function yearsOf(
  {
    registry,
    files,
  }: { readonly registry: Pick<RegistryStore, "inventory">; readonly files: FileReader },
  region: string,
): Promise<readonly number[]> {
  // A record of a year that cannot be read hides no other, and is named by the registry's verification.
  const { records } = await registry.inventory(region);
  const entered = records.flatMap((record) =>
    "value" in record && record.value.kind === "year" ? [record.value.value.year] : [],
  );
  const anchored = (await anchoredChains(files, `${region}-`)).flatMap((chain) => {
    const year = /^\d{6}-(\d{4})-/.exec(chain)?.[1];
    return year === undefined ? [] : [Number(year)];
  });
  return [...new Set([...entered, ...anchored])].sort((a, b) => a - b);
}
