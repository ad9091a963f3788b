import type { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import type { Sha256 } from "../../../shared/canonical-json.ts";
import type { Stores } from "../ports.ts";
import { createAuditLog } from "./audit.ts";
import { createEffectLog } from "./effects.ts";
import { createStoreProbe } from "./probe.ts";
import { createLookStore } from "./looks.ts";
import { createNoticeStore } from "./notices.ts";
import { createProgressStore } from "./progress.ts";
import { createRegistryStore } from "./registry.ts";
import { createReportStore } from "./reports.ts";
import { openTable } from "./table-access.ts";
import { createThreadStore } from "./threads.ts";
import { createUnsentStore } from "./unsent.ts";

/** Every store that lives in the one table (`table.ts`). */
export function createDynamoStores({
  client,
  table,
  sha256,
}: {
  readonly client: DynamoDBClient;
  readonly table: string;
  readonly sha256: Sha256;
}): Stores {
  const access = openTable(client, table);
  return {
    reports: createReportStore(access, sha256),
    threads: createThreadStore(access),
    unsent: createUnsentStore(access),
    looks: createLookStore(access),
    notices: createNoticeStore(access),
    registry: createRegistryStore(access, sha256),
    progress: createProgressStore(access),
    audit: createAuditLog(access),
    effects: createEffectLog(access),
    probe: createStoreProbe(access),
  };
}
