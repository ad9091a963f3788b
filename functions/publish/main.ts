import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { S3Client } from "@aws-sdk/client-s3";
import { shippedEditions } from "../../shared/editions/shipped-editions.ts";
import { now } from "../platform/clock.ts";
import { createEmbeddedMetrics } from "../platform/embedded-metrics.ts";
import { newId, sha256 } from "../platform/ids.ts";
import { createLog, writeToStdout } from "../platform/log.ts";
import { countedErrors, measuredFiles, measuredStores } from "../platform/measured-ports.ts";
import { readEnv } from "../platform/read-env.ts";
import { createDynamoStores } from "../storage/dynamo/stores.ts";
import { createS3Files } from "../storage/s3/files.ts";
import { envSchema } from "./env.ts";
import { createPublishHandler } from "./handler.ts";
import { portalSettings } from "./portal-settings.ts";

const env = readEnv(envSchema);
const metrics = createEmbeddedMetrics();
const client = new S3Client();

export const handler = metrics.measured(
  "publishTime",
  createPublishHandler({
    ...measuredStores(
      createDynamoStores({ client: new DynamoDBClient(), table: env.REPORTS_TABLE, sha256 }),
      metrics,
    ),
    files: measuredFiles(createS3Files({ client, bucket: env.VAULT_BUCKET }), metrics),
    portal: measuredFiles(createS3Files({ client, bucket: env.PORTAL_BUCKET }), metrics),
    editions: shippedEditions,
    sha256,
    newId,
    settingsOf: portalSettings(env.REGIONS, env.PORTAL_URL),
    now,
    log: countedErrors(createLog({ now, write: writeToStdout }), metrics),
  }),
);
