import "./quiet-sdk.ts";
import { rebuildRegion } from "../../functions/publish/rebuild-region.ts";
import { onStoppedPortal } from "./stopped-portal.ts";

/**
 * `npm run rebuild-portal [-- --data DIR] [--region CODE] [--portal-url URL]`: the public portal drawn
 * anew from vault and database while the host is stopped. Exit 0 whole, 1 something is lost, 2 refused.
 */
await onStoppedPortal("rebuild-portal", async (deps, { code, pathPrefix }, served) => {
  const others = served
    .filter((one) => one.code !== code && one.pathPrefix !== "")
    .map((one) => `${one.pathPrefix.slice(1)}/`)
    .filter((root) => !`${pathPrefix.slice(1)}/`.startsWith(root));
  const { reports, lost } = await rebuildRegion(deps, code, others);
  const files = lost.length === 0 ? "" : `, ${String(lost.length)} files are lost`;
  process.stdout.write(`${code}: ${String(reports)} reports drawn${files}.\n`);
  for (const key of lost) process.stdout.write(`Lost: ${key}\n`);
  return lost.length === 0;
});
