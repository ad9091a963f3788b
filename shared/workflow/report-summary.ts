import { z } from "zod";
import {
  failureStepSchema,
  orgKindSchema,
  roleSchema,
  stageSchema,
} from "./report-state-schema.ts";

/** What a list says of a report, and what is kept of it beside its head (进度). */

/** Whose turn it is: the role and node that must act, and until when (YYYY-MM-DD). */
export const turnSchema = z.object({ role: roleSchema, orgCode: z.string(), due: z.string() });

export const reportSummarySchema = z.object({
  id: z.string(),
  region: z.string(),
  year: z.number(),
  orgCode: z.string(),
  orgName: z.string(),
  kind: orgKindSchema,
  departmentCode: z.string(),
  edition: z.string(),
  version: z.number(),
  status: z.enum(["draft", "in_review", "approved", "published", "taken_down"]),
  stage: stageSchema.optional(),
  turn: turnSchema.optional(),
  returned: z.boolean(),
  correcting: z.boolean(),
  /** Last day of publication, once approved. */
  publishBy: z.string().optional(),
  /** Printing or publishing was given up: at which step, why in words, and since when. */
  failure: z.object({ step: failureStepSchema, cause: z.string(), since: z.string() }).optional(),
  publicationPath: z.string().optional(),
  /** A request to take it down (撤下申请) waits for a second person: who made it, and when. */
  takeDownAsked: z.object({ byName: z.string(), at: z.string() }).optional(),
});
export type ReportSummary = z.infer<typeof reportSummarySchema>;
