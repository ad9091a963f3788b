import { describe, expect, it } from "vitest";
import { createIds, newId, sha256 } from "../../../functions/platform/ids.ts";

describe("a new id", () => {
  it("is a UUID of version 7", () => {
    expect(newId()).toMatch(
      /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
    );
  });

  it("is never given twice and sorts after the one before, even when the clock steps back", () => {
    const clock = [5, 5, 5, 9, 3, 9, 10];
    const ids = createIds(() => clock.shift() ?? 10);
    const made = Array.from({ length: 20_000 }, ids);
    expect(new Set(made).size).toBe(made.length);
    expect([...made].sort()).toEqual(made);
  });
});

describe("SHA-256", () => {
  it("is lower-case hex, of a text in UTF-8 the same as of its bytes", () => {
    expect(sha256("")).toBe("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    expect(sha256("决算")).toBe(sha256(new TextEncoder().encode("决算")));
  });
});
