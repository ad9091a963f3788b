import { execFileSync } from "node:child_process";

/** The program of a version, as the registry's package `node` has it for this platform. */
export function nodeOf(version: string): string | undefined {
  try {
    const answer = execFileSync(
      "npx",
      ["--yes", "-p", `node@${version}`, "node", "-p", "process.version + process.execPath"],
      { encoding: "utf8", timeout: 180_000, shell: process.platform === "win32" },
    ).trim();
    const path = /^v(\d+)\.\d+\.\d+(.+)$/u.exec(answer);
    return path?.[1] === version ? path[2] : undefined;
  } catch {
    return undefined;
  }
}
