import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createPrinter } from "../../functions/render/print.ts";
import { runFromSources, startFromSources } from "../infra/local/host/program.ts";
import type { Line } from "./line.ts";
import { median } from "./quantile.ts";

/** Times of the local host, each program in a process of its own; medians of three, one demo. */
export async function measureHost(): Promise<readonly Line[]> {
  const folder = await mkdtemp(join(tmpdir(), "juesuan-bench-"));
  try {
    const fresh: number[] = [];
    const seeded: number[] = [];
    for (const name of ["a", "b", "c"]) {
      fresh.push(await readyMs(join(folder, name)));
      seeded.push(await readyMs(join(folder, name)));
    }
    const began = performance.now();
    const demo = runFromSources("demo", "--data", join(folder, "demo"));
    const { code } = await demo.ended;
    const demoMs = performance.now() - began;
    if (code !== 0) throw new Error(`The demo failed: ${demo.stderr()}`);
    // Unpacking and starting Chromium where it never ran.
    const coldPrinter = await coldPrinterMs(join(folder, "cache"));
    return [
      { name: "npm start in a new folder, ready", value: median(fresh), unit: "ms", limit: 5_000 },
      {
        name: "npm start in a seeded folder, ready",
        ...{ value: median(seeded), unit: "ms", limit: 5_000 },
      },
      { name: "npm run demo", value: demoMs, unit: "ms", limit: 60_000 },
      {
        name: "The same and unpacking Chromium before",
        ...{ value: demoMs + coldPrinter, unit: "ms", limit: 60_000 },
      },
    ];
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function readyMs(dataDir: string): Promise<number> {
  const began = performance.now();
  const system = await startFromSources(dataDir);
  const { status } = await fetch(`${system.staffUrl}/api/health`);
  const ms = performance.now() - began;
  if (status !== 200) throw new Error(`The API answered ${String(status)}.`);
  system.kill("SIGINT");
  await system.ended;
  return ms;
}

async function coldPrinterMs(cacheDir: string): Promise<number> {
  const printer = createPrinter({ cacheDir, environment: process.env });
  const began = performance.now();
  await printer.ready();
  const ms = performance.now() - began;
  await printer.close();
  return ms;
}
