import { execFile, execFileSync, spawn } from "node:child_process";
import type { Readable, Writable } from "node:stream";
import type { ConnectionTransport } from "puppeteer-core";

/** A running browser program with everything it started, and the line to it. */
export type BrowserProcess = {
  readonly transport: ConnectionTransport;
  readonly hasEnded: () => boolean;
  /** How the program ended, also when it never began; answers with how to stop listening. */
  readonly onEnd: (listener: (error: Error) => void) => () => void;
  /** Ends the program and every process it started; harmless when it has ended. */
  readonly kill: () => void;
};

/** Of what the program complains the end is kept, for the log. */
const COMPLAINT_LENGTH = 2_000;

/**
 * Starts a browser that is spoken to by pipe: it opens no port, and ends by itself when this process is
 * killed. Puppeteer's own launch waits for ever on a program that ends while it is being started.
 */
export function startBrowserProcess({
  executablePath,
  args,
  env,
}: {
  readonly executablePath: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}): BrowserProcess {
  const isGroup = process.platform !== "win32";
  const child = spawn(executablePath, args, {
    env,
    // A group of its own can be killed whole.
    detached: isGroup,
    stdio: ["ignore", "ignore", "pipe", "pipe", "pipe"],
  });
  let complaint = "";
  child.stderr?.setEncoding("utf8").on("data", (part: string) => {
    complaint = (complaint + part).slice(-COMPLAINT_LENGTH);
  });
  // A killed browser leaves its pipes broken; without a listener Node.js would end the process.
  for (const pipe of child.stdio) pipe?.on("error", () => undefined);

  const killNow = (run: typeof execFileSync | typeof execFile) => {
    if (child.pid === undefined) return;
    try {
      if (isGroup) process.kill(-child.pid, "SIGKILL");
      else run("taskkill", ["/pid", String(child.pid), "/T", "/F"]);
    } catch {
      // Nothing of the group is left, or it ended between.
    }
  };
  const killAtExit = () => {
    killNow(execFileSync);
  };
  process.once("exit", killAtExit);

  let end: Error | undefined;
  const listeners = new Set<(error: Error) => void>();
  const endWith = (how: string) => {
    if (end !== undefined) return;
    end = new Error(complaint.trim() === "" ? how : `${how}: ${complaint.trim()}`);
    process.off("exit", killAtExit);
    // The program's own processes do not always follow it.
    killNow(execFile);
    for (const listener of listeners) listener(end);
    listeners.clear();
  };
  child.once("error", (error) => {
    endWith(`The browser did not start (${error.message})`);
  });
  child.once("exit", (code, signal) => {
    endWith(`The browser ended (${String(signal ?? code)})`);
  });
  return {
    // Both are pipes, as `stdio` above requests.
    transport: pipeTransport(child.stdio[3] as Writable, child.stdio[4] as Readable),
    hasEnded: () => end !== undefined,
    onEnd: (listener) => {
      if (end === undefined) listeners.add(listener);
      else listener(end);
      return () => {
        listeners.delete(listener);
      };
    },
    kill: () => {
      killNow(execFile);
    },
  };
}

/** Messages of the DevTools protocol, each ended by a zero byte. */
function pipeTransport(write: Writable, read: Readable): ConnectionTransport {
  let parts: Buffer[] = [];
  const transport: ConnectionTransport = {
    send: (message) => {
      write.write(`${message}\0`);
    },
    close: () => {
      read.destroy();
      write.destroy();
    },
  };
  read.on("data", (chunk: Buffer) => {
    let rest = chunk;
    for (let end = rest.indexOf(0); end >= 0; end = rest.indexOf(0)) {
      const message = Buffer.concat([...parts, rest.subarray(0, end)]).toString("utf8");
      parts = [];
      rest = rest.subarray(end + 1);
      // One turn each, so that what waited for a message goes on before the next one is delivered.
      setImmediate(() => transport.onmessage?.(message));
    }
    if (rest.length > 0) parts.push(rest);
  });
  read.once("close", () => transport.onclose?.());
  return transport;
}
