import type { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import type { Sha256 } from "../../../shared/canonical-json.ts";
import type { EffectLog, RegistryStore, ReportStore, ThreadStore } from "../ports.ts";
import { createEffectLog } from "./effects.ts";
import { createRegistryStore } from "./registry.ts";
import { createReportStore } from "./reports.ts";
import { openTable } from "./table-access.ts";
import { createThreadStore } from "./threads.ts";

export interface DynamoStores {
  readonly reports: ReportStore;
  readonly threads: ThreadStore;
  readonly registry: RegistryStore;
  readonly effects: EffectLog;
}

/** Every store that lives in the one table (`table.ts`). */
export function createDynamoStores({
  client,
  table,
  sha256,
}: {
  readonly client: DynamoDBClient;
  readonly table: string;
  readonly sha256: Sha256;
}): DynamoStores {
  const access = openTable(client, table);
  return {
    reports: createReportStore(access, sha256),
    threads: createThreadStore(access),
    registry: createRegistryStore(access, sha256),
    effects: createEffectLog(access),
  };
}
