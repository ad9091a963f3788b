import "./quiet-sdk.ts";
import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { now } from "../../functions/platform/clock.ts";
import { sha256 } from "../../functions/platform/ids.ts";
import { createLog } from "../../functions/platform/log.ts";
import { portalSettings } from "../../functions/publish/portal-settings.ts";
import { rebuildRegion } from "../../functions/publish/rebuild-region.ts";
import { licensedCoverage } from "../../functions/render/fonts.ts";
import { databaseFile, openDataFolder } from "./data-folder.ts";
import { acquireDataLock } from "./data-lock.ts";
import { city } from "./seed/city.ts";
import { shippedEditions } from "../../shared/editions/shipped-editions.ts";

/**
 * `npm run rebuild-portal [-- --data DIR] [--region CODE] [--portal-url URL]`: the public portal drawn
 * anew from vault and database while the host is stopped. Exit 0 whole, 1 something is lost, 2 refused.
 */

const usage = `Usage: npm run rebuild-portal [-- options]
  --data DIR         data folder (default .data)
  --region CODE      only the portal of one region (six digits)
  --portal-url URL   address of the portal, as its pages name it (default http://127.0.0.1:8081)`;

/** Why nothing was rebuilt, in one sentence. */
class Refused extends Error {}

function readArguments() {
  try {
    const { values } = parseArgs({
      options: {
        data: { type: "string", default: ".data" },
        region: { type: "string" },
        "portal-url": { type: "string", default: "http://127.0.0.1:8081" },
      },
    });
    return values;
  } catch {
    throw new Refused(usage);
  }
}

async function run(values: ReturnType<typeof readArguments>): Promise<readonly string[]> {
  const { data: folder, region } = values;
  const served = city.map(({ settings }) => settings);
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
        settingsOf: portalSettings(served, values["portal-url"].replace(/\/$/, "")),
        licensedCharacters: await licensedCoverage(join(folder, "fonts")),
      };
      const lost: string[] = [];
      for (const { code, pathPrefix } of regions) {
        const others = served
          .filter((one) => one.code !== code && one.pathPrefix !== "")
          .map((one) => `${one.pathPrefix.slice(1)}/`)
          .filter((root) => !`${pathPrefix.slice(1)}/`.startsWith(root));
        const done = await rebuildRegion(deps, code, others);
        const files = done.lost.length === 0 ? "" : `, ${String(done.lost.length)} files are lost`;
        process.stdout.write(`${code}: ${String(done.reports)} reports drawn${files}.\n`);
        lost.push(...done.lost);
      }
      return lost;
    } finally {
      await stores.close();
    }
  } finally {
    await lock.value.release();
  }
}

try {
  const lost = await run(readArguments());
  for (const key of lost) process.stdout.write(`Lost: ${key}\n`);
  process.exitCode = lost.length === 0 ? 0 : 1;
} catch (error) {
  if (!(error instanceof Refused)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 2;
}
