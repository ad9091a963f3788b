import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import type { Reporter, TestModule } from "vitest/node";
import { z } from "zod";

/** How long each test file took when it last ran here, loading and hooks included, and its longest tests. */
const timesSchema = z.record(
  z.string(),
  z.object({
    ms: z.number(),
    tests: z.array(z.object({ name: z.string(), ms: z.number() })),
  }),
);
export type FileTimes = z.infer<typeof timesSchema>;

const root = join(import.meta.dirname, "..");
/** Beside the other things that git and npm leave alone. */
const file = join(root, "node_modules/.cache/juesuan/test-times.json");
/** More of one file never are among the longest of all. */
const testsKept = 20;

/** Nothing before the first run, or when what is stored is of another form. */
export function readTimes(): FileTimes {
  if (!existsSync(file)) return {};
  try {
    return timesSchema.parse(JSON.parse(readFileSync(file, "utf8")));
  } catch {
    return {};
  }
}

/** Keeps the times of what ran; other files keep those of their own last run. */
export class RecordTimes implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const ran = modules.map((module) => [pathOf(module), timesOf(module)] as const);
    const known = Object.entries(readTimes()).filter(([path]) => existsSync(join(root, path)));
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, JSON.stringify(Object.fromEntries([...known, ...ran]), undefined, 1));
  }
}

const pathOf = ({ moduleId }: TestModule): string => relative(root, moduleId).replaceAll("\\", "/");

function timesOf(module: TestModule): FileTimes[string] {
  const { collectDuration, duration } = module.diagnostic();
  const tests = [...module.children.allTests()]
    .map((test) => ({ name: test.fullName, ms: Math.round(test.diagnostic()?.duration ?? 0) }))
    .sort((a, b) => b.ms - a.ms)
    .slice(0, testsKept);
  return { ms: Math.round(collectDuration + duration), tests };
}

export { RecordTimes as default };
