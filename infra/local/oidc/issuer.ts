import { join } from "node:path";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { KoaContextWithOIDC } from "oidc-provider";
import { Provider } from "oidc-provider/lib/provider.js";
import type { CallerAddress } from "../caller-address.ts";
import { openAttemptLimit } from "./attempt-limit.ts";
import type { PublicClient } from "./client.ts";
import type { Answer, SignInDoor } from "./door.ts";
import { loadKeys } from "./keys.ts";
import { errorPage, pageHeaders, sendPage, signedOutPage, signOutPage } from "./pages.ts";
import { apiAudience, apiResource, providerSettings } from "./provider-settings.ts";
import { openRecords } from "./records.ts";

export type Issuer = {
  /** Answers every request below the issuer's path; `request.url` is the whole path. */
  readonly handle: Answer;
  /** Resolves when what it counts is kept; nothing is to be answered any more. */
  readonly close: () => Promise<void>;
  /** The public keys, as published below the issuer at `/jwks`. */
  readonly jwks: { readonly keys: readonly Readonly<Record<string, string>>[] };
};

/**
 * The OpenID Connect issuer of the embedded host. Flow, tokens and their verification are those of any
 * other issuer; who signs in, and on what pages, is the door's.
 * Signing key, sessions and refresh tokens stay in the data folder and outlive the process.
 */
export async function createIssuer({
  issuerUrl,
  dataDir,
  door,
  clients,
  callerAddress,
  now,
  onError = (error) => {
    console.error(error);
  },
}: {
  /** With its path, such as http://127.0.0.1:8080/oidc. */
  readonly issuerUrl: string;
  readonly dataDir: string;
  readonly door: SignInDoor;
  readonly clients: readonly PublicClient[];
  readonly callerAddress: CallerAddress;
  readonly now: () => string;
  readonly onError?: (error: unknown) => void;
}): Promise<Issuer> {
  provideUrlParse();
  const issuer = new URL(issuerUrl);
  const mount = issuer.pathname.replace(/\/$/, "");
  const origins = new Set(
    clients.flatMap(({ redirectUris }) => redirectUris.map((uri) => new URL(uri).origin)),
  );
  const appUrl = `${[...origins][0] ?? issuer.origin}/`;
  const headers = pageHeaders([...origins]);
  const keys = await loadKeys(dataDir);
  const { kty, crv, x, y, kid, alg, use } = keys.signing;

  async function show(ctx: KoaContextWithOIDC, body: ReturnType<typeof errorPage>): Promise<void> {
    ctx.set(headers);
    ctx.body = String(await body);
  }
  const settings = providerSettings({ find: door.find, clients });
  const records = await openRecords(join(dataDir, "records"), { now });
  const provider = new Provider(issuerUrl, {
    ...settings,
    adapter: records.adapter,
    jwks: { keys: [keys.signing] },
    cookies: {
      keys: [keys.cookie],
      long: { httpOnly: true, sameSite: "lax", path: `${mount}/` },
      short: { httpOnly: true, sameSite: "lax" },
    },
    features: {
      ...settings.features,
      rpInitiatedLogout: {
        enabled: true,
        logoutSource: (ctx, form) => show(ctx, signOutPage(form)),
        postLogoutSuccessSource: (ctx) =>
          // The library names the app on this page only when the person chose to stay.
          show(ctx, signedOutPage({ appUrl, isStillSignedIn: ctx.oidc.client !== undefined })),
      },
    },
    interactions: {
      ...settings.interactions,
      url: (_ctx, interaction) => `${mount}/interaction/${interaction.uid}`,
    },
    renderError: (ctx, { error }) => show(ctx, refusalPage(error, appUrl)),
  });
  provider.proxy = true; // the scheme is the issuer's own, set in `handle`
  provider.on("server_error", (_ctx, error) => {
    onError(error);
  });
  provider.onerror = onError;

  const limit = await openAttemptLimit({ file: join(dataDir, "attempts.json"), now });
  const pages = door.open({
    ...{ provider, headers, appUrl, mount, callerAddress, endSessions: records.removeAllOf },
    limit,
  });
  const toProvider = provider.callback();

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = request.url ?? "/";
    if (!url.startsWith(`${mount}/`)) {
      await sendPage(response, { status: 404, headers, body: refusalPage("not_found", appUrl) });
      return;
    }
    // Addresses in answers are the issuer's own, whatever the Host header claims.
    request.headers.host = issuer.host;
    request.headers["x-forwarded-proto"] = issuer.protocol.slice(0, -1);
    delete request.headers["x-forwarded-host"];
    const ours = url.startsWith(`${mount}/interaction/`)
      ? pages.interaction
      : url.startsWith(`${mount}/account/`)
        ? pages.account
        : undefined;
    if (ours !== undefined) {
      if (isFromElsewhere(request, issuer)) {
        const body = refusalPage("invalid_request", appUrl);
        await sendPage(response, { status: 403, headers, body });
      } else await ours(request, response);
      return;
    }
    const path = withResourceUri(url.slice(mount.length));
    await toProvider(Object.assign(request, { originalUrl: mount + path, url: path }), response);
  }

  return {
    close: () => limit.settled(),
    jwks: { keys: [{ kty, crv, x, y, kid, alg, use }] },
    async handle(request, response) {
      try {
        await answer(request, response);
      } catch (error) {
        if (response.destroyed) return; // the caller went away
        onError(error);
        if (response.headersSent) response.destroy();
        else {
          const body = refusalPage("server_error", appUrl);
          await sendPage(response, { status: 500, headers, body });
        }
      }
    },
  };
}

/** A form that another site's page sent here. */
const isFromElsewhere = ({ method, headers: { origin } }: IncomingMessage, issuer: URL): boolean =>
  method === "POST" && origin !== undefined && origin !== issuer.origin;

/** The library calls URL.parse, which the first releases of our oldest Node line may lack. */
function provideUrlParse(): void {
  if ("parse" in URL) return;
  Object.defineProperty(URL, "parse", {
    value: (text: string, base?: string) => (URL.canParse(text, base) ? new URL(text, base) : null),
  });
}

/** Apps name the API by its audience; the library knows resources by URI alone. */
function withResourceUri(path: string): string {
  const [route = "", query] = path.split("?", 2);
  if (route !== "/auth" || query === undefined) return path;
  const parameters = new URLSearchParams(query);
  if (parameters.get("resource") !== apiAudience) return path;
  parameters.set("resource", apiResource);
  return `${route}?${parameters.toString()}`;
}

const sentences: Readonly<Record<string, string>> = {
  access_denied: "登录未完成。",
  invalid_client: "本登录服务不认识发起登录的应用。",
  invalid_redirect_uri: "发起登录的应用给出的返回地址未经登记。",
  invalid_request: "登录请求有误或已过期，请返回后重新登录。",
  not_found: "没有这个页面。",
  server_error: "登录服务出错，问题已记录，请稍后重试。",
};

const refusalPage = (code: string, appUrl: string) =>
  errorPage({ sentence: sentences[code] ?? "登录请求未被接受，请返回后重新登录。", code, appUrl });
