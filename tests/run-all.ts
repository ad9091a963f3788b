import { spawn } from "node:child_process";
import { availableParallelism } from "node:os";

/**
 * Runs programs of the project's packages, as many at once as there are processors; true when all ended well. npm has put
 * their folder on the path of the script that calls this.
 */
export async function runAll(commands: readonly string[]): Promise<boolean> {
  const waiting = [...commands];
  const passed: boolean[] = [];
  const lanes = Array.from({ length: Math.max(1, availableParallelism()) }, async () => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      passed.push(await run(next));
    }
  });
  await Promise.all(lanes);
  return passed.every(Boolean);
}

/** Its output is shown when it ends, so that no two are mixed. */
async function run(command: string): Promise<boolean> {
  const child = spawn(command, { shell: true });
  const output: Buffer[] = [];
  child.stdout.on("data", (chunk: Buffer) => output.push(chunk));
  child.stderr.on("data", (chunk: Buffer) => output.push(chunk));
  const code = await new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", resolve);
  });
  process.stdout.write(Buffer.concat(output));
  if (code !== 0) process.stdout.write(`${command} failed.\n`);
  return code === 0;
}
