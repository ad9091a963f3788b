import { z } from "zod";
import { drawReport } from "./draw-report.ts";
import { portalOf } from "./region-index.ts";
import type { PublishSubmissionDeps } from "./submission-deps.ts";
import { positionSchema, walkReports } from "./walk-reports.ts";

/** Up to where the public pages of a region were drawn anew; the next run goes on from there. */
export const redrawSchema = z.object({
  /** Absent before the first report. */
  at: positionSchema.optional(),
});
export type Redraw = z.infer<typeof redrawSchema>;

/** Reports a run draws: a publication run has four minutes, and a report takes a second on S3. */
const reportsARun = 50;

/**
 * Draws the next public reports of a region as the pages look now, from what was published and is stored
 * on the portal: no content, hash, record or event changes. Answers where the next run goes on;
 * undefined once all are drawn. A report that cannot be drawn is named and keeps no other from it.
 */
export async function redrawReports(
  deps: PublishSubmissionDeps,
  region: string,
  { at: from }: Redraw,
  most = reportsARun,
): Promise<Redraw | undefined> {
  const portal = portalOf(deps, region);
  const at = await walkReports(deps, { region, from, most }, async (year, heads) => {
    for (const { id, orgCode, state } of heads) {
      if (!("publication" in state)) continue;
      try {
        await drawReport(portal, year, orgCode, "all");
      } catch (error) {
        deps.log.error("A public report could not be drawn anew.", { reportId: id, error });
      }
    }
  });
  return at && { at };
}
