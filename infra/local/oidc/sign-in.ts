import { createHash, randomBytes } from "node:crypto";
import { z } from "zod";
import { createCookieBrowser } from "./cookie-browser.ts";

type SignedIn = {
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
  fields = { username, password },
  fetch = globalThis.fetch,
}: {
  readonly issuerUrl: string;
  readonly clientId: string;
  readonly redirectUri: string;
  readonly username: string;
  readonly password: string;
  /** What the form is sent, where it is not the demonstration's. */
  readonly fields?: Readonly<Record<string, string>>;
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

  const browser = createCookieBrowser({ fetch, appUrl: redirectUri });
  const form = await browser.follow(start);
  if (form.kind !== "page" || form.status !== 200) throw refused("no sign-in form was shown");
  const back = await browser.follow(form.url, new URLSearchParams(fields));
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
