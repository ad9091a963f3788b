import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { S3Client } from "@aws-sdk/client-s3";
import { SQSClient } from "@aws-sdk/client-sqs";
import { createTokenVerifier } from "../platform/auth/verify-token.ts";
import { now } from "../platform/clock.ts";
import { newId, sha256 } from "../platform/ids.ts";
import { createLog, writeToStdout } from "../platform/log.ts";
import { readEnv } from "../platform/read-env.ts";
import { createSqsQueue } from "../platform/sqs-queue.ts";
import { createDynamoStores } from "../storage/dynamo/stores.ts";
import { createS3Files } from "../storage/s3/files.ts";
import { createS3DownloadLinks, createS3UploadTickets } from "../storage/s3/transfer.ts";
import { envSchema } from "./env.ts";
import { inPlace } from "../use-cases/heavy-work.ts";
import { createApiHandler } from "./handler.ts";
import { ratesOf } from "./rate-limit.ts";

const env = readEnv(envSchema);
const client = new S3Client();
const vault = { client, bucket: env.VAULT_BUCKET };

/** The API behind API Gateway (payload format 2.0). */
export const handler = createApiHandler({
  ...createDynamoStores({ client: new DynamoDBClient(), table: env.REPORTS_TABLE, sha256 }),
  vault: createS3Files(vault),
  portal: createS3Files({ client, bucket: env.PORTAL_BUCKET }),
  tickets: createS3UploadTickets(vault),
  links: createS3DownloadLinks(vault),
  renderQueue: createSqsQueue(new SQSClient(), env.RENDER_QUEUE_URL),
  verifyToken: createTokenVerifier({
    issuer: env.OIDC_ISSUER,
    audience: env.OIDC_AUDIENCE,
    now,
  }),
  sha256,
  now,
  newId,
  log: createLog({ now, write: writeToStdout, fields: { door: "api" } }),
  regionNames: new Map(env.REGIONS.map(({ code, name }) => [code, name])),
  // One process serves one request at a time here, within bounds of its own.
  heavyWork: inPlace,
  rates: ratesOf({
    person: env.PERSON_REQUESTS_PER_MINUTE,
    address: env.ADDRESS_REQUESTS_PER_MINUTE,
  }),
  portalUrl: env.PORTAL_URL.replace(/\/$/u, ""),
});
