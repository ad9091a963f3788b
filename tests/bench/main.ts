import { join } from "node:path";
import { measureChecks } from "./checks.ts";
import { benchNarrative } from "./narrative.ts";
import { measureReader } from "./reader.ts";
import { measureRender } from "./render.ts";

/** `npm run bench`: the speeds the project promises, each beside its limit. */
interface Line {
  readonly what: string;
  readonly measured: number;
  readonly limit: number;
  readonly unit: "ms" | "×";
}

const checks = measureChecks();
const reader = measureReader();
const render = await measureRender({
  cacheDir: join(process.cwd(), "node_modules/.cache/juesuan"),
});
const lines: readonly Line[] = [
  {
    what: `One full check, ${String(checks.rules)} rules, ${String(checks.codes)} codes`,
    measured: checks.medianMs,
    limit: 5,
    unit: "ms",
  },
  ...benchNarrative().map(({ name, medianMs, limitMs }) => ({
    what: `Narrative, ${name}`,
    measured: medianMs,
    limit: limitMs,
    unit: "ms" as const,
  })),
  {
    what: `Published text of ${String(reader.characters)} characters, read and checked`,
    measured: reader.medianMs,
    limit: 30,
    unit: "ms",
  },
  {
    what: `One print of ${String(render.pageCount)} pages ÷ Chromium alone`,
    measured: render.printRatio,
    limit: 1.5,
    unit: "×",
  },
  {
    what: "Print with contents, two passes ÷ Chromium alone once",
    measured: render.printWithContentsRatio,
    limit: 3,
    unit: "×",
  },
];
for (const { what, measured, limit, unit } of lines) {
  const verdict = measured <= limit ? "within" : "OVER";
  console.log(
    `${what.padEnd(64)} ${measured.toFixed(2)} ${unit}  ${verdict} ${String(limit)} ${unit}`,
  );
}
process.exitCode = lines.every(({ measured, limit }) => measured <= limit) ? 0 : 1;
