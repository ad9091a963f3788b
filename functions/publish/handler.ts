import type { SQSBatchResponse, SQSEvent } from "aws-lambda";
import { publishMessageSchema } from "../../shared/contract/messages.ts";
import { eachRecord } from "../platform/each-record.ts";
import { orGiveUp, recordFailure, type FailureDeps } from "../use-cases/give-up.ts";
import type { PublishSubmissionDeps } from "./submission-deps.ts";
import { handlePublication } from "./publish-submission.ts";

/**
 * Publishes or removes what the queue names. What cannot be published is shown as failed; a removal is
 * tried until it is done, since what it removes must not be public.
 */
export const createPublishHandler =
  (deps: PublishSubmissionDeps & FailureDeps & { readonly newId: () => string }) =>
  (event: SQSEvent): Promise<SQSBatchResponse> =>
    eachRecord(event, deps.log, async (body, delivery) => {
      const message = publishMessageSchema.parse(body);
      const run = deps.newId();
      const work = () => handlePublication(deps, message, run);
      const outcome =
        message.type !== "publish"
          ? await work()
          : await orGiveUp(work, {
              ...delivery,
              ...{ log: deps.log, now: deps.now },
              giveUp: (cause) => {
                const { attempt: attempts } = delivery;
                return recordFailure(deps, message, { step: "publish", cause, attempts, run });
              },
            });
      deps.log.info("A publication was handled.", { ...message, outcome });
    });
