import type { SQSBatchResponse, SQSEvent } from "aws-lambda";
import { renderMessageSchema } from "../../shared/contract/messages.ts";
import { eachRecord } from "../platform/each-record.ts";
import type { Log } from "../platform/log.ts";
import { renderReport, type RenderDeps } from "./render-report.ts";

/** Prints what the queue names, one message an edition. */
export const createRenderHandler =
  (deps: RenderDeps & { readonly log: Log }) =>
  (event: SQSEvent): Promise<SQSBatchResponse> =>
    eachRecord(event, deps.log, async (body, effectId) => {
      const message = renderMessageSchema.parse(body);
      const outcome = await renderReport(deps, message, effectId);
      deps.log.info("A report was printed.", { ...message, outcome });
    });
