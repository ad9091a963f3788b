import { join } from "node:path";
import { loadExample } from "../examples/load-example.ts";
import { printable } from "../e2e/pdf/print-report.ts";
import { measureCheckOf, measureChecks } from "./checks.ts";
import { measureHostile } from "./hostile.ts";
import { measureHost } from "./host.ts";
import { benchNarrative } from "./narrative.ts";
import { measureReader } from "./reader.ts";
import { measureRender, sampleReport } from "./render.ts";
import { benchRules } from "./rules.ts";
import { measureWorkbook } from "./workbook.ts";

// `npm run bench -- rules`: what the checks find and what they raise for nothing, instead of speeds.
if (process.argv[2] === "rules") {
  benchRules();
  process.exit();
}

/** `npm run bench`: the speeds the project promises, each beside its limit. */
interface Line {
  readonly what: string;
  readonly measured: number;
  readonly limit: number;
  readonly unit: "ms" | "MB" | "×";
}

const cacheDir = join(process.cwd(), "node_modules/.cache/juesuan");
const example = loadExample("jingdezhen-2022");

const host = await measureHost();
const documents = [
  { name: "the example report", document: printable(example) },
  { name: "a long report", document: sampleReport },
];
const renders: Line[] = [];
for (const { name, document } of documents) {
  const render = await measureRender({ cacheDir, document });
  const pages = `${name}, ${String(render.pageCount)} pages`;
  renders.push(
    {
      what: `Print of ${pages} ÷ Chromium alone`,
      measured: render.printRatio,
      limit: 1.5,
      unit: "×",
    },
    {
      what: `Print with contents of ${pages}, two passes ÷ Chromium alone`,
      measured: render.printWithContentsRatio,
      limit: 3,
      unit: "×",
    },
  );
}
const workbook = measureWorkbook();
const reader = measureReader();
const hostile = measureHostile();
const lines: readonly Line[] = [
  {
    what: `Workbook of ${String(workbook.rows)} rows out, in a new process`,
    measured: workbook.exportMs,
    limit: 1_000,
    unit: "ms",
  },
  { what: "The same in again", measured: workbook.importMs, limit: 1_000, unit: "ms" },
  {
    what: "Most memory of that process",
    measured: workbook.peakMegabytes,
    limit: 300,
    unit: "MB",
  },
  { what: "npm start in a new folder, ready", measured: host.freshMs, limit: 5_000, unit: "ms" },
  {
    what: "npm start in a seeded folder, ready",
    measured: host.seededMs,
    limit: 5_000,
    unit: "ms",
  },
  { what: "npm run demo", measured: host.demoMs, limit: 60_000, unit: "ms" },
  {
    what: "npm run demo and unpacking Chromium before",
    measured: host.demoMs + host.coldPrinterMs,
    limit: 60_000,
    unit: "ms",
  },
  ...[measureCheckOf(example), measureChecks()].map(({ rules, codes, medianMs }): Line => ({
    what: `One full check, ${String(rules)} rules, ${String(codes)} codes`,
    measured: medianMs,
    limit: 5,
    unit: "ms",
  })),
  {
    what: `Reading and checking a text of ${String(reader.characters)} characters`,
    measured: reader.medianMs,
    limit: 30,
    unit: "ms",
  },
  {
    what: `Checking 1 MB of hostile text, at its slowest (${hostile.name})`,
    measured: hostile.megabyteMs,
    limit: 2_000,
    unit: "ms",
  },
  {
    what: "The same ÷ four times a quarter of it",
    measured: hostile.growth,
    limit: 1.6,
    unit: "×",
  },
  ...benchNarrative().map(({ name, medianMs, limitMs }): Line => ({
    what: `Narrative, ${name}`,
    measured: medianMs,
    limit: limitMs,
    unit: "ms",
  })),
  ...renders,
];
const width = Math.max(...lines.map(({ what }) => what.length));
console.log(`${"".padEnd(width)}  measured      limit`);
for (const { what, measured, limit, unit } of lines) {
  const digits = unit === "×" || limit < 100 ? 2 : 0;
  const verdict = measured <= limit ? "" : "  OVER";
  console.log(
    `${what.padEnd(width)}  ${measured.toFixed(digits).padStart(8)} ${unit.padEnd(2)} ${String(limit).padStart(6)} ${unit}${verdict}`,
  );
}
process.exitCode = lines.every(({ measured, limit }) => measured <= limit) ? 0 : 1;
