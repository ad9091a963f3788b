import { err, ok } from "../../../shared/result.ts";
import { keys, lookSchema, parseItem } from "../items.ts";
import type { LookStore } from "../ports.ts";
import { getItem, putOverVersion, type TableAccess } from "./table-access.ts";

/** What people have looked at: one small item a person, beside the head of the report. */
export const createLookStore = (access: TableAccess): LookStore => ({
  load: (reportId, subject) => getItem(access, keys.look(reportId, subject), lookSchema),

  async put(look) {
    const item = { ...keys.look(look.reportId, look.subject), ...look };
    parseItem(lookSchema, item);
    return (await putOverVersion(access, item))
      ? ok({ ...look, version: look.version + 1 })
      : err({ code: "stale_version" });
  },
});
