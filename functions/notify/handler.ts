import type { SQSBatchResponse, SQSEvent } from "aws-lambda";
import { notifyMessageSchema } from "../../shared/contract/messages.ts";
import { eachRecord } from "../platform/each-record.ts";
import type { Log } from "../platform/log.ts";
import { notifyEvent, type NotifyDeps } from "./notify-event.ts";

/** Writes to whoever must know of an event, one message an event. */
export const createNotifyHandler =
  (deps: NotifyDeps & { readonly log: Log }) =>
  (event: SQSEvent): Promise<SQSBatchResponse> =>
    eachRecord(event, deps.log, async (body) => {
      const message = notifyMessageSchema.parse(body);
      const counts = await notifyEvent(deps, message);
      deps.log.info("People were notified of an event.", { ...message, ...counts });
    });
