import { fork } from "node:child_process";
import { once } from "node:events";
import { z } from "zod";
import type { Line } from "./line.ts";

const figuresSchema = z.object({ requests: z.number(), publications: z.number() });

/**
 * Resident size of a process at its end ÷ after its first fifty, each time after a forced collection: many requests,
 * and the corrections of one report, each published. Printing is left out (fixed bytes come instead), for the browser
 * is a process of its own. `--long`: 100,000 requests and 1,000 publications instead of 2,000 and 80.
 */
export async function measureMemory({
  isLong,
}: {
  readonly isLong: boolean;
}): Promise<readonly Line[]> {
  const [requests, publications] = isLong ? [100_000, 1_000] : [2_000, 80];
  const child = fork(
    new URL("memory-run.ts", import.meta.url),
    [String(requests), String(publications)],
    {
      execArgv: ["--import", "tsx", "--expose-gc"],
      stdio: ["ignore", "inherit", "inherit", "ipc"],
    },
  );
  const [figures] = (await Promise.race([
    once(child, "message"),
    once(child, "exit").then(([code]) => {
      throw new Error(`The process ended with ${String(code)}.`);
    }),
  ])) as [unknown];
  const ratios = figuresSchema.parse(figures);
  return [
    {
      name: `Resident size after ${String(requests)} requests ÷ after the first 50`,
      ...{ value: ratios.requests, unit: "×", limit: 1.2 },
    },
    {
      name: `The same after ${String(publications)} publications of one report`,
      ...{ value: ratios.publications, unit: "×", limit: 1.2 },
    },
  ];
}
