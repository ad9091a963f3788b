import { relative } from "node:path";
import { BaseSequencer, type TestSpecification } from "vitest/node";

/** What takes from half a minute to four, in the order in which it is best begun. */
const long = [
  "tests/e2e/staff/desk.",
  "tests/e2e/kill/",
  "tests/infra/local/host/start.",
  "tests/web/portal/accessibility.",
  "tests/e2e/staff/",
  "tests/infra/local/host/",
  "tests/functions/render/print.",
  "tests/functions/effects/publication.",
  "tests/shared/checks/rounding-families.",
  "tests/shared/checks/rules.",
  "tests/infra/aws/cloud-app.",
  "tests/e2e/",
];

/** Begins with the longest files, so that none of them is left over at the end with one processor busy. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const place = ({ moduleId }: TestSpecification) => {
      const path = relative(this.ctx.config.root, moduleId).replaceAll("\\", "/");
      const found = long.findIndex((start) => path.startsWith(start));
      return found === -1 ? long.length : found;
    };
    return (await super.sort(files)).sort((a, b) => place(a) - place(b));
  }
}
