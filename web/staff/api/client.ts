import type { z } from "zod";
import type { ErrorEnvelope } from "../../../shared/contract/error-envelope.ts";
import type * as contract from "../../../shared/contract/responses.ts";
import { errorCodes, type ErrorCode } from "../../../shared/contract/errors.ts";

type Contract = typeof contract;
/** An answer of the contract by its name there, e.g. `worklistResponse`. */
export type AnswerName = {
  [Name in keyof Contract]: Contract[Name] extends z.ZodType ? Name : never;
}[keyof Contract];
export type Answer<Name extends AnswerName> = z.infer<Contract[Name]>;

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
  get<Name extends AnswerName>(path: string, answer: Name): Promise<Answer<Name>>;
  /** A file, as bytes. */
  file(path: string): Promise<Blob>;
  send<Name extends AnswerName>(
    method: "POST" | "PUT" | "DELETE",
    path: string,
    body: unknown,
    answer: Name,
  ): Promise<Answer<Name>>;
}

/** What the client needs of the session (session/session.ts). */
interface Tokens {
  readonly accessToken: (how?: { readonly fresh: boolean }) => Promise<string>;
  readonly end: () => void;
}

/**
 * The service parses every answer by its schema before it is sent (functions/api/answers.ts), so a page names the answer
 * and need not carry the schemas to parse it again. What is no JSON came from something between the two.
 */
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
    if (!isRefusal(answer)) throw noAnswer(response);
    const { code, message, requestId, details } = answer.error;
    const retryAfter = Number(response.headers.get("retry-after") ?? Number.NaN);
    throw new ApiRefusal(
      code,
      message,
      requestId,
      details,
      Number.isFinite(retryAfter) ? retryAfter : undefined,
    );
  };
  const call = async (path: string, init: RequestInit): Promise<unknown> => {
    const response = await ask(path, init);
    return response.json().catch(() => {
      throw noAnswer(response);
    });
  };
  return {
    file: async (path) => (await ask(path, { method: "GET" })).blob(),
    get: async <Name extends AnswerName>(path: string) =>
      (await call(path, { method: "GET" })) as Answer<Name>,
    send: async <Name extends AnswerName>(method: string, path: string, body: unknown) =>
      (await call(path, {
        method,
        ...(body === undefined ? {} : jsonBody(JSON.stringify(body), isLeaving())),
      })) as Answer<Name>,
  };
}

function isRefusal(answer: unknown): answer is ErrorEnvelope {
  const { error } = (answer ?? {}) as Partial<ErrorEnvelope>;
  return typeof error?.message === "string" && errorCodes.includes(error.code);
}

/** Something between the page and the service answered in its place. */
const noAnswer = ({ status }: Response): ApiRefusal =>
  new ApiRefusal("internal", `服务暂时无法应答（${String(status)}），请稍后再试。`, "", undefined);

/** What a browser goes on sending once its page is closed (64 KiB, of which some for headers). */
const maxKeptAlive = 60_000;

const jsonBody = (body: string, isLeaving: boolean): RequestInit => ({
  headers: { "content-type": "application/json" },
  body,
  keepalive: isLeaving && body.length * 3 < maxKeptAlive,
});
