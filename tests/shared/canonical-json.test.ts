import { createHash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { canonicalJson, type Json } from "../../shared/canonical-json.ts";

describe("canonical JSON", () => {
  it("is one text for one value, whatever order its members came in", () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (value) => {
        const turned = Object.fromEntries(Object.entries(value).toReversed());
        expect(canonicalJson(turned as Json)).toBe(canonicalJson(value as Json));
      }),
    );
  });

  it("reads back as the same value", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const read: unknown = JSON.parse(canonicalJson(value));
        expect(read).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });

  it("sorts members by UTF-16 code units at every depth and leaves out what is undefined", () => {
    expect(canonicalJson({ b: { z: 1, é: 2, "€": 3 }, a: [{ d: 1, c: undefined }] })).toBe(
      '{"a":[{"d":1}],"b":{"z":1,"é":2,"€":3}}',
    );
    expect(canonicalJson({ "\u{1F600}": 1, "\u{FB33}": 2 })).toBe('{"\u{1F600}":1,"\u{FB33}":2}');
  });

  it("writes numbers as RFC 8785 does", () => {
    expect(canonicalJson([333333333.33333329, 1e30, 4.5, 2e-3, 1e-27, -0])).toBe(
      "[333333333.3333333,1e+30,4.5,0.002,1e-27,0]",
    );
  });

  it("refuses a number that JSON lacks", () => {
    expect(() => canonicalJson({ a: Number.NaN })).toThrow(/Not a JSON number/u);
    expect(() => canonicalJson([Number.POSITIVE_INFINITY])).toThrow(/Not a JSON number/u);
  });

  it("keeps its hash: stored submissions depend on it", () => {
    const text = canonicalJson({ rows: [{ key: "total", cells: { final: 1, basic: 2 } }] });
    expect(text).toBe('{"rows":[{"cells":{"basic":2,"final":1},"key":"total"}]}');
    expect(createHash("sha256").update(text).digest("hex")).toBe(
      "a45af3ee7591aa389c333abf09ae024acc818bd8d45898f2f1bef53264708d50",
    );
  });
});
