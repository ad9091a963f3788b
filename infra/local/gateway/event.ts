import type { APIGatewayProxyEventV2 } from "aws-lambda";
import type { IncomingMessage } from "node:http";
import { TextDecoder } from "node:util";
import { err, ok, type Result } from "../../../shared/result.ts";

const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** Bodies API Gateway hands over as text; all others go in base64. */
const isTextType = (contentType: string) =>
  /^(text\/|application\/(json|javascript|xml)\b|[^;]+\+(json|xml)\b)/i.test(contentType);

/** The path as API Gateway hands it to the function: percent-decoded, and cut at a decoded `?`. */
function decodedPath(encoded: string): string | undefined {
  try {
    return decodeURIComponent(encoded).split("?", 1)[0];
  } catch {
    return undefined;
  }
}

/** Repeated names are joined by commas, as in `queryStringParameters` of API Gateway. */
function joined(entries: Iterable<readonly [string, string]>): Record<string, string> {
  const result: Record<string, string> = {};
  for (const [name, value] of entries) {
    const before = Object.hasOwn(result, name) ? result[name] : undefined;
    Object.defineProperty(result, name, {
      value: before === undefined ? value : `${before},${value}`,
      enumerable: true,
      configurable: true,
      writable: true,
    });
  }
  return result;
}

function lowerCasedHeaders(raw: readonly string[]): Record<string, string> {
  const pairs: [string, string][] = [];
  for (let i = 0; i + 1 < raw.length; i += 2) {
    const name = raw[i]?.toLowerCase();
    if (name !== undefined && name !== "cookie") pairs.push([name, raw[i + 1] ?? ""]);
  }
  return joined(pairs);
}

function bodyOf(
  bytes: Uint8Array,
  contentType: string,
): Pick<APIGatewayProxyEventV2, "body" | "isBase64Encoded"> {
  if (bytes.length === 0) return { isBase64Encoded: false };
  if (isTextType(contentType)) {
    try {
      return { body: utf8.decode(bytes), isBase64Encoded: false };
    } catch {
      // Not UTF-8 after all: the function gets the bytes as they came.
    }
  }
  return { body: Buffer.from(bytes).toString("base64"), isBase64Encoded: true };
}

/** Why a request cannot become an event; the text goes to the caller. */
type MalformedRequest = { readonly message: string };

/** The event (payload format 2.0) API Gateway would make of this request. */
export function toEvent({
  request,
  body,
  requestId,
  sourceIp,
  now,
}: {
  readonly request: IncomingMessage;
  readonly body: Uint8Array;
  readonly requestId: string;
  /** Whose request it is, behind a proxy as well. */
  readonly sourceIp: string;
  readonly now: string;
}): Result<APIGatewayProxyEventV2, MalformedRequest> {
  const target = request.url ?? "/";
  if (!target.startsWith("/")) {
    return err({ message: "请求地址必须以“/”开头。" });
  }
  const [encodedPath = "/", ...rest] = target.split("?");
  const rawQueryString = rest.join("?");
  const rawPath = decodedPath(encodedPath);
  if (rawPath === undefined) {
    return err({
      message: "请求地址中的百分号编码不完整：“%”后须为两位十六进制数，且合为 UTF-8 文字。",
    });
  }
  const headers = lowerCasedHeaders(request.rawHeaders);
  const cookies = (request.headers.cookie ?? "")
    .split(";")
    .map((cookie) => cookie.trim())
    .filter((cookie) => cookie !== "");
  const domainName = headers.host ?? "localhost";
  const method = request.method ?? "GET";

  return ok({
    version: "2.0",
    routeKey: "$default",
    rawPath,
    rawQueryString,
    ...(cookies.length > 0 ? { cookies } : {}),
    headers,
    ...(rawQueryString === ""
      ? {}
      : { queryStringParameters: joined(new URLSearchParams(rawQueryString)) }),
    requestContext: {
      accountId: "000000000000",
      apiId: "local",
      domainName,
      domainPrefix: domainName.split(/[.:]/, 1)[0] ?? "local",
      http: {
        method,
        path: rawPath,
        protocol: `HTTP/${request.httpVersion}`,
        sourceIp,
        userAgent: headers["user-agent"] ?? "",
      },
      requestId,
      routeKey: "$default",
      stage: "$default",
      time: now,
      timeEpoch: Date.parse(now),
    },
    ...bodyOf(body, headers["content-type"] ?? ""),
  });
}
