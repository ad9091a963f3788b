import { PutCommand } from "@aws-sdk/lib-dynamodb";
import { writeCursor } from "../cursor.ts";
import { auditEntrySchema } from "../../../shared/audit/audit-entry-schema.ts";
import { auditItemOf, keys, markerSchema } from "../items.ts";
import type { AuditLog } from "../ports.ts";
import { countUp } from "./marker.ts";
import { getItem, pagePartition, type TableAccess } from "./table-access.ts";

/** A region's events by time, a partition a month. An entry put again is the same entry. */
export const createAuditLog = (access: TableAccess): AuditLog => ({
  async record(region, entries) {
    for (const entry of entries) {
      const Item = auditItemOf(region, entry);
      await access.db.send(new PutCommand({ TableName: access.table, Item }));
    }
  },

  entries: (region, month, before, { limit, after = writeCursor([before]) }) =>
    pagePartition(
      access,
      {
        ...{ pk: keys.audit(region, month, "", "").pk, newestFirst: true, consistent: false },
        page: { limit, after },
      },
      auditEntrySchema,
    ),

  listed: async (region) => (await getItem(access, keys.registryListed(region), markerSchema))?.seq,
  markListed: (region, seq) => countUp(access, keys.registryListed(region), seq),
});
