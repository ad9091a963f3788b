import { build, type Plugin } from "esbuild";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { inject } from "vitest";
import { prepareFolder } from "../functions/render/prepared-folder.ts";

const root = join(import.meta.dirname, "..");

/** Programs that tests start in processes of their own. */
const sources = [
  "infra/local/backup.ts",
  "infra/local/check-report.ts",
  "infra/local/demo.ts",
  "infra/local/main.ts",
  "infra/local/move-to-aws.ts",
  "infra/local/new-code.ts",
  "infra/local/rebuild-portal.ts",
  "infra/local/redraw-portal.ts",
  "infra/local/rebuild-progress.ts",
  "infra/local/redrive.ts",
  "infra/local/restore.ts",
  "infra/local/setup.ts",
  "infra/local/verify-audit.ts",
  "tests/e2e/kill/worker.ts",
] as const;
export type ProgramSource = (typeof sources)[number];

/**
 * The program as JavaScript that Node.js runs by itself. To load the host from its 700 sources through tsx costs five
 * seconds of a processor at each start, from these files one. They are built once a run, by whoever needs one first.
 */
export async function programFile(source: ProgramSource): Promise<string> {
  const folder = join(inject("runFolder"), "programs");
  await prepareFolder(folder, buildPrograms);
  return join(folder, source.replace(/\.ts$/u, ".mjs"));
}

/** Runs it to its end. */
export async function runProgram(source: ProgramSource, ...options: readonly string[]) {
  const child = spawn(process.execPath, [await programFile(source), ...options], { cwd: root });
  let [out, error] = ["", ""];
  child.stdout.setEncoding("utf8").on("data", (text: string) => (out += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (error += text));
  const [code] = (await once(child, "close")) as [number | null];
  return { code, out, error };
}

async function buildPrograms(folder: string): Promise<void> {
  await build({
    absWorkingDir: root,
    entryPoints: [...sources],
    outdir: folder,
    outbase: root,
    outExtension: { ".js": ".mjs" },
    ...{ bundle: true, splitting: true, minifyWhitespace: true },
    ...{ platform: "node", format: "esm", target: "node20", logLevel: "error" },
    // Those with programs of their own.
    external: ["@photostructure/sqlite", "classic-level", "esbuild", "vite"],
    banner: {
      js: 'import { createRequire as requireOf } from "node:module"; const require = requireOf(import.meta.url);',
    },
    plugins: [placesOfSources],
  });
}

/** What a source finds beside itself it finds there, wherever its code runs. */
const placesOfSources: Plugin = {
  name: "places-of-sources",
  setup: (builder) => {
    builder.onLoad({ filter: /\.tsx?$/ }, async ({ path }) => {
      if (path.includes("node_modules")) return undefined;
      const source = await readFile(path, "utf8");
      return {
        loader: path.endsWith("x") ? "tsx" : "ts",
        contents: source
          .replaceAll("import.meta.dirname", JSON.stringify(dirname(path)))
          .replaceAll("import.meta.url", JSON.stringify(pathToFileURL(path).href)),
      };
    });
  },
};
