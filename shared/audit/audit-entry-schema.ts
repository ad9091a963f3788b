import { z } from "zod";
import { registryEventTypeSchema } from "../registry/registry-schema.ts";
import { reportEventTypeSchema, roleSchema } from "../workflow/report-state-schema.ts";
import type { AuditEntry } from "./audit-entry.ts";

export const auditTypeSchema = z.enum([
  ...reportEventTypeSchema.options,
  ...registryEventTypeSchema.options,
]);

export const auditEntrySchema = z.strictObject({
  at: z.string(),
  by: z.string(),
  byName: z.string(),
  byRole: z.exactOptional(z.enum([...roleSchema.options, "system"])),
  type: auditTypeSchema,
  seq: z.int().min(1),
  reportId: z.exactOptional(z.string()),
  year: z.exactOptional(z.int()),
  orgCode: z.exactOptional(z.string()),
  about: z.exactOptional(z.string()),
  deed: z.string(),
}) satisfies z.ZodType<AuditEntry>;
