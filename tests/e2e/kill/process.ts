import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { lineSchema, type Assignment, type OutputLine } from "./output-line.ts";

export interface Worker {
  /** Lets it begin, once its program is loaded. */
  begin(): Promise<void>;
  /** Kill -9; a no-op on one that is dead. */
  kill(): void;
  /** Resolves with the signal that ended it, when all it reported was read. */
  readonly ended: Promise<NodeJS.Signals | null>;
}

/** Starts the program; it loads at once and waits for the word to begin. */
export function startWorker(
  program: string,
  assignment: Assignment,
  hear: (line: OutputLine) => void,
): Worker {
  const child = spawn(process.execPath, ["--no-warnings", program, JSON.stringify(assignment)], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  child.stdin.on("error", () => undefined);
  const exit = once(child, "exit");
  const lines = createInterface({ input: child.stdout });
  const ready = new Promise<void>((resolve) => {
    lines.on("line", (line) => {
      const reported = lineSchema.parse(JSON.parse(line));
      if (reported.say === "ready") resolve();
      else hear(reported);
    });
  });
  const heard = once(lines, "close");
  return {
    async begin() {
      await ready;
      child.stdin.write("\n");
    },
    kill: () => void child.kill("SIGKILL"),
    ended: Promise.all([exit, heard]).then(([[, signal]]) => signal as NodeJS.Signals | null),
  };
}
