import { omitUndefined } from "../../shared/omit-undefined.ts";
import type { KeptReport, ReportNotes } from "../../shared/progress/progress.ts";
import { changedSections, sectionMarks } from "../../shared/workflow/look.ts";
import type { ReportSummary } from "../../shared/workflow/report-summary.ts";
import { waitingSince } from "../../shared/workflow/turn.ts";
import type { WorklistRow } from "../../shared/workflow/worklist-row.ts";
import type { LookStore, ProgressStore, ReportHead } from "../storage/ports.ts";
import { inBatches } from "./in-batches.ts";

export interface RowDeps {
  readonly progress: Pick<ProgressStore, "kept" | "note">;
  readonly looks: Pick<LookStore, "load">;
}

/** Reports of which the further items are read at the same time: three small ones each. */
const readAtOnce = 20;

/** What a person's worklist shows of reports whose heads were read: three more items each, whatever the region's size. */
export const rowsOf = (
  deps: RowDeps,
  reports: readonly { readonly head: ReportHead; readonly summary: ReportSummary }[],
  subject: string,
): Promise<readonly WorklistRow[]> =>
  inBatches(reports, readAtOnce, async ({ head, summary }) => {
    const { departmentCode, orgCode } = head;
    const [kept, note, look] = await Promise.all([
      deps.progress.kept(head, departmentCode, orgCode),
      deps.progress.note(head, departmentCode, orgCode),
      deps.looks.load(head.id, subject),
    ]);
    const isInReview = head.state.status === "in_review";
    return {
      ...summary,
      ...omitUndefined({ since: waitingSince(head.state) }),
      ...knownOf(kept?.course, note),
      ...(isInReview && {
        changedParts:
          look === undefined
            ? null
            : changedSections(look.latest.sections, sectionMarks(head.sections)).length,
      }),
    };
  });

/** The same of a report that is only followed, from what is kept beside its head. */
export const keptRow = (
  summary: ReportSummary,
  course: KeptReport["course"],
  note: ReportNotes | undefined,
): WorklistRow => ({
  ...summary,
  ...omitUndefined({ since: course?.last.at }),
  ...knownOf(course, note),
});

const knownOf = (course: KeptReport["course"], note: ReportNotes | undefined) =>
  omitUndefined({
    returns: course?.returns,
    check: note?.check && { errors: note.check.errors, warnings: note.check.warnings },
    // Whoever remarks leaves the number in the note.
    openRemarks: note && (note.openRemarks ?? 0),
  });
