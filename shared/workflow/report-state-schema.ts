import { z } from "zod";
import { roleIds } from "./roles.ts";
import { maxPagesNamed, type FailureCause } from "./failure.ts";
import type { ChainedEvent, ReportEvent, ReportState } from "./report-state.ts";

/** Parses what was stored or sent; the types in report-state.ts are the meaning, these hold them at run time. */

const isoTime = z.iso.datetime();
const date = z.iso.date();
export const sha256Schema = z.string().regex(/^[0-9a-f]{64}$/);
export const stageSchema = z.enum(["unit", "department", "bureau"]);
export const roleSchema = z.enum(roleIds);
const actingRoleSchema = z.enum([...roleSchema.options, "system"]);
export const signOffKindSchema = z.enum(["secrecy", "principal"]);
export const remarkLevelSchema = z.enum(["preparer", "signer", ...stageSchema.options]);
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
  z.strictObject({
    ...stamp,
    stage: stageSchema,
    reason: z.string(),
    undone: z.exactOptional(z.literal(true)),
  }),
);
const approval = z.strictObject({
  ...stamp,
  documentNumber: z.string(),
  approvedOn: z.exactOptional(date),
  publishBy: date,
});
const mayBeTakenDown = {
  takeDownAsked: z.exactOptional(
    z.strictObject({ ...stamp, legalBasis: z.string(), summary: z.string() }),
  ),
};
const maybePublished = { publication: z.exactOptional(publication), ...mayBeTakenDown };
const takenDown = {
  legalBasis: z.string(),
  summary: z.exactOptional(z.string()),
  asked: z.exactOptional(z.strictObject(stamp)),
};
const editionHash = sha256Schema;

const pages = z.array(z.int().min(1)).min(1).max(maxPagesNamed);
const named = { name: z.string().max(400) };
const cause = <Code extends FailureCause["code"], Shape extends z.ZodRawShape>(
  code: Code,
  shape: Shape,
) => z.strictObject({ code: z.literal(code), ...shape });
export const failureCauseSchema = z.discriminatedUnion("code", [
  cause("content_missing", { name: z.exactOptional(z.string().max(400)) }),
  cause("content_changed", { name: z.exactOptional(z.string().max(400)) }),
  cause("attachment_missing", named),
  cause("attachment_changed", named),
  cause("glyph_missing", { pages }),
  cause("page_oversize", { pages }),
  cause("too_many_pages", { pages: z.int(), limit: z.int() }),
  cause("document_too_large", { megabytes: z.int(), limit: z.int() }),
  cause("print_timed_out", { seconds: z.int() }),
  cause("printer_unavailable", {}),
  cause("print_missing", {}),
  cause("portal_unwritable", {}),
  cause("report_moved", {}),
  cause("interrupted", {}),
  cause("other", { reference: z.string().max(200) }),
]) satisfies z.ZodType<FailureCause>;
export const failureStepSchema = z.enum(["print", "publish"]);
const failed = {
  step: failureStepSchema,
  cause: failureCauseSchema,
  attempts: z.int().min(1),
};
const onItsWay = {
  started: z.exactOptional(z.strictObject({ run: z.string(), at: isoTime })),
  failure: z.exactOptional(z.strictObject({ ...failed, at: isoTime })),
  retriedAt: z.exactOptional(isoTime),
};

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
  z.strictObject({
    status: z.literal("approved"),
    approval,
    ...onItsWay,
    ...reviewed,
    ...maybePublished,
  }),
  z.strictObject({
    status: z.literal("published"),
    approval,
    publication,
    ...reviewed,
    ...mayBeTakenDown,
  }),
  z.strictObject({
    status: z.literal("taken_down"),
    publication,
    tombstone: z.strictObject({ ...stamp, ...takenDown }),
  }),
]) satisfies z.ZodType<ReportState>;

const event = <Type extends string, Shape extends z.ZodRawShape>(type: Type, shape: Shape) =>
  z.strictObject({ ...stamp, type: z.literal(type), ...shape });

const seenThreads = {
  threadsHash: sha256Schema,
  threads: z.exactOptional(z.record(z.string(), z.int().min(1))),
};

export const reportEventSchema = z.discriminatedUnion("type", [
  event("opened", { kind: orgKindSchema }),
  event("submitted", {
    editionHash: sha256Schema,
    editors: z.exactOptional(z.array(z.string())),
    voided: z.exactOptional(z.array(signOffKindSchema)),
    departmentCode: z.exactOptional(z.string()),
    movedFrom: z.exactOptional(z.string()),
  }),
  event("withdrawn", { reason: z.exactOptional(z.string()) }),
  event("passed", { stage: stageSchema, editionHash: sha256Schema, ...seenThreads }),
  event("returned", {
    stage: stageSchema,
    to: z.enum(["preparer", "unit", "department", "bureau"]),
    reason: z.string(),
    editionHash: sha256Schema,
    ...seenThreads,
  }),
  event("signed_off", { kind: signOffKindSchema, editionHash: sha256Schema }),
  event("approved", {
    editionHash: sha256Schema,
    ...seenThreads,
    documentNumber: z.string(),
    approvedOn: z.exactOptional(date),
    publishBy: date,
  }),
  event("publication_started", { editionHash, run: z.string() }),
  event("publication_failed", { editionHash, ...failed }),
  event("publication_retried", { editionHash }),
  event("edition_taken", { from: z.string(), to: z.string() }),
  event("approval_undone", { editionHash, reason: z.string() }),
  event("published", {
    editionHash: sha256Schema,
    number: z.int().min(1),
    path: z.string(),
    receipt: z.exactOptional(sha256Schema),
  }),
  event("correction_opened", {
    reason: z.string(),
    forgetsActs: z.exactOptional(z.literal(true)),
  }),
  event("take_down_asked", { legalBasis: z.string(), summary: z.string() }),
  event("take_down_declined", { reason: z.string() }),
  event("take_down_withdrawn", {}),
  event("taken_down", takenDown),
]) satisfies z.ZodType<ReportEvent>;

export const reportEventTypeSchema = z.enum(
  reportEventSchema.options.map(({ shape }) => shape.type.value),
);

export const chainedEventSchema = z.strictObject({
  reportId: z.string(),
  seq: z.int().min(1),
  event: reportEventSchema,
  previous: sha256Schema,
  hash: sha256Schema,
}) satisfies z.ZodType<ChainedEvent>;
