import { z } from "zod";
import type { Effect } from "../workflow/report-state.ts";
import { sha256Schema } from "../workflow/report-state-schema.ts";
import { regionSchema, reportIdSchema } from "./requests.ts";

/** Bodies of the queues' messages: one effect each, or the clock's. */

const edition = { reportId: reportIdSchema, editionHash: sha256Schema };
/** Of the event that asked for the work; messages sent before it was named lack it. */
const asked = { seq: z.exactOptional(z.int().min(1)) };

export const renderMessageSchema = z.discriminatedUnion("type", [
  z.strictObject({ type: z.literal("render"), ...edition, ...asked }),
  /** A draft printed on demand; its manifest is stored under the same hash. */
  z.strictObject({ type: z.literal("preview"), ...edition }),
]);
export type RenderMessage = z.infer<typeof renderMessageSchema>;

export const publishMessageSchema = z.discriminatedUnion("type", [
  z.strictObject({ type: z.literal("publish"), ...edition, ...asked }),
  z.strictObject({ type: z.literal("discard"), ...edition }),
  z.strictObject({ type: z.literal("retract"), reportId: reportIdSchema }),
  /** Who must publish until when, said anew for every year of a region. */
  z.strictObject({ type: z.literal("plan"), region: regionSchema }),
]);
export type PublishMessage = z.infer<typeof publishMessageSchema>;

export const notifyMessageSchema = z.strictObject({
  type: z.literal("notify"),
  reportId: reportIdSchema,
  seq: z.int().min(1),
});
export type NotifyMessage = z.infer<typeof notifyMessageSchema>;

/** The queue that takes an effect. */
export const queueOfEffect = {
  render: "render",
  discard: "publish",
  retract: "publish",
  notify: "notify",
} as const satisfies Record<Effect["type"], string>;
