import type { IncomingMessage, ServerResponse } from "node:http";
import { join } from "node:path";
import { localMailsPath } from "./local-mails.ts";
import { createStaticFiles } from "./static-files.ts";

type Answer = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

/** What answers below the staff app's address, besides its own files. */
interface StaffParts {
  readonly api: Answer;
  /** Absent where people sign in elsewhere. */
  readonly issuer?: Answer | undefined;
  /** Uploads and downloads by ticket and link. */
  readonly files: Answer;
  /** The health page; false for an address that is none of its own. */
  readonly status: (request: IncomingMessage, response: ServerResponse) => Promise<boolean>;
  /** 本地邮件 of a demonstration. */
  readonly localMails?: Answer | undefined;
  /** What the app reads before it starts. */
  readonly config: Readonly<Record<string, string>>;
  /** Origins that its pages call besides their own, to sign in. */
  readonly signInOrigins: readonly string[];
}

/** One origin for app, API, sign-in and files, as CloudFront makes one on AWS. */
export function createStaffSite(parts: StaffParts): Answer {
  const { api, issuer, files, status, localMails, config, signInOrigins } = parts;
  const staffHeaders = staffHeadersFramedBy("'none'", signInOrigins);
  const framedHeaders = staffHeadersFramedBy("'self'", signInOrigins);
  const app = createStaticFiles({
    dir: join(import.meta.dirname, "../../web/staff/dist"),
    fallback: "single-page",
    headers: (path) => (path === silentRenewal ? framedHeaders : staffHeaders),
    cacheControl: (path) =>
      path.startsWith("/assets/") ? "public, max-age=31536000, immutable" : "no-cache",
  });
  const configJson = JSON.stringify(config);
  return async (request, response) => {
    const path = (request.url ?? "/").split("?")[0] ?? "/";
    if (path.startsWith("/api/")) await api(request, response);
    else if (issuer !== undefined && (path === "/oidc" || path.startsWith("/oidc/"))) {
      await issuer(request, response);
    } else if (path.startsWith("/files")) await files(request, response);
    else if (localMails !== undefined && path === localMailsPath) {
      await localMails(request, response);
    } else if (path === "/config.json") {
      response.writeHead(200, {
        "content-type": "application/json",
        "cache-control": "no-store",
        ...staffHeaders,
      });
      response.end(configJson);
    } else if (!(await status(request, response))) await app(request, response);
  };
}

/** The public portal: files only. */
export const createPortalSite = (dir: string): Answer =>
  createStaticFiles({ dir, fallback: "folder-index", headers: () => portalHeaders });

/** antd writes its styles at run time; scripts come from here alone. */
const staffHeadersFramedBy = (
  ancestors: "'none'" | "'self'",
  signInOrigins: readonly string[],
) => ({
  "content-security-policy": [
    "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:",
    ["connect-src 'self'", ...signInOrigins].join(" "),
    ["frame-src 'self'", ...signInOrigins].join(" "),
    `frame-ancestors ${ancestors}; base-uri 'none'; form-action 'self'`,
  ].join("; "),
  "referrer-policy": "same-origin",
  "x-frame-options": ancestors === "'none'" ? "DENY" : "SAMEORIGIN",
});

/** The page in which a sign-in is renewed without a refresh token: a hidden frame of the app itself. */
export const silentRenewal = "/silent-renew.html";

const portalHeaders = {
  "content-security-policy":
    "default-src 'none'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
  "referrer-policy": "same-origin",
};
