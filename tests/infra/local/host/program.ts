import { spawn } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { programFile } from "../../../programs.ts";

/** Runs the programs of the local host as a person at a terminal does, each in a process of its own. */

const root = join(import.meta.dirname, "../../../..");

interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

type ProgramName =
  | "main"
  | "demo"
  | "redrive"
  | "rebuild-progress"
  | "setup"
  | "new-code"
  | "backup"
  | "restore"
  | "verify-audit";

export interface Program {
  readonly pid: number;
  readonly stdout: () => string;
  readonly stderr: () => string;
  readonly ended: Promise<Ended>;
  kill(signal: NodeJS.Signals): void;
}

const running = new Set<Program>();

export const run = async (program: ProgramName, ...options: readonly string[]): Promise<Program> =>
  launch([await programFile(`infra/local/${program}.ts`), ...options]);

/** From its sources, as npm runs it. */
export const runFromSources = (program: ProgramName, ...options: readonly string[]): Program =>
  launch(["--import", "tsx", join(root, `infra/local/${program}.ts`), ...options]);

/** The same with what is typed into it. */
export async function runWithInput(
  program: ProgramName,
  input: readonly string[],
  ...options: readonly string[]
): Promise<Program> {
  const file = await programFile(`infra/local/${program}.ts`);
  return launch([file, ...options], {}, input.map((line) => `${line}\n`).join(""));
}

function launch(
  command: readonly string[],
  environment: Readonly<Record<string, string>> = {},
  input = "",
): Program {
  const child = spawn(process.execPath, command, {
    cwd: root,
    env: { ...process.env, ...environment },
    stdio: ["pipe", "pipe", "pipe"],
  });
  child.stdin.on("error", () => undefined); // who reads nothing may end before it is written
  child.stdin.end(input);
  const output = { stdout: "", stderr: "" };
  child.stdout.setEncoding("utf8").on("data", (text: string) => (output.stdout += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (output.stderr += text));
  const started: Program = {
    pid: child.pid ?? 0,
    stdout: () => output.stdout,
    stderr: () => output.stderr,
    ended: new Promise((resolve, reject) => {
      child.once("error", reject);
      child.once("close", (code, signal) => {
        running.delete(started);
        resolve({ code, signal });
      });
    }),
    kill: (signal) => void child.kill(signal),
  };
  running.add(started);
  return started;
}

/** For the end of a test file: nothing outlives it. */
export async function killAll(): Promise<void> {
  const left = [...running];
  for (const program of left) program.kill("SIGKILL");
  await Promise.all(left.map(({ ended }) => ended));
}

export interface System extends Program {
  readonly staffUrl: string;
  readonly portalUrl: string;
  readonly issuerUrl: string;
}

const freePorts = ["--port", "0", "--portal-port", "0"] as const;

/** `npm start` on free ports; resolves when it says that it is ready. */
export async function start(
  dataDir: string,
  options: readonly string[] = freePorts,
  environment: Readonly<Record<string, string>> = {},
): Promise<System> {
  const file = await programFile("infra/local/main.ts");
  return ready(launch([file, "--data", dataDir, ...options], environment));
}

/** The same from its sources, as npm runs it. */
export const startFromSources = (dataDir: string): Promise<System> =>
  ready(runFromSources("main", "--data", dataDir, ...freePorts));

async function ready(program: Program): Promise<System> {
  const died = program.ended.then(({ code, signal }) => {
    throw new Error(`It ended with ${String(code ?? signal)}: ${program.stderr()}`);
  });
  await Promise.race([printed(program, "Ctrl-C stops."), died]);
  const [, staffUrl = ""] = /staff app and API\s+(http:\S+)/.exec(program.stdout()) ?? [];
  const [, portalUrl = ""] = /public portal\s+(http:\S+)/.exec(program.stdout()) ?? [];
  return { ...program, staffUrl, portalUrl, issuerUrl: `${staffUrl}/oidc` };
}

const printed = async ({ stdout }: Program, words: string): Promise<void> => {
  await until(() => stdout().includes(words), `it says “${words}”`);
};

/** Looks every few milliseconds; throws when it has not come true in a minute. */
export async function until(
  isTrue: () => boolean | Promise<boolean>,
  what: string,
  everyMs = 20,
): Promise<void> {
  const deadline = Date.now() + 60_000;
  while (!(await isTrue())) {
    if (Date.now() > deadline) throw new Error(`Not within a minute: ${what}.`);
    await new Promise((resolve) => setTimeout(resolve, everyMs));
  }
}

/** The browsers that a host started and that still run, by its process id in their profile's name. */
export const browsersOf = ({ pid }: Pick<Program, "pid">): readonly string[] =>
  readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .filter((name) => {
      try {
        return readFileSync(`/proc/${name}/cmdline`, "utf8").includes(`/profiles/${String(pid)}-`);
      } catch {
        return false;
      }
    });
