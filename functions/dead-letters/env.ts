import { z } from "zod";

export const envSchema = z.object({
  REPORTS_TABLE: z.string().min(1),
  VAULT_BUCKET: z.string().min(1),
  PUBLISH_QUEUE_URL: z.url(),
});
