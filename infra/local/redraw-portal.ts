import "./quiet-sdk.ts";
import { isRedrawing, refreshPlan } from "../../functions/publish/region-plan.ts";
import { onStoppedPortal } from "./stopped-portal.ts";

/**
 * `npm run redraw-portal [-- --data DIR] [--region CODE] [--portal-url URL]`: every public page drawn
 * as pages look now, after a change of design, while the host is stopped; what was published stays as
 * it is. Stopped in the middle it goes on where it was. Exit 0 whole, 1 some could not be drawn, 2 refused.
 */
await onStoppedPortal("redraw-portal", async (deps, { code }) => {
  let failed = 0;
  const log = {
    ...deps.log,
    error: (...line: Parameters<typeof deps.log.error>) => {
      failed += 1;
      deps.log.error(...line);
    },
  };
  const counting = { ...deps, log };
  const goesOn = await isRedrawing(deps, code);
  let run = await refreshPlan(counting, {
    region: code,
    ...(goesOn ? {} : { redraw: true }),
  });
  while (run.redrawing === true) run = await refreshPlan(counting, { region: code });
  const faults = failed === 0 ? "" : `, ${String(failed)} faults are named above`;
  process.stdout.write(`${code}: the public pages are drawn anew${faults}.\n`);
  return failed === 0;
});
