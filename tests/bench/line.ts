/** One figure beside its limit; ratios are within one run. */
export interface Line {
  readonly name: string;
  readonly value: number;
  readonly unit: "ms" | "MB" | "×";
  readonly limit: number;
}
