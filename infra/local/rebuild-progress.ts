import { existsSync } from "node:fs";
import { now } from "../../functions/platform/clock.ts";
import { sha256 } from "../../functions/platform/ids.ts";
import { rebuildProgress } from "../../functions/use-cases/progress/follow-registry.ts";
import { databaseFile, openDataFolder } from "./data-folder.ts";
import { acquireDataLock } from "./data-lock.ts";
import { dataArgument } from "./data-argument.ts";
import { loadServed } from "./installation/served.ts";

/**
 * `npm run rebuild-progress [-- --data DIR]`: makes the year's progress (进度) of every region again from the
 * heads of its reports and its registry, while the system is stopped. Exit 0 done, 1 refused in one sentence.
 */
async function main(): Promise<string | undefined> {
  const data = dataArgument();
  if (data === undefined) return "Usage: npm run rebuild-progress [-- --data DIR]";
  // What is opened is made where it is missing.
  if (!existsSync(databaseFile(data))) return `${data} is no data folder: name it with --data.`;
  const served = await loadServed(data);
  if (!served.ok) return served.error.message;
  const lock = await acquireDataLock(data, { now });
  if (!lock.ok) return lock.error.message;
  try {
    // Nothing is uploaded here: no ticket is signed with this.
    const opened = await openDataFolder({ folder: data, sha256, now, secret: "-", filesUrl: "" });
    if (!opened.ok) return opened.error.message;
    for (const { code } of served.value.regions) {
      await rebuildProgress(opened.value, code);
      process.stdout.write(`The progress of ${code} is made again.\n`);
    }
    await opened.value.close();
    return undefined;
  } finally {
    await lock.value.release();
  }
}

const refusal = await main();
if (refusal !== undefined) {
  process.stderr.write(`${refusal}\n`);
  process.exitCode = 1;
}
