import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  fenPer,
  parseAmount,
  parseTyped,
  percentHundredths,
  printExact,
  printHundredths,
  printWan,
  type AmountUnit,
} from "../../shared/money.ts";

const fen = fc.maxSafeInteger();
const unit = fc.constantFrom<AmountUnit>("yuan", "wan");

/** Exact value of printed decimals in units of 10⁻⁶, by whole-number arithmetic only. */
function millionths(decimal: string): bigint {
  const [, sign, whole = "", fraction = ""] = /^(-?)(\d+)(?:\.(\d+))?$/u.exec(decimal) ?? [];
  const value = BigInt(whole + fraction.padEnd(6, "0"));
  return sign === "-" ? -value : value;
}
/** `divisor` > 0; half away from zero, by remainder. */
function rounded(dividend: bigint, divisor: bigint): bigint {
  const [quotient, rest] = [dividend / divisor, dividend % divisor];
  const isUp = (rest < 0n ? -rest : rest) * 2n >= divisor;
  return isUp ? quotient + (dividend < 0n ? -1n : 1n) : quotient;
}

describe("reading an amount", () => {
  it("gives back exactly what was printed, in 元 and in 万元", () => {
    fc.assert(
      fc.property(fen, unit, (amount, printedIn) => {
        expect(parseAmount(printExact(amount, printedIn), printedIn)).toEqual({
          ok: true,
          value: amount,
        });
      }),
    );
  });

  it("agrees with whole-number arithmetic on any decimal of the unit", () => {
    const decimal = fc.tuple(fc.bigInt(0n, 10n ** 9n), fc.bigInt(0n, 999_999n));
    fc.assert(
      fc.property(decimal, ([whole, fraction]) => {
        const text = `${whole}.${String(fraction).padStart(6, "0")}`;
        expect(parseAmount(text, "wan")).toEqual({ ok: true, value: Number(millionths(text)) });
      }),
    );
  });

  it("never reads a fraction of a 分", () => {
    expect(parseAmount("0.001", "yuan")).toEqual({ ok: false, error: "too_fine" });
    expect(parseAmount("0.0000001", "wan")).toEqual({ ok: false, error: "too_fine" });
    expect(parseAmount("1.1000", "yuan")).toEqual({ ok: true, value: 110 });
  });

  it.each(["", "  ", "────", "—", "－", "-", "/"])("reads %j as no value, not as zero", (text) => {
    expect(parseAmount(text, "wan")).toEqual({ ok: true, value: undefined });
  });

  it.each([
    ["4,914.20", 4_914_200_000],
    ["４，９１４．２０", 4_914_200_000],
    ["（1.00）", -1_000_000],
    ["△1", -1_000_000],
    ["−1.5", -1_500_000],
    ["-0", 0],
    ["0.00", 0],
    ["12.", 12_000_000],
  ])("reads %s 万元", (text, value) => {
    expect(parseAmount(text, "wan")).toEqual({ ok: true, value });
  });

  it.each(["1,23.00", "12,3456", "1.2.3", "一百", "1e3", "0x10", "(-1)", "--1", "1 万元", "."])(
    "refuses %s",
    (text) => {
      expect(parseAmount(text, "wan")).toEqual({ ok: false, error: "not_a_number" });
    },
  );

  it("refuses what cannot be held exactly", () => {
    expect(parseAmount("90071992547409.92", "yuan")).toEqual({ ok: false, error: "too_large" });
    expect(parseAmount("90071992547409.91", "yuan")).toEqual({
      ok: true,
      value: Number.MAX_SAFE_INTEGER,
    });
  });
});

describe("a typed amount", () => {
  it.each([
    ["12.5万元", "yuan", 125_000_00],
    ["12.5万", "yuan", 125_000_00],
    ["12345元", "wan", 12_345_00],
    ["¥1,000", "yuan", 1_000_00],
    ["￥１，０００．５０元", "wan", 1_000_50],
    ["（1.00）万元", "yuan", -10_000_00],
    ["3", "wan", 30_000_00],
    ["－", "wan", undefined],
    ["", "wan", undefined],
  ] as const)("%s in %s", (text, unit, fen) => {
    expect(parseTyped(text, unit)).toEqual({ ok: true, value: fen });
  });

  it.each(["元", "万元", "¥万", "12元5", "十二万元", "1.2345678万元"])("refuses %s", (text) => {
    expect(parseTyped(text, "yuan").ok).toBe(false);
  });
});

describe("printing an amount", () => {
  it("rounds to two decimals of 万元 half away from zero", () => {
    fc.assert(
      fc.property(fen, (amount) => {
        const hundredths = rounded(BigInt(amount), BigInt(fenPer.wan) / 100n);
        expect(millionths(printWan(amount))).toBe(hundredths * 10_000n);
      }),
    );
    expect(printWan(45)).toBe("0.00");
    expect(printWan(5_000)).toBe("0.01");
    expect(printWan(-5_000)).toBe("-0.01");
    expect(printWan(-4_999)).toBe("0.00");
  });

  it("groups thousands and trims zeros only where asked", () => {
    expect(printWan(4_914_200_000)).toBe("4914.20");
    expect(printWan(4_914_200_000, { thousands: true })).toBe("4,914.20");
    expect(printWan(4_914_200_000, { trim: true })).toBe("4914.2");
    expect(printWan(-123_456_700_000_000, { thousands: true })).toBe("-123,456,700.00");
    expect(printHundredths(10_000, { trim: true })).toBe("100");
  });

  it("never loses a 分 when exact", () => {
    fc.assert(
      fc.property(fen, unit, (amount, printedIn) => {
        const scale = BigInt(1_000_000 / fenPer[printedIn]);
        expect(millionths(printExact(amount, printedIn))).toBe(BigInt(amount) * scale);
      }),
    );
    expect(printExact(1, "wan")).toBe("0.000001");
    expect(printExact(-1_234_567_890_123, "wan", { thousands: true })).toBe("-1,234,567.890123");
    expect(printExact(99_999, "yuan", { thousands: true })).toBe("999.99");
    expect(printExact(1_000_000, "wan")).toBe("1.00");
  });
});

describe("a percentage", () => {
  it("is rounded half away from zero from exact amounts", () => {
    fc.assert(
      fc.property(fen, fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER }), (part, whole) => {
        fc.pre(Math.abs(part) <= whole);
        expect(percentHundredths(part, whole)).toBe(
          Number(rounded(BigInt(part) * 10_000n, BigInt(whole))),
        );
      }),
    );
    expect(percentHundredths(248_580, 216_906)).toBe(11_460);
    expect(percentHundredths(-1, -3)).toBe(3_333);
  });

  it("of nothing does not exist", () => {
    expect(percentHundredths(0, 0)).toBeUndefined();
    expect(percentHundredths(1, 0)).toBeUndefined();
  });
});
