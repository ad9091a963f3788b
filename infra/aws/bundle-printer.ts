import { copyFile, cp, mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { prepareFonts } from "../../functions/render/fonts.ts";

/**
 * What printing needs beside the code, put into the folder a bundle is made from: the six shipped
 * faces, out of packages of three times that size, and the packed Chromium, which no bundler may touch.
 */
async function bundlePrinter(bundleDir: string): Promise<void> {
  const cacheDir = await mkdtemp(join(tmpdir(), "fonts-"));
  try {
    const { faces } = await prepareFonts({ cacheDir });
    const fontsDir = join(bundleDir, "fonts");
    await mkdir(fontsDir, { recursive: true });
    for (const { path } of faces) await copyFile(path, join(fontsDir, basename(path)));
  } finally {
    await rm(cacheDir, { recursive: true, force: true });
  }
  const chromium = join("node_modules", "@sparticuz", "chromium");
  await cp(join(import.meta.dirname, "../..", chromium), join(bundleDir, chromium), {
    recursive: true,
  });
}

const [bundleDir] = process.argv.slice(2);
if (bundleDir === undefined) throw new Error("Name the folder of the bundle.");
await bundlePrinter(bundleDir);
