import { SendMessageCommand, type SQSClient } from "@aws-sdk/client-sqs";
import { groupOfMessage } from "../../shared/contract/messages.ts";
import type { EffectQueue } from "../storage/ports.ts";
import { sha256 } from "./ids.ts";
import { currentTrace, traceAttribute } from "./trace.ts";

/**
 * An SQS queue; its consumers are idempotent by the effect's id, so a doubled message is harmless. A
 * FIFO queue hands out one message of a group at a time, and drops one sent twice within five minutes.
 */
export const createSqsQueue = (client: SQSClient, queueUrl: string): EffectQueue => ({
  async send({ id, body, group }) {
    const trace = currentTrace();
    await client.send(
      new SendMessageCommand({
        QueueUrl: queueUrl,
        MessageBody: body,
        MessageAttributes: {
          effectId: { DataType: "String", StringValue: id },
          ...(trace === undefined
            ? {}
            : { [traceAttribute]: { DataType: "String", StringValue: trace } }),
        },
        ...(queueUrl.endsWith(".fifo")
          ? {
              MessageGroupId: plain(group ?? groupOfMessage(body) ?? id),
              MessageDeduplicationId: plain(id),
            }
          : {}),
      }),
    );
  },
});

/** What SQS takes as a name: 128 letters, digits and marks of ASCII. */
const plain = (name: string): string => (/^[\x21-\x7e]{1,128}$/u.test(name) ? name : sha256(name));
