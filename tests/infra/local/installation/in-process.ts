import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { now } from "../../../../functions/platform/clock.ts";
import { createLog } from "../../../../functions/platform/log.ts";
import { startHost, type Host } from "../../../../infra/local/host.ts";
import { settingsFile } from "../../../../infra/local/installation/kind.ts";
import { setUp } from "../../../../infra/local/installation/set-up.ts";
import { setupSchema } from "../../../../infra/local/installation/settings.ts";
import { shippedEditions } from "../../../../shared/editions/shipped-editions.ts";
import { cacheDir } from "../../../functions/render/printed.ts";

export const region = "431382";

export interface Installed {
  readonly host: Host;
  readonly folder: string;
  /** The administrator's. */
  readonly code: string;
  readonly lines: readonly string[];
  readonly close: () => Promise<void>;
}

/**
 * An installation in this process, set up anew with what is given beside the usual settings; `prepare` leaves in its
 * folder what was there before it starts.
 */
export async function install(
  change: object = {},
  prepare?: (folder: string) => Promise<void>,
): Promise<Installed> {
  const folder = join(await mkdtemp(join(tmpdir(), "juesuan-installed-")), "data");
  const setup = setupSchema.parse({
    region: { code: region, name: "涟源市", siteName: "涟源市部门决算公开" },
    bureau: { name: "涟源市财政局" },
    administrator: { name: "龙晓", mobile: "13800000001", email: "long@example.cn" },
    ...change,
  });
  const made = await setUp(folder, setup, { now });
  if (!made.ok) throw new Error(made.error.message);
  // As an operator reads and writes it.
  await writeFile(settingsFile(folder), await readFile(settingsFile(folder), "utf8"));
  await prepare?.(folder);
  const lines: string[] = [];
  const started = await startHost({
    ...{ dataDir: folder, cacheDir, address: "127.0.0.1", staffPort: 0, portalPort: 0 },
    ...{ seed: "registry", refusesDemonstration: true, editions: shippedEditions },
    ...{ environment: {}, now, onProgress: () => undefined },
    requestsPerMinute: { person: 60_000, address: 60_000 },
    log: createLog({ now, write: (line) => lines.push(line) }),
  });
  if (!started.ok) throw new Error(started.error.message);
  const host = started.value;
  return {
    ...{ host, folder, lines, code: made.value.code },
    close: async () => {
      await host.close();
      await rm(dirname(folder), { recursive: true, force: true });
    },
  };
}
