import { execFile } from "node:child_process";
import { createReadStream, createWriteStream, existsSync } from "node:fs";
import { access, constants, readFile, rm, stat } from "node:fs/promises";
import { createRequire } from "node:module";
import { join, posix, win32 } from "node:path";
import { pipeline } from "node:stream/promises";
import { promisify } from "node:util";
import { brotliDecompress, createBrotliDecompress } from "node:zlib";
import { WorkFailure } from "../use-cases/work-failure.ts";
import { prepareFolder } from "./prepared-folder.ts";
import { extractTar } from "./tar.ts";
import { omitUndefined } from "../../shared/omit-undefined.ts";
import { errorMessage, hasCode } from "../platform/errors.ts";

type Environment = Readonly<Record<string, string | undefined>>;

export type BrowserSettings = {
  /** Writable; holds the unpacked browser, one folder a version. */
  cacheDir: string;
  /** An installed Chrome, Chromium or Edge to use instead of the one that is shipped. */
  chromePath?: string | undefined;
  /** The fontconfig file of `prepareFonts`; only Linux browsers heed it. */
  fontConfigFile?: string | undefined;
  /** The process's own variables: where programs live, and what an installed browser needs. */
  environment?: Environment | undefined;
  /** Gets one sentence when something slow begins and one when it is done. */
  onProgress?: ((sentence: string) => void) | undefined;
};

/** Everything needed to start the browser, by puppeteer-core or by playwright-core alike. */
type BrowserProgram = {
  executablePath: string;
  args: readonly string[];
  env: Readonly<Record<string, string>>;
  /** "shell" is the old, window-less Chromium that is shipped; an installed Chrome has only true. */
  headless: "shell" | true;
};

export class BrowserUnavailable extends WorkFailure {
  override readonly name = "BrowserUnavailable";
  constructor(message: string, options?: ErrorOptions) {
    super({ code: "printer_unavailable" }, message, options);
  }
}

const require = createRequire(import.meta.url);

const HOW_TO_NAME =
  "Install Google Chrome, Chromium or Microsoft Edge, or set CHROME_PATH to the program file of one.";

/** Finds a browser that runs on this machine: the named one, else the shipped one, else an installed one. */
export async function prepareBrowser(settings: BrowserSettings): Promise<BrowserProgram> {
  if (settings.chromePath !== undefined) {
    if (!(await isExecutable(settings.chromePath))) {
      throw new BrowserUnavailable(
        `CHROME_PATH names ${settings.chromePath}, which is not a program that can be run. ${HOW_TO_NAME}`,
      );
    }
    return installedProgram(settings.chromePath, settings);
  }
  const shipped =
    process.platform === "linux" && process.arch === "x64"
      ? await shippedProgram(settings)
      : { reason: `none is shipped for ${process.platform} ${process.arch}` };
  if ("executablePath" in shipped) return shipped;
  for (const place of installedPlaces(process.platform, settings.environment ?? {})) {
    if (await isExecutable(place)) return installedProgram(place, settings);
  }
  throw new BrowserUnavailable(
    `No browser to print with: ${shipped.reason}, and none was found installed. ${HOW_TO_NAME}`,
  );
}

/** Where Chrome, Chromium and Edge put themselves, the likeliest first. */
export function installedPlaces(
  platform: NodeJS.Platform,
  environment: Environment,
): readonly string[] {
  const below = (roots: readonly (string | undefined)[], programs: readonly string[]) =>
    roots.flatMap((root) => (root === undefined ? [] : programs.map((path) => root + path)));
  switch (platform) {
    case "darwin":
      return below(
        ["/Applications", environment["HOME"] && posix.join(environment["HOME"], "Applications")],
        [
          "/Google Chrome.app/Contents/MacOS/Google Chrome",
          "/Chromium.app/Contents/MacOS/Chromium",
          "/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
        ],
      );
    case "win32":
      return below(
        ["PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA"].map((name) => environment[name]),
        [
          win32.normalize("/Google/Chrome/Application/chrome.exe"),
          win32.normalize("/Microsoft/Edge/Application/msedge.exe"),
        ],
      );
    default:
      return below(
        ["/usr/bin"],
        [
          "/google-chrome-stable",
          "/google-chrome",
          "/chromium",
          "/chromium-browser",
          "/microsoft-edge",
        ],
      );
  }
}

async function installedProgram(
  executablePath: string,
  { fontConfigFile, environment = {} }: BrowserSettings,
): Promise<BrowserProgram> {
  const given = Object.entries(environment).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, value] as const],
  );
  return {
    executablePath,
    args: await programArgs(),
    env: {
      ...Object.fromEntries(given),
      TZ: "Asia/Shanghai",
      ...omitUndefined({ FONTCONFIG_FILE: fontConfigFile }),
    },
    headless: /headless[-_]shell/.test(executablePath) ? "shell" : true,
  };
}

/** The shipped Chromium, unpacked once a version; a reason when this machine cannot run it. */
async function shippedProgram(
  settings: BrowserSettings,
): Promise<BrowserProgram | { reason: string }> {
  const { packed, version } = await locatePackage();
  const folder = join(settings.cacheDir, `chromium-${version}-x64`);
  // A second try mends a file that a power cut or a full disk left broken.
  for (const isLastTry of [false, true]) {
    await unpackChromium(packed, folder, version, settings);
    const started = await tryToStart(folder, settings);
    if ("env" in started) {
      const executablePath = join(folder, "chromium");
      return { executablePath, args: await programArgs(), env: started.env, headless: "shell" };
    }
    if (isLastTry)
      return { reason: `the shipped one in ${folder} does not start (${started.why})` };
    await rm(folder, { recursive: true, force: true });
  }
  throw new Error("unreachable: the last try returns");
}

/** The package's own code is not run: it changes this process's environment and shares one file in /tmp. */
async function locatePackage(): Promise<{ packed: string; version: string }> {
  const entry = require.resolve("@sparticuz/chromium");
  const root = join(entry, "..", "..", "..");
  const description: unknown = JSON.parse(await readFile(join(root, "package.json"), "utf8"));
  const version =
    typeof description === "object" && description !== null && "version" in description
      ? String(description.version)
      : "unknown";
  return { packed: join(root, "bin"), version };
}

async function unpackChromium(
  packed: string,
  folder: string,
  version: string,
  { onProgress }: BrowserSettings,
): Promise<void> {
  if (existsSync(folder)) return;
  const startedAt = performance.now();
  onProgress?.(`Unpacking Chromium ${version} for printing (once; about 190 MB) …`);
  await prepareFolder(folder, async (unfinished) => {
    await pipeline(
      createReadStream(join(packed, "chromium.br"), { highWaterMark: 1 << 22 }),
      createBrotliDecompress({ chunkSize: 1 << 21 }),
      createWriteStream(join(unfinished, "chromium"), { mode: 0o755, flush: true }),
    );
    const libraries = await readFile(join(packed, "al2023.tar.br"));
    await extractTar(await promisify(brotliDecompress)(libraries), unfinished);
  });
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
  onProgress?.(`Chromium ${version} is ready (${seconds} s).`);
}

/**
 * Runs `--version` with the system's libraries, then with the package's own (libnss3, libnspr4, …),
 * which a bare Debian or a Lambda lacks. It costs 10 ms; only the loader knows for certain.
 */
async function tryToStart(
  folder: string,
  { fontConfigFile }: BrowserSettings,
): Promise<{ env: Readonly<Record<string, string>> } | { why: string }> {
  // Nothing of ours is inherited: no credentials, no settings, the same pages everywhere.
  const env = {
    HOME: join(folder, "..", "home"),
    LANG: "C.UTF-8",
    PATH: "/usr/bin:/bin",
    TZ: "Asia/Shanghai",
    ...omitUndefined({ FONTCONFIG_FILE: fontConfigFile }),
  };
  const withOwnLibraries = { ...env, LD_LIBRARY_PATH: join(folder, "lib") };
  const bare = await failureOf(join(folder, "chromium"), env);
  if (bare === undefined) return { env };
  if (!bare.includes("shared librar")) return { why: bare };
  const own = await failureOf(join(folder, "chromium"), withOwnLibraries);
  return own === undefined ? { env: withOwnLibraries } : { why: own };
}

async function failureOf(
  program: string,
  env: Record<string, string>,
): Promise<string | undefined> {
  try {
    await promisify(execFile)(program, ["--version"], {
      env,
      timeout: 20_000,
      killSignal: "SIGKILL",
    });
    return undefined;
  } catch (error) {
    const stderr = error instanceof Error && "stderr" in error ? String(error.stderr).trim() : "";
    return stderr || errorMessage(error);
  }
}

/**
 * Multi-process, and never the package's own list, which switches web security off.
 * Linux: no sandbox, since root, containers and Lambda have none to give; no zygote goes with that.
 */
async function programArgs(): Promise<readonly string[]> {
  const everywhere = ["--disable-gpu", "--font-render-hinting=none", "--lang=zh-CN"];
  if (process.platform !== "linux") return everywhere;
  const hasSharedMemory = await access("/dev/shm", constants.W_OK).then(
    () => true,
    () => false,
  );
  return [
    ...everywhere,
    "--no-sandbox",
    "--no-zygote",
    ...(hasSharedMemory ? [] : ["--disable-dev-shm-usage"]),
  ];
}

async function isExecutable(path: string): Promise<boolean> {
  try {
    await access(path, constants.X_OK);
    return (await stat(path)).isFile();
  } catch (error) {
    if (hasCode(error, "ENOENT", "ENOTDIR", "EACCES", "EPERM")) return false;
    throw error;
  }
}
