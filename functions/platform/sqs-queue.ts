import { SendMessageCommand, type SQSClient } from "@aws-sdk/client-sqs";
import type { EffectQueue } from "../storage/ports.ts";

/** An SQS queue; its consumers are idempotent by the effect's id, so a doubled message is harmless. */
export const createSqsQueue = (client: SQSClient, queueUrl: string): EffectQueue => ({
  async send({ id, body }) {
    await client.send(
      new SendMessageCommand({
        QueueUrl: queueUrl,
        MessageBody: body,
        MessageAttributes: { effectId: { DataType: "String", StringValue: id } },
      }),
    );
  },
});
