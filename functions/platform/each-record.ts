import type { SQSBatchResponse, SQSEvent } from "aws-lambda";
import type { Log } from "./log.ts";

/** How a message reached its consumer: the effect it carries, and the how manieth time, from 1. */
export interface Delivery {
  readonly effectId: string;
  readonly attempt: number;
}

/**
 * Does one thing for every message of an SQS event and names those that failed, so that only they
 * come again. The message's effect id is its attribute, or SQS's own id where none was sent.
 */
export async function eachRecord(
  event: SQSEvent,
  log: Log,
  handle: (body: unknown, delivery: Delivery) => Promise<void>,
): Promise<SQSBatchResponse> {
  const batchItemFailures: SQSBatchResponse["batchItemFailures"] = [];
  for (const record of event.Records) {
    const effectId = record.messageAttributes["effectId"]?.stringValue ?? record.messageId;
    try {
      const attempt = Math.max(1, Number(record.attributes.ApproximateReceiveCount));
      await handle(JSON.parse(record.body), { effectId, attempt });
    } catch (error) {
      log.error("A message was not handled; it will come again.", { effectId, error });
      batchItemFailures.push({ itemIdentifier: record.messageId });
    }
  }
  return { batchItemFailures };
}
