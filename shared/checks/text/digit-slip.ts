import { printExact } from "../../money.ts";

/** How a figure was mistyped, where the digits show it: 少写一位数字, 两位数字颠倒, 小数点错位. */
export function digitSlip(actual: number, expected: number): string | undefined {
  const [wrong, right] = [digitsOf(actual), digitsOf(expected)];
  if (actual === expected || actual * expected <= 0) return undefined;
  if (isPowerOfTen(actual / expected) || isPowerOfTen(expected / actual)) return "小数点错位";
  if (lacksOne(wrong, right)) return "少写一位数字";
  if (lacksOne(right, wrong)) return "多写一位数字";
  if (isSwapped(wrong, right)) return "相邻两位数字颠倒";
  return undefined;
}

/** As printed in 万元, without sign, separators and point. */
const digitsOf = (fen: number): string => printExact(Math.abs(fen), "wan").replaceAll(/\D/gu, "");

const isPowerOfTen = (ratio: number): boolean =>
  [10, 100, 1_000, 10_000].some((power) => Math.abs(ratio / power - 1) < 1e-9);

const lacksOne = (short: string, long: string): boolean =>
  short.length + 1 === long.length &&
  Array.from(long).some((_, at) => long.slice(0, at) + long.slice(at + 1) === short);

function isSwapped(one: string, other: string): boolean {
  if (one.length !== other.length) return false;
  const at = Array.from(one).findIndex((digit, index) => digit !== other[index]);
  return (
    one[at] === other[at + 1] &&
    one[at + 1] === other[at] &&
    one.slice(at + 2) === other.slice(at + 2)
  );
}
