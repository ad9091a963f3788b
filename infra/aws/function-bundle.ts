import { build, type Metafile, type Plugin } from "esbuild";
import { mkdir, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";

const root = join(import.meta.dirname, "../..");

interface BundleFile {
  readonly name: string;
  readonly bytes: Uint8Array;
  /** The source map, as JSON. It is not deployed: reading it would be part of every start. */
  readonly map: string;
}

export interface FunctionBundle {
  /** `index.mjs`, and what only some requests need as files that are read when they do. */
  readonly files: readonly BundleFile[];
  readonly metafile: Metafile;
}

/** One function's code and everything it imports. The same sources and packages give the same bytes. */
export async function bundleFunction(folder: string): Promise<FunctionBundle> {
  const { outputFiles, metafile } = await build({
    absWorkingDir: root,
    entryPoints: { index: `functions/${folder}/main.ts` },
    outdir: "bundle",
    outExtension: { ".js": ".mjs" },
    chunkNames: "[hash]",
    write: false,
    metafile: true,
    bundle: true,
    splitting: true,
    platform: "node",
    format: "esm",
    target: "node22",
    // Of a package's two builds the one whose unused parts can be left out.
    mainFields: ["module", "main"],
    minify: true,
    charset: "utf8",
    sourcemap: "external",
    sourcesContent: false,
    external: ["@sparticuz/chromium"],
    plugins: [withoutUnused],
    // CommonJS libraries say `require`, which an ES module has to be given.
    banner: {
      js: "import{createRequire}from'node:module';globalThis.require=createRequire(import.meta.url);",
    },
  });
  const named = new Map(outputFiles.map((file) => [basename(file.path), file]));
  const files = [...named].flatMap(([name, { contents }]) => {
    const map = named.get(`${name}.map`);
    return map === undefined ? [] : [{ name, bytes: contents, map: map.text }];
  });
  return { files, metafile };
}

export async function writeBundle({ files }: FunctionBundle, outDir: string): Promise<void> {
  await mkdir(outDir, { recursive: true });
  await Promise.all(files.map(({ name, bytes }) => writeFile(join(outDir, name), bytes)));
}

/** A file of a package, and what it is read as instead. */
interface Replacement {
  readonly filter: RegExp;
  readonly contents: string;
}

const replacements: readonly Replacement[] = [
  {
    // Zod exports its messages in some fifty languages as one object, of which we use none but the default.
    filter: /[\\/]zod[\\/]v4[\\/]locales[\\/]index\.js$/,
    contents: 'export { default as en } from "./en.js";',
  },
  {
    // A function's role is in its environment; no other place is searched for a key.
    filter: /[\\/]@aws-sdk[\\/]credential-provider-node[\\/]dist-es[\\/]index\.js$/,
    contents: 'export { fromEnv as defaultProvider } from "@aws-sdk/credential-provider-env";',
  },
  {
    // Puppeteer can download browsers through proxies that a script chooses, an interpreter included.
    filter: /[\\/]proxy-agent[\\/]dist[\\/]index\.js$/,
    contents:
      'export class ProxyAgent { constructor() { throw new Error("No browser is downloaded here."); } }',
  },
];

const withoutUnused: Plugin = {
  name: "without-unused",
  setup: (building) => {
    for (const { filter, contents } of replacements) {
      building.onLoad({ filter }, ({ path }) => ({ contents, resolveDir: dirname(path) }));
    }
  },
};
