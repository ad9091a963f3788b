import { readTimes } from "./file-times.ts";

/** `npm run test:slow`: the twenty slowest files and tests, by the times of the last run of each. */

const shown = 20;
const files = Object.entries(readTimes()).map(([path, { ms, tests }]) => ({ path, ms, tests }));
const slowest = <Item extends { readonly ms: number }>(items: readonly Item[]): readonly Item[] =>
  [...items].sort((a, b) => b.ms - a.ms).slice(0, shown);
const line = (ms: number, name: string) => `${(ms / 1_000).toFixed(1).padStart(7)} s  ${name}`;

if (files.length === 0) process.stdout.write("Nothing has run here yet: npm test records times.\n");
else {
  const tests = files.flatMap(({ path, tests }) =>
    tests.map(({ name, ms }) => ({ ms, name: `${path} › ${name}` })),
  );
  const all = files.reduce((sum, { ms }) => sum + ms, 0);
  process.stdout.write(
    [
      `Files (all ${String(files.length)}: ${(all / 1_000).toFixed(0)} s)`,
      ...slowest(files).map(({ ms, path }) => line(ms, path)),
      "",
      "Tests",
      ...slowest(tests).map(({ ms, name }) => line(ms, name)),
      "",
    ].join("\n"),
  );
}
