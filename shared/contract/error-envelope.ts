import { z } from "zod";
import { errorCodes } from "./errors.ts";

/** The one envelope a client gets when something is refused; `message` is a Chinese sentence. */
export const errorEnvelopeSchema = z.object({
  error: z.object({
    code: z.enum(errorCodes),
    message: z.string(),
    requestId: z.string(),
    details: z.unknown().optional(),
  }),
});
export type ErrorEnvelope = z.infer<typeof errorEnvelopeSchema>;
