/** One figure beside the most it may be; ratios are within one run. */
export interface Line {
  readonly name: string;
  readonly value: number;
  readonly unit: "ms" | "MB" | "KB" | "×" | "%" | "errors";
  readonly limit: number;
}
