import { decodeJwt, decodeProtectedHeader } from "jose";
import { spawn, type ChildProcess } from "node:child_process";
import { createHash, randomBytes } from "node:crypto";
import { once } from "node:events";
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { request as httpRequest } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createTokenVerifier } from "../../../../functions/platform/auth/verify-token.ts";
import { createCookieBrowser } from "../../../../infra/local/oidc/cookie-browser.ts";
import type { Person } from "../../../../infra/local/oidc/person.ts";
import { signInWithCode } from "../../../../infra/local/oidc/sign-in.ts";
import { hostIssuer, password, seededPeople, type HostedIssuer } from "./host-issuer.ts";

const realNow = () => new Date().toISOString();
let dataDir: string;
let people: readonly Person[];
const hosted: HostedIssuer[] = [];
const children: ChildProcess[] = [];

beforeAll(async () => {
  people = await seededPeople();
});
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), "oidc-"));
});
afterEach(async () => {
  for (const { close, errors } of hosted.splice(0)) {
    await close();
    expect(errors).toEqual([]);
  }
  for (const child of children.splice(0)) {
    if (child.exitCode === null && child.signalCode === null) {
      child.kill("SIGKILL");
      await once(child, "exit");
    }
  }
  await rm(dataDir, { recursive: true, force: true });
});

async function host(settings: Partial<Parameters<typeof hostIssuer>[0]> = {}) {
  const issuer = await hostIssuer({ dataDir, people, ...settings });
  hosted.push(issuer);
  return issuer;
}

type Site = Pick<HostedIssuer, "origin" | "issuerUrl" | "redirectUri" | "clientId">;

const siteAt = (origin: string): Site => ({
  origin,
  issuerUrl: `${origin}/oidc`,
  redirectUri: `${origin}/callback`,
  clientId: "staff",
});

const signIn = ({ issuerUrl, clientId, redirectUri }: Site, username = "lin", given = password) =>
  signInWithCode({ issuerUrl, clientId, redirectUri, username, password: given });

const verifier = randomBytes(32).toString("base64url");

/** The address that begins a sign-in, with parameters changed or (undefined) left out. */
function authorisation(
  { issuerUrl, redirectUri }: Site,
  change: Readonly<Record<string, string | undefined>> = {},
): URL {
  const parameters: Readonly<Record<string, string | undefined>> = {
    client_id: "staff",
    redirect_uri: redirectUri,
    response_type: "code",
    scope: "openid profile offline_access",
    state: "s1",
    code_challenge: createHash("sha256").update(verifier).digest("base64url"),
    code_challenge_method: "S256",
    ...change,
  };
  const url = new URL(`${issuerUrl}/auth`);
  for (const [name, value] of Object.entries(parameters)) {
    if (value !== undefined) url.searchParams.set(name, value);
  }
  return url;
}

const browser = ({ redirectUri }: Site) => createCookieBrowser({ fetch, appUrl: redirectUri });

/** Opens the sign-in page in a browser of its own. */
async function openForm(site: Site, change: Readonly<Record<string, string | undefined>> = {}) {
  const window = browser(site);
  const form = await window.follow(authorisation(site, change));
  if (form.kind !== "page") throw new Error(`No form: ${form.url.href}`);
  const send = (fields: Readonly<Record<string, string>>) =>
    window.follow(form.url, new URLSearchParams(fields));
  return { window, form, send };
}

/** The answer that came back to the app in the address. */
async function comeBack(site: Site, change: Readonly<Record<string, string | undefined>>) {
  const arrival = await browser(site).follow(authorisation(site, change));
  return arrival.kind === "returned"
    ? Object.fromEntries(arrival.url.searchParams)
    : { status: arrival.status, html: arrival.html };
}

async function token(site: Site, fields: Readonly<Record<string, string>>) {
  const answer = await fetch(`${site.issuerUrl}/token`, {
    method: "POST",
    body: new URLSearchParams({ client_id: "staff", ...fields }),
  });
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
}

const refresh = (site: Site, refreshToken: string) =>
  token(site, { grant_type: "refresh_token", refresh_token: refreshToken });

const verify = ({ issuerUrl }: Site, accessToken: string) =>
  createTokenVerifier({ issuer: issuerUrl, audience: "juesuan-api", now: realNow })(accessToken);

describe("a person who signs in", () => {
  it("gets an access token for the API, which verifies like any issuer's", async () => {
    const site = await host();
    const { accessToken, idToken } = await signIn(site);
    expect(await verify(site, accessToken)).toEqual({
      ok: true,
      value: { subject: "p-lin", name: "林晓", email: "lin@example.cn", verified: {} },
    });
    expect(decodeProtectedHeader(accessToken)).toMatchObject({ alg: "ES256", typ: "at+jwt" });
    expect(decodeJwt(accessToken)).toMatchObject({ aud: "juesuan-api", client_id: "staff" });
    expect(decodeJwt(idToken)).toMatchObject({ aud: "staff", sub: "p-lin", name: "林晓" });
    expect((await verify(site, idToken)).ok).toBe(false);
  });

  it("is distinguished from everybody else", async () => {
    const site = await host();
    const subjects = await Promise.all(
      people.map(async ({ username }) => decodeJwt((await signIn(site, username)).accessToken).sub),
    );
    expect(subjects).toEqual(people.map(({ subject }) => subject));
  });

  it("is asked for nothing more: no consent, and no password for a second window", async () => {
    const site = await host();
    const { window, send } = await openForm(site);
    expect((await send({ username: "lin", password })).kind).toBe("returned");
    const second = await window.follow(authorisation(site, { prompt: "none" }));
    expect(second.url.searchParams.get("code")).not.toBeNull();
  });

  it("is asked again when the app wants the password anew", async () => {
    const site = await host();
    const { window, send } = await openForm(site);
    await send({ username: "lin", password });
    expect(await window.follow(authorisation(site, { prompt: "login" }))).toMatchObject({
      kind: "page",
      status: 200,
    });
  });

  it("is refused with a wrong password, which the same page states", async () => {
    const site = await host();
    await expect(signIn(site, "lin", "falsch")).rejects.toThrow(
      "lin could not sign in: the password is wrong.",
    );
    const { send } = await openForm(site);
    const again = await send({ username: "lin", password: "falsch" });
    expect(again).toMatchObject({ kind: "page", status: 401 });
    if (again.kind === "page") {
      expect(again.html).toContain("口令不正确，请重新输入。");
      expect(again.html).toMatch(/value="lin"[^>]*checked/);
      expect(again.html).not.toContain("falsch");
    }
    expect((await send({ username: "lin", password })).kind).toBe("returned");
  });

  it("is refused alike when nobody has that name or none was chosen", async () => {
    const site = await host();
    const { send } = await openForm(site);
    expect(await send({ username: "nobody", password })).toMatchObject({ status: 401 });
    expect(await send({ username: "__proto__", password })).toMatchObject({ status: 401 });
    expect(await send({ password })).toMatchObject({ status: 400 });
    expect(await send({ username: "lin" })).toMatchObject({ status: 401 });
  });
});

describe("guessing", () => {
  it("ends after five wrong passwords for a person, for five minutes, for that person alone", async () => {
    let minutes = 0;
    const site = await host({
      now: () => new Date(Date.now() + minutes * 60_000).toISOString(),
    });
    const { send } = await openForm(site);
    for (let n = 0; n < 5; n++) {
      expect(await send({ username: "lin", password: `guess ${n}` })).toMatchObject({
        status: 401,
      });
    }
    const locked = await send({ username: "lin", password });
    expect(locked).toMatchObject({ kind: "page", status: 429 });
    if (locked.kind === "page") expect(locked.html).toContain("请在 5 分钟后再试");
    await expect(signIn(site, "lin")).rejects.toThrow("answered 429");
    await signIn(site, "sun");
    minutes = 5;
    await signIn(site, "lin");
  });

  it("is not what five people at one address do who all know their password", async () => {
    const site = await host();
    for (let n = 0; n < 35; n++) await signIn(site, n % 2 === 0 ? "lin" : "sun");
  });

  it("over many names ends after thirty from one address, at once when asked in parallel", async () => {
    const site = await host();
    const { send } = await openForm(site);
    const answers = await Promise.all(
      Array.from({ length: 40 }, (_, n) => send({ username: `guess-${n}`, password: "x" })),
    );
    const statuses = answers.map((answer) => (answer.kind === "page" ? answer.status : 0));
    expect(statuses.filter((status) => status === 401)).toHaveLength(30);
    expect(statuses.filter((status) => status === 429)).toHaveLength(10);
  });
});

describe("the sign-in page", () => {
  it("lists people under their organisations, in Chinese, without a script", async () => {
    const site = await host();
    const answer = await fetch(authorisation(site), { redirect: "manual" });
    expect(answer.headers.get("location")).toMatch(/^\/oidc\/interaction\/[\w-]+$/);
    const { form } = await openForm(site);
    const legends = [...form.html.matchAll(/<legend>(.*?)<\/legend>/g)].map(([, text]) => text);
    expect(legends).toEqual(["市机关事务管理局", "市财政局", "&lt;i&gt;测试&lt;/i&gt;"]);
    expect(form.html).toContain('lang="zh-CN"');
    expect(form.html.indexOf("孙悦")).toBeLessThan(form.html.indexOf("郑重"));
  });

  it("escapes whatever a name holds", async () => {
    const { form } = await openForm(await host());
    expect(form.html).not.toMatch(/<script|<b onload|<i>/);
    expect(form.html).toContain("&lt;script&gt;alert(1)&lt;/script&gt;");
  });

  it("marks the person the app expects", async () => {
    const { form } = await openForm(await host(), { login_hint: "sun" });
    expect(form.html).toMatch(/value="sun"[^>]*checked/);
  });

  it("lets nothing run, frame it or be kept, and its style is the one it names", async () => {
    const site = await host();
    const started = await fetch(authorisation(site), { redirect: "manual" });
    const cookie = started.headers.getSetCookie().map((line) => line.split(";", 1)[0] ?? "");
    const page = await fetch(new URL(started.headers.get("location") ?? "", site.origin), {
      headers: { cookie: cookie.join("; ") },
    });
    const policy = page.headers.get("content-security-policy") ?? "";
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).toContain(`form-action 'self' ${site.origin}`);
    const [, style = ""] = /<style>([^]*?)<\/style>/.exec(await page.text()) ?? [];
    const hash = createHash("sha256").update(style).digest("base64");
    expect(policy).toContain(`style-src 'sha256-${hash}'`);
    expect(page.headers.get("cache-control")).toBe("no-store");
    for (const line of started.headers.getSetCookie()) {
      expect(line).toMatch(/; httponly/i);
      expect(line).toMatch(/; samesite=lax/i);
    }
  });

  it("belongs to the browser it was opened in", async () => {
    const site = await host();
    const { form } = await openForm(site);
    const otherBrowser = await openForm(site);
    for (const cookieLess of [browser(site), otherBrowser.window]) {
      const stolen = await cookieLess.follow(
        form.url,
        new URLSearchParams({ username: "lin", password }),
      );
      expect(stolen).toMatchObject({ kind: "page", status: 400 });
    }
  });

  it("cannot be used twice", async () => {
    const site = await host();
    const { send } = await openForm(site);
    await send({ username: "lin", password });
    expect(await send({ username: "lin", password })).toMatchObject({ kind: "page", status: 400 });
  });

  it("takes only a small form", async () => {
    const site = await host();
    const { send } = await openForm(site);
    expect(await send({ username: "lin", password: "x".repeat(10_000) })).toMatchObject({
      status: 400,
    });
    for (const path of ["/oidc/interaction/x", "/oidc/interaction/", "/oidc", "/elsewhere"]) {
      const answer = await fetch(site.origin + path, { headers: { accept: "text/html" } });
      expect([400, 404], path).toContain(answer.status);
    }
  });
});

describe("the code flow", () => {
  it("is refused without PKCE and with PKCE that hides nothing", async () => {
    const site = await host();
    expect(
      await comeBack(site, { code_challenge: undefined, code_challenge_method: undefined }),
    ).toMatchObject({ error: "invalid_request" });
    expect(await comeBack(site, { code_challenge_method: "plain" })).toMatchObject({
      error: "invalid_request",
    });
  });

  it("gives no token for a code with another verifier, and none for a code used twice", async () => {
    const site = await host();
    const codeOf = async () => {
      const { send } = await openForm(site);
      const arrival = await send({ username: "lin", password });
      return arrival.url.searchParams.get("code") ?? "";
    };
    const exchange = (code: string, codeVerifier: string) =>
      token(site, {
        grant_type: "authorization_code",
        redirect_uri: site.redirectUri,
        code,
        code_verifier: codeVerifier,
      });
    const wrong = await exchange(await codeOf(), randomBytes(32).toString("base64url"));
    expect([wrong.status, wrong.body.error]).toEqual([400, "invalid_grant"]);

    const code = await codeOf();
    const first = await exchange(code, verifier);
    expect(first.status).toBe(200);
    expect((await exchange(code, verifier)).body.error).toBe("invalid_grant");
    expect((await refresh(site, String(first.body.refresh_token))).body.error).toBe(
      "invalid_grant",
    );
  });

  it("never leads to an address that is not registered", async () => {
    const site = await host();
    for (const change of [
      { redirect_uri: "https://elsewhere.example/callback" },
      { redirect_uri: `${site.redirectUri}/more` },
      { client_id: "unknown" },
    ]) {
      const answer = await comeBack(site, change);
      expect(answer).toMatchObject({ status: 400 });
      expect(answer.html).toContain("无法登录");
    }
  });

  it("offers nothing else: no implicit tokens, no consent, no other API, no own client", async () => {
    const site = await host();
    const error = async (change: Readonly<Record<string, string>>) =>
      ((await comeBack(site, change)) as { error?: string }).error;
    expect(await error({ prompt: "consent" })).toBe("invalid_request");
    expect(await error({ resource: "urn:other:api" })).toBe("invalid_target");
    const implicit = await browser(site).follow(authorisation(site, { response_type: "id_token" }));
    expect(implicit.url.hash).toContain("error=unsupported_response_type");
    expect((await fetch(`${site.issuerUrl}/reg`, { method: "POST" })).status).toBe(404);
    expect((await token(site, { grant_type: "client_credentials" })).status).toBe(400);
    expect(
      (await token(site, { grant_type: "password", username: "lin", password })).body.error,
    ).toBe("unsupported_grant_type");
  });

  it("lets an app name the API by its audience", async () => {
    const site = await host();
    const { send } = await openForm(site, { resource: "juesuan-api" });
    const arrival = await send({ username: "lin", password });
    const { body } = await token(site, {
      grant_type: "authorization_code",
      redirect_uri: site.redirectUri,
      code: arrival.url.searchParams.get("code") ?? "",
      code_verifier: verifier,
    });
    expect(decodeJwt(String(body.access_token)).aud).toBe("juesuan-api");
  });

  it("lets the app's origin alone read answers across origins", async () => {
    const site = await host();
    const asked = (origin: string) =>
      fetch(`${site.issuerUrl}/token`, {
        method: "POST",
        headers: { origin },
        body: new URLSearchParams({ client_id: "staff", grant_type: "refresh_token" }),
      });
    const own = await asked(site.origin);
    expect(own.headers.get("access-control-allow-origin")).toBe(site.origin);
    const other = await asked("https://elsewhere.example");
    expect(other.headers.get("access-control-allow-origin")).toBeNull();
  });

  it("names its own addresses, whatever host a request claims", async () => {
    const site = await host();
    const text = await new Promise<string>((resolve, reject) => {
      httpRequest(
        `${site.issuerUrl}/.well-known/openid-configuration`,
        { headers: { host: "evil.example", "x-forwarded-host": "evil.example" } },
        (answer) => {
          let body = "";
          answer.on("data", (part: Buffer) => (body += part.toString("utf8")));
          answer.on("end", () => {
            resolve(body);
          });
        },
      )
        .on("error", reject)
        .end();
    });
    expect(text).not.toContain("evil");
    expect(JSON.parse(text)).toMatchObject({
      issuer: site.issuerUrl,
      token_endpoint: `${site.issuerUrl}/token`,
    });
  });
});

describe("a refresh token", () => {
  it("is good once: the next comes with the new access token", async () => {
    const site = await host();
    const first = await signIn(site);
    const second = await refresh(site, first.refreshToken);
    expect(second.status).toBe(200);
    expect(second.body.refresh_token).not.toBe(first.refreshToken);
    expect((await verify(site, String(second.body.access_token))).ok).toBe(true);
    expect((await refresh(site, String(second.body.refresh_token))).status).toBe(200);
  });

  it("used twice was stolen by somebody: all that came of it ends", async () => {
    const site = await host();
    const first = await signIn(site);
    const second = await refresh(site, first.refreshToken);
    expect((await refresh(site, first.refreshToken)).body.error).toBe("invalid_grant");
    expect((await refresh(site, String(second.body.refresh_token))).body.error).toBe(
      "invalid_grant",
    );
  });

  it("ends when its person is no longer there", async () => {
    const site = await host();
    const { refreshToken } = await signIn(site);
    await hosted.pop()?.close();
    const after = await host({
      people: people.filter(({ username }) => username !== "lin"),
      port: Number(new URL(site.origin).port),
    });
    expect((await refresh(after, refreshToken)).status).toBe(400);
  });
});

describe("signing out", () => {
  async function signedIn() {
    const site = await host();
    const { window, send } = await openForm(site);
    const arrival = await send({ username: "lin", password });
    const { body } = await token(site, {
      grant_type: "authorization_code",
      redirect_uri: site.redirectUri,
      code: arrival.url.searchParams.get("code") ?? "",
      code_verifier: verifier,
    });
    const end = (change: Readonly<Record<string, string>> = {}) => {
      const url = new URL(`${site.issuerUrl}/session/end`);
      const parameters = {
        id_token_hint: String(body.id_token),
        post_logout_redirect_uri: `${site.origin}/`,
        ...change,
      };
      for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
      return url;
    };
    return { site, window, refreshToken: String(body.refresh_token), end };
  }

  const xsrfOf = (html: string) => /name="xsrf" value="([^"]+)"/.exec(html)?.[1] ?? "";

  it("asks once, ends the session and its refresh tokens, and leads back to the app", async () => {
    const { site, window, refreshToken, end } = await signedIn();
    const page = await window.follow(end());
    if (page.kind !== "page") throw new Error("no page");
    expect(page.html).toContain("退出登录");
    expect(page.html).not.toContain("<script");
    const confirm = new URL(`${site.issuerUrl}/session/end/confirm`);
    const after = await window.follow(
      confirm,
      new URLSearchParams({ xsrf: xsrfOf(page.html), logout: "yes" }),
    );
    expect(after.url.href).toBe(`${site.origin}/`);
    expect((await refresh(site, refreshToken)).body.error).toBe("invalid_grant");
    const again = await window.follow(authorisation(site, { prompt: "none" }));
    expect(again.url.searchParams.get("error")).toBe("login_required");
  });

  it("cannot be forced from elsewhere, and leads to registered addresses only", async () => {
    const { site, window, refreshToken, end } = await signedIn();
    const foreign = await window.follow(
      end({ post_logout_redirect_uri: "https://elsewhere.example/" }),
    );
    expect(foreign).toMatchObject({ kind: "page", status: 400 });
    await window.follow(end());
    const forced = await window.follow(
      new URL(`${site.issuerUrl}/session/end/confirm`),
      new URLSearchParams({ xsrf: "guessed", logout: "yes" }),
    );
    expect(forced).toMatchObject({ kind: "page", status: 400 });
    expect((await refresh(site, refreshToken)).status).toBe(200);
  });
});

describe("the issuer's data folder", () => {
  async function start(port = 0) {
    const program = fileURLToPath(import.meta.resolve("./run-issuer.ts"));
    const child = spawn(process.execPath, ["--import", "tsx", program, dataDir, String(port)], {
      stdio: ["ignore", "pipe", "pipe"],
    });
    children.push(child);
    let output = "";
    child.stdout.on("data", (part: Buffer) => (output += part.toString("utf8")));
    child.stderr.on("data", (part: Buffer) => (output += part.toString("utf8")));
    while (!output.includes("\n")) await once(child.stdout, "data");
    const kill = async () => {
      child.kill("SIGKILL");
      await once(child, "exit");
    };
    return { site: siteAt(output.split("\n", 1)[0] ?? ""), kill, output: () => output };
  }

  it("keeps people signed in and their tokens good over kill -9", async () => {
    const { site, kill } = await start();
    const { accessToken, refreshToken } = await signIn(site);
    const { window, send } = await openForm(site);
    await send({ username: "sun", password });
    await kill();

    const { site: again } = await start(Number(new URL(site.origin).port));
    expect((await verify(again, accessToken)).ok).toBe(true);
    const renewed = await refresh(again, refreshToken);
    expect(renewed.status).toBe(200);
    expect((await refresh(again, refreshToken)).body.error).toBe("invalid_grant");
    const silent = await window.follow(authorisation(again, { prompt: "none" }));
    expect(silent.url.searchParams.get("code")).not.toBeNull();
  });

  it("is used by an issuer that says nothing of its own: no notice, no warning", async () => {
    const { site, output } = await start();
    await signIn(site);
    await signIn(site, "lin", "falsch").catch(() => undefined);
    await comeBack(site, { client_id: "unknown" });
    expect(output()).toBe(`${site.origin}\n`);
  });

  it("holds the signing key for its owner alone, and the public half is what is published", async () => {
    const site = await host();
    expect((await stat(join(dataDir, "keys.json"))).mode & 0o777).toBe(0o600);
    for (const name of await readdir(join(dataDir, "records"))) {
      expect((await stat(join(dataDir, "records", name))).mode & 0o077).toBe(0);
    }
    const published = await (await fetch(`${site.issuerUrl}/jwks`)).json();
    expect(published).toEqual(site.jwks);
    expect(JSON.stringify(published)).not.toContain('"d"');
    const kept = JSON.parse(await readFile(join(dataDir, "keys.json"), "utf8")) as {
      signing: { kid: string };
    };
    expect(site.jwks.keys[0]?.kid).toBe(kept.signing.kid);
  });

  it("with torn or foreign records is opened without them; with torn keys it is not", async () => {
    await host();
    await writeFile(join(dataDir, "records", "torn.json"), '{"model":"Sess');
    await hosted.pop()?.close();
    const site = await host();
    await signIn(site);
    expect(await readdir(join(dataDir, "records"))).not.toContain("torn.json");
    await hosted.pop()?.close();
    await writeFile(join(dataDir, "keys.json"), "{");
    await expect(hostIssuer({ dataDir, people })).rejects.toThrow(
      /keys in .*keys\.json cannot be read/,
    );
  });

  it("does not grow with sign-ins that are over", async () => {
    let days = 0;
    const now = () => new Date(Date.now() + days * 24 * 60 * 60_000).toISOString();
    const site = await host({ now });
    for (let n = 0; n < 5; n++) await signIn(site);
    const before = (await readdir(join(dataDir, "records"))).length;
    expect(before).toBeGreaterThan(5);
    days = 15;
    await hosted.pop()?.close();
    await host({ now });
    expect(await readdir(join(dataDir, "records"))).toEqual([]);
  });
});
