import { isOtherVersion } from "../../shared/editions/own-edition-id.ts";
import { decideYear } from "../../shared/registry/decide-registry.ts";
import type { FiscalYear } from "../../shared/registry/registry.ts";
import type { Result } from "../../shared/result.ts";
import type { ReportStore } from "../storage/ports.ts";
import { offeredEdition, type OwnEditionDeps } from "./own-editions.ts";
import { changeRegistry } from "./registry-chain.ts";
import { explained, storedOr, type Administrator, type RegistryRefusal } from "./registry.ts";
import { editionOf } from "./stored-edition.ts";

/** Opens or changes a year with its deadlines. */
export async function putYear(
  deps: OwnEditionDeps & { readonly reports: Pick<ReportStore, "byYear"> },
  by: Administrator,
  wanted: FiscalYear,
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
    const facts = {
      ...{ before, edition, hasReports },
      isNewVersion: before !== undefined && isOtherVersion(before.edition, wanted.edition),
    };
    return decideYear({ state, by, now: deps.now() }, wanted, facts);
  });
  if (!changed.ok) return explained(deps, region, changed.error);
  return storedOr(await deps.registry.year(region, year));
}
