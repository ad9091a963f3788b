import { describe, expect, it } from "vitest";
import { z } from "zod";
import { readEnv } from "../../../functions/platform/read-env.ts";

const schema = z.object({
  REPORTS_TABLE: z.string().min(1),
  PORT: z.coerce.number().int().max(65_535).default(8080),
  ISSUER_URL: z.url(),
});

describe("settings", () => {
  it("are read with their defaults, and nothing else of the environment comes along", () => {
    expect(
      readEnv(schema, { REPORTS_TABLE: "t", ISSUER_URL: "https://a.example", HOME: "/" }),
    ).toEqual({ REPORTS_TABLE: "t", PORT: 8080, ISSUER_URL: "https://a.example" });
  });

  it("missing or wrong are all named in one sentence", () => {
    expect(() => readEnv(schema, { PORT: "many", ISSUER_URL: "" })).toThrow(
      /^Cannot start: REPORTS_TABLE is missing; PORT is wrong \(.+\); ISSUER_URL is missing\.$/,
    );
  });

  it("are never repeated in the sentence, as they may be secret", () => {
    expect(() => readEnv(schema, { REPORTS_TABLE: "t", ISSUER_URL: "hunter2" })).toThrow(
      expect.objectContaining({ message: expect.not.stringContaining("hunter2") as string }),
    );
  });
});
