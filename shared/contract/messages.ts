import { z } from "zod";
import { editionIdSchema } from "../editions/edition-data.ts";
import { assertNever } from "../result.ts";
import type { Effect } from "../workflow/report-state.ts";
import { sha256Schema } from "../workflow/report-state-schema.ts";
import { editionKeySchema, regionSchema, reportIdSchema } from "./requests.ts";

/** Bodies of the queues' messages: one effect each, or the clock's. */

const edition = { reportId: reportIdSchema, editionHash: sha256Schema };
/** Number of the event that requested the work; messages sent before it was named lack it. */
const request = { seq: z.exactOptional(z.int().min(1)) };

export const renderMessageSchema = z.discriminatedUnion("type", [
  z.strictObject({ type: z.literal("render"), ...edition, ...request }),
  /** A draft printed on demand; its manifest is stored under the same hash. */
  z.strictObject({ type: z.literal("preview"), ...edition }),
  /** A draft of an own edition printed on its sample report; `hash` names the print. */
  z.strictObject({
    type: z.literal("edition_preview"),
    region: regionSchema,
    key: editionKeySchema,
    base: editionIdSchema,
    draft: sha256Schema,
    hash: sha256Schema,
  }),
]);
export type RenderMessage = z.infer<typeof renderMessageSchema>;

export const publishMessageSchema = z.discriminatedUnion("type", [
  z.strictObject({ type: z.literal("publish"), ...edition, ...request }),
  z.strictObject({ type: z.literal("discard"), ...edition }),
  z.strictObject({ type: z.literal("retract"), reportId: reportIdSchema }),
  /** Lists a report on the portal as it is now; one at a time in a region. */
  z.strictObject({ type: z.literal("index"), reportId: reportIdSchema }),
  /**
   * Takes into a region's lists who must publish until when; never beside an `index` of the region.
   * `sweep`: some of its reports are looked through at once, not only on a new day.
   * `redraw`: every public page is drawn anew after a change of design, some at this message and the
   * rest at those that follow.
   */
  z.strictObject({
    type: z.literal("plan"),
    region: regionSchema,
    sweep: z.literal(true).optional(),
    redraw: z.literal(true).optional(),
  }),
]);
export type PublishMessage = z.infer<typeof publishMessageSchema>;

export const notifyMessageSchema = z.discriminatedUnion("type", [
  z.strictObject({ type: z.literal("notify"), reportId: reportIdSchema, seq: z.int().min(1) }),
  /** Mails a person their one-time code, which is stored nowhere else and never logged. */
  z.strictObject({
    type: z.literal("invite"),
    region: regionSchema,
    invitation: z.string(),
    code: z.string(),
  }),
  /** Letters of a reminder by hand (催办), which the registry's event of that number records. */
  z.strictObject({ type: z.literal("remind"), region: regionSchema, seq: z.int().min(1) }),
]);
type AnyNotifyMessage = z.infer<typeof notifyMessageSchema>;
export type NotifyMessage = Extract<AnyNotifyMessage, { type: "notify" }>;
export type ReminderMessage = Extract<AnyNotifyMessage, { type: "remind" }>;
export type InviteMessage = Extract<AnyNotifyMessage, { type: "invite" }>;

/** The queue that takes an effect. */
export const queueOfEffect = {
  render: "render",
  discard: "publish",
  retract: "publish",
  index: "publish",
  notify: "notify",
} as const satisfies Record<Effect["type"], string>;

const anyMessageSchema = z.union([renderMessageSchema, publishMessageSchema, notifyMessageSchema]);

/**
 * Messages of one group are handled one at a time, of different groups side by side. Undefined for a
 * body that is no message; whoever handles it says so.
 */
export function groupOfMessage(body: string): string | undefined {
  const message = anyMessageSchema.safeParse(jsonOf(body)).data;
  if (message === undefined) return undefined;
  switch (message.type) {
    case "render":
    case "preview":
      return message.reportId;
    case "edition_preview":
      return `${message.region}.${message.key}`;
    case "notify":
      // A letter that cannot be sent keeps no other waiting.
      return `${message.reportId}.${String(message.seq)}`;
    case "invite":
      return `${message.region}.${message.invitation}`;
    case "remind":
      return `${message.region}.remind.${String(message.seq)}`;
    case "publish":
    case "discard":
    case "retract":
      // They touch nothing but their report's own files (docs/adr/0022).
      return message.reportId;
    case "index":
      return regionOf(message.reportId);
    case "plan":
      return message.region;
    default:
      return assertNever(message);
  }
}

/** A report's id begins with its region. */
const regionOf = (reportId: string): string => reportId.slice(0, 6);

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
