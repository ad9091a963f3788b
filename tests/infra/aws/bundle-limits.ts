import { gzipSync } from "node:zlib";
import type { FunctionBundle } from "../../../infra/aws/function-bundle.ts";

/**
 * What the code of a function may weigh, in KB of 1,000 bytes, and how long its start on Node 22 may take, in starts
 * of the clients of AWS that it is made of, alone: that time differs by machine.
 */
export const bundleLimits = {
  api: { rawKb: 2_050, gzipKb: 665, starts: 2.7 },
  relay: { rawKb: 750, gzipKb: 225, starts: 1.7 },
  render: { rawKb: 2_650, gzipKb: 850, starts: 3.1 },
  publish: { rawKb: 1_320, gzipKb: 415, starts: 2.7 },
  "dead-letters": { rawKb: 800, gzipKb: 240, starts: 1.9 },
  notify: { rawKb: 800, gzipKb: 245, starts: 1.8 },
  remind: { rawKb: 800, gzipKb: 240, starts: 1.8 },
} as const;

/** Files zipped one by one, as a package is. */
export const sizeOf = ({ files }: FunctionBundle) => ({
  rawKb: files.reduce((sum, { bytes }) => sum + bytes.length, 0) / 1_000,
  gzipKb: files.reduce((sum, { bytes }) => sum + gzipSync(bytes).length, 0) / 1_000,
});
