import { err, ok } from "../../../shared/result.ts";
import { keys, parseItem, unsentSchema } from "../items.ts";
import type { UnsentStore } from "../ports.ts";
import type { ItemTable } from "./item-table.ts";

/** Unsent changes: one small item a person, beside the head of the report they are typed into. */
export const createUnsentStore = (table: ItemTable): UnsentStore => ({
  load: async (reportId, subject) => table.get(keys.unsent(reportId, subject), unsentSchema),

  list: async (reportId) => table.partition({ pk: reportId, prefix: "unsent#" }, unsentSchema),

  put: (note) =>
    table.write(keys.unsent(note.reportId, note.subject), () => {
      const key = keys.unsent(note.reportId, note.subject);
      const next = { ...note, version: note.version + 1 };
      parseItem(unsentSchema, { ...key, ...next });
      if ((table.get(key, unsentSchema)?.version ?? 0) !== note.version) {
        return err({ code: "stale_version" });
      }
      table.put({ ...key, ...next });
      return ok(next);
    }),
});
