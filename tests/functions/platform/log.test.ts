import { describe, expect, it, vi } from "vitest";
import { createLog, redactText } from "../../../functions/platform/log.ts";

function recording() {
  const lines: string[] = [];
  const log = createLog({
    now: () => "2023-09-15T08:00:00.000Z",
    write: (line) => lines.push(line),
    fields: { requestId: "r1" },
  });
  return { log, lines, last: () => JSON.parse(lines.at(-1) ?? "{}") as Record<string, unknown> };
}

const jwt = "eyJhbGciOiJFUzI1NiJ9.eyJzdWIiOiJwMSJ9.c2lnbmF0dXJl";

describe("a log line", () => {
  it("is one JSON object with time, level, message, request id and fields", () => {
    const { log, lines, last } = recording();
    log.with({ door: "api" }).warn("一行\n两行", { reportId: "r-137", count: 3 });
    expect(lines).toHaveLength(1);
    expect(lines[0]).not.toContain("\n");
    expect(last()).toEqual({
      time: "2023-09-15T08:00:00.000Z",
      level: "warn",
      message: "一行\n两行",
      requestId: "r1",
      door: "api",
      reportId: "r-137",
      count: 3,
    });
  });

  it("names what failed where several errors are thrown as one, the first of many", () => {
    const { log, last } = recording();
    const errors = Array.from({ length: 9 }, (_, n) => new Error(`No way to reader ${String(n)}.`));
    log.error("failed", { error: new AggregateError(errors, "9 letters were not sent.") });
    const { error } = last() as { error: { errors: readonly { message: string }[] } };
    expect(error.errors.map(({ message }) => message)).toEqual(
      errors.slice(0, 5).map(({ message }) => message),
    );
  });

  it("holds an error whole, with its cause", () => {
    const { log, last } = recording();
    log.error("failed", { error: new Error("outer", { cause: new Error("inner") }) });
    expect(last().error).toMatchObject({
      message: "outer",
      stack: expect.stringContaining("log.test.ts") as string,
      cause: { message: "inner" },
    });
  });

  it("holds no secret, wherever it hides", () => {
    const { log, lines } = recording();
    log.info(`calling with Bearer ${jwt}`, {
      headers: { Authorization: `Bearer ${jwt}`, cookie: "_session=geheim", accept: "text/html" },
      accessToken: "geheim",
      nested: [{ client_secret: "geheim", password: "geheim" }],
      text: `the token ${jwt} was refused`,
      url: "https://b.s3.example/k?X-Amz-Credential=geheim&X-Amz-Signature=geheim",
      ticketUrl: "http://127.0.0.1:8080/uploads/u1?expires=9&ticket=geheim",
      error: new Error("GET https://b.example/k?Signature=geheim&Expires=1 failed"),
    });
    expect(lines[0]).not.toContain("geheim");
    expect(lines[0]).not.toContain("eyJ");
    expect(lines[0]).toContain("https://b.s3.example/k?[redacted]");
    expect(lines[0]).toContain("text/html");
  });

  it("keeps what is no secret: error codes, organisation codes, plain queries", () => {
    const { log, last } = recording();
    log.info("refused", { code: "stale_version", url: "/api/reports?year=2022&code=137" });
    expect(last()).toMatchObject({ code: "stale_version", url: "/api/reports?year=2022&code=137" });
  });

  it("is written for any value: circles, bigints, depth, bytes", () => {
    const { log, last } = recording();
    const circle: Record<string, unknown> = { name: "c", big: 10n, at: new Date(NaN) };
    circle.self = circle;
    let deep: unknown = "bottom";
    for (let i = 0; i < 50; i++) deep = { deep };
    log.info("odd", {
      circle,
      deep,
      bytes: new Uint8Array(3),
      none: undefined,
      map: new Map([["a", 1]]),
    });
    expect(last()).toMatchObject({
      circle: { name: "c", big: "10", self: "[circular]" },
      bytes: "[3 bytes]",
      map: { a: 1 },
    });
  });
});

it("a long text is cut before anything in it is searched, so that a hostile one costs as little as a line", () => {
  const search = vi.spyOn(String.prototype, "replace");
  try {
    for (const unit of ["?", "a=b&", "eyJ"]) {
      expect(redactText(`?${unit.repeat(200_000)}`).length).toBeLessThan(9_000);
    }
    expect(search.mock.contexts.length).toBeGreaterThan(0);
    expect(Math.max(...search.mock.contexts.map((text) => String(text).length))).toBeLessThan(
      9_000,
    );
  } finally {
    search.mockRestore();
  }
});
