import type { PortalSettings } from "../../web/portal/site.ts";
import type { RegionSettings } from "../platform/regions.ts";

/** What a region's portal pages must name, by region code; an unknown region is a fault of the wiring. */
export const portalSettings =
  (regions: readonly RegionSettings[], portalUrl: string) =>
  (region: string): PortalSettings => {
    const found = regions.find(({ code }) => code === region);
    if (found === undefined) throw new Error(`The region ${region} is not served here.`);
    return { ...found, baseUrl: portalUrl };
  };
