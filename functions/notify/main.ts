import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { now } from "../platform/clock.ts";
import { createEmbeddedMetrics } from "../platform/embedded-metrics.ts";
import { sha256 } from "../platform/ids.ts";
import { createLog, writeToStdout } from "../platform/log.ts";
import { countedErrors, measuredStores } from "../platform/measured-ports.ts";
import { createSmtpMailer } from "../platform/mail/smtp-mailer.ts";
import { readEnv } from "../platform/read-env.ts";
import { readSecret } from "../platform/secret.ts";
import { createDynamoStores } from "../storage/dynamo/stores.ts";
import { envSchema } from "./env.ts";
import { createNotifyHandler } from "./handler.ts";

const env = readEnv(envSchema);
const metrics = createEmbeddedMetrics();

export const handler = metrics.measured(
  "letterTime",
  createNotifyHandler({
    ...measuredStores(
      createDynamoStores({ client: new DynamoDBClient(), table: env.REPORTS_TABLE, sha256 }),
      metrics,
    ),
    mailer: createSmtpMailer({ from: env.MAIL_FROM, smtpUrl: () => readSecret(env.SMTP_SECRET) }),
    addressOf: ({ email }) => email,
    sha256,
    staffUrl: env.STAFF_URL,
    portalUrl: env.PORTAL_URL,
    now,
    log: countedErrors(createLog({ now, write: writeToStdout }), metrics),
  }),
);
