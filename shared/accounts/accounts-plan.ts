import { z } from "zod";
import { tableIdSchema } from "../forms/cell-schema.ts";

const hash = z.string().regex(/^[0-9a-f]{64}$/);

/**
 * An import of the accounts as it was weighed: which content each table had and would get, by hash. It is applied by
 * its own hash, and taken back by the same.
 */
export const accountsPlanSchema = z.strictObject({
  /** Nothing else is stored in this shape. */
  kind: z.literal("accounts-import"),
  report: z.string().min(1).max(80),
  edition: z.string().min(1).max(120),
  fileName: z.string().min(1).max(200),
  /** Name in the sheets that is not the report's office. */
  otherOffice: z.string().min(1).max(500).optional(),
  enteredIn: z.enum(["yuan", "wan"]),
  enteredInBefore: z.enum(["yuan", "wan"]),
  tables: z
    .array(
      z.strictObject({
        id: tableIdSchema,
        /** Null: never saved. */
        before: hash.nullable(),
        after: hash,
      }),
    )
    .min(1)
    .max(100),
});
export type AccountsPlan = z.infer<typeof accountsPlanSchema>;
