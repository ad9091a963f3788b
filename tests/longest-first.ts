import { relative } from "node:path";
import { BaseSequencer, type TestSpecification } from "vitest/node";
import { readTimes } from "./file-times.ts";

/** What is begun first where no times are recorded, as in CI: it takes from half a minute to two, the longest first. */
const long = [
  "tests/e2e/staff/unsent.",
  "tests/e2e/kill/",
  "tests/infra/local/host/start.",
  "tests/e2e/staff/",
  "tests/web/portal/accessibility.",
  "tests/infra/local/host/",
  "tests/corpus/corpus.",
  "tests/functions/render/print.",
  "tests/functions/effects/publication.",
  "tests/shared/checks/rounding-families.",
  "tests/infra/aws/bundles.",
  "tests/e2e/",
];

/** Begins with the longest files, so that none of them is left over at the end with one processor busy. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const times = readTimes();
    const longestFirst = (await super.sort(files)).map((specification) => {
      const path = relative(this.ctx.config.root, specification.moduleId).replaceAll("\\", "/");
      const found = long.findIndex((start) => path.startsWith(start));
      return {
        specification,
        ms: times[path]?.ms ?? 0,
        place: found === -1 ? long.length : found,
      };
    });
    return longestFirst
      .sort((a, b) => b.ms - a.ms || a.place - b.place)
      .map(({ specification }) => specification);
  }
}
