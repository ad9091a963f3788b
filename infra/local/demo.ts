import "./quiet-sdk.ts";
import { existsSync } from "node:fs";
import { mkdir, readdir, rm, stat } from "node:fs/promises";
import { join, resolve } from "node:path";
import { performance } from "node:perf_hooks";
import { parseArgs } from "node:util";
import { now } from "../../functions/platform/clock.ts";
import { sha256 } from "../../functions/platform/ids.ts";
import { createLog } from "../../functions/platform/log.ts";
import { keyOf } from "../../functions/publish/portal-files.ts";
import { readBack } from "../../functions/publish/read-back.ts";
import { tellStory, type Step } from "./demo/story.ts";
import { startHost, type Host } from "./host.ts";
import { shippedEditions } from "../../shared/editions/shipped-editions.ts";
import { errorMessage } from "../../functions/platform/errors.ts";

/** `npm run demo`: the main job through the real HTTP API, ended by reading back what was published. */

const print = (line: string) => process.stdout.write(`${line}\n`);
const year = 2022;

const step: Step = async (what, work) => {
  const start = performance.now();
  const value = await work();
  const seconds = ((performance.now() - start) / 1000).toFixed(2);
  print(`${seconds.padStart(7)} s  ${what}`);
  return value;
};

async function main(): Promise<void> {
  const dataDir = await emptyFolder(readArguments().data);
  const began = performance.now();
  const started = await step("The system starts on free ports", () =>
    startHost({
      dataDir,
      cacheDir: join(import.meta.dirname, "../../node_modules/.cache/juesuan"),
      address: "127.0.0.1",
      staffPort: 0,
      portalPort: 0,
      seed: "registry",
      editions: shippedEditions,
      chromePath: process.env["CHROME_PATH"],
      // One person of the story does in seconds what takes people a week.
      requestsPerMinute: { person: 60_000, address: 60_000 },
      environment: process.env,
      now,
      log: createLog({ now, write: warnOnly }),
      onProgress: (sentence) => print(`           ${sentence}`),
    }),
  );
  if (!started.ok) throw new Error(started.error.message);
  const host = started.value;
  try {
    const codes = await tellStory(host, step);
    await step("What the portal serves is read back and compared", () => verify(host, codes));
    print(`\nDone in ${((performance.now() - began) / 1000).toFixed(1)} s. Published files:`);
    for (const code of codes) await list(join(dataDir, "portal", String(year), code));
  } finally {
    await host.close();
  }
}

function readArguments() {
  try {
    return parseArgs({ options: { data: { type: "string" } } }).values;
  } catch (error) {
    const why = errorMessage(error);
    throw new Error(`${why}\nUsage: npm run demo [-- --data DIR]`);
  }
}

/** The demo's own folder starts afresh; a folder somebody named is never emptied for them. */
async function emptyFolder(named: string | undefined): Promise<string> {
  const folder = resolve(named ?? ".demo");
  if (named === undefined) await rm(folder, { recursive: true, force: true });
  else if (existsSync(folder)) {
    if (!(await stat(folder)).isDirectory()) {
      throw new Error(`${folder} is a file, not a folder: name a new folder for the demo.`);
    }
    if ((await readdir(folder)).length > 0) {
      throw new Error(`The folder ${folder} is not empty: name a new one for the demo.`);
    }
  }
  await mkdir(folder, { recursive: true, mode: 0o700 });
  return folder;
}

/** Files say the same as each other, and the portal serves those very files. */
async function verify(host: Host, codes: readonly string[]): Promise<void> {
  for (const code of codes) {
    const path = `/${String(year)}/${code}/`;
    const read = await readBack({ portal: host.data.portal, sha256 }, path);
    if (!read.ok) throw new Error(read.error.join("\n"));
    const tables = read.value.report.tables.map(({ id }) => `${id}.csv`);
    const documents = ["report.pdf", "report.json", "checks.json", "datapackage.json"];
    for (const name of ["", "checks/", ...documents, ...tables]) {
      const response = await fetch(`${host.portalUrl}${path}${name}`);
      const served = new Uint8Array(await response.arrayBuffer());
      const stored = await host.data.portal.get(keyOf(path + name));
      if (!response.ok || stored === undefined || sha256(served) !== sha256(stored)) {
        throw new Error(`The portal does not serve ${path}${name} as it was published.`);
      }
    }
  }
}

async function list(folder: string): Promise<void> {
  print(`\n  ${folder}`);
  const names = (await readdir(folder)).sort();
  for (const name of names) {
    const file = await stat(join(folder, name));
    if (file.isFile())
      print(`    ${name.padEnd(18)} ${(file.size / 1024).toFixed(1).padStart(8)} KB`);
  }
}

function warnOnly(line: string): void {
  const { level } = JSON.parse(line) as { level: string };
  if (level !== "info") process.stderr.write(`${line}\n`);
}

main().catch((error: unknown) => {
  process.stderr.write(`${errorMessage(error)}\n`);
  process.exitCode = 1;
});
