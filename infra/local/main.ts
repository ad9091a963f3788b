import "./quiet-sdk.ts";
import { createWriteStream } from "node:fs";
import { mkdir } from "node:fs/promises";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { now } from "../../functions/platform/clock.ts";
import { usualPerMinute } from "../../functions/api/rate-limit.ts";
import { createLog } from "../../functions/platform/log.ts";
import { shippedEditions } from "../../shared/editions/shipped-editions.ts";
import { roleName } from "../../shared/workflow/roles.ts";
import type { Host } from "./host.ts";
import { city, demoPassword } from "./seed/city.ts";
import { ensureStaffBuilt } from "./staff-build.ts";
import { errorMessage } from "../../functions/platform/errors.ts";

/** `npm start`: the whole system in one process. */

const usage = `Usage: npm start [-- options]
  --data DIR           where everything is kept (default .data)
  --host ADDRESS       address to listen on (default 127.0.0.1)
  --port N             staff app and API (default 8080; 0: any free port)
  --portal-port N      public portal (default 8081)
  --person-rate N      requests a minute of one person (default ${String(usualPerMinute.person)})
  --address-rate N     requests a minute of one address (default ${String(usualPerMinute.address)})
  --installation       refuse a data folder that was not set up with \`npm run setup\`
  --accept-loss N      go on without writes that the disk has lost, as a refused start says`;

class UsageError extends Error {
  override readonly name = "UsageError";
}

const options = {
  data: { type: "string", default: ".data" },
  host: { type: "string", default: "127.0.0.1" },
  port: { type: "string", default: "8080" },
  "portal-port": { type: "string", default: "8081" },
  "person-rate": { type: "string", default: String(usualPerMinute.person) },
  "address-rate": { type: "string", default: String(usualPerMinute.address) },
  installation: { type: "boolean", default: false },
  "accept-loss": { type: "string" },
  help: { type: "boolean", default: false },
} as const;

function readArguments() {
  const { values } = parsed();
  const port = (name: "port" | "portal-port") => {
    const number = Number(values[name]);
    if (Number.isInteger(number) && number >= 0 && number <= 65_535) return number;
    throw new UsageError(`--${name} takes a number from 0 to 65535, not “${values[name]}”.`);
  };
  const rate = (name: "person-rate" | "address-rate") => {
    const number = Number(values[name]);
    if (Number.isInteger(number) && number >= 60 && number <= 10_000_000) return number;
    throw new UsageError(`--${name} takes a number from 60, not “${values[name]}”.`);
  };
  const { "accept-loss": loss } = values;
  if (loss !== undefined && !/^\d{1,15}$/u.test(loss)) {
    throw new UsageError(
      `--accept-loss takes the number that the refused start named, not “${loss}”.`,
    );
  }
  return {
    ...values,
    acceptLossUpTo: loss === undefined ? undefined : Number(loss),
    staffPort: port("port"),
    portalPort: port("portal-port"),
    requestsPerMinute: { person: rate("person-rate"), address: rate("address-rate") },
  };
}

function parsed() {
  try {
    return parseArgs({ options });
  } catch (error) {
    throw new UsageError(errorMessage(error));
  }
}

const print = (line: string) => process.stdout.write(`${line}\n`);
const fail = (sentence: string): never => {
  process.stderr.write(`${sentence}\n`);
  process.exit(1);
};

function welcome({ staffUrl, localUrl, portalUrl, isDemonstration }: Host, dataDir: string): void {
  print(`
决算 Juesuan
  staff app and API   ${staffUrl}   (API: ${staffUrl}/api/openapi.json)
  public portal       ${portalUrl}
  data                ${dataDir}`);
  if (localUrl !== staffUrl) print(`  listening           ${localUrl}, behind a proxy`);
  if (isDemonstration) listPeople();
  print("\nCtrl-C stops.");
}

function listPeople(): void {
  print(`\nWho may sign in, all with the password ${demoPassword}:`);
  for (const { settings, orgs, people } of city) {
    print(`\n  ${settings.name}`);
    for (const { id, name, memberships } of people) {
      const roles = memberships.map(({ role, orgCode }) => {
        const org = orgs.find(({ code }) => code === orgCode)?.name ?? orgCode;
        return `${roleName[role]} · ${org}`;
      });
      print(`    ${id.padEnd(11)} ${name}  ${roles.join("；")}`);
    }
  }
}

async function main(): Promise<void> {
  const settings = readArguments();
  if (settings.help) {
    print(usage);
    return;
  }
  const dataDir = resolve(settings.data);
  await ensureStaffBuilt(print);
  const lines = await openLog(dataDir);
  // Loaded last: who mistyped an option hears it at once.
  const { startHost } = await import("./host.ts");
  const started = await startHost({
    dataDir,
    cacheDir: join(import.meta.dirname, "../../node_modules/.cache/juesuan"),
    address: settings.host,
    staffPort: settings.staffPort,
    portalPort: settings.portalPort,
    seed: "city",
    refusesDemonstration: settings.installation,
    editions: shippedEditions,
    acceptLossUpTo: settings.acceptLossUpTo,
    requestsPerMinute: settings.requestsPerMinute,
    chromePath: process.env["CHROME_PATH"],
    environment: process.env,
    now,
    log: createLog({ now, write: lines.write }),
    onProgress: print,
  });
  if (!started.ok) return fail(started.error.message);
  const host = started.value;
  welcome(host, dataDir);
  let stopping = false;
  const stop = () => {
    if (stopping) process.exit(1);
    stopping = true;
    print("\nStopping …");
    host
      .close()
      .then(() => lines.end())
      .then(
        () => process.exit(0),
        (error: unknown) => fail(errorMessage(error)),
      );
  };
  process.on("SIGINT", stop);
  process.on("SIGTERM", stop);
}

interface LogFile {
  readonly write: (line: string) => void;
  /** Resolves when every line is written. */
  readonly end: () => Promise<void>;
}

/** Log lines go to a file in the data folder; the terminal keeps the few sentences people need. */
async function openLog(dataDir: string): Promise<LogFile> {
  try {
    await mkdir(dataDir, { recursive: true, mode: 0o700 });
  } catch {
    // Locking the folder gives the reason in a sentence.
    return { write: () => undefined, end: () => Promise.resolve() };
  }
  const stream = createWriteStream(join(dataDir, "juesuan.log"), { flags: "a", mode: 0o600 });
  stream.on("error", () => undefined);
  return {
    write: (line) => void stream.write(`${line}\n`),
    end: () =>
      new Promise((resolve) => {
        stream.end(resolve);
      }),
  };
}

main().catch((error: unknown) => {
  if (error instanceof UsageError) fail(`${error.message}\n${usage}`);
  fail(error instanceof Error ? (error.stack ?? error.message) : String(error));
});
