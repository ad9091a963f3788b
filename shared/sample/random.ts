/** Numbers that look drawn and are the same for the same seed: the heart has no chance of its own. */
export interface Random {
  /** From 0 to below 1. */
  readonly next: () => number;
  /** Whole, both ends included. */
  readonly int: (from: number, to: number) => number;
  /** 分, whole in 0.01 万元, so that no sum is off by rounding. */
  readonly amount: (fromWan: number, toWan: number) => number;
}

/** 0.01 万元 in 分. */
export const digit = 10_000;

/** Mulberry32. */
export function randomOf(seed: number): Random {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const int = (from: number, to: number) => from + Math.floor(next() * (to - from + 1));
  return { next, int, amount: (fromWan, toWan) => int(fromWan * 100, toWan * 100) * digit };
}
