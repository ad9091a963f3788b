import { z } from "zod";

/** Every refusal the API can answer; the HTTP status of each is in functions/api/errors.ts. */
export const errorCodes = [
  "invalid_request",
  "unauthenticated",
  "wrong_role",
  "not_found",
  "method_not_allowed",
  "wrong_status",
  "four_eyes",
  "wrong_level",
  "own_membership",
  "second_administrator_needed",
  "already_signed",
  "stale_version",
  "stale_edition",
  "section_conflict",
  "already_exists",
  "blocking_findings",
  "weak_reason",
  "blocking_threads",
  "units_outstanding",
  "sign_offs_missing",
  "document_number_missing",
  "approval_day",
  "import_refused",
  "upload_missing",
  "upload_mismatch",
  "content_refused",
  "content_damaged",
  "too_large",
  "too_many_requests",
  "timed_out",
  "unavailable",
  "internal",
] as const;
export type ErrorCode = (typeof errorCodes)[number];

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
