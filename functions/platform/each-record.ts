import type { SQSBatchResponse, SQSEvent } from "aws-lambda";
import type { Log } from "./log.ts";
import { inTrace, traceAttribute } from "./trace.ts";

/** How a message reached its consumer. */
export interface Delivery {
  readonly effectId: string;
  /** The how manieth time, from 1. */
  readonly attempt: number;
  /** When it was the first time (ISO 8601 in UTC). */
  readonly firstAt: string;
}

/**
 * Does one thing for every message of an SQS event and names those that failed, so that only they
 * come again. The message's effect id is its attribute, or SQS's own id where none was sent; what has no
 * trace is traced by that.
 */
export async function eachRecord(
  event: SQSEvent,
  log: Log,
  handle: (body: unknown, delivery: Delivery) => Promise<void>,
): Promise<SQSBatchResponse> {
  const batchItemFailures: SQSBatchResponse["batchItemFailures"] = [];
  for (const record of event.Records) {
    const effectId = record.messageAttributes["effectId"]?.stringValue ?? record.messageId;
    const trace = record.messageAttributes[traceAttribute]?.stringValue ?? effectId;
    await inTrace(trace, async () => {
      try {
        const { ApproximateReceiveCount, ApproximateFirstReceiveTimestamp } = record.attributes;
        const attempt = Math.max(1, Number(ApproximateReceiveCount));
        const firstAt = new Date(Number(ApproximateFirstReceiveTimestamp)).toISOString();
        await handle(jsonOf(record.body), { effectId, attempt, firstAt });
      } catch (error) {
        log.error("A message was not handled; it will come again.", { effectId, error });
        batchItemFailures.push({ itemIdentifier: record.messageId });
      }
    });
  }
  return { batchItemFailures };
}

/** The text itself where it is no JSON, so that the consumer's schema refuses it like any other wrong body. */
function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
