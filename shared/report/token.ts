import { z } from "zod";
import { givenSourceSchema } from "./figure-source.ts";

/** What a reworded sentence is kept as: text between figures that are named, never copied. */

const text = z.strictObject({
  text: z
    .string()
    .min(1)
    .max(5_000)
    .regex(/^[^\r\n]*$/),
});
const figure = z.strictObject({ figure: givenSourceSchema });
const reason = z.strictObject({ reason: z.string().regex(/^[a-z0-9_.]{1,60}$/) });
const purpose = z.strictObject({ purpose: z.string().regex(/^\d{3,7}$/) });

/** Own words and bound figures: a paragraph that people add. */
export const ownTokensSchema = z
  .array(z.union([text, figure]))
  .min(1)
  .max(400);

const tokenSchema = z.union([text, figure, reason, purpose]);
export type Token = z.infer<typeof tokenSchema>;

/** A sentence in other words. */
export const tokensSchema = z.array(tokenSchema).min(1).max(400);

/**
 * A statutory sentence without its values: what of it has to stay for a rewording to hold. A direction
 * that is printed as a word (大于, 持平) belongs to the sentence, not to the figures.
 */
export const skeletonSchema = z
  .array(
    z.union([
      text,
      z.strictObject({ figure: givenSourceSchema, direction: z.string().max(20).optional() }),
      reason,
      purpose,
    ]),
  )
  .max(400);
export type Skeleton = z.infer<typeof skeletonSchema>;
