import { realpath, stat, open, type FileHandle } from "node:fs/promises";
import type { IncomingMessage, ServerResponse } from "node:http";
import { extname, join, sep } from "node:path";
import { pipeline } from "node:stream/promises";
import { createGzip } from "node:zlib";
import { hasCode } from "../../functions/platform/errors.ts";

type StaticFiles = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

/**
 * Serves the files of one folder as a web server in front of S3 would.
 * `single-page`: an address without a file is the app's own and gets `index.html`.
 * `folder-index`: `/2022/137/` is the `index.html` inside; without a file the folder's `404.html`.
 * Nothing outside the folder is ever served, nor a hidden file.
 */
export function createStaticFiles({
  dir,
  fallback,
  headers = () => ({}),
  cacheControl = () => "no-cache",
}: {
  readonly dir: string;
  readonly fallback: "single-page" | "folder-index";
  /** Security headers and Content-Security-Policy of every answer, by the address below the folder. */
  readonly headers?: (path: string) => Readonly<Record<string, string>>;
  /** By the address below the folder, such as `/assets/app-1a2b.js`. */
  readonly cacheControl?: (path: string) => string;
}): StaticFiles {
  return async (request, response) => {
    const [encodedPath = "/", ...query] = (request.url ?? "/").split("?");
    const path = safePath(encodedPath);
    const own = { "x-content-type-options": "nosniff", ...headers(path ?? "/") };
    for (const [name, value] of Object.entries(own)) response.setHeader(name, value);
    if (request.method !== "GET" && request.method !== "HEAD") {
      response.setHeader("allow", "GET, HEAD");
      sendText(request, response, 405, "此处只能读取。");
      return;
    }
    if (path === undefined) {
      sendText(request, response, 400, "请求地址有误。");
      return;
    }

    const found = await find(dir, path);
    if (found?.kind === "folder") {
      const address = path.split("/").map(encodeURIComponent).join("/");
      response.setHeader("location", [`${address}/`, ...query].join("?"));
      sendText(request, response, 301, "");
      return;
    }
    if (found !== undefined) {
      response.setHeader("cache-control", cacheControl(path));
      await sendFile({ request, response, file: found, status: 200 });
      return;
    }
    const isAddressOfApp = fallback === "single-page" && extname(path) === "";
    const other = await find(dir, isAddressOfApp ? "/index.html" : "/404.html");
    response.setHeader("cache-control", "no-cache");
    if (other?.kind === "file") {
      await sendFile({ request, response, file: other, status: isAddressOfApp ? 200 : 404 });
    } else {
      sendText(request, response, 404, "没有这个页面。");
    }
  };
}

/** The decoded path, or nothing when it is malformed or could lead anywhere but down. */
function safePath(encoded: string): string | undefined {
  let path: string;
  try {
    path = decodeURIComponent(encoded);
  } catch {
    return undefined;
  }
  if (!path.startsWith("/") || path.includes("\\") || path.includes("\0")) return undefined;
  const segments = path.slice(1).split("/");
  const last = segments.length - 1;
  const isPlain = segments.every(
    (segment, i) => (segment !== "" || i === last) && !/^\.+$/.test(segment),
  );
  return isPlain ? path : undefined;
}

type Found =
  | { readonly kind: "folder" }
  | { readonly kind: "file"; readonly path: string; readonly handle: FileHandle };

const isHidden = (path: string) =>
  path.split("/").some((segment) => segment.startsWith(".") && segment !== ".well-known");

async function find(dir: string, path: string): Promise<Found | undefined> {
  if (isHidden(path)) return undefined;
  const wanted = path.endsWith("/") ? `${path}index.html` : path;
  try {
    const root = await realpath(dir);
    const real = await realpath(join(root, wanted));
    if (!real.startsWith(root + sep)) return undefined;
    const entry = await stat(real);
    if (entry.isDirectory()) {
      const index = await stat(join(real, "index.html"));
      return index.isFile() ? { kind: "folder" } : undefined;
    }
    if (!entry.isFile()) return undefined;
    return { kind: "file", path: real, handle: await open(real, "r") };
  } catch (error) {
    if (hasCode(error, ...absent)) return undefined;
    throw error;
  }
}

const absent = ["ENOENT", "ENOTDIR", "ENAMETOOLONG", "ELOOP", "EINVAL"];

const contentTypes: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".mjs": "text/javascript; charset=utf-8",
  ".json": "application/json; charset=utf-8",
  ".map": "application/json; charset=utf-8",
  ".webmanifest": "application/manifest+json; charset=utf-8",
  ".csv": "text/csv; charset=utf-8",
  ".txt": "text/plain; charset=utf-8",
  ".xml": "application/xml; charset=utf-8",
  ".atom": "application/atom+xml; charset=utf-8",
  ".svg": "image/svg+xml; charset=utf-8",
  ".pdf": "application/pdf",
  ".png": "image/png",
  ".jpg": "image/jpeg",
  ".jpeg": "image/jpeg",
  ".webp": "image/webp",
  ".ico": "image/x-icon",
  ".woff": "font/woff",
  ".woff2": "font/woff2",
  ".ttf": "font/ttf",
  ".zip": "application/zip",
  ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
};

/** What a file is sent as, by its name. */
export const contentTypeOf = (path: string): string =>
  contentTypes[extname(path).toLowerCase()] ?? "application/octet-stream";

/** First and last byte of what is sent, both included. */
type Range = { readonly first: number; readonly last: number };

async function sendFile({
  request,
  response,
  file: { path, handle },
  status,
}: {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly file: Extract<Found, { kind: "file" }>;
  readonly status: 200 | 404;
}): Promise<void> {
  try {
    const { ino, size: bigSize, mtimeNs } = await handle.stat({ bigint: true });
    const size = Number(bigSize);
    const contentType = contentTypeOf(path);
    const isPackable = size >= smallestPacked && isText.test(contentType);
    const isPacked =
      isPackable && request.headers.range === undefined && takesGzip(request.headers);
    const version = `${ino.toString(36)}-${bigSize.toString(36)}-${mtimeNs.toString(36)}`;
    const etag = isPacked ? `"${version}-gzip"` : `"${version}"`;
    response.setHeader("content-type", contentType);
    if (isPackable) response.setHeader("vary", "accept-encoding");
    if (status === 200) {
      response.setHeader("etag", etag);
      if (!isPacked) response.setHeader("accept-ranges", "bytes");
      if (names(request.headers["if-none-match"], etag)) {
        response.writeHead(304).end();
        return;
      }
    }
    const range = status === 200 ? rangeOf(request, { etag, size }) : undefined;
    if (range === "outside") {
      response.setHeader("content-range", `bytes */${size}`);
      sendText(request, response, 416, "请求的范围超出文件。");
      return;
    }
    if (isPacked) {
      response.setHeader("content-encoding", "gzip");
      response.writeHead(status);
      if (request.method === "HEAD") response.end();
      else await pipeline(handle.createReadStream({ autoClose: false }), createGzip(), response);
      return;
    }
    const { first, last } = range ?? { first: 0, last: size - 1 };
    if (range !== undefined) {
      response.setHeader("content-range", `bytes ${first}-${last}/${size}`);
    }
    response.setHeader("content-length", last - first + 1);
    response.writeHead(range === undefined ? status : 206);
    if (request.method === "HEAD" || last < first) {
      response.end();
      return;
    }
    await pipeline(
      handle.createReadStream({ start: first, end: last, autoClose: false }),
      response,
    );
  } catch (error) {
    if (!response.destroyed && !response.writableEnded) throw error;
    // The reader went away in the middle, which is their right.
  } finally {
    await handle.close();
  }
}

/** Below this, packing saves nothing. */
const smallestPacked = 1_024;

const isText = /^text\/|^application\/(json|manifest\+json|xml|atom\+xml)|^image\/svg/;

/** Whether the reader takes gzip (RFC 9110 §12.5.3); a weight of nought refuses it. */
const takesGzip = ({ "accept-encoding": accepted = "" }: IncomingMessage["headers"]): boolean =>
  [accepted].flat().some((list) =>
    list.split(",").some((one) => {
      const [name = "", weight = ""] = one.split(";").map((part) => part.trim().toLowerCase());
      return name === "gzip" && !/^q=0(\.0*)?$/.test(weight);
    }),
  );

/** Whether a list of entity tags names this one; `If-None-Match` compares weakly. */
const names = (list: string | undefined, etag: string) =>
  list !== undefined &&
  (list.trim() === "*" || list.split(",").some((tag) => tag.trim().replace(/^W\//, "") === etag));

/** The one requested range; several, malformed ones or ones of another version get the whole. */
function rangeOf(
  request: IncomingMessage,
  { etag, size }: { readonly etag: string; readonly size: number },
): Range | "outside" | undefined {
  const condition = request.headers["if-range"];
  if (condition !== undefined && condition !== etag) return undefined;
  const [, from = "", to = ""] = /^bytes=(\d*)-(\d*)$/.exec(request.headers.range ?? "") ?? [];
  if (from === "" && to === "") return undefined;
  if (from === "") {
    const length = Number(to);
    return length === 0 || size === 0
      ? "outside"
      : { first: Math.max(0, size - length), last: size - 1 };
  }
  const first = Number(from);
  if (first >= size) return "outside";
  const last = to === "" ? size - 1 : Math.min(Number(to), size - 1);
  return last < first ? undefined : { first, last };
}

function sendText(
  request: IncomingMessage,
  response: ServerResponse,
  status: number,
  text: string,
): void {
  const bytes = Buffer.from(text === "" ? "" : `${text}\n`);
  response.setHeader("content-type", "text/plain; charset=utf-8");
  response.setHeader("content-length", bytes.length);
  response.writeHead(status);
  response.end(request.method === "HEAD" ? undefined : bytes);
}
