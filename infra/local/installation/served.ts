import type { RegionSettings } from "../../../functions/platform/regions.ts";
import { omitUndefined } from "../../../shared/omit-undefined.ts";
import { err, ok, type Result } from "../../../shared/result.ts";
import { city } from "../seed/city.ts";
import { loadInstallation } from "./kind.ts";
import type { Installation } from "./settings.ts";

/** What a data folder is for: whose regions, and the settings of one that was set up. */
export interface Served {
  readonly regions: readonly RegionSettings[];
  /** Undefined: a demonstration. */
  readonly installation: Installation | undefined;
}

const demonstration: Served = {
  regions: city.map(({ settings }) => settings),
  installation: undefined,
};

/** Reads what a data folder serves; a folder without settings is a demonstration. */
export async function loadServed(
  folder: string,
): Promise<Result<Served, { readonly message: string }>> {
  const loaded = await loadInstallation(folder);
  if (!loaded.ok) return err(loaded.error);
  const installation = loaded.value;
  if (installation === undefined) return ok(demonstration);
  const { code, name, pathPrefix, siteName, ...words } = installation.region;
  return ok({
    regions: [{ code, name, pathPrefix, siteName, ...omitUndefined(words) }],
    installation,
  });
}
