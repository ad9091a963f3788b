import { z } from "zod";
import type { ReadOnly } from "../../read-only.ts";
import { memberSchema, orgSchema } from "../registry-schema.ts";
import { roleSchema } from "../../workflow/report-state-schema.ts";

/**
 * An import that was found to be without fault, as it is stored before anything of it is applied: what it changes, in
 * the order in which it is applied, part by part.
 */

const change = <Kind extends string, Schema extends z.ZodType>(kind: Kind, schema: Schema) =>
  z.strictObject({ kind: z.literal(kind), before: z.exactOptional(schema), after: schema });

const itemSchema = z.discriminatedUnion("kind", [
  change("org", orgSchema),
  change("member", memberSchema),
  /** Proposed to a second administrator. */
  z.strictObject({
    kind: z.literal("grant"),
    grant: z.string(),
    before: z.exactOptional(memberSchema),
    after: memberSchema,
  }),
  z.strictObject({
    kind: z.literal("invite"),
    id: z.string(),
    name: z.string(),
    email: z.exactOptional(z.string()),
    mobile: z.exactOptional(z.string()),
    memberships: z.array(z.strictObject({ role: roleSchema, orgCode: z.string() })),
  }),
  /** When an import is undone. */
  z.strictObject({ kind: z.literal("withdraw_grant"), grant: z.string() }),
  z.strictObject({ kind: z.literal("withdraw_invite"), id: z.string() }),
]);
export type ImportItem = ReadOnly<z.infer<typeof itemSchema>>;

export const importPlanSchema = z.strictObject({
  region: z.string(),
  fileName: z.string(),
  year: z.int(),
  reason: z.string(),
  /** Number of the registry's last event when it was planned: nothing may have changed since. */
  seq: z.int().min(0),
  /** The plan that it takes back. */
  undoes: z.exactOptional(z.string()),
  items: z.array(itemSchema),
});
export type ImportPlan = ReadOnly<z.infer<typeof importPlanSchema>>;

/** Records that one write changes: forty of the largest stay below 200 KB. */
const partSize = 40;

export const partsOf = ({ items }: ImportPlan): number => Math.ceil(items.length / partSize);

/** `part` counts from 1. */
export const partOf = ({ items }: ImportPlan, part: number): readonly ImportItem[] =>
  items.slice((part - 1) * partSize, part * partSize);
