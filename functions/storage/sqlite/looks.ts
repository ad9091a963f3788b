import { err, ok } from "../../../shared/result.ts";
import { keys, lookSchema, parseItem } from "../items.ts";
import type { LookStore } from "../ports.ts";
import type { ItemTable } from "./item-table.ts";

/** What people have looked at: one small item a person, beside the head of the report. */
export const createLookStore = (table: ItemTable): LookStore => ({
  load: async (reportId, subject) => table.get(keys.look(reportId, subject), lookSchema),

  put: (look) => {
    const key = keys.look(look.reportId, look.subject);
    return table.write(key, () => {
      const next = { ...look, version: look.version + 1 };
      parseItem(lookSchema, { ...key, ...next });
      if ((table.get(key, lookSchema)?.version ?? 0) !== look.version) {
        return err({ code: "stale_version" });
      }
      table.put({ ...key, ...next });
      return ok(next);
    });
  },
});
