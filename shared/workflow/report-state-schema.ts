import { z } from "zod";
import type { ChainedEvent, ReportEvent, ReportState } from "./report-state.ts";

/** Parses what was stored or sent; the types in report-state.ts are the meaning, these hold them at run time. */

const isoTime = z.iso.datetime();
const date = z.iso.date();
export const sha256Schema = z.string().regex(/^[0-9a-f]{64}$/);
export const stageSchema = z.enum(["unit", "department", "bureau"]);
export const roleSchema = z.enum([
  "preparer",
  "unit_reviewer",
  "department_reviewer",
  "bureau_reviewer",
  "secrecy_officer",
  "principal",
  "bureau_admin",
  "auditor",
]);
const actingRoleSchema = z.enum([...roleSchema.options, "system"]);
export const signOffKindSchema = z.enum(["secrecy", "principal"]);
export const orgKindSchema = z.enum(["unit", "department", "bureau"]);

const stamp = {
  by: z.string(),
  byName: z.string(),
  byRole: z.exactOptional(actingRoleSchema),
  at: isoTime,
};
const publication = z.strictObject({
  editionHash: sha256Schema,
  at: isoTime,
  number: z.int().min(1),
  path: z.string(),
});
const acts = z.array(
  z.strictObject({
    by: z.string(),
    level: z.enum(["editor", "preparer", "signer", "unit", "department", "bureau"]),
    editionHash: sha256Schema,
  }),
);
const signOffs = z.strictObject({
  secrecy: z.exactOptional(z.strictObject(stamp)),
  principal: z.exactOptional(z.strictObject(stamp)),
});
const reviewed = {
  submission: z.strictObject({ ...stamp, editionHash: sha256Schema }),
  verdicts: z.array(z.strictObject({ ...stamp, stage: stageSchema, threadsHash: sha256Schema })),
  signOffs,
  acts,
};
const returned = z.exactOptional(
  z.strictObject({ ...stamp, stage: stageSchema, reason: z.string() }),
);
const approval = z.strictObject({ ...stamp, documentNumber: z.string(), publishBy: date });
const maybePublished = { publication: z.exactOptional(publication) };

export const reportStateSchema = z.discriminatedUnion("status", [
  z.strictObject({ status: z.literal("absent") }),
  z.strictObject({
    status: z.literal("draft"),
    returned,
    lastReview: z.exactOptional(z.strictObject({ editionHash: sha256Schema, signOffs })),
    acts: z.exactOptional(acts),
    correcting: z.exactOptional(z.strictObject({ ...stamp, reason: z.string() })),
    ...maybePublished,
  }),
  z.strictObject({
    status: z.literal("in_review"),
    stage: stageSchema,
    returned,
    ...reviewed,
    ...maybePublished,
  }),
  z.strictObject({ status: z.literal("approved"), approval, ...reviewed, ...maybePublished }),
  z.strictObject({ status: z.literal("published"), approval, publication, ...reviewed }),
  z.strictObject({
    status: z.literal("taken_down"),
    publication,
    tombstone: z.strictObject({ ...stamp, legalBasis: z.string() }),
  }),
]) satisfies z.ZodType<ReportState>;

const event = <Type extends string, Shape extends z.ZodRawShape>(type: Type, shape: Shape) =>
  z.strictObject({ ...stamp, type: z.literal(type), ...shape });

export const reportEventSchema = z.discriminatedUnion("type", [
  event("opened", { kind: orgKindSchema }),
  event("submitted", {
    editionHash: sha256Schema,
    editors: z.exactOptional(z.array(z.string())),
    voided: z.exactOptional(z.array(signOffKindSchema)),
  }),
  event("withdrawn", {}),
  event("passed", { stage: stageSchema, editionHash: sha256Schema, threadsHash: sha256Schema }),
  event("returned", {
    stage: stageSchema,
    to: z.enum(["preparer", "unit", "department", "bureau"]),
    reason: z.string(),
    editionHash: sha256Schema,
    threadsHash: sha256Schema,
  }),
  event("signed_off", { kind: signOffKindSchema, editionHash: sha256Schema }),
  event("approved", {
    editionHash: sha256Schema,
    threadsHash: sha256Schema,
    documentNumber: z.string(),
    publishBy: date,
  }),
  event("published", {
    editionHash: sha256Schema,
    number: z.int().min(1),
    path: z.string(),
    receipt: z.exactOptional(sha256Schema),
  }),
  event("correction_opened", { reason: z.string() }),
  event("taken_down", { legalBasis: z.string() }),
]) satisfies z.ZodType<ReportEvent>;

export const chainedEventSchema = z.strictObject({
  reportId: z.string(),
  seq: z.int().min(1),
  event: reportEventSchema,
  previous: sha256Schema,
  hash: sha256Schema,
}) satisfies z.ZodType<ChainedEvent>;
