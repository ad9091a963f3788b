import type { z } from "zod";
import type { ErrorCode } from "../../../shared/contract/errors.ts";
import { errorEnvelopeSchema } from "../../../shared/contract/error-envelope.ts";

/** A refusal of the API, with its Chinese sentence; `details` is parsed where it is used. */
export class ApiRefusal extends Error {
  readonly code: ErrorCode;
  readonly details: unknown;
  readonly requestId: string;
  /** Seconds to wait before the next request, where the API gives them (`Retry-After`). */
  readonly retryAfter: number | undefined;

  constructor(
    code: ErrorCode,
    message: string,
    requestId: string,
    details: unknown,
    retryAfter?: number,
  ) {
    super(message);
    this.retryAfter = retryAfter;
    this.code = code;
    this.requestId = requestId;
    this.details = details;
  }

  /** Says nothing against what was sent: the same may be sent again later. */
  get isPassing(): boolean {
    return passing.includes(this.code);
  }
}

const passing: readonly ErrorCode[] = [
  "internal",
  "timed_out",
  "too_many_requests",
  "unauthenticated",
  "unavailable",
];

export interface ApiClient {
  get<Schema extends z.ZodType>(path: string, schema: Schema): Promise<z.infer<Schema>>;
  /** A file, as bytes. */
  file(path: string): Promise<Blob>;
  send<Schema extends z.ZodType>(
    method: "POST" | "PUT" | "DELETE",
    path: string,
    body: unknown,
    schema: Schema,
  ): Promise<z.infer<Schema>>;
}

/** What the client needs of the session (session/session.ts). */
interface Tokens {
  readonly accessToken: (how?: { readonly fresh: boolean }) => Promise<string>;
  readonly end: () => void;
}

/** Every answer passes its contract schema, so a page never works on what the server did not promise. */
export function createApiClient(
  session: Tokens,
  /** The page may be closed any moment: what is sent then goes on without it. */
  isLeaving: () => boolean = () => false,
): ApiClient {
  const send = async (path: string, init: RequestInit, fresh: boolean): Promise<Response> => {
    const headers = new Headers(init.headers);
    headers.set("authorization", `Bearer ${await session.accessToken({ fresh })}`);
    return fetch(`/api${path}`, { ...init, headers });
  };
  const ask = async (path: string, init: RequestInit): Promise<Response> => {
    let response = await send(path, init, false);
    // The clocks may differ, or the key may have changed: a new token settles it, or nothing does.
    if (response.status === 401) response = await send(path, init, true);
    if (response.status === 401) session.end();
    if (response.ok) return response;
    const answer: unknown = await response.json().catch(() => undefined);
    const refusal = errorEnvelopeSchema.safeParse(answer);
    if (!refusal.success) {
      throw new ApiRefusal(
        "internal",
        `服务暂时无法应答（${response.status}），请稍后再试。`,
        "",
        undefined,
      );
    }
    const { code, message, requestId, details } = refusal.data.error;
    const retryAfter = Number(response.headers.get("retry-after") ?? Number.NaN);
    throw new ApiRefusal(
      code,
      message,
      requestId,
      details,
      Number.isFinite(retryAfter) ? retryAfter : undefined,
    );
  };
  const call = async (path: string, init: RequestInit): Promise<unknown> =>
    (await ask(path, init)).json().catch(() => undefined);
  return {
    file: async (path) => (await ask(path, { method: "GET" })).blob(),
    get: async (path, schema) => schema.parse(await call(path, { method: "GET" })),
    send: async (method, path, body, schema) =>
      schema.parse(
        await call(path, {
          method,
          ...(body === undefined ? {} : jsonBody(JSON.stringify(body), isLeaving())),
        }),
      ),
  };
}

/** What a browser goes on sending once its page is closed (64 KiB, of which some for headers). */
const maxKeptAlive = 60_000;

const jsonBody = (body: string, isLeaving: boolean): RequestInit => ({
  headers: { "content-type": "application/json" },
  body,
  keepalive: isLeaving && body.length * 3 < maxKeptAlive,
});
