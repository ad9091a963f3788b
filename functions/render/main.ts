import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { S3Client } from "@aws-sdk/client-s3";
import { SQSClient } from "@aws-sdk/client-sqs";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { shippedEditions } from "../../shared/editions/shipped-editions.ts";
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
import { createRenderHandler } from "./handler.ts";
import { createPrinter } from "./print.ts";

const env = readEnv(envSchema);
const metrics = createEmbeddedMetrics();
const log = countedErrors(createLog({ now, write: writeToStdout }), metrics);
const { reports, registry } = measuredStores(
  createDynamoStores({
    client: new DynamoDBClient(),
    table: env.REPORTS_TABLE,
    sha256,
  }),
  metrics,
);
/** A bundle carries the fonts beside its code; otherwise they are found in their packages. */
const bundledFonts = join(import.meta.dirname, "fonts");

export const handler = metrics.measured(
  "printTime",
  createRenderHandler({
    reports,
    registry,
    files: measuredFiles(
      createS3Files({ client: new S3Client(), bucket: env.VAULT_BUCKET }),
      metrics,
    ),
    editions: shippedEditions,
    sha256,
    printer: createPrinter({
      // The only place a Lambda may write to; kept while the function stays warm.
      cacheDir: "/tmp/juesuan",
      ...(existsSync(bundledFonts) ? { shippedDir: bundledFonts } : {}),
      environment: process.env,
      // A start and a document's three prints at most; together that stays below this function's two minutes.
      startTimeoutMs: 20_000,
      timeoutMs: 30_000,
      onProgress: (sentence) => {
        log.info(sentence);
      },
    }),
    publish: createSqsQueue(new SQSClient(), env.PUBLISH_QUEUE_URL),
    now,
    log,
  }),
);
