import { writeCursor } from "../cursor.ts";
import { auditEntrySchema } from "../../../shared/audit/audit-entry-schema.ts";
import { auditItemOf, keys, markerSchema } from "../items.ts";
import type { AuditLog } from "../ports.ts";
import type { ItemTable } from "./item-table.ts";
import { countUp } from "./marker.ts";

/** A region's events by time, a partition a month. An entry put again is the same entry. */
export const createAuditLog = (table: ItemTable): AuditLog => ({
  async record(region, entries) {
    const items = entries.map((entry) => auditItemOf(region, entry));
    const [first] = items;
    if (first === undefined) return;
    await table.write(first, () => {
      for (const item of items) table.put(item);
    });
  },

  entries: async (region, month, before, { limit, after = writeCursor([before]) }) =>
    table.page(
      {
        ...{ pk: keys.audit(region, month, "", "").pk, newestFirst: true },
        page: { limit, after },
      },
      auditEntrySchema,
    ),

  listed: async (region) => table.get(keys.registryListed(region), markerSchema)?.seq,
  markListed: (region, seq) => countUp(table, keys.registryListed(region), seq),
});
