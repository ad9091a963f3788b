import { existsSync } from "node:fs";
import { join } from "node:path";

export const staffDist = join(import.meta.dirname, "../../web/staff/dist");

/** `npm ci` builds the staff app; where scripts were switched off it is built at the first start. */
export async function ensureStaffBuilt(onProgress: (sentence: string) => void): Promise<void> {
  if (existsSync(join(staffDist, "index.html"))) return;
  onProgress("Building the staff app, once …");
  const { build } = await import("vite");
  await build({ configFile: join(import.meta.dirname, "../../vite.config.ts"), logLevel: "warn" });
}
