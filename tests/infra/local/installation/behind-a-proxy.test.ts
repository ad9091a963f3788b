import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { staffClientId } from "../../../../infra/local/installation/open-sign-in.ts";
import { signInWithCode } from "../../../../infra/local/oidc/sign-in.ts";
import { install, type Installed } from "./in-process.ts";

const staffUrl = "https://juesuan.example.cn";
const portalUrl = "https://gongkai.example.cn";

let installed: Installed;
beforeAll(async () => {
  installed = await install({ staffUrl, portalUrl, trustedProxies: ["127.0.0.1"] });
}, 60_000);
afterAll(() => installed.close());

/** The proxy: ends TLS, knows the public name, and says whom it forwards for. */
const throughProxy =
  (address: string, cookies: string[] = []): typeof fetch =>
  async (input, init) => {
    const url = new URL(input instanceof Request ? input.url : input.toString());
    expect(url.origin).toBe(staffUrl);
    const headers = new Headers(init?.headers);
    headers.set("x-forwarded-for", `198.51.100.7, ${address}`);
    headers.set("x-forwarded-proto", "https");
    const answer = await fetch(installed.host.localUrl + url.pathname + url.search, {
      ...init,
      headers,
    });
    cookies.push(...answer.headers.getSetCookie());
    return answer;
  };

const signIn = (address: string, fields: Readonly<Record<string, string>>, cookies?: string[]) =>
  signInWithCode({
    issuerUrl: `${staffUrl}/oidc`,
    clientId: staffClientId,
    redirectUri: `${staffUrl}/callback`,
    fetch: throughProxy(address, cookies),
    ...{ fields, username: fields["login"] ?? "", password: "" },
  });

describe("an installation behind a proxy that ends TLS", () => {
  it("signs people in at its public address, with cookies for encrypted lines alone", async () => {
    const cookies: string[] = [];
    const password = "tr7mule-orbit";
    const { accessToken } = await signIn(
      "203.0.113.1",
      {
        ...{ form: "code", login: "13800000001", code: installed.code },
        ...{ password, repeated: password },
      },
      cookies,
    );
    expect(cookies.length).toBeGreaterThan(0);
    for (const cookie of cookies) {
      expect(cookie.toLowerCase()).toMatch(/; ?secure/u);
      expect(cookie.toLowerCase()).toContain("httponly");
    }
    // Verified without asking the public address, which does not exist here.
    const me = await throughProxy("203.0.113.1")(`${staffUrl}/api/me`, {
      headers: { authorization: `Bearer ${accessToken}` },
    });
    expect([me.status, await me.text()]).toEqual([200, expect.stringContaining("龙晓")]);
  });

  it("gives the app its public addresses", async () => {
    const config = await throughProxy("203.0.113.1")(`${staffUrl}/config.json`);
    const schema = z.looseObject({ issuer: z.string(), portalUrl: z.string() });
    const { issuer, accountUrl, ...rest } = schema.parse(await config.json());
    expect([issuer, rest.portalUrl, accountUrl]).toEqual([
      `${staffUrl}/oidc`,
      portalUrl,
      `${staffUrl}/oidc/account`,
    ]);
    expect(rest).not.toHaveProperty("mailsUrl");
  });

  it("shows nobody's letters: the page of a demonstration is none of an installation's", async () => {
    const page = await throughProxy("203.0.113.1")(`${staffUrl}/demo/mails`);
    const text = await page.text();
    expect(text).not.toContain("本地邮件");
    // Any address is the staff app, which asks for a sign-in.
    expect(text).toContain('id="root"');
  });

  it("counts wrong passwords by whom the proxy forwards for, and by nobody's own header", async () => {
    const attempt = (address: string, n: number) =>
      signIn(address, {
        ...{
          form: "password",
          login: `1390000${String(1000 + n)}`,
          password: "no-such-password-1",
        },
      }).then(
        () => "in",
        (error: unknown) => (String(error).includes("429") ? "late" : "wrong"),
      );
    const outcomes = await Promise.all(
      Array.from({ length: 32 }, (_, n) => attempt("203.0.113.9", n)),
    );
    expect(outcomes.filter((one) => one === "late")).toHaveLength(2);
    expect(await attempt("203.0.113.10", 40)).toBe("wrong");
  });

  it("shows its operator's page to nobody who comes by the proxy", async () => {
    const status = await throughProxy("127.0.0.1")(`${staffUrl}/status.json`);
    expect(await status.text()).not.toContain("queues");
  });
});
