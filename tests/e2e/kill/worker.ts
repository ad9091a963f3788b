import { once } from "node:events";
import { readFileSync, writeSync } from "node:fs";
import { z } from "zod";
import { sectionsSchema } from "../../../shared/report/sections.ts";
import { casts, reportOf } from "./cast.ts";
import { openOffice } from "./office.ts";
import { createRandom } from "../../random.ts";
import { assignmentSchema, type OutputLine } from "./output-line.ts";
import { workForEver } from "./work-for-ever.ts";

/** The process that is killed: waits for a line on its standard input, then works as assigned. */
const { folder, seed, task, contents } = assignmentSchema.parse(
  JSON.parse(process.argv[2] ?? "{}"),
);
/** Written before the call returns: what was written is read, however the process ends. */
const print = (line: OutputLine) => void writeSync(1, `${JSON.stringify(line)}\n`);

const contentsSchema = z.record(z.string(), sectionsSchema);
const sectionsOf = contentsSchema.parse(JSON.parse(readFileSync(contents, "utf8")));

print({ say: "ready" });
await once(process.stdin, "data");
process.stdin.destroy();

const { stage, settled } = await openOffice(folder);
if (task === "settle") {
  await settled();
  print({ say: "settled" });
  process.exit(0);
}

let acts = 0;
let last = 0;
const voice = {
  say: print,
  nextAct: () => (acts += 1),
  nextInstant: () => {
    last = Math.max(last + 1, Date.now());
    return new Date(last).toISOString();
  },
};
await Promise.all(
  casts.map((cast, index) => {
    const sections = sectionsOf[reportOf(cast)];
    if (sections === undefined) throw new Error(`Nothing to fill ${reportOf(cast)} with.`);
    return workForEver(stage, voice, {
      cast,
      sections,
      random: createRandom(seed * casts.length + index),
    });
  }),
);
