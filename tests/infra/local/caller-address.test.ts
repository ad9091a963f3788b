import { describe, expect, it } from "vitest";
import { createCallerAddress } from "../../../infra/local/caller-address.ts";

const from = (remoteAddress: string, forwarded?: string) => ({
  socket: { remoteAddress },
  headers: forwarded === undefined ? {} : { "x-forwarded-for": forwarded },
});

describe("whose request it is", () => {
  it("is who connects, whatever they write into their headers", () => {
    const addressOf = createCallerAddress([]);
    expect(addressOf(from("203.0.113.9", "127.0.0.1"))).toBe("203.0.113.9");
    expect(addressOf(from("::ffff:203.0.113.9"))).toBe("203.0.113.9");
    expect(createCallerAddress(["10.0.0.1"])(from("203.0.113.9", "10.0.0.7"))).toBe("203.0.113.9");
  });

  it("is, by a trusted proxy, the last address that is no trusted proxy's", () => {
    const addressOf = createCallerAddress(["127.0.0.1", "10.0.0.1"]);
    expect(addressOf(from("127.0.0.1", "203.0.113.9"))).toBe("203.0.113.9");
    expect(addressOf(from("::ffff:127.0.0.1", "1.2.3.4, 203.0.113.9, 10.0.0.1"))).toBe(
      "203.0.113.9",
    );
    expect(addressOf(from("127.0.0.1", "10.0.0.1"))).toBe("127.0.0.1");
    expect(addressOf(from("127.0.0.1"))).toBe("127.0.0.1");
  });
});
