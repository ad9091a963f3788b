import type { SQSBatchResponse, SQSEvent } from "aws-lambda";
import { notifyMessageSchema } from "../../shared/contract/messages.ts";
import { eachRecord } from "../platform/each-record.ts";
import type { Log } from "../platform/log.ts";
import { type InviteDeps, mailInvitation } from "./mail-invitation.ts";
import { notifyEvent, type NotifyDeps } from "./notify-event.ts";
import { sendReminder, type ReminderDeps } from "./send-reminder.ts";

/** Writes to whoever must know of an event, was reminded by hand, or is invited: one message each. */
export const createNotifyHandler =
  (deps: NotifyDeps & InviteDeps & ReminderDeps & { readonly log: Log }) =>
  (event: SQSEvent): Promise<SQSBatchResponse> =>
    eachRecord(event, deps.log, async (body) => {
      const message = notifyMessageSchema.parse(body);
      if (message.type === "invite") {
        const { region, invitation } = message;
        const counts = await mailInvitation(deps, message);
        deps.log.info("A person was mailed their invitation.", { region, invitation, ...counts });
        return;
      }
      const counts = await (message.type === "remind"
        ? sendReminder(deps, message)
        : notifyEvent(deps, message));
      deps.log.info("People were notified of an event.", { ...message, ...counts });
    });
