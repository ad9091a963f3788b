import { copyFile, cp, mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { prepareFonts } from "../../functions/render/fonts.ts";
import { bundleFunction, writeBundle } from "./function-bundle.ts";

/** Puts what is deployed of one function into a folder. A program, for CDK waits for bundles without promises. */

/**
 * What printing needs beside the code: the six shipped faces, out of packages of three times that size, and the
 * packed Chromium, which no bundler may touch.
 */
async function copyPrinter(outDir: string): Promise<void> {
  const cacheDir = await mkdtemp(join(tmpdir(), "fonts-"));
  try {
    const { faces } = await prepareFonts({ cacheDir });
    const fontsDir = join(outDir, "fonts");
    await mkdir(fontsDir, { recursive: true });
    for (const { path } of faces) await copyFile(path, join(fontsDir, basename(path)));
  } finally {
    await rm(cacheDir, { recursive: true, force: true });
  }
  const chromium = join("node_modules", "@sparticuz", "chromium");
  await cp(join(import.meta.dirname, "../..", chromium), join(outDir, chromium), {
    recursive: true,
  });
}

const [folder, outDir] = process.argv.slice(2);
if (folder === undefined || outDir === undefined) {
  throw new Error("Name a function and the folder its bundle goes to.");
}
await writeBundle(await bundleFunction(folder), outDir);
if (folder === "render") await copyPrinter(outDir);
