import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { now } from "../platform/clock.ts";
import { sha256 } from "../platform/ids.ts";
import { createLog, writeToStdout } from "../platform/log.ts";
import { createSmtpMailer } from "../platform/mail/smtp-mailer.ts";
import { readEnv } from "../platform/read-env.ts";
import { readSecret } from "../platform/secret.ts";
import { createDynamoStores } from "../storage/dynamo/stores.ts";
import { envSchema } from "./env.ts";
import { createNotifyHandler } from "./handler.ts";

const env = readEnv(envSchema);

export const handler = createNotifyHandler({
  ...createDynamoStores({ client: new DynamoDBClient(), table: env.REPORTS_TABLE, sha256 }),
  mailer: createSmtpMailer({ from: env.MAIL_FROM, smtpUrl: () => readSecret(env.SMTP_SECRET) }),
  addressOf: ({ email }) => email,
  staffUrl: env.STAFF_URL,
  portalUrl: env.PORTAL_URL,
  now,
  log: createLog({ now, write: writeToStdout }),
});
