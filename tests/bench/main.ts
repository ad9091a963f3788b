import { parseArgs } from "node:util";
import { measureBundles } from "./bundles.ts";
import { measureChecking } from "./checks.ts";
import { measureGrid } from "./grid.ts";
import { measureGrowth } from "./growth.ts";
import { measureHost } from "./host.ts";
import type { Line } from "./line.ts";
import { measureLoad } from "./load.ts";
import { measureLog } from "./log.ts";
import { measureMemory } from "./memory.ts";
import { measureNarrative } from "./narrative.ts";
import { measurePrint } from "./print.ts";
import { measurePublishing } from "./publishing.ts";
import { measureRules } from "./rules.ts";
import { measureStores } from "./store.ts";
import { measureWorkbook } from "./workbook.ts";

/**
 * `npm run bench [-- PART …] [--json] [--long]`: the speeds the project promises, each beside the most it may be.
 * What is over its limit is marked, and the bench ends with 1. `--long` takes the time that a soak needs.
 */

interface Settings {
  readonly isLong: boolean;
}

const parts: Readonly<Record<string, (settings: Settings) => Promise<readonly Line[]>>> = {
  store: measureStores,
  growth: measureGrowth,
  publishing: measurePublishing,
  load: measureLoad,
  memory: measureMemory,
  bundles: measureBundles,
  rules: measureRules,
  print: measurePrint,
  host: measureHost,
  workbook: measureWorkbook,
  checks: measureChecking,
  narrative: measureNarrative,
  grid: measureGrid,
  log: measureLog,
};

function readArguments() {
  const { values, positionals } = parseArgs({
    options: {
      json: { type: "boolean", default: false },
      long: { type: "boolean", default: false },
    },
    allowPositionals: true,
  });
  const unknown = positionals.find((name) => !(name in parts));
  if (unknown === undefined) return { ...values, asked: positionals };
  console.error(`There is no part ${unknown}: ${Object.keys(parts).join(", ")}.`);
  process.exit(2);
}

const { json, long, asked } = readArguments();
const measured: (Line & { readonly part: string })[] = [];
for (const [part, measure] of Object.entries(parts)) {
  if (asked.length > 0 && !asked.includes(part)) continue;
  const lines = await measure({ isLong: long });
  measured.push(
    ...lines.map(({ name, value, unit, limit }) => ({ part, name, value, unit, limit })),
  );
}
if (json) console.log(JSON.stringify(measured));
else {
  const width = Math.max(...measured.map(({ name }) => name.length));
  console.log(`${"part".padEnd(9)}  ${"".padEnd(width)}  measured         limit`);
  for (const { part, name, value, unit, limit } of measured) {
    const digits = unit === "×" || unit === "%" || limit < 100 ? 2 : 0;
    const figure = `${value.toFixed(digits).padStart(8)} ${unit.padEnd(6)}`;
    const verdict = value <= limit ? "" : "  OVER";
    console.log(
      `${part.padEnd(9)}  ${name.padEnd(width)}  ${figure} ${String(limit).padStart(6)} ${unit}${verdict}`,
    );
  }
}
process.exitCode = measured.every(({ value, limit }) => value <= limit) ? 0 : 1;
