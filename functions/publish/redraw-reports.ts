import { z } from "zod";
import { drawReport } from "./draw-report.ts";
import type { PublishSubmissionDeps } from "./submission-deps.ts";
import { portalOf } from "./region-index.ts";

/** Up to where the public pages of a region were drawn anew; the next run goes on from there. */
export const redrawSchema = z.object({
  /** Absent before the first report. */
  at: z.object({ year: z.int(), after: z.string().optional() }).optional(),
});
export type Redraw = z.infer<typeof redrawSchema>;

/** Reports a run draws: a publication run has four minutes, and a report takes a second on S3. */
const reportsARun = 50;
const pageSize = 25;

/**
 * Draws the next public reports of a region as the pages look now, from what was published and is stored
 * on the portal: no content, hash, record or event changes. Answers where the next run goes on;
 * undefined once all are drawn. A report that cannot be drawn is named and keeps no other from it.
 */
export async function redrawReports(
  deps: PublishSubmissionDeps,
  region: string,
  { at: from }: Redraw,
  mostReports = reportsARun,
): Promise<Redraw | undefined> {
  const portal = portalOf(deps, region);
  const years = (await deps.registry.years(region)).map(({ year }) => year).sort((a, b) => b - a);
  let left = mostReports;
  for (const year of years.filter((one) => from === undefined || one <= from.year)) {
    let after = year === from?.year ? from.after : undefined;
    do {
      if (left <= 0) return { at: { year, ...(after === undefined ? {} : { after }) } };
      const page = await deps.reports.byYear(region, year, {
        limit: Math.min(pageSize, left),
        ...(after === undefined ? {} : { after }),
      });
      left -= page.items.length;
      for (const { id, orgCode, state } of page.items) {
        if (!("publication" in state)) continue;
        try {
          await drawReport(portal, year, orgCode, "all");
        } catch (error) {
          deps.log.error("A public report could not be drawn anew.", { reportId: id, error });
        }
      }
      after = page.next;
    } while (after !== undefined);
  }
  return undefined;
}
