import type {
  APIGatewayProxyEventV2,
  APIGatewayProxyResultV2,
  APIGatewayProxyStructuredResultV2,
  Context,
} from "aws-lambda";
import { Buffer } from "node:buffer";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { ErrorCode } from "../../../shared/contract/errors.ts";
import type { ErrorEnvelope } from "../../../shared/contract/error-envelope.ts";
import { err, ok, type Result } from "../../../shared/result.ts";
import type { CallerAddress } from "../caller-address.ts";
import { toEvent } from "./event.ts";
import type { GatewayLimits } from "./limits.ts";

/** The context of an invocation without the callbacks of old runtimes. */
type LambdaContext = Omit<Context, "done" | "fail" | "succeed">;

export type GatewayHandler = (
  event: APIGatewayProxyEventV2,
  context: LambdaContext,
) => Promise<APIGatewayProxyResultV2>;

/** An answer of the gateway itself, in the envelope of the API. */
type Refusal = { readonly status: number; readonly code: ErrorCode; readonly message: string };

/**
 * API Gateway in this process: turns a node:http request into the event the Lambda function knows,
 * calls its handler, and sends what it returns, within the same limits. Whatever a client sends or a
 * handler does ends in an answer, never in a crash.
 */
export function createGateway({
  handler,
  limits,
  callerAddress,
  now,
  newId,
  onError,
}: {
  readonly handler: GatewayHandler;
  readonly limits: GatewayLimits;
  readonly callerAddress: CallerAddress;
  readonly now: () => string;
  readonly newId: () => string;
  readonly onError: (error: unknown, requestId: string) => void;
}): (request: IncomingMessage, response: ServerResponse) => Promise<void> {
  async function answerTo(
    request: IncomingMessage,
    requestId: string,
  ): Promise<Result<APIGatewayProxyStructuredResultV2, Refusal>> {
    const body = await withinTime(readBody(request, limits.requestBytes), limits.bodyMs);
    if (body === timedOut) return err(tooSlow(limits.bodyMs));
    if (!body.ok) return body;

    const event = toEvent({
      ...{ request, body: body.value, requestId, now: now() },
      sourceIp: callerAddress(request),
    });
    if (!event.ok) return err({ status: 400, code: "invalid_request", ...event.error });
    if (jsonBytes(event.value) > limits.payloadBytes) return err(tooLarge(limits.payloadBytes));

    const outcome = await withinTime(
      handler(event.value, lambdaContext(requestId, limits.timeoutMs)),
      limits.timeoutMs,
    );
    if (outcome === timedOut) {
      onError(new Error(`No answer within ${limits.timeoutMs} ms`), requestId);
      return err({
        status: 504,
        code: "timed_out",
        message: `服务在 ${limits.timeoutMs / 1000} 秒内未能答复。本次操作可能仍会完成，请先刷新查看结果再决定是否重试。`,
      });
    }
    if (jsonBytes(outcome) > limits.payloadBytes) {
      onError(new Error(`Answer larger than ${limits.payloadBytes} bytes`), requestId);
      return err({
        status: 500,
        code: "internal",
        message: `答复超过 ${mebibytes(limits.payloadBytes)}，无法送出，请缩小查询范围。`,
      });
    }
    return ok(structured(outcome));
  }

  return async (request, response) => {
    const requestId = newId();
    response.setHeader("apigw-requestid", requestId);
    try {
      const answer = await answerTo(request, requestId);
      if (answer.ok) send(request, response, answer.value);
      else refuse(request, response, requestId, answer.error);
    } catch (error) {
      if (request.errored !== null || response.destroyed) return; // the caller went away
      onError(error, requestId);
      refuse(request, response, requestId, {
        status: 500,
        code: "internal",
        message: "服务处理本次请求时出错，问题已记录；请稍后重试，仍不行时请附上请求编号报修。",
      });
    }
  };
}

const mebibytes = (bytes: number) => `${bytes / 1024 / 1024} MB`;

const tooLarge = (limit: number): Refusal => ({
  status: 413,
  code: "too_large",
  message: `请求超过 ${mebibytes(limit)} 的上限；请压缩内容，文件请通过附件上传。`,
});

const tooSlow = (limitMs: number): Refusal => ({
  status: 408,
  code: "timed_out",
  message: `请求的内容在${String(limitMs / 1000)}秒内没有发送完，没有处理。请检查网络后重试。`,
});

const jsonBytes = (value: unknown) => Buffer.byteLength(JSON.stringify(value));

/**
 * A body over the limit is read to its end without being kept, as a client that is still sending
 * would see a broken connection instead of the answer; at four times the limit patience ends.
 */
async function readBody(
  request: IncomingMessage,
  limit: number,
): Promise<Result<Uint8Array, Refusal>> {
  const patience = 4 * limit;
  if (Number(request.headers["content-length"] ?? 0) > patience) return err(tooLarge(limit));
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of request.iterator({
    destroyOnReturn: false,
  }) as AsyncIterable<Buffer>) {
    size += part.length;
    if (size > patience) break;
    if (size <= limit) parts.push(part);
  }
  return size > limit ? err(tooLarge(limit)) : ok(Buffer.concat(parts));
}

const timedOut = Symbol("timed out");

async function withinTime<T>(work: Promise<T>, limitMs: number): Promise<T | typeof timedOut> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<typeof timedOut>((resolve) => {
    timer = setTimeout(() => {
      resolve(timedOut);
    }, limitMs);
  });
  try {
    return await Promise.race([work, limit]);
  } finally {
    clearTimeout(timer);
  }
}

function lambdaContext(requestId: string, timeoutMs: number): LambdaContext {
  const deadline = performance.now() + timeoutMs;
  return {
    awsRequestId: requestId,
    callbackWaitsForEmptyEventLoop: false,
    functionName: "api",
    functionVersion: "$LATEST",
    invokedFunctionArn: "arn:aws:lambda:local:000000000000:function:api",
    logGroupName: "local",
    logStreamName: "local",
    memoryLimitInMB: "1024",
    getRemainingTimeInMillis: () => Math.max(0, Math.round(deadline - performance.now())),
  };
}

/** As API Gateway infers it: what has no status code is itself the JSON body of a 200. */
function structured(result: APIGatewayProxyResultV2): APIGatewayProxyStructuredResultV2 {
  if (typeof result === "object" && "statusCode" in result) return result;
  return {
    statusCode: 200,
    headers: { "content-type": "application/json" },
    body: typeof result === "string" ? result : JSON.stringify(result),
  };
}

function send(
  request: IncomingMessage,
  response: ServerResponse,
  {
    statusCode = 200,
    headers = {},
    cookies = [],
    body = "",
    isBase64Encoded = false,
  }: APIGatewayProxyStructuredResultV2,
): void {
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, String(value));
  if (cookies.length > 0) response.setHeader("set-cookie", [...cookies]);
  if (!response.hasHeader("content-type") && body !== "") {
    response.setHeader("content-type", "text/plain;charset=utf-8");
  }
  response.removeHeader("transfer-encoding");
  const bytes = Buffer.from(body, isBase64Encoded ? "base64" : "utf8");
  if (statusCode === 204 || statusCode === 304) response.removeHeader("content-length");
  else response.setHeader("content-length", bytes.length);
  response.writeHead(statusCode);
  response.end(request.method === "HEAD" ? undefined : bytes);
}

function refuse(
  request: IncomingMessage,
  response: ServerResponse,
  requestId: string,
  { status, code, message }: Refusal,
): void {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  for (const name of response.getHeaderNames()) {
    if (name !== "apigw-requestid") response.removeHeader(name);
  }
  // A body that was not read to its end leaves the connection unusable.
  if (!request.complete) response.setHeader("connection", "close");
  send(request, response, {
    statusCode: status,
    headers: { "content-type": "application/json; charset=utf-8", "cache-control": "no-store" },
    body: JSON.stringify({ error: { code, message, requestId } } satisfies ErrorEnvelope),
  });
}
