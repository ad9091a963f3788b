import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { S3Client } from "@aws-sdk/client-s3";
import { SQSClient } from "@aws-sdk/client-sqs";
import { shippedEditions } from "../../shared/editions/shipped-editions.ts";
import { createTokenVerifier } from "../platform/auth/verify-token.ts";
import { now } from "../platform/clock.ts";
import { createEmbeddedMetrics } from "../platform/embedded-metrics.ts";
import { newCode, newId, sha256 } from "../platform/ids.ts";
import { createLog, writeToStdout } from "../platform/log.ts";
import {
  countedErrors,
  measuredFiles,
  measuredStores,
  measuredWork,
} from "../platform/measured-ports.ts";
import { readEnv } from "../platform/read-env.ts";
import { createSqsQueue } from "../platform/sqs-queue.ts";
import { createDynamoStores } from "../storage/dynamo/stores.ts";
import { createS3Files } from "../storage/s3/files.ts";
import { createS3DownloadLinks, createS3UploadTickets } from "../storage/s3/transfer.ts";
import { envSchema } from "./env.ts";
import { inPlace } from "../use-cases/heavy-work.ts";
import { createWriteProbe } from "../use-cases/write-probe.ts";
import { createApiHandler } from "./handler.ts";
import { ratesOf } from "./rate-limit.ts";

const env = readEnv(envSchema);
const metrics = createEmbeddedMetrics();
const log = countedErrors(
  createLog({ now, write: writeToStdout, fields: { door: "api" } }),
  metrics,
);
const client = new S3Client();
const queues = new SQSClient();
const ofVault = { client, bucket: env.VAULT_BUCKET };
const vault = measuredFiles(createS3Files(ofVault), metrics);
const { probe, ...stores } = measuredStores(
  createDynamoStores({ client: new DynamoDBClient(), table: env.REPORTS_TABLE, sha256 }),
  metrics,
);

/** The API behind API Gateway (payload format 2.0). */
export const handler = metrics.measured(
  "requestTime",
  createApiHandler({
    ...stores,
    editions: shippedEditions,
    vault,
    portal: measuredFiles(createS3Files({ client, bucket: env.PORTAL_BUCKET }), metrics),
    tickets: createS3UploadTickets(ofVault),
    links: createS3DownloadLinks(ofVault),
    renderQueue: createSqsQueue(queues, env.RENDER_QUEUE_URL),
    notifyQueue: createSqsQueue(queues, env.NOTIFY_QUEUE_URL),
    canMail: true,
    verifyToken: createTokenVerifier({
      issuer: env.OIDC_ISSUER,
      audience: env.OIDC_AUDIENCE,
      now,
    }),
    sha256,
    now,
    newId,
    newCode,
    log,
    canWrite: createWriteProbe({ probe, vault, now, log }),
    regionNames: new Map(env.REGIONS.map(({ code, name }) => [code, name])),
    // One process serves one request at a time here, within bounds of its own.
    heavyWork: measuredWork(inPlace, metrics),
    rates: ratesOf({
      person: env.PERSON_REQUESTS_PER_MINUTE,
      address: env.ADDRESS_REQUESTS_PER_MINUTE,
    }),
    portalUrl: env.PORTAL_URL.replace(/\/$/u, ""),
  }),
);
