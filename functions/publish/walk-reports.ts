import { z } from "zod";
import type { ReportHead } from "../storage/ports.ts";
import type { PublishSubmissionDeps } from "./submission-deps.ts";

/** The last report of a region that a run has come to; the next run goes on from there. */
export const positionSchema = z.object({ year: z.int(), after: z.string().optional() });
export type Position = z.infer<typeof positionSchema>;

const pageSize = 25;

/**
 * Goes through a region's reports, the latest year first, a page at a time and no more than `most`. Answers where the
 * next run goes on; undefined once it has come to the last.
 */
export async function walkReports(
  { registry, reports }: Pick<PublishSubmissionDeps, "registry" | "reports">,
  { region, from, most }: { region: string; from: Position | undefined; most: number },
  visitPage: (year: number, heads: readonly ReportHead[]) => Promise<void>,
): Promise<Position | undefined> {
  const years = (await registry.years(region)).map(({ year }) => year).sort((a, b) => b - a);
  let left = most;
  for (const year of years.filter((one) => from === undefined || one <= from.year)) {
    let after = year === from?.year ? from.after : undefined;
    do {
      const start = after === undefined ? {} : { after };
      if (left <= 0) return { year, ...start };
      const limit = Math.min(pageSize, left);
      const page = await reports.byYear(region, year, { limit, ...start });
      left -= page.items.length;
      await visitPage(year, page.items);
      after = page.next;
    } while (after !== undefined);
  }
  return undefined;
}
