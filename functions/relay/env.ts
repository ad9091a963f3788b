import { z } from "zod";
import { regionsEnv } from "../platform/regions.ts";

export const envSchema = z.object({
  REPORTS_TABLE: z.string().min(1),
  VAULT_BUCKET: z.string().min(1),
  REGIONS: regionsEnv,
  RENDER_QUEUE_URL: z.url(),
  PUBLISH_QUEUE_URL: z.url(),
  NOTIFY_QUEUE_URL: z.url(),
});
