import type { Log } from "../platform/log.ts";
import { remindRegion, type RemindDeps } from "./remind-region.ts";

/** Reminds every region once a day. A region that fails keeps no other waiting, and the run fails. */
export const createRemindHandler =
  (deps: RemindDeps & { readonly regions: readonly string[]; readonly log: Log }) =>
  async (): Promise<void> => {
    const failures: unknown[] = [];
    for (const region of deps.regions) {
      try {
        const counts = await remindRegion(deps, region);
        deps.log.info("People were reminded.", { region, ...counts });
      } catch (error) {
        deps.log.error("Not everybody was reminded; the next run goes on.", { region, error });
        failures.push(error);
      }
    }
    if (failures.length > 0) throw new AggregateError(failures, "Reminders failed.");
  };
