import { createHash, randomBytes } from "node:crypto";
import { z } from "zod";

export type SignedIn = {
  readonly accessToken: string;
  readonly idToken: string;
  readonly refreshToken: string;
};

const discoverySchema = z.object({ authorization_endpoint: z.url(), token_endpoint: z.url() });
const tokensSchema = z.object({
  access_token: z.string(),
  id_token: z.string(),
  refresh_token: z.string(),
});

const mostRedirects = 10;

/**
 * Signs a person in without a browser, by the same steps: code flow with PKCE, through the issuer's
 * redirects and its sign-in form. Throws a sentence when the issuer refuses.
 */
export async function signInWithCode({
  issuerUrl,
  clientId,
  redirectUri,
  username,
  password,
  fetch = globalThis.fetch,
}: {
  readonly issuerUrl: string;
  readonly clientId: string;
  readonly redirectUri: string;
  readonly username: string;
  readonly password: string;
  readonly fetch?: typeof globalThis.fetch;
}): Promise<SignedIn> {
  const refused = (why: string) => new Error(`${username} could not sign in: ${why}.`);
  const discovered = await fetch(`${issuerUrl}/.well-known/openid-configuration`);
  if (!discovered.ok) throw refused(`the issuer answered ${discovered.status}`);
  const endpoints = discoverySchema.parse(await discovered.json());

  const verifier = randomBytes(32).toString("base64url");
  const state = randomBytes(16).toString("base64url");
  const start = new URL(endpoints.authorization_endpoint);
  start.search = new URLSearchParams({
    client_id: clientId,
    redirect_uri: redirectUri,
    response_type: "code",
    scope: "openid profile email",
    state,
    code_challenge: createHash("sha256").update(verifier).digest("base64url"),
    code_challenge_method: "S256",
  }).toString();

  const browser = createBrowser(fetch, redirectUri);
  const form = await browser.follow(start);
  if (form.kind !== "page" || form.status !== 200) throw refused("no sign-in form was shown");
  const back = await browser.follow(form.url, new URLSearchParams({ username, password }));
  if (back.kind === "page") {
    throw refused(
      back.status === 401 ? "the password is wrong" : `the issuer answered ${back.status}`,
    );
  }
  const { searchParams } = back.url;
  const code = searchParams.get("code");
  if (code === null || searchParams.get("state") !== state) {
    throw refused(searchParams.get("error_description") ?? "no code came back");
  }

  const exchanged = await fetch(endpoints.token_endpoint, {
    method: "POST",
    body: new URLSearchParams({
      grant_type: "authorization_code",
      client_id: clientId,
      redirect_uri: redirectUri,
      code,
      code_verifier: verifier,
    }),
  });
  if (!exchanged.ok) throw refused(`the code was not taken (${exchanged.status})`);
  const tokens = tokensSchema.parse(await exchanged.json());
  return {
    accessToken: tokens.access_token,
    idToken: tokens.id_token,
    refreshToken: tokens.refresh_token,
  };
}

type Arrival =
  | { readonly kind: "page"; readonly url: URL; readonly status: number }
  | { readonly kind: "returned"; readonly url: URL };

/** Keeps cookies by path and follows redirects until a page is shown or the app is reached. */
function createBrowser(fetch: typeof globalThis.fetch, appUrl: string) {
  const cookies = new Map<string, { readonly path: string; readonly pair: string }>();

  function keep(lines: readonly string[]): void {
    for (const line of lines) {
      const [pair = "", ...attributes] = line.split(";").map((part) => part.trim());
      const path = attributes.find((part) => /^path=/i.test(part))?.slice(5) ?? "/";
      const key = `${path} ${pair.split("=", 1)[0] ?? ""}`;
      if (attributes.some((part) => /^expires=Thu, 01 Jan 1970/i.test(part))) cookies.delete(key);
      else cookies.set(key, { path, pair });
    }
  }

  const sentTo = ({ pathname }: URL) =>
    [...cookies.values()]
      .filter(({ path }) => pathname.startsWith(path))
      .map(({ pair }) => pair)
      .join("; ");

  async function follow(start: URL, form?: URLSearchParams): Promise<Arrival> {
    let url = start;
    let body = form;
    for (let step = 0; step < mostRedirects; step++) {
      const answer = await fetch(url, {
        redirect: "manual",
        headers: { accept: "text/html", cookie: sentTo(url) },
        ...(body === undefined ? {} : { method: "POST", body }),
      });
      await answer.arrayBuffer();
      keep(answer.headers.getSetCookie());
      const location = answer.headers.get("location");
      if (location === null) return { kind: "page", url, status: answer.status };
      url = new URL(location, url);
      body = undefined;
      if (url.href.startsWith(appUrl)) return { kind: "returned", url };
    }
    throw new Error(`More than ${mostRedirects} redirects from ${start.origin}${start.pathname}.`);
  }
  return { follow };
}
