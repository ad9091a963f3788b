import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { S3Client } from "@aws-sdk/client-s3";
import { SQSClient } from "@aws-sdk/client-sqs";
import { now } from "../platform/clock.ts";
import { createEmbeddedMetrics } from "../platform/embedded-metrics.ts";
import { sha256 } from "../platform/ids.ts";
import { createLog, writeToStdout } from "../platform/log.ts";
import { countedErrors, measuredFiles, measuredStores } from "../platform/measured-ports.ts";
import { readEnv } from "../platform/read-env.ts";
import { createSqsQueue } from "../platform/sqs-queue.ts";
import { createDynamoStores } from "../storage/dynamo/stores.ts";
import { createS3Files } from "../storage/s3/files.ts";
import { envSchema } from "./env.ts";
import { createRelayHandler } from "./handler.ts";

const env = readEnv(envSchema);
const metrics = createEmbeddedMetrics();
const sqs = new SQSClient();
const { reports, registry, progress, audit, notices } = measuredStores(
  createDynamoStores({
    client: new DynamoDBClient(),
    table: env.REPORTS_TABLE,
    sha256,
  }),
  metrics,
);

export const handler = metrics.measured(
  "relayTime",
  createRelayHandler({
    reports,
    files: measuredFiles(
      createS3Files({ client: new S3Client(), bucket: env.VAULT_BUCKET }),
      metrics,
    ),
    registry,
    progress,
    audit,
    notices,
    regions: env.REGIONS.map(({ code }) => code),
    now,
    queues: {
      render: createSqsQueue(sqs, env.RENDER_QUEUE_URL),
      publish: createSqsQueue(sqs, env.PUBLISH_QUEUE_URL),
      notify: createSqsQueue(sqs, env.NOTIFY_QUEUE_URL),
    },
    log: countedErrors(createLog({ now, write: writeToStdout }), metrics),
  }),
);
