import { addTallies } from "../../shared/progress/progress.ts";
import { omitUndefined } from "../../shared/omit-undefined.ts";
import { isOtherVersion } from "../../shared/editions/own-edition-id.ts";
import { decideYear } from "../../shared/registry/decide-registry.ts";
import type { FiscalYear } from "../../shared/registry/registry.ts";
import type { Result } from "../../shared/result.ts";
import { everyItem } from "../storage/pages.ts";
import type { ProgressStore, ReportStore } from "../storage/ports.ts";
import { offeredEdition, type OwnEditionDeps } from "./own-editions.ts";
import { changeRegistry } from "./registry-chain.ts";
import { explained, storedOr, type Administrator, type RegistryRefusal } from "./registry.ts";
import { editionOf } from "./stored-edition.ts";

/** Opens, changes or ends a year with its deadlines. */
export async function putYear(
  deps: OwnEditionDeps & {
    readonly reports: Pick<ReportStore, "byYear">;
    readonly progress: Pick<ProgressStore, "lines">;
  },
  by: Administrator,
  { wanted, reason }: { readonly wanted: FiscalYear; readonly reason: string | undefined },
): Promise<Result<FiscalYear, RegistryRefusal>> {
  const { region, year } = wanted;
  const changed = await changeRegistry(deps, region, async ({ state }) => {
    const before = await deps.registry.year(region, year);
    const changesEdition = before !== undefined && before.edition !== wanted.edition;
    const hasReports =
      changesEdition && (await deps.reports.byYear(region, year, { limit: 1 })).items.length > 0;
    const edition =
      before?.edition === wanted.edition
        ? await editionOf(deps, wanted.edition)
        : await offeredEdition(deps, region, wanted.edition);
    const ends = wanted.status === "closed" && before?.status === "open";
    const facts = {
      ...{ before, edition, hasReports, ...omitUndefined({ reason }) },
      underWay: ends ? await underWay(deps.progress, wanted) : nothing,
      isNewVersion: before !== undefined && isOtherVersion(before.edition, wanted.edition),
    };
    return decideYear({ state, by, now: deps.now() }, wanted, facts);
  });
  if (!changed.ok) return explained(deps, region, changed.error);
  return storedOr(await deps.registry.year(region, year));
}

const nothing = { inReview: 0, unpublished: 0 };

/** Reports that were handed in and are not public yet, by what is kept of the year's progress. */
async function underWay(
  progress: Pick<ProgressStore, "lines">,
  year: FiscalYear,
): Promise<typeof nothing> {
  const lines = await everyItem((page) => progress.lines(year, page));
  const { counts } = addTallies(lines.map(({ tally }) => tally));
  const { in_review: inReview = 0, approved = 0, print_failed = 0, publish_failed = 0 } = counts;
  return { inReview, unpublished: approved + print_failed + publish_failed };
}
