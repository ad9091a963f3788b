import { z } from "zod";
import { reportSummarySchema } from "./report-summary.ts";

/** A report in somebody's worklist (待办). What is absent is not known, and is not zero. */
export const worklistRowSchema = reportSummarySchema.extend({
  /** Since when it waits for whoever's turn it is (ISO UTC). */
  since: z.string().optional(),
  /** What its last check found. */
  check: z.object({ errors: z.number(), warnings: z.number() }).optional(),
  /** Remarks that nobody has settled. */
  openRemarks: z.number().optional(),
  /** 退回次数. */
  returns: z.number().optional(),
  /**
   * Of a submission in review: how many parts hold something else than when this person last looked; null where they
   * never did.
   */
  changedParts: z.number().nullable().optional(),
});
export type WorklistRow = z.infer<typeof worklistRowSchema>;
