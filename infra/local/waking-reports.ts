import type { ReportStore } from "../../functions/storage/ports.ts";

/** The store, waking the relay for a report after each commit, as the table's stream does on AWS. */
export const wakingReports = (reports: ReportStore, wake: (id: string) => void): ReportStore => ({
  ...reports,
  async create(head) {
    const created = await reports.create(head);
    if (created.ok) wake(head.id);
    return created;
  },
  async commit(head, events, next) {
    const committed = await reports.commit(head, events, next);
    if (committed.ok) wake(head.id);
    return committed;
  },
});
