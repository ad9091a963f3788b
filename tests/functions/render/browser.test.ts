import { execFileSync, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import {
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  BrowserUnavailable,
  installedPlaces,
  prepareBrowser,
} from "../../../functions/render/browser.ts";
import { prepareFonts } from "../../../functions/render/fonts.ts";
import { createPrinter } from "../../../functions/render/print.ts";
import { cacheDir, metadata, page } from "./printed.ts";

const isShipped = process.platform === "linux" && process.arch === "x64";
const canHideLibraries =
  existsSync("/lib/x86_64-linux-gnu/libnspr4.so") &&
  spawnSync("unshare", ["-m", "mount", "--bind", "/dev/null", "/dev/full"]).status === 0;
const root = fileURLToPath(new URL("../../..", import.meta.url));
const browserUrl = new URL("../../../functions/render/browser.ts", import.meta.url).href;
const printUrl = new URL("../../../functions/render/print.ts", import.meta.url).href;
const asModule = (script: string) => ["--import", "tsx", "--input-type=module", "--eval", script];

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "juesuan-browser-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Another process that unpacks into the folder and says where the program is. */
const unpacker = () => {
  const script = `const { prepareBrowser } = await import(${JSON.stringify(browserUrl)});
    const program = await prepareBrowser({ cacheDir: ${JSON.stringify(folder)} });
    process.stdout.write(program.executablePath);`;
  return spawn(process.execPath, asModule(script), {
    cwd: root,
    stdio: ["ignore", "pipe", "inherit"],
  });
};

/** The processes whose command line holds the text. */
const processesNaming = (text: string): readonly string[] =>
  readdirSync("/proc").filter((id) => {
    try {
      return /^\d+$/.test(id) && readFileSync(`/proc/${id}/cmdline`, "utf8").includes(text);
    } catch {
      return false;
    }
  });

const version = (program: string) => execFileSync(program, ["--version"], { encoding: "utf8" });
const leftovers = () => readdirSync(folder).filter((name) => /unfinished|lock/.test(name));

describe.skipIf(!isShipped)("the shipped Chromium", () => {
  it("is unpacked once by two processes at the same time, whole for both", async () => {
    const racers = [unpacker(), unpacker()];
    const answers = await Promise.all(
      racers.map(async (racer) => {
        const [parts] = await Promise.all([racer.stdout.toArray(), once(racer, "exit")]);
        return Buffer.concat(parts as Buffer[]).toString();
      }),
    );
    expect(answers[0]).toBe(answers[1]);
    expect(version(answers[0] ?? "")).toContain("143.");
    expect(leftovers()).toEqual([]);
  });

  it("is unpacked anew after a process was killed in the middle, which leaves nothing", async () => {
    const killed = unpacker();
    while (leftovers().filter((name) => name.endsWith("unfinished")).length === 0) await pause(20);
    killed.kill("SIGKILL");
    await once(killed, "exit");
    expect(leftovers()).not.toEqual([]);
    expect(readdirSync(folder).some((name) => name.endsWith("x64"))).toBe(false);
    const { executablePath } = await prepareBrowser({ cacheDir: folder });
    expect(version(executablePath)).toContain("143.");
    expect(leftovers()).toEqual([]);
  });

  it("is unpacked anew when its file was left broken, and says what it is doing", async () => {
    const unpacked = dirname((await prepareBrowser({ cacheDir })).executablePath);
    cpSync(unpacked, join(folder, basename(unpacked)), { recursive: true });
    truncateSync(join(folder, basename(unpacked), "chromium"), 5_000_000);
    const sentences: string[] = [];
    const settings = { cacheDir: folder, onProgress: (line: string) => void sentences.push(line) };
    const { executablePath } = await prepareBrowser(settings);
    expect(version(executablePath)).toContain("143.");
    expect(sentences.map((line) => line.replace(/\d+\.\d+ s/, "n s"))).toEqual([
      "Unpacking Chromium 143.0.4 for printing (once; about 190 MB) …",
      "Chromium 143.0.4 is ready (n s).",
    ]);
  });

  it("is given its own libraries where the system has none, and only there", async () => {
    const { env } = await prepareBrowser({ cacheDir });
    const systemHasThem = existsSync("/lib/x86_64-linux-gnu/libnss3.so");
    expect("LD_LIBRARY_PATH" in env).toBe(!systemHasThem);
  });

  it.skipIf(!canHideLibraries)("starts and prints on a machine that lacks libnspr4", () => {
    const script = `const { createPrinter } = await import(${JSON.stringify(printUrl)});
      const printer = createPrinter({ cacheDir: ${JSON.stringify(cacheDir)} });
      const printed = await printer.print("<h1>决算</h1>", ${JSON.stringify(metadata)});
      await printer.close();
      process.stdout.write(String(printed.pageCount));`;
    const hide = 'mount --bind /dev/null "$(readlink -f /lib/x86_64-linux-gnu/libnspr4.so)"';
    const printed = execFileSync(
      "unshare",
      ["-m", "sh", "-c", `${hide} && exec "$0" "$@"`, process.execPath, ...asModule(script)],
      { cwd: root, encoding: "utf8" },
    );
    expect(printed).toBe("1");
  });

  it("ends with the process that started it, even a killed one, whose profile is swept", async () => {
    const script = `const { createPrinter } = await import(${JSON.stringify(printUrl)});
      await createPrinter({ cacheDir: ${JSON.stringify(cacheDir)} }).ready();
      process.stdout.write("ready");
      setInterval(() => {}, 1_000);`;
    const owner = spawn(process.execPath, asModule(script), { cwd: root });
    await once(owner.stdout, "data");
    expect(processesNaming(`profiles/${owner.pid}-`)).not.toEqual([]);
    owner.kill("SIGKILL");
    await once(owner, "exit");
    while (processesNaming(`profiles/${owner.pid}-`).length > 0) await pause(20);
    const next = createPrinter({ cacheDir });
    await next.ready();
    await next.close();
    const profiles = readdirSync(join(cacheDir, "profiles"));
    expect(profiles.filter((name) => name.startsWith(`${owner.pid}-`))).toEqual([]);
  });

  it("inherits none of this process's variables", async () => {
    const { env } = await prepareBrowser({ cacheDir, environment: { AWS_SECRET_ACCESS_KEY: "x" } });
    expect(Object.keys(env)).not.toContain("AWS_SECRET_ACCESS_KEY");
  });

  it("is driven by playwright too, with our fonts", async () => {
    const { configFile } = await prepareFonts({ cacheDir });
    const program = await prepareBrowser({ cacheDir, fontConfigFile: configFile });
    const browser = await chromium.launch({
      executablePath: program.executablePath,
      args: [...program.args],
      env: { ...program.env },
    });
    try {
      const tab = await browser.newPage();
      await tab.setContent("<button onclick=\"this.textContent='已提交'\">提交</button>");
      await tab.click("button");
      expect(await tab.textContent("button")).toBe("已提交");
    } finally {
      await browser.close();
    }
  });
});

describe("an installed browser", () => {
  it("that is named is used", async () => {
    if (!isShipped) return;
    const { executablePath, env } = await prepareBrowser({ cacheDir });
    const printer = createPrinter({ cacheDir, chromePath: executablePath, environment: env });
    try {
      expect((await printer.print(page("<p>印</p>"), metadata)).pageCount).toBe(1);
    } finally {
      await printer.close();
    }
  });

  it("that is named but not there is refused in a sentence that says what to set", async () => {
    await expect(prepareBrowser({ cacheDir, chromePath: "/nowhere/chrome" })).rejects.toThrow(
      new BrowserUnavailable(
        "CHROME_PATH names /nowhere/chrome, which is not a program that can be run. Install Google Chrome, Chromium or Microsoft Edge, or set CHROME_PATH to the program file of one.",
      ),
    );
  });

  it("is looked for where macOS and Windows keep it", () => {
    expect(installedPlaces("darwin", { HOME: "/Users/li" })).toEqual([
      "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
      "/Applications/Chromium.app/Contents/MacOS/Chromium",
      "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
      "/Users/li/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
      "/Users/li/Applications/Chromium.app/Contents/MacOS/Chromium",
      "/Users/li/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    ]);
    expect(installedPlaces("win32", { PROGRAMFILES: "C:\\Program Files" })).toEqual([
      "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
      "C:\\Program Files\\Microsoft\\Edge\\Application\\msedge.exe",
    ]);
  });
});
