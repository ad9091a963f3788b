import { err, ok } from "../../../shared/result.ts";
import type { UnsentStore } from "../ports.ts";
import { keys, parseItem, unsentSchema } from "../items.ts";
import { getItem, putOverVersion, readPartition, type TableAccess } from "./table-access.ts";

/** Unsent changes: one small item a person, beside the head of the report they are typed into. */
export const createUnsentStore = (access: TableAccess): UnsentStore => ({
  load: (reportId, subject) => getItem(access, keys.unsent(reportId, subject), unsentSchema),

  list: (reportId) => readPartition(access, { pk: reportId, prefix: "unsent#" }, unsentSchema),

  async put(note) {
    const item = { ...keys.unsent(note.reportId, note.subject), ...note };
    parseItem(unsentSchema, item);
    return (await putOverVersion(access, item))
      ? ok({ ...note, version: note.version + 1 })
      : err({ code: "stale_version" });
  },
});
