import { err, ok, type Result } from "./result.ts";

/** Money is a whole number of 分 (0.01 元): exact to 90 trillion 元. */
export type Fen = number;

/** Units an amount may be typed or printed in; 分 a unit. */
export const fenPer = { yuan: 100, wan: 1_000_000 } as const;
export type AmountUnit = keyof typeof fenPer;
export const unitName = { yuan: "元", wan: "万元" } as const satisfies Record<AmountUnit, string>;

type AmountFault = "not_a_number" | "too_fine" | "too_large";

/** What people type and print for "no value"; empty is not zero. */
const noValue = /^[\s─—–－\-/]*$/u;

/**
 * Reads a typed or printed amount into 分, `undefined` for an empty cell or a dash.
 * Takes thousands separators, full-width digits, （1.00） and △ for negatives; never rounds:
 * more decimals than the unit has 分 for is `too_fine`.
 */
export function parseAmount(text: string, unit: AmountUnit): Result<Fen | undefined, AmountFault> {
  const plain = text.normalize("NFKC").replace(/\s/gu, "");
  if (noValue.test(plain)) return ok(undefined);
  const bracketed = /^\((.*)\)$/u.exec(plain)?.[1];
  const match = /^([-−△▲]?)(\d{1,3}(?:,\d{3})+|\d+)(?:\.(\d*))?$/u.exec(bracketed ?? plain);
  const [, sign, whole, fraction = ""] = match ?? [];
  if (whole === undefined || (bracketed !== undefined && sign !== "")) return err("not_a_number");
  const places = unit === "yuan" ? 2 : 6;
  let end = fraction.length;
  while (fraction.charAt(end - 1) === "0") end -= 1;
  const significant = fraction.slice(0, end);
  if (significant.length > places) return err("too_fine");
  const fen = Number(whole.replaceAll(",", "") + significant.padEnd(places, "0"));
  if (!Number.isSafeInteger(fen)) return err("too_large");
  const negative = bracketed !== undefined || sign !== "";
  return ok(negative && fen !== 0 ? -fen : fen);
}

/** The same of a text that may name its unit, as people type and other programs print it: ¥1,000, 12.5万元, 12345元. */
export function parseTyped(text: string, unit: AmountUnit): ReturnType<typeof parseAmount> {
  const plain = text.normalize("NFKC").replace(/\s/gu, "");
  const [, amount = "", named] = /^¥?(.*?)(万元|万|元)?$/u.exec(plain) ?? [];
  if (named === undefined) return parseAmount(amount, unit);
  return amount === "" ? err("not_a_number") : parseAmount(amount, named === "元" ? "yuan" : "wan");
}

/** 万元 with two decimals, half away from zero, as the statutory tables print it: 4914.20. */
export function printWan(fen: Fen, options: { thousands?: boolean; trim?: boolean } = {}): string {
  return printHundredths(divideRounded(BigInt(fen), 10_000n), options);
}

/** The exact amount in a unit, at least two decimals and never rounded; `parseAmount` reads it back. */
export function printExact(
  fen: Fen,
  unit: AmountUnit,
  { thousands = false }: { thousands?: boolean } = {},
): string {
  const places = unit === "yuan" ? 2 : 6;
  const digits = String(Math.abs(fen)).padStart(places + 1, "0");
  const whole = digits.slice(0, -places);
  const fraction = digits.slice(-places).replace(/0+$/u, "").padEnd(2, "0");
  return `${fen < 0 ? "-" : ""}${thousands ? grouped(whole) : whole}.${fraction}`;
}

const grouped = (whole: string): string => whole.replace(/\B(?=(\d{3})+$)/gu, ",");

/** part ÷ whole × 100 in hundredths of a per cent, half away from zero; undefined when the whole is 0. */
export function percentHundredths(part: Fen, whole: Fen): number | undefined {
  return whole === 0 ? undefined : divideRounded(BigInt(part) * 10_000n, BigInt(whole));
}

/** The same in tenths of a per cent. */
export function percentTenths(part: Fen, whole: Fen): number | undefined {
  return whole === 0 ? undefined : divideRounded(BigInt(part) * 1_000n, BigInt(whole));
}

/** 11468 → "114.68"; `trim` drops trailing zeros: 10000 → "100". */
export function printHundredths(
  value: number,
  { thousands = false, trim = false }: { thousands?: boolean; trim?: boolean } = {},
): string {
  const digits = String(Math.abs(value)).padStart(3, "0");
  const whole = digits.slice(0, -2);
  const fraction = digits.slice(-2);
  const shown = trim ? `.${fraction}`.replace(/\.?0+$/u, "") : `.${fraction}`;
  return `${value < 0 ? "-" : ""}${thousands ? grouped(whole) : whole}${shown}`;
}

/** Integer division rounded half away from zero. */
function divideRounded(dividend: bigint, divisor: bigint): number {
  const negative = dividend < 0n !== divisor < 0n;
  const a = dividend < 0n ? -dividend : dividend;
  const b = divisor < 0n ? -divisor : divisor;
  const rounded = Number((a * 2n + b) / (b * 2n));
  return negative && rounded !== 0 ? -rounded : rounded;
}
