import type { z } from "zod";
import { errorEnvelopeSchema } from "../../../shared/contract/error-envelope.ts";
import { signInWithCode } from "../oidc/sign-in.ts";
import { staffClientId } from "../installation/open-sign-in.ts";
import type { Host } from "../host.ts";
import { demoPassword } from "../seed/city.ts";

/** One person at the API, with a token of their own from the real sign-in. */
export interface Colleague {
  readonly id: string;
  get<Schema extends z.ZodType>(path: string, schema: Schema): Promise<z.infer<Schema>>;
  put<Schema extends z.ZodType>(
    path: string,
    body: unknown,
    schema: Schema,
  ): Promise<z.infer<Schema>>;
  post<Schema extends z.ZodType>(
    path: string,
    body: unknown,
    schema: Schema,
  ): Promise<z.infer<Schema>>;
}

/** Signs a seeded person in, through the issuer's pages, and lets them call the API. */
export async function signIn(
  { staffUrl, issuerUrl }: Pick<Host, "staffUrl" | "issuerUrl">,
  id: string,
): Promise<Colleague> {
  const { accessToken } = await signInWithCode({
    issuerUrl,
    clientId: staffClientId,
    redirectUri: `${staffUrl}/callback`,
    username: id,
    password: demoPassword,
  });
  const call = async <Schema extends z.ZodType>(
    method: string,
    path: string,
    schema: Schema,
    body?: unknown,
  ): Promise<z.infer<Schema>> => {
    const response = await fetch(`${staffUrl}/api${path}`, {
      method,
      headers: {
        authorization: `Bearer ${accessToken}`,
        ...(body === undefined ? {} : { "content-type": "application/json" }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const answer: unknown = await response.json();
    if (response.ok) return schema.parse(answer);
    const refusal = errorEnvelopeSchema.safeParse(answer);
    const reason = refusal.success
      ? `${refusal.data.error.code} ${refusal.data.error.message} ${JSON.stringify(refusal.data.error.details ?? "")}`
      : JSON.stringify(answer);
    throw new Error(`${id}: ${method} ${path} was answered ${String(response.status)}: ${reason}`);
  };
  return {
    id,
    get: (path, schema) => call("GET", path, schema),
    put: (path, body, schema) => call("PUT", path, schema, body),
    post: (path, body, schema) => call("POST", path, schema, body),
  };
}
