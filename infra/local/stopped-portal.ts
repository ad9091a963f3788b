import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { now } from "../../functions/platform/clock.ts";
import { sha256 } from "../../functions/platform/ids.ts";
import { createLog } from "../../functions/platform/log.ts";
import type { PublishSubmissionDeps } from "../../functions/publish/submission-deps.ts";
import { portalSettings } from "../../functions/publish/portal-settings.ts";
import { licensedCoverage } from "../../functions/render/fonts.ts";
import { shippedEditions } from "../../shared/editions/shipped-editions.ts";
import { databaseFile, openDataFolder } from "./data-folder.ts";
import { acquireDataLock } from "./data-lock.ts";
import type { RegionSettings } from "../../functions/platform/regions.ts";
import { loadServed } from "./installation/served.ts";

/** What the programs have in common that write the public portal while the host is stopped. */

/** Why nothing was done, in one sentence. */
class Refused extends Error {}

/** Does the work for each region that was named, and answers whether all of it was done. */
type PortalWork = (
  deps: PublishSubmissionDeps,
  region: RegionSettings,
  served: readonly RegionSettings[],
) => Promise<boolean>;

const usageOf = (script: string) => `Usage: npm run ${script} [-- options]
  --data DIR         data folder (default .data)
  --region CODE      only the portal of one region (six digits)
  --portal-url URL   address of the portal, as its pages name it (default that of the settings, else
                     http://127.0.0.1:8081)`;

function readArguments(script: string) {
  try {
    const { values } = parseArgs({
      options: {
        data: { type: "string", default: ".data" },
        region: { type: "string" },
        "portal-url": { type: "string" },
      },
    });
    return values;
  } catch {
    throw new Refused(usageOf(script));
  }
}

async function run(values: ReturnType<typeof readArguments>, work: PortalWork): Promise<boolean> {
  const { data: folder, region } = values;
  const loaded = await loadServed(folder);
  if (!loaded.ok) throw new Refused(loaded.error.message);
  const { regions: served, installation } = loaded.value;
  const portalUrl = values["portal-url"] ?? installation?.portalUrl ?? "http://127.0.0.1:8081";
  const regions = served.filter(({ code }) => region === undefined || code === region);
  if (regions.length === 0) throw new Refused(`The region ${region ?? ""} is not served here.`);
  // A lock makes its folder: a misspelt name is refused before.
  if (!existsSync(databaseFile(resolve(folder)))) {
    throw new Refused(`${folder} is no data folder: it has no database. Name one with --data DIR.`);
  }
  const lock = await acquireDataLock(folder, { now });
  if (!lock.ok) throw new Refused(lock.error.message);
  try {
    const opened = await openDataFolder({
      ...{ folder, sha256, now, filesUrl: "http://127.0.0.1/files" },
      secret: "links are not issued here",
    });
    if (!opened.ok) throw new Refused(opened.error.message);
    const stores = opened.value;
    try {
      const deps = {
        ...stores,
        ...{ files: stores.vault, sha256, editions: shippedEditions, now },
        log: createLog({ now, write: (line) => process.stderr.write(`${line}\n`) }),
        settingsOf: portalSettings(served, portalUrl.replace(/\/$/, "")),
        licensedCharacters: await licensedCoverage(join(folder, "fonts")),
      };
      let isWhole = true;
      for (const one of regions) isWhole = (await work(deps, one, served)) && isWhole;
      return isWhole;
    } finally {
      await stores.close();
    }
  } finally {
    await lock.value.release();
  }
}

/** Runs a program over the regions its arguments name. Exit 0 whole, 1 something is left, 2 refused. */
export async function onStoppedPortal(script: string, work: PortalWork): Promise<void> {
  try {
    process.exitCode = (await run(readArguments(script), work)) ? 0 : 1;
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 2;
  }
}
