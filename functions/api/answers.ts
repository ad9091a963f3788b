import type { Context } from "hono";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import { z } from "zod";
import { errorEnvelopeSchema } from "../../shared/contract/error-envelope.ts";
import type { ReadOnly } from "../../shared/read-only.ts";
import type { ApiEnv } from "./deps.ts";

/** Answers exactly what the contract promises: a member it does not name is removed before the answer is sent. */
export const answer = <Schema extends z.ZodType, Status extends ContentfulStatusCode = 200>(
  c: Context,
  schema: Schema,
  value: ReadOnly<z.input<Schema>>,
  status: Status = 200 as Status,
) => c.json(schema.parse(value), status);

/** Does what only lists show of what is answered: where it fails it is logged, and the answer is given all the same. */
export async function besideAnswer(c: Context<ApiEnv>, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    c.var.log.error("The lists do not show what was answered.", { error });
  }
}

const refused = {
  description: "Refused; `code` says why, `message` is a Chinese sentence for people",
  content: { "application/json": { schema: errorEnvelopeSchema } },
};

/** How any route refuses, for those whose own answer is no JSON. */
export const refusals = { "4XX": refused, "5XX": refused };

/** The answers of a route: its own, and the one envelope of every refusal. */
export const answers = <Schema extends z.ZodType, Status extends 200 | 201 | 202 = 200>(
  description: string,
  schema: Schema,
  status: Status = 200 as Status,
) =>
  ({
    [status]: { description, content: { "application/json": { schema } } },
    "4XX": refused,
    "5XX": refused,
  }) as {
    [Key in Status]: {
      description: string;
      content: { "application/json": { schema: Schema } };
    };
  };

export const body = <Schema extends z.ZodType>(schema: Schema) => ({
  content: { "application/json": { schema } },
  required: true as const,
});

/** For acts that say all by their address. */
export const noBody = {
  content: { "application/json": { schema: z.strictObject({}) } },
  required: false as const,
};
