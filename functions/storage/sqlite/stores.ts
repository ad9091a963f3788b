import type { Sha256 } from "../../../shared/canonical-json.ts";
import type { Stores } from "../ports.ts";
import type { Database } from "./database.ts";
import { createAuditLog } from "./audit.ts";
import { createEffectLog } from "./effects.ts";
import { createItemTable } from "./item-table.ts";
import { createStoreProbe } from "./probe.ts";
import { createLookStore } from "./looks.ts";
import { createNoticeStore } from "./notices.ts";
import { createProgressStore } from "./progress.ts";
import { createRegistryStore } from "./registry.ts";
import { createReportStore } from "./reports.ts";
import { createThreadStore } from "./threads.ts";
import { createUnsentStore } from "./unsent.ts";

/** Every store that lives in the one database. */
export function createSqliteStores(database: Database, sha256: Sha256): Stores {
  const table = createItemTable(database);
  return {
    reports: createReportStore(table, sha256),
    threads: createThreadStore(table),
    unsent: createUnsentStore(table),
    looks: createLookStore(table),
    notices: createNoticeStore(table),
    registry: createRegistryStore(table, sha256),
    progress: createProgressStore(table),
    audit: createAuditLog(table),
    effects: createEffectLog(table),
    probe: createStoreProbe(table),
  };
}
