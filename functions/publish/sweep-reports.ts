import type { ReportHead } from "../storage/ports.ts";
import { submissionDamage } from "../use-cases/submission-integrity.ts";
import { manifestOf } from "../use-cases/report-content.ts";
import type { PublishSubmissionDeps } from "./submission-deps.ts";
import { changeRows, rowChange } from "./region-index.ts";
import { restorePublication } from "./restore-publication.ts";
import { walkReports, type Position } from "./walk-reports.ts";

/** Reports a run checks: some fifty files each. */
const reportsARun = 200;

/**
 * Looks through the next reports of a region, year by year and then from the beginning: what is damaged of one's
 * content is named, what the portal has lost of it is put back, and its line in the lists is made to agree.
 */
export const sweepReports = (
  deps: PublishSubmissionDeps,
  region: string,
  from: Position | undefined,
): Promise<Position | undefined> =>
  walkReports(deps, { region, from, most: reportsARun }, async (year, heads) => {
    // One on its way to the portal is left to its own message.
    const settled = heads.filter(({ state }) => state.status !== "approved");
    for (const head of heads) {
      try {
        await nameDamage(deps, head);
        if (!settled.includes(head) || !("publication" in head.state)) continue;
        const { restored } = await restorePublication(deps, head);
        if (restored.length > 0) deps.log.warn("Files of the portal were put back.", { restored });
      } catch (error) {
        deps.log.error("A report could not be checked.", { reportId: head.id, error });
      }
    }
    const changes = await Promise.all(
      settled.map((head) => rowChange(deps, { region, year, orgCode: head.orgCode, head })),
    );
    if (changes.length > 0) await changeRows(deps, region, year, changes);
  });

/** Current sections and attachments, each hashed again. */
async function nameDamage(deps: PublishSubmissionDeps, head: ReportHead): Promise<void> {
  const damage = await submissionDamage(deps, head.id, manifestOf(head));
  if (damage.length === 0) return;
  deps.log.error("Parts of a report are damaged.", {
    reportId: head.id,
    damage: damage.map(({ sha256, fault, name }) => ({ sha256, fault, name })),
  });
}
