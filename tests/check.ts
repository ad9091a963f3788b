import { spawn } from "node:child_process";
import { availableParallelism } from "node:os";

/** `npm run check`: what can be found without running the code, as much at once as there are processors. */

/** The longest first. */
const checks = [
  "eslint .",
  "tsc -p .",
  "prettier --log-level warn --check .",
  "tsc -p web/staff",
  "tsc -p infra/aws",
  "tsc -p shared",
  "knip",
];

/** Its output is shown when it ends, so that no two are mixed. */
async function run(check: string): Promise<boolean> {
  const child = spawn("npx", ["--no-install", ...check.split(" ")], { shell: true });
  const said: Buffer[] = [];
  child.stdout.on("data", (chunk: Buffer) => said.push(chunk));
  child.stderr.on("data", (chunk: Buffer) => said.push(chunk));
  const code = await new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", resolve);
  });
  process.stdout.write(Buffer.concat(said));
  if (code !== 0) process.stdout.write(`${check} failed.\n`);
  return code === 0;
}

const waiting = [...checks];
const passed: boolean[] = [];
const lanes = Array.from({ length: Math.max(1, availableParallelism()) }, async () => {
  for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
    passed.push(await run(next));
  }
});
await Promise.all(lanes);
process.exitCode = passed.every(Boolean) ? 0 : 1;
