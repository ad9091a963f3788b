import { canonicalJson } from "../../../shared/canonical-json.ts";
import type { KeptReport } from "../../../shared/progress/progress.ts";
import type { AuditLog, PageRequest, ReportStore } from "../../storage/ports.ts";
import { lineageOfReport } from "../access.ts";
import { keepReport, keptOf, type ProgressDeps } from "./keep-progress.ts";
import { omitUndefined } from "../../../shared/omit-undefined.ts";

/** Reports that one run compares: the whole of a region is gone through bit by bit. */
const checkedAtOnce = 10;

/**
 * Compares the next few kept reports of a region with their heads, and mends what differs; answers the
 * ids of those. Nothing should: it is the net below the relay, and where a damaged head is noticed.
 */
export async function checkProgress(
  deps: ProgressDeps & {
    readonly reports: Pick<ReportStore, "surveyHead" | "byYear" | "surveyEvents">;
    readonly audit: Pick<AuditLog, "record">;
  },
  region: string,
): Promise<readonly string[]> {
  const view = await deps.registry.view(region);
  const years = (await view.years()).map(({ year }) => year).sort((a, b) => b - a);
  const [latest] = years;
  if (latest === undefined) return [];
  const position = (await deps.progress.checkPosition(region)) ?? { year: latest };
  const page: PageRequest = {
    limit: checkedAtOnce,
    ...omitUndefined({ after: position.after }),
  };
  const found = await deps.reports.byYear(region, position.year, page);
  const differing: string[] = [...(found.damaged ?? [])];
  for (const head of found.items) {
    // What waits in an outbox is on its way.
    if (head.outbox.length > 0) continue;
    const lineage = await lineageOfReport(view, head);
    const kept = await deps.progress.under(head, lineage?.departmentCode ?? head.departmentCode);
    const mine = kept.find(({ orgCode }) => orgCode === head.orgCode);
    const isCurrent =
      mine?.course?.seq === head.chain.seq &&
      contentOf(mine) === contentOf(keptOf(head, mine.course));
    if (!isCurrent) differing.push(head.id);
  }
  for (const id of differing) await keepReport(deps, id);
  const following = years.find((year) => year < position.year) ?? latest;
  await deps.progress.setCheckPosition(
    region,
    found.next === undefined ? { year: following } : { year: position.year, after: found.next },
  );
  return differing;
}

/** Without the version, which every save of a section counts up. */
const contentOf = ({ summary, ...kept }: KeptReport): string =>
  canonicalJson({ ...kept, version: 0, ...(summary && { summary: { ...summary, version: 0 } }) });
