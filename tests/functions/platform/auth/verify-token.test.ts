import {
  exportJWK,
  generateKeyPair,
  generateSecret,
  SignJWT,
  type JWK,
  type JWTPayload,
} from "jose";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createTokenVerifier } from "../../../../functions/platform/auth/verify-token.ts";

type KeyPair = Awaited<ReturnType<typeof generateKeyPair>>;

const now = "2023-09-15T08:00:00.000Z";
const seconds = Date.parse(now) / 1000;

let server: Server;
let issuer: string;
let published: JWK[];
let served: Record<string, number>;
let isDown: boolean;
let ours: KeyPair;

async function publish(alg: string, kid: string): Promise<KeyPair> {
  const pair = await generateKeyPair(alg, { extractable: true });
  published.push({ ...(await exportJWK(pair.publicKey)), kid, alg, use: "sig" });
  return pair;
}

beforeEach(async () => {
  published = [];
  served = {};
  isDown = false;
  server = createServer((request, response) => {
    const path = request.url ?? "";
    served[path] = (served[path] ?? 0) + 1;
    response.statusCode = isDown ? 503 : 200;
    response.setHeader("content-type", "application/json");
    response.end(
      path.endsWith("/jwks")
        ? JSON.stringify({ keys: published })
        : JSON.stringify({ issuer, jwks_uri: `${issuer}/jwks` }),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}/oidc`;
  ours = await publish("ES256", "k1");
});

afterEach(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

const verifier = () => createTokenVerifier({ issuer, audience: "juesuan-api", now: () => now });

const good = (): JWTPayload => ({
  iss: issuer,
  aud: "juesuan-api",
  sub: "p-1",
  exp: seconds + 60,
  iat: seconds,
});

const sign = (
  payload: JWTPayload,
  key: Parameters<SignJWT["sign"]>[0] = ours.privateKey,
  header: { alg: string; kid?: string; typ?: string } = { alg: "ES256", kid: "k1", typ: "at+jwt" },
) => new SignJWT(payload).setProtectedHeader(header).sign(key);

const refused = (code: string) => ({
  ok: false,
  error: expect.objectContaining({ code }) as unknown,
});

describe("an access token", () => {
  it("of the issuer, for us and in time, says who is calling", async () => {
    const token = await sign({ ...good(), name: "林晓", email: "lin@example.cn" });
    expect(await verifier()(token)).toEqual({
      ok: true,
      value: { subject: "p-1", name: "林晓", email: "lin@example.cn", verified: {} },
    });
  });

  it("says which addresses the issuer has verified, and nothing of those it has not", async () => {
    const verifiedIn = async (claims: Readonly<Record<string, unknown>>) => {
      const verified = await verifier()(await sign({ ...good(), ...claims }));
      return verified.ok ? verified.value.verified : undefined;
    };
    const email = "Lin@Example.cn";
    expect(await verifiedIn({ email, email_verified: true })).toEqual({ email: "lin@example.cn" });
    expect(await verifiedIn({ email })).toEqual({});
    expect(await verifiedIn({ email, email_verified: "true" })).toEqual({});
    const phone = { phone_number: "+86 13800000001" };
    expect(await verifiedIn({ ...phone, phone_number_verified: true })).toEqual({
      mobile: "13800000001",
    });
    expect(await verifiedIn({ ...phone, phone_number_verified: false })).toEqual({});
  });

  it("may be signed with RS256", async () => {
    const rsa = await publish("RS256", "k2");
    const token = await sign(good(), rsa.privateKey, { alg: "RS256", kid: "k2" });
    expect(await verifier()(token)).toEqual({ ok: true, value: { subject: "p-1", verified: {} } });
  });

  it("of Cognito names us in client_id, as it has no audience", async () => {
    const rest = { iss: issuer, sub: "p-1", exp: seconds + 60 };
    const verify = verifier();
    const token = await sign({ ...rest, client_id: "juesuan-api", token_use: "access" });
    expect((await verify(token)).ok).toBe(true);
    expect(await verify(await sign({ ...rest, client_id: "other" }))).toEqual(
      refused("invalid_token"),
    );
    expect(await verify(await sign(rest))).toEqual(refused("invalid_token"));
  });

  it.each([
    ["another issuer", { iss: "https://elsewhere.example" }],
    ["another audience", { aud: "staff" }],
    ["other audiences", { aud: ["staff", "other"] }],
    ["no issuer", { iss: undefined }],
    ["no subject", { sub: undefined }],
    ["an empty subject", { sub: "" }],
    ["no expiry", { exp: undefined }],
    ["a later beginning", { nbf: seconds + 60 }],
    ["the use of an ID token", { token_use: "id" }],
  ])("with %s is refused", async (_, change) => {
    const token = await sign({ ...good(), ...change } as JWTPayload);
    expect(await verifier()(token)).toEqual(refused("invalid_token"));
  });

  it("past its expiry is refused as expired, at once after five seconds of tolerance", async () => {
    const verify = verifier();
    expect((await verify(await sign({ ...good(), exp: seconds - 4 }))).ok).toBe(true);
    expect(await verify(await sign({ ...good(), exp: seconds - 5 }))).toEqual(
      refused("expired_token"),
    );
  });

  it("that was forged, altered or left unsigned is refused", async () => {
    const verify = verifier();
    const stranger = await generateKeyPair("ES256");
    const token = await sign(good());
    const [head = "", , tail = ""] = token.split(".");
    const other = Buffer.from(JSON.stringify({ ...good(), sub: "p-2" })).toString("base64url");
    const none = Buffer.from('{"alg":"none"}').toString("base64url");
    const secret = await generateSecret("HS256", { extractable: true });
    const forgeries = [
      await sign(good(), stranger.privateKey),
      `${head}.${other}.${tail}`,
      `${none}.${other}.`,
      await sign(good(), secret, { alg: "HS256", kid: "k1" }),
      `${token.slice(0, -4)}AAAA`,
      "not-a-token",
      "a.b.c",
      "",
      "x".repeat(100_000),
    ];
    for (const forgery of forgeries) {
      expect(await verify(forgery), forgery.slice(0, 40)).toEqual(refused("invalid_token"));
    }
  });

  it("signed with an algorithm beside RS256 and ES256 is refused, though the key is published", async () => {
    const pair = await publish("PS256", "k3");
    const token = await sign(good(), pair.privateKey, { alg: "PS256", kid: "k3" });
    expect(await verifier()(token)).toEqual(refused("invalid_token"));
  });
});

describe("the issuer's keys", () => {
  it("are fetched once for many tokens", async () => {
    const verify = verifier();
    for (let i = 0; i < 5; i++) expect((await verify(await sign(good()))).ok).toBe(true);
    expect(served).toEqual({ "/oidc/.well-known/openid-configuration": 1, "/oidc/jwks": 1 });
  });

  it("that cannot be fetched say nothing about the token, and are tried again", async () => {
    const verify = verifier();
    const token = await sign(good());
    isDown = true;
    expect(await verify(token)).toEqual(refused("issuer_unavailable"));
    isDown = false;
    expect((await verify(token)).ok).toBe(true);
  });

  it("are not taken from a document that names another issuer", async () => {
    const token = await sign(good());
    const real = issuer;
    issuer = `${real}/other`;
    const verify = createTokenVerifier({ issuer: real, audience: "juesuan-api", now: () => now });
    expect(await verify(token)).toEqual(refused("issuer_unavailable"));
  });
});
