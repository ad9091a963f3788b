import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { signInWithCode } from "../../../../infra/local/oidc/sign-in.ts";
import { hostIssuer, type HostedIssuer, password, seededPeople } from "../oidc/host-issuer.ts";
import { install, type Installed } from "./in-process.ts";

let issuer: HostedIssuer;
let issuerFolder: string;
let installed: Installed;
beforeAll(async () => {
  issuerFolder = await mkdtemp(join(tmpdir(), "juesuan-issuer-"));
  issuer = await hostIssuer({ dataDir: issuerFolder, people: await seededPeople() });
  installed = await install({
    issuer: {
      ...{ kind: "oidc", issuer: issuer.issuerUrl, clientId: "staff", audience: "juesuan-api" },
      origins: ["https://keys.example.cn"],
    },
  });
}, 60_000);
afterAll(async () => {
  await installed.close();
  await issuer.close();
  await rm(issuerFolder, { recursive: true, force: true });
});

const tokenOf = async (username: string) =>
  (await signInWithCode({ ...issuer, username, password })).accessToken;
const call = async (token: string, method: string, path: string, body?: unknown) => {
  const answer = await fetch(`${installed.host.staffUrl}/api${path}`, {
    method,
    headers: {
      authorization: `Bearer ${token}`,
      ...(body === undefined ? {} : { "content-type": "application/json" }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return { status: answer.status, text: await answer.text() };
};

describe("an installation whose people sign in at the government's issuer", () => {
  it("has no sign-in, no account and no password of its own", async () => {
    const config = await (await fetch(`${installed.host.staffUrl}/config.json`)).json();
    expect(config).toMatchObject({ issuer: issuer.issuerUrl, clientId: "staff" });
    expect(config).not.toHaveProperty("accountUrl");
    const own = await fetch(`${installed.host.staffUrl}/oidc/.well-known/openid-configuration`);
    expect(own.headers.get("content-type")).not.toContain("json");
  });

  it("lets its pages call that issuer and the origins it answers from, and no other", async () => {
    const page = await fetch(installed.host.staffUrl);
    const policy = page.headers.get("content-security-policy") ?? "";
    expect(policy).toContain(`connect-src 'self' ${issuer.origin} https://keys.example.cn;`);
  });

  it("makes an administrator of who is signed in there and brings the code, and of nobody else", async () => {
    const lin = await tokenOf("lin");
    expect((await call(lin, "GET", "/me")).status).toBe(404);
    // Its address is not verified by the issuer.
    expect((await call(lin, "POST", "/invitations/accept", {})).status).toBe(404);
    const accepted = await call(lin, "POST", "/invitations/accept", { code: installed.code });
    expect(accepted.status).toBe(200);
    expect((await call(lin, "GET", "/me")).text).toContain("龙晓");
    const zheng = await tokenOf("zheng");
    const again = await call(zheng, "POST", "/invitations/accept", { code: installed.code });
    expect(again.status).toBe(404);
    const reset = await call(lin, "POST", "/regions/431382/members/p-lin/password-reset", {});
    expect(reset.status).toBe(404);
  });
});
