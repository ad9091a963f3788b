import type { ReportStore } from "../../functions/storage/ports.ts";
import { publishBy } from "../../shared/workflow/deadlines.ts";

/** Stores a report's head as the bureau's approval of a moment leaves it, without the levels before. */
export async function storeApproved(
  reports: Pick<ReportStore, "load" | "commit">,
  id: string,
  at: string,
): Promise<void> {
  const head = await reports.load(id);
  if (head === undefined) throw new Error(`No report ${id}.`);
  const stamp = { by: "fengyuan", byName: "冯远", at };
  const approval = { ...stamp, documentNumber: "景财决〔2023〕12号", publishBy: publishBy(at) };
  const stored = await reports.commit(head, [], {
    state: {
      ...{ status: "approved", approval, verdicts: [], signOffs: {}, acts: [] },
      submission: { ...stamp, editionHash: "0".repeat(64) },
    },
  });
  if (!stored.ok) throw new Error(`The approval of ${id} was not stored: ${stored.error.code}.`);
}
