import type { SQSBatchResponse, SQSEvent } from "aws-lambda";
import { renderMessageSchema } from "../../shared/contract/messages.ts";
import { eachRecord } from "../platform/each-record.ts";
import { orGiveUp, recordFailure, type FailureDeps } from "../use-cases/give-up.ts";
import { recordPreviewFailure } from "../use-cases/preview.ts";
import { renderReport, type RenderDeps } from "./render-report.ts";

/** Prints what the queue names, one message a submission; what cannot be printed is shown as failed. */
export const createRenderHandler =
  (deps: RenderDeps & FailureDeps) =>
  (event: SQSEvent): Promise<SQSBatchResponse> =>
    eachRecord(event, deps.log, async (body, delivery) => {
      const message = renderMessageSchema.parse(body);
      const isPreview = message.type === "preview";
      const outcome = await orGiveUp(() => renderReport(deps, message, delivery.effectId), {
        ...delivery,
        ...{ log: deps.log, now: deps.now },
        isPatient: !isPreview,
        giveUp: (cause) =>
          isPreview
            ? recordPreviewFailure(deps, message.editionHash, cause)
            : recordFailure(deps, message, { step: "print", cause, attempts: delivery.attempt }),
      });
      deps.log.info("A message to print was handled.", { ...message, outcome });
    });
