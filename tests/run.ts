import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { z } from "zod";
import { closingLines, type Counts } from "./closing-line.ts";
import { nodeOf } from "./node-version.ts";
import { makeRunFolder } from "./run-folder.ts";

/**
 * `npm test [-- --node 22 …] [FILTER …]`: every test on the Node that runs this, and on each other version what
 * depends on Node: the adapters, the API, the bundles, and the demo, which starts the host, prints and publishes.
 */

const dependOnNode = [
  "tests/contract/",
  "tests/functions/api/{handler,life,openapi}.",
  "tests/functions/{platform,relay,storage}/",
  "tests/infra/aws/{bundles,service-stack}.",
  "tests/infra/local/gateway/",
  "tests/infra/local/host/demo.",
].flatMap(alternatives);

/** `a{b,c}d` as `abd` and `acd`: a filter of vitest is a part of a path. */
function alternatives(pattern: string): string[] {
  const [, before = pattern, either, after = ""] = /^(.*)\{(.*)\}(.*)$/u.exec(pattern) ?? [];
  return either === undefined
    ? [before]
    : either.split(",").map((one) => `${before}${one}${after}`);
}

const countsSchema = z.object({
  passed: z.number(),
  failed: z.number(),
  skipped: z.number(),
  failures: z.array(z.string()),
});

/** A run that ends badly without saying how is one failure. */
async function run(node: string, filters: readonly string[]): Promise<Counts> {
  const folder = mkdtempSync(join(tmpdir(), "juesuan-counts-"));
  try {
    const file = join(folder, "counts.json");
    const vitest = join(import.meta.dirname, "../node_modules/vitest/vitest.mjs");
    const child = spawn(node, [vitest, "run", ...filters], {
      stdio: "inherit",
      env: { ...process.env, TEST_COUNTS: file, TEST_RUN_FOLDER: runFolder },
    });
    const [code] = (await once(child, "exit")) as [number | null];
    const counts = existsSync(file)
      ? countsSchema.parse(JSON.parse(readFileSync(file, "utf8")))
      : { passed: 0, failed: 0, skipped: 0, failures: [] };
    return code === 0 || counts.failed > 0
      ? counts
      : { ...counts, failed: 1, failures: [`the run itself: it ended with ${String(code)}`] };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const { values, positionals } = parseArgs({
  options: { node: { type: "string", multiple: true, default: [] } },
  allowPositionals: true,
});
const runFolder = await makeRunFolder();
const runs = [await run(process.execPath, positionals)];
const notices: string[] = [];
for (const version of values.node) {
  if (process.version.startsWith(`v${version}.`)) continue;
  const node = nodeOf(version);
  if (node === undefined) notices.push(`Node ${version} cannot be had here: not tested with it.`);
  else {
    process.stdout.write(`\nWith Node ${version}:\n`);
    runs.push(await run(node, dependOnNode));
  }
}
rmSync(runFolder, { recursive: true, force: true });
process.stdout.write(`\n${[...notices, closingLines(runs)].join("\n")}\n`);
process.exitCode = runs.some(({ failed }) => failed > 0) ? 1 : 0;
