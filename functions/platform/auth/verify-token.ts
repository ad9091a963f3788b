import { createRemoteJWKSet, customFetch, errors, jwtVerify } from "jose";
import type { JWTPayload, JWTVerifyGetKey } from "jose";
import { z } from "zod";
import { type Contact, plainEmail, plainMobile } from "../../../shared/registry/contact.ts";
import { err, ok, type Result } from "../../../shared/result.ts";
import { omitUndefined } from "../../../shared/omit-undefined.ts";
import { errorMessage } from "../errors.ts";

/** The caller as the issuer's token names them; what they may do is stored in our memberships, not here. */
export type Identity = {
  readonly subject: string;
  readonly name?: string;
  readonly email?: string;
  /** Addresses that the issuer says are this person's (OpenID Connect Core §5.1). */
  readonly verified: Contact;
};

/** `issuer_unavailable`: the keys could not be fetched, so nothing is known about the token. */
type TokenRejection = {
  readonly code: "expired_token" | "invalid_token" | "issuer_unavailable";
  readonly message: string;
};

export type VerifyToken = (token: string) => Promise<Result<Identity, TokenRejection>>;

const maxTokenLength = 8_192;
const clockToleranceSeconds = 5;
const fetchTimeoutMs = 5_000;

const discoverySchema = z.object({ issuer: z.string(), jwks_uri: z.url() });

const claimsSchema = z.object({
  sub: z.string().min(1),
  name: z.string().optional().catch(undefined),
  email: z.string().optional().catch(undefined),
  email_verified: z.boolean().optional().catch(undefined),
  phone_number: z.string().optional().catch(undefined),
  phone_number_verified: z.boolean().optional().catch(undefined),
});
type Claims = z.infer<typeof claimsSchema>;

/** Only what the issuer itself has verified: anybody can write another's address into a profile. */
const verifiedOf = (claims: Claims): Contact =>
  omitUndefined({
    email: claims.email_verified === true ? plainEmail(claims.email ?? "") : undefined,
    mobile:
      claims.phone_number_verified === true ? plainMobile(claims.phone_number ?? "") : undefined,
  });

/**
 * Verifies access tokens of any OpenID Connect issuer: signature by the issuer's published keys
 * (fetched once, again when a new key id appears), RS256 or ES256 only, issuer, audience, expiry.
 * Audience as API Gateway's JWT authoriser takes it: `aud`, or `client_id` where `aud` is absent
 * (Cognito's access tokens).
 */
export function createTokenVerifier({
  issuer,
  audience,
  now,
  fetch = globalThis.fetch,
}: {
  readonly issuer: string;
  readonly audience: string;
  readonly now: () => string;
  readonly fetch?: typeof globalThis.fetch;
}): VerifyToken {
  let keys: Promise<JWTVerifyGetKey> | undefined;

  async function discover(): Promise<JWTVerifyGetKey> {
    const address = `${issuer.replace(/\/$/, "")}/.well-known/openid-configuration`;
    const answer = await fetch(address, { signal: AbortSignal.timeout(fetchTimeoutMs) });
    if (!answer.ok) throw new Error(`${address} answered ${answer.status}`);
    const document = discoverySchema.parse(await answer.json());
    if (document.issuer !== issuer) {
      throw new Error(`${address} names another issuer: ${document.issuer}`);
    }
    return createRemoteJWKSet(new URL(document.jwks_uri), {
      timeoutDuration: fetchTimeoutMs,
      [customFetch]: (url, options) => fetch(url, options),
    });
  }

  async function issuerKeys(): Promise<JWTVerifyGetKey> {
    keys ??= discover();
    try {
      return await keys;
    } catch (error) {
      keys = undefined;
      throw error;
    }
  }

  return async (token) => {
    if (token.length > maxTokenLength) return invalid("longer than any token of the issuer");
    try {
      const { payload } = await jwtVerify(
        token,
        async (header, jws) => (await issuerKeys())(header, jws),
        {
          issuer,
          algorithms: ["RS256", "ES256"],
          requiredClaims: ["exp", "sub"],
          clockTolerance: clockToleranceSeconds,
          currentDate: new Date(now()),
        },
      );
      if (!isMeantFor(payload, audience)) return invalid("issued for another audience");
      const claims = claimsSchema.safeParse(payload);
      if (!claims.success) return invalid("without a subject");
      const { sub, name, email } = claims.data;
      return ok({
        subject: sub,
        ...omitUndefined({ name, email }),
        verified: verifiedOf(claims.data),
      });
    } catch (error) {
      return err(rejectionOf(error));
    }
  };
}

function isMeantFor(
  { aud, client_id: clientId, token_use: use }: JWTPayload,
  audience: string,
): boolean {
  if (use !== undefined && use !== "access") return false;
  if (aud === undefined) return clientId === audience;
  return typeof aud === "string" ? aud === audience : aud.includes(audience);
}

const faultsOfTheToken = [
  errors.JWTClaimValidationFailed,
  errors.JWTInvalid,
  errors.JWSInvalid,
  errors.JWSSignatureVerificationFailed,
  errors.JWKSNoMatchingKey,
  errors.JWKSMultipleMatchingKeys,
  errors.JOSEAlgNotAllowed,
  errors.JOSENotSupported,
] as const;

function rejectionOf(error: unknown): TokenRejection {
  if (error instanceof errors.JWTExpired) {
    return { code: "expired_token", message: "The access token has expired." };
  }
  if (faultsOfTheToken.some((fault) => error instanceof fault)) {
    const message = `The access token is not valid: ${errorMessage(error)}.`;
    return { code: "invalid_token", message };
  }
  const why = errorMessage(error);
  return {
    code: "issuer_unavailable",
    message: `The keys of the sign-in service cannot be fetched: ${why}.`,
  };
}

const invalid = (why: string) =>
  err({ code: "invalid_token" as const, message: `The access token is not valid: ${why}.` });
