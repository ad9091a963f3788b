import type { SQSBatchResponse, SQSEvent } from "aws-lambda";
import { renderMessageSchema } from "../../shared/contract/messages.ts";
import { assertNever } from "../../shared/result.ts";
import type { FailureCause } from "../../shared/workflow/failure.ts";
import { eachRecord } from "../platform/each-record.ts";
import { orGiveUp, recordFailure, type FailureDeps } from "../use-cases/give-up.ts";
import { recordPreviewFailure } from "../use-cases/preview.ts";
import { renderEdition } from "./render-edition.ts";
import { renderReport, type RenderDeps } from "./render-report.ts";

/** Prints what the queue names, one message a submission; what cannot be printed is shown as failed. */
export const createRenderHandler =
  (deps: RenderDeps & FailureDeps) =>
  (event: SQSEvent): Promise<SQSBatchResponse> =>
    eachRecord(event, deps.log, async (body, delivery) => {
      const message = renderMessageSchema.parse(body);
      const giveUp = (cause: FailureCause): Promise<unknown> => {
        switch (message.type) {
          case "render":
            return recordFailure(deps, message, {
              ...{ step: "print", cause, attempts: delivery.attempt },
            });
          case "preview":
            return recordPreviewFailure(deps, message.editionHash, cause);
          case "edition_preview":
            return recordPreviewFailure(deps, message.hash, cause);
          default:
            return assertNever(message);
        }
      };
      const work = () =>
        message.type === "edition_preview"
          ? renderEdition(deps, message)
          : renderReport(deps, message, delivery.effectId);
      const outcome = await orGiveUp(work, {
        ...delivery,
        ...{ log: deps.log, now: deps.now, giveUp },
        // Who waits for a preview can ask again.
        isPatient: message.type === "render",
      });
      deps.log.info("A message to print was handled.", { ...message, outcome });
    });
