import { z } from "zod";
import { regionsEnv } from "../platform/regions.ts";

export const envSchema = z.object({
  REPORTS_TABLE: z.string().min(1),
  REGIONS: regionsEnv,
  /** Where staff work; letters link there. */
  STAFF_URL: z.url(),
  MAIL_FROM: z.email(),
  /** Name of the secret that holds the SMTP address, password included. */
  SMTP_SECRET: z.string().min(1),
});
