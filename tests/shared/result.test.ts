import { describe, expect, it } from "vitest";
import { assertNever, err, ok, type Result } from "../../shared/result.ts";

const half = (value: number): Result<number, "odd"> =>
  value % 2 === 0 ? ok(value / 2) : err("odd");

describe("a result", () => {
  it("carries a value or a refusal, never both", () => {
    expect(half(4)).toEqual({ ok: true, value: 2 });
    expect(half(3)).toEqual({ ok: false, error: "odd" });
  });

  it("of a case nobody handled is a bug that names the case", () => {
    expect(() => assertNever({ kind: "new" } as never)).toThrow('{"kind":"new"}');
  });
});
