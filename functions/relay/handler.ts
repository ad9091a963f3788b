import type { DynamoDBBatchResponse, DynamoDBStreamEvent } from "aws-lambda";
import type { Log } from "../platform/log.ts";
import { relayRegistry, relayReport, sweep, type RelayDeps } from "./relay.ts";

/** A change in the table, or the schedule's tick, which carries no records. */
type RelayEvent = DynamoDBStreamEvent | { readonly Records?: undefined };

/** Woken by the table's stream for the reports and registries that changed, by a schedule for all the rest. */
export const createRelayHandler =
  (deps: RelayDeps & { readonly log: Log }) =>
  async (event: RelayEvent): Promise<DynamoDBBatchResponse> => {
    if (event.Records === undefined) {
      const events = await sweep(deps);
      if (events > 0) deps.log.warn("The sweep relayed events that no wake-up had.", { events });
      return { batchItemFailures: [] };
    }
    const batchItemFailures: DynamoDBBatchResponse["batchItemFailures"] = [];
    const relayed = new Set<string>();
    for (const record of event.Records) {
      const keys = record.dynamodb?.Keys;
      const id = keys?.["pk"]?.S;
      if (id === undefined || keys?.["sk"]?.S !== "head" || relayed.has(id)) continue;
      relayed.add(id);
      try {
        const [, region] = /^(\d{6})#registry$/u.exec(id) ?? [];
        if (region === undefined) await relayReport(deps, id);
        else await relayRegistry(deps, region);
      } catch (error) {
        deps.log.error("A head's events were not relayed; they will be tried again.", {
          head: id,
          error,
        });
        const itemIdentifier = record.dynamodb?.SequenceNumber;
        if (itemIdentifier !== undefined) batchItemFailures.push({ itemIdentifier });
      }
    }
    return { batchItemFailures };
  };
