import { redactText } from "../../functions/platform/log.ts";
import type { Line } from "./line.ts";

/** Redacting the longest text that a log line keeps, in the shapes that its patterns like least. */
export function measureLog(): Promise<readonly Line[]> {
  const slowest = ["?", "a=b&", "eyJ", "?Policy"].map((unit) => {
    const text = `?${unit.repeat(200_000)}`;
    const began = performance.now();
    redactText(text);
    return performance.now() - began;
  });
  const name = "Redacting a hostile text for the log, at its slowest";
  return Promise.resolve([{ name, value: Math.max(...slowest), unit: "ms", limit: 500 }]);
}
