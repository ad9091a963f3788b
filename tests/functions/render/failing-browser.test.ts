import { chmod, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { setTimeout as pause } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createPrinter, type Printer, PrintTimeout } from "../../../functions/render/print.ts";
import { isAlive } from "../../../functions/render/prepared-folder.ts";
import { causeOf } from "../../../functions/use-cases/work-failure.ts";
import { cacheDir, metadata, page } from "./printed.ts";

const fakeChrome = fileURLToPath(import.meta.resolve("./fake-chrome.ts"));
const tsx = import.meta.resolve("tsx");
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "fake-chrome-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

let programs = 0;

/** A printer with a browser that misbehaves so; `left` are those of its processes that still run. */
async function printerWith(behaviour: string, settings: { readonly timeoutMs?: number } = {}) {
  const chromePath = join(folder, `chrome-${String((programs += 1))}`);
  const ids = `${chromePath}.ids`;
  const command = [process.execPath, "--import", tsx, fakeChrome, behaviour, ids];
  const quoted = command.map((part) => `'${part}'`).join(" ");
  await writeFile(chromePath, `#!/bin/sh\nexec ${quoted}\n`);
  await chmod(chromePath, 0o755);
  const own = createPrinter({ cacheDir, chromePath, startTimeoutMs: 4_000, ...settings });
  const left = async () => {
    const noted = (await readFile(ids, "utf8").catch(() => "")).split("\n");
    return noted.filter((id) => id !== "" && isAlive(Number(id)));
  };
  return { own, left, ids };
}

/** A zombie counts as alive until its parent has taken note of it, which may take a moment. */
async function eventuallyNone(left: () => Promise<readonly string[]>): Promise<void> {
  for (let tries = 0; tries < 100 && (await left()).length > 0; tries += 1) await pause(20);
  expect(await left()).toEqual([]);
}

async function causeAt(own: Printer) {
  const error = await own.layOut(page("<p>甲</p>")).then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  return { cause: causeOf(error, "x"), because: String((error as Error).cause) };
}

const closesIn5s = async (own: Printer): Promise<void> => {
  const closed = await Promise.race([own.close().then(() => true), pause(5_000, false)]);
  expect(closed).toBe(true);
};

describe.skipIf(process.platform === "win32")("a browser program", () => {
  it.each([
    ["dies after 115 ms", "The browser ended (1)"],
    ["dies while it is being started", "The browser ended (1)"],
    ["never answers", "The browser did not answer within 4 s."],
  ])("that %s fails the print by name, and leaves no process", async (behaviour, because) => {
    const { own, left } = await printerWith(behaviour);
    try {
      const failed = await causeAt(own);
      expect(failed.cause).toEqual({ code: "printer_unavailable" });
      expect(failed.because).toContain(because);
    } finally {
      await closesIn5s(own);
    }
    await eventuallyNone(left);
  });

  it("that does not answer is not waited for when the printer is closed", async () => {
    const { own, left, ids } = await printerWith("never answers");
    const failed = causeAt(own);
    while ((await readFile(ids, "utf8").catch(() => "")).split("\n").length < 3) await pause(20);
    await closesIn5s(own);
    expect((await failed).because).toContain("The printer is closed.");
    await eventuallyNone(left);
  });

  it("that answers no request for a page is ended when the print has outstayed its time", async () => {
    const { own, left } = await printerWith("hangs on close", { timeoutMs: 500 });
    await own.ready();
    expect((await left()).length).toBe(2);
    await expect(own.print(page("<p>甲</p>"), metadata)).rejects.toThrow(PrintTimeout);
    await eventuallyNone(left);
    await closesIn5s(own);
  });

  it("that hangs on close is killed with all its processes", async () => {
    const { own, left } = await printerWith("hangs on close");
    await own.ready();
    expect((await left()).length).toBe(2);
    await closesIn5s(own);
    await eventuallyNone(left);
  });

  it("is not started again by a print that comes after the end", async () => {
    const { own, left } = await printerWith("hangs on close");
    await own.close();
    await expect(own.ready()).rejects.toThrow("The printer is closed.");
    expect(await left()).toEqual([]);
  });
});
