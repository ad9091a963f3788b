import type { SQSBatchResponse, SQSEvent } from "aws-lambda";
import { publishMessageSchema } from "../../shared/contract/messages.ts";
import { eachRecord } from "../platform/each-record.ts";
import type { Log } from "../platform/log.ts";
import { handlePublication, type PublishEditionDeps } from "./publish-edition.ts";

/** Publishes or retracts what the queue names. */
export const createPublishHandler =
  (deps: PublishEditionDeps & { readonly log: Log }) =>
  (event: SQSEvent): Promise<SQSBatchResponse> =>
    eachRecord(event, deps.log, async (body) => {
      const message = publishMessageSchema.parse(body);
      const outcome = await handlePublication(deps, message);
      deps.log.info("A publication was handled.", { ...message, outcome });
    });
