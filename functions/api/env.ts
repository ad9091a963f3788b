import { z } from "zod";
import { regionsEnv } from "../platform/regions.ts";

export const envSchema = z.object({
  REPORTS_TABLE: z.string().min(1),
  VAULT_BUCKET: z.string().min(1),
  PORTAL_BUCKET: z.string().min(1),
  RENDER_QUEUE_URL: z.url(),
  NOTIFY_QUEUE_URL: z.url(),
  OIDC_ISSUER: z.url(),
  OIDC_AUDIENCE: z.string().min(1),
  PORTAL_URL: z.url(),
  REGIONS: regionsEnv,
  PERSON_REQUESTS_PER_MINUTE: z.coerce.number().int().min(60),
  ADDRESS_REQUESTS_PER_MINUTE: z.coerce.number().int().min(600),
});
