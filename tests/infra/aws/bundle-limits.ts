import { gzipSync } from "node:zlib";
import type { FunctionBundle } from "../../../infra/aws/function-bundle.ts";

/** What the code of a function may weigh, in KB of 1,000 bytes, and how long it may take to start on Node 22. */
export const bundleLimits = {
  api: { rawKb: 1_750, gzipKb: 560, initMs: 220 },
  relay: { rawKb: 750, gzipKb: 225, initMs: 120 },
  render: { rawKb: 2_600, gzipKb: 850, initMs: 300 },
  publish: { rawKb: 1_250, gzipKb: 390, initMs: 200 },
  "dead-letters": { rawKb: 800, gzipKb: 240, initMs: 120 },
  notify: { rawKb: 800, gzipKb: 245, initMs: 120 },
  remind: { rawKb: 800, gzipKb: 240, initMs: 120 },
} as const;

/** Files zipped one by one, as a package is. */
export const sizeOf = ({ files }: FunctionBundle) => ({
  rawKb: files.reduce((sum, { bytes }) => sum + bytes.length, 0) / 1_000,
  gzipKb: files.reduce((sum, { bytes }) => sum + gzipSync(bytes).length, 0) / 1_000,
});
