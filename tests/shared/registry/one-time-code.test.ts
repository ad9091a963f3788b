import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { plainContact, plainEmail, plainMobile } from "../../../shared/registry/contact.ts";
import { codeOf, plainCode } from "../../../shared/registry/one-time-code.ts";

const bytes = fc.uint8Array({ minLength: 10, maxLength: 10 });

describe("a one-time code", () => {
  it("differs where the random bytes differ, and is read as it was written", () => {
    fc.assert(
      fc.property(bytes, bytes, (one, other) => {
        const same = one.every((byte, index) => byte === other[index]);
        expect(codeOf(one) === codeOf(other)).toBe(same);
        expect(codeOf(one)).toMatch(/^(?:[0-9A-HJKMNP-TV-Z]{4}-){3}[0-9A-HJKMNP-TV-Z]{4}$/u);
        expect(plainCode(codeOf(one))).toBe(codeOf(one).replaceAll("-", ""));
      }),
      { numRuns: 200 },
    );
  });

  it("is read in small letters, full width, without hyphens, and with letters taken for digits", () => {
    const code = codeOf(Uint8Array.of(0, 68, 50, 20, 199, 66, 84, 182, 53, 207));
    expect(plainCode(code)).toBe("0123456789ABCDEF");
    for (const typed of [
      "0123 4567 89ab cdef",
      "oi23-4567-89ab-cdef",
      "０１２３４５６７８９ＡＢＣＤＥＦ",
      "OL23456789ABCDEF",
    ]) {
      expect(plainCode(typed)).toBe("0123456789ABCDEF");
    }
    for (const typed of ["", "0123", "0123456789ABCDEFG", "0123456789ABCDEU", "验证码"]) {
      expect(plainCode(typed)).toBeUndefined();
    }
  });
});

describe("an address that a person is invited by", () => {
  it("has one spelling, whatever it is typed like", () => {
    for (const typed of ["13800000001", "138 0000 0001", "+86 138-0000-0001", "008613800000001"]) {
      expect(plainMobile(typed)).toBe("13800000001");
    }
    expect(plainMobile("１３８００００００１１")).toBe("13800000011");
    expect(plainEmail("  Li.Na@Example.CN ")).toBe("li.na@example.cn");
    expect(plainContact("13800000001")).toBe("13800000001");
  });

  it("is none where a second addressee or nobody would be written to", () => {
    for (const typed of [
      "",
      "a@b",
      "a b@c.cn",
      "a@b.cn,c@d.cn",
      "<a@b.cn>",
      "a@@b.cn",
      "12345678901",
    ]) {
      expect(plainContact(typed)).toBeUndefined();
    }
  });
});
