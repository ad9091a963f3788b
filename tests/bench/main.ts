import { join } from "node:path";
import { parseArgs } from "node:util";
import { printable } from "../e2e/pdf/print-report.ts";
import { loadExample } from "../examples/load-example.ts";
import { measureCheckOf, measureChecks } from "./checks.ts";
import { measureHost } from "./host.ts";
import { measureHostile } from "./hostile.ts";
import type { Line } from "./line.ts";
import { benchNarrative } from "./narrative.ts";
import { measureReader } from "./reader.ts";
import { measureRender, sampleReport } from "./render.ts";
import { benchRules } from "./rules.ts";
import { measureStores } from "./store.ts";
import { measureWorkbook } from "./workbook.ts";

/**
 * `npm run bench [-- PART …] [--json]`: the speeds the project promises, each beside its limit.
 * `npm run bench -- rules`: what the checks find and what they raise for nothing, instead of speeds.
 */

const example = loadExample("jingdezhen-2022");

const parts: Readonly<Record<string, () => Promise<readonly Line[]>>> = {
  store: measureStores,

  host: async () => {
    const { freshMs, seededMs, demoMs, coldPrinterMs } = await measureHost();
    const both = demoMs + coldPrinterMs;
    return [
      { name: "npm start in a new folder, ready", value: freshMs, unit: "ms", limit: 5_000 },
      { name: "npm start in a seeded folder, ready", value: seededMs, unit: "ms", limit: 5_000 },
      { name: "npm run demo", value: demoMs, unit: "ms", limit: 60_000 },
      { name: "The same and unpacking Chromium before", value: both, unit: "ms", limit: 60_000 },
    ];
  },

  print: async () => {
    const cacheDir = join(process.cwd(), "node_modules/.cache/juesuan");
    const documents = [
      { name: "the example report", document: printable(example) },
      { name: "a long report", document: sampleReport },
    ];
    const lines: Line[] = [];
    for (const { name, document } of documents) {
      const measured = await measureRender({ cacheDir, document });
      const { pageCount, printRatio, printWithContentsRatio } = measured;
      const pages = `${name}, ${String(pageCount)} pages`;
      lines.push(
        { name: `Print of ${pages} ÷ Chromium alone`, value: printRatio, unit: "×", limit: 1.5 },
        {
          ...{ name: `Print with contents of ${pages}, two passes ÷ Chromium alone`, unit: "×" },
          ...{ value: printWithContentsRatio, limit: 3 },
        },
      );
    }
    return lines;
  },

  workbook: async () => {
    const { rows, exportMs, importMs, peakMegabytes } = measureWorkbook();
    const name = `Workbook of ${String(rows)} rows out, in a new process`;
    return Promise.resolve([
      { name, value: exportMs, unit: "ms", limit: 1_000 },
      { name: "The same in again", value: importMs, unit: "ms", limit: 1_000 },
      { name: "Most memory of that process", value: peakMegabytes, unit: "MB", limit: 300 },
    ]);
  },

  checks: async () => {
    const reader = measureReader();
    const hostile = measureHostile();
    return Promise.resolve([
      ...[measureCheckOf(example), measureChecks()].map(({ rules, codes, medianMs }): Line => ({
        ...{ name: `One full check, ${String(rules)} rules, ${String(codes)} codes`, unit: "ms" },
        ...{ value: medianMs, limit: 5 },
      })),
      {
        name: `Reading and checking a text of ${String(reader.characters)} characters`,
        ...{ value: reader.medianMs, unit: "ms", limit: 30 },
      },
      {
        name: `Checking 1 MB of hostile text, at its slowest (${hostile.name})`,
        ...{ value: hostile.megabyteMs, unit: "ms", limit: 2_000 },
      },
      {
        name: "The same ÷ four times a quarter of it",
        ...{ value: hostile.growth, unit: "×", limit: 1.6 },
      },
    ] as const);
  },

  narrative: async () =>
    Promise.resolve(
      benchNarrative().map(({ name, medianMs, limitMs }): Line => ({
        ...{ name: `Narrative, ${name}`, value: medianMs, unit: "ms", limit: limitMs },
      })),
    ),
};

function readArguments() {
  const { values, positionals } = parseArgs({
    options: { json: { type: "boolean", default: false } },
    allowPositionals: true,
  });
  const unknown = positionals.find((name) => name !== "rules" && !(name in parts));
  if (unknown === undefined) return { json: values.json, asked: positionals };
  console.error(`There is no part ${unknown}: ${Object.keys(parts).join(", ")}, rules.`);
  process.exit(2);
}

const { json, asked } = readArguments();
if (asked.includes("rules")) {
  benchRules();
  process.exit();
}

const measured: (Line & { readonly part: string })[] = [];
for (const [part, measure] of Object.entries(parts)) {
  if (asked.length > 0 && !asked.includes(part)) continue;
  measured.push(...(await measure()).map((line) => ({ part, ...line })));
}
if (json) console.log(JSON.stringify(measured));
else {
  const width = Math.max(...measured.map(({ name }) => name.length));
  console.log(`${"".padEnd(width)}  measured      limit`);
  for (const { name, value, unit, limit } of measured) {
    const digits = unit === "×" || limit < 100 ? 2 : 0;
    const verdict = value <= limit ? "" : "  OVER";
    console.log(
      `${name.padEnd(width)}  ${value.toFixed(digits).padStart(8)} ${unit.padEnd(2)} ${String(limit).padStart(6)} ${unit}${verdict}`,
    );
  }
}
process.exitCode = measured.every(({ value, limit }) => value <= limit) ? 0 : 1;
