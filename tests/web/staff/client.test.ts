import { afterEach, describe, expect, it, vi } from "vitest";
import { ApiRefusal, createApiClient } from "../../../web/staff/api/client.ts";

afterEach(() => {
  vi.unstubAllGlobals();
});

/** A server that answers with these statuses, and a session that counts its calls. */
function seat(...statuses: readonly number[]) {
  const sent: string[] = [];
  const session = { fresh: 0, ended: false };
  vi.stubGlobal("fetch", (_path: string, init: RequestInit) => {
    sent.push(new Headers(init.headers).get("authorization") ?? "");
    const status = statuses[sent.length - 1] ?? 200;
    const code = status === 401 ? "unauthenticated" : "internal";
    return Promise.resolve(
      status === 200
        ? Response.json({ fine: true })
        : Response.json({ error: { code, message: "不行。", requestId: "r1" } }, { status }),
    );
  });
  const api = createApiClient({
    accessToken: (how) => {
      if (how?.fresh === true) session.fresh += 1;
      return Promise.resolve(how?.fresh === true ? "new" : "old");
    },
    end: () => {
      session.ended = true;
    },
  });
  return { ask: () => api.get("/x", "meResponse"), sent, session };
}

describe("a token the API does not take", () => {
  it("is replaced once, without the person noticing", async () => {
    const { ask, sent, session } = seat(401, 200);
    await expect(ask()).resolves.toEqual({ fine: true });
    expect(sent).toEqual(["Bearer old", "Bearer new"]);
    expect(session.ended).toBe(false);
  });

  it("ends the session when a new one is not taken either", async () => {
    const { ask, sent, session } = seat(401, 401);
    await expect(ask()).rejects.toMatchObject({ code: "unauthenticated" });
    expect(sent).toHaveLength(2);
    expect(session.ended).toBe(true);
  });
});

describe("an answer of a server in trouble", () => {
  it("says nothing against what was sent, so that it may be sent again", async () => {
    const refusal = await seat(503)
      .ask()
      .catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(ApiRefusal);
    expect((refusal as ApiRefusal).isPassing).toBe(true);
    expect(new ApiRefusal("invalid_request", "", "", undefined).isPassing).toBe(false);
  });

  it.each([
    ["a page of a proxy in its place", 200, "<html>请登录</html>"],
    ["a page of a proxy that refuses", 502, "<html>Bad Gateway</html>"],
    ["JSON that is no refusal of ours", 503, '{"error":"down"}'],
  ])("is a refusal in Chinese that may pass: %s", async (_, status, body) => {
    const { ask } = seat();
    vi.stubGlobal("fetch", () => Promise.resolve(new Response(body, { status })));
    const refusal = await ask().catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(ApiRefusal);
    expect((refusal as ApiRefusal).isPassing).toBe(true);
    expect((refusal as ApiRefusal).message).toBe(
      `服务暂时无法应答（${String(status)}），请稍后再试。`,
    );
  });
});
