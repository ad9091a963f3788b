import { stat } from "node:fs/promises";
import { now } from "../../functions/platform/clock.ts";
import { dataArgument } from "./data-argument.ts";
import { redriveFolder } from "./queue/folder-queue.ts";
import { queueDir, queueNames } from "./queue/queue-dir.ts";

/**
 * `npm run redrive [-- --data DIR]`: gives every message that died its attempts anew, whether the system
 * runs or not; exit 0 done, 1 refused, 2 when there is a message that nobody can read.
 */
async function redrive(): Promise<void> {
  const print = (sentence: string) => process.stdout.write(`${sentence}\n`);
  const refuse = (sentence: string) => {
    process.stderr.write(`${sentence}\n`);
    process.exitCode = 1;
  };
  const folder = dataArgument();
  if (folder === undefined) {
    refuse("Usage: npm run redrive [-- --data DIR]");
    return;
  }
  if (!(await stat(folder).catch(() => undefined))?.isDirectory()) {
    refuse(`${folder} is no data folder: name it with --data.`);
    return;
  }
  for (const name of queueNames) {
    const { sentBack, unreadable } = await redriveFolder(queueDir(folder, name), now);
    print(`${name}: ${String(sentBack)} sent back`);
    for (const file of unreadable) {
      print(`  ${file} cannot be read: inspect it, then remove it`);
      process.exitCode = 2;
    }
  }
  print("A running system takes them in within a minute, a stopped one at its next start.");
}

await redrive();
