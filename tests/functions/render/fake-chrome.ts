import { spawn } from "node:child_process";
import { appendFileSync } from "node:fs";
import { Socket } from "node:net";
import { setTimeout as pause } from "node:timers/promises";

/**
 * A browser program that misbehaves as its first argument says. Each process of it writes its id into
 * the file of the second.
 */
const [behaviour = "", idsFile = ""] = process.argv.slice(2);
const noteId = (id: number) => {
  appendFileSync(idsFile, `${String(id)}\n`);
};
noteId(process.pid);

/** A process of its own, as a browser has many; it outlives its parent unless it is killed, too. */
function startHelper(): void {
  const helper = spawn("sleep", ["600"], { stdio: "ignore" });
  if (helper.pid !== undefined) noteId(helper.pid);
}

type DriverRequest = { readonly id: number; readonly method: string };

/** Answers what a driver asks at its start, as far as it goes; what is asked otherwise is left open. */
function answerStart(isAnswered: (method: string) => boolean): void {
  const [read, write] = [new Socket({ fd: 3 }), new Socket({ fd: 4 })];
  const tell = (message: object) => write.write(`${JSON.stringify(message)}\0`);
  let text = "";
  read.setEncoding("utf8").on("data", (part: string) => {
    text += part;
    const whole = text.split("\0");
    text = whole.pop() ?? "";
    for (const one of whole) {
      const { id, method } = JSON.parse(one) as DriverRequest;
      if (method === "Target.setAutoAttach" && behaviour === "dies while it is being started") {
        // A driver now waits for the page in this tab.
        const targetInfo = {
          ...{ targetId: "tab", type: "tab", title: "", url: "about:blank" },
          ...{ attached: true, canAccessOpener: false },
        };
        const params = { sessionId: "one", targetInfo, waitingForDebugger: true };
        tell({ method: "Target.attachedToTarget", params });
      }
      if (isAnswered(method)) tell({ id, result: { browserContextIds: [] } });
    }
  });
}

switch (behaviour) {
  case "dies after 115 ms":
    await pause(115);
    process.exit(1);
    break;
  case "dies while it is being started":
    answerStart(() => true);
    await pause(400);
    process.exit(1);
    break;
  case "never answers":
    startHelper();
    await pause(600_000);
    break;
  case "hangs on close":
    startHelper();
    process.on("SIGTERM", () => undefined);
    answerStart((method) => method.startsWith("Target.") && method !== "Target.createTarget");
    await pause(600_000);
    break;
  default:
    throw new Error(`No behaviour ${behaviour}.`);
}
