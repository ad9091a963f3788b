import type { SQSBatchResponse, SQSEvent } from "aws-lambda";
import { publishMessageSchema, renderMessageSchema } from "../../shared/contract/messages.ts";
import { assertNever } from "../../shared/result.ts";
import { alarmLines } from "../platform/alarm-lines.ts";
import { eachRecord } from "../platform/each-record.ts";
import type { EffectQueue, FileStore } from "../storage/ports.ts";
import { attemptsAllowed, recordFailure, type FailureDeps } from "../use-cases/give-up.ts";
import { recordPreviewFailure } from "../use-cases/preview.ts";

export interface DeadLetterDeps extends FailureDeps {
  readonly files: Pick<FileStore, "get" | "put">;
  readonly publish: EffectQueue;
  readonly newId: () => string;
}

const messageSchema = renderMessageSchema.or(publishMessageSchema);

/**
 * Takes what `render` and `publish` never finished: they record what they see fail themselves, so only
 * work that ended them again and again (hung, out of memory, out of time) ends here. The report is
 * shown as failed; removals from the portal are never given up.
 */
export const createDeadLetterHandler =
  (deps: DeadLetterDeps) =>
  (event: SQSEvent): Promise<SQSBatchResponse> =>
    eachRecord(event, deps.log, async (body, { effectId }) => {
      const read = messageSchema.safeParse(body);
      if (!read.success) {
        // Trying it again cannot help; the line keeps what it was.
        deps.log.error(alarmLines.unreadable, { effectId, body, error: read.error });
        return;
      }
      const message = read.data;
      const cause = { code: "interrupted" } as const;
      switch (message.type) {
        case "render":
          await recordFailure(deps, message, { step: "print", cause, attempts: attemptsAllowed });
          return;
        case "publish":
          await recordFailure(deps, message, { step: "publish", cause, attempts: attemptsAllowed });
          return;
        case "preview":
          await recordPreviewFailure(deps, message.editionHash, cause);
          return;
        case "edition_preview":
          await recordPreviewFailure(deps, message.hash, cause);
          return;
        case "retract":
        case "discard":
          deps.log.error(alarmLines.stillPublic, { ...message, effectId });
          await deps.publish.send({
            id: `${message.reportId}.${message.type}.${deps.newId()}`,
            body: JSON.stringify(message),
          });
          return;
        case "index":
          // The lists show every report in the end, however long the portal cannot be written.
          deps.log.error("A report was not listed on the portal; it will be tried again.", {
            ...message,
            effectId,
          });
          await deps.publish.send({
            id: `${message.reportId}.index.${deps.newId()}`,
            body: JSON.stringify(message),
          });
          return;
        case "plan":
          // The schedule sends a newer one anyway.
          deps.log.warn("The plan of a region was not drawn.", { ...message, effectId });
          return;
        default:
          return assertNever(message);
      }
    });
