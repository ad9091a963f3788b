import { z } from "zod";
import type { ReportHead } from "../storage/ports.ts";
import { submissionDamage } from "../use-cases/submission-integrity.ts";
import { inBatches } from "../use-cases/in-batches.ts";
import { manifestOf } from "../use-cases/report-content.ts";
import type { PublishSubmissionDeps } from "./submission-deps.ts";
import { changeRows, rowChange } from "./region-index.ts";
import { restorePublication } from "./restore-publication.ts";

/** The last report of a region that the sweep has checked; the next run goes on from there. */
export const sweepSchema = z.object({ year: z.int(), after: z.string().optional() });
export type Sweep = z.infer<typeof sweepSchema>;

/** Reports a run checks: some fifty files each. */
const reportsARun = 200;
const pageSize = 25;

/**
 * Looks through the next reports of a region, year by year and then from the beginning: what is damaged of one's
 * content is named, what the portal has lost of it is put back, and its line in the lists is made to agree.
 */
export async function sweepReports(
  deps: PublishSubmissionDeps,
  region: string,
  from: Sweep | undefined,
): Promise<Sweep | undefined> {
  const years = (await deps.registry.years(region)).map(({ year }) => year).sort((a, b) => b - a);
  let left = reportsARun;
  for (const year of years.filter((one) => from === undefined || one <= from.year)) {
    let after = year === from?.year ? from.after : undefined;
    do {
      if (left <= 0) return { year, ...(after === undefined ? {} : { after }) };
      const page = await deps.reports.byYear(region, year, {
        limit: pageSize,
        ...(after === undefined ? {} : { after }),
      });
      left -= page.items.length;
      // One on its way to the portal is left to its own message.
      const settled = page.items.filter(({ state }) => state.status !== "approved");
      for (const head of page.items) {
        try {
          await nameDamage(deps, head);
          if (!settled.includes(head) || !("publication" in head.state)) continue;
          const { restored } = await restorePublication(deps, head);
          if (restored.length > 0)
            deps.log.warn("Files of the portal were put back.", { restored });
        } catch (error) {
          deps.log.error("A report could not be checked.", {
            reportId: head.id,
            error,
          });
        }
      }
      const changes = await inBatches(settled, pageSize, (head) =>
        rowChange(deps, { region, year, orgCode: head.orgCode, head }),
      );
      if (changes.length > 0) await changeRows(deps, region, year, changes);
      after = page.next;
    } while (after !== undefined);
  }
  return undefined;
}

/** Current sections and attachments, each hashed again. */
async function nameDamage(deps: PublishSubmissionDeps, head: ReportHead): Promise<void> {
  const damage = await submissionDamage(deps, head.id, manifestOf(head));
  if (damage.length === 0) return;
  deps.log.error("Parts of a report are damaged.", {
    reportId: head.id,
    damage: damage.map(({ sha256, fault, name }) => ({ sha256, fault, name })),
  });
}
