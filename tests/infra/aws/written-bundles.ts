import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { inject } from "vitest";
import {
  bundleFunction,
  writeBundle,
  type FunctionBundle,
} from "../../../infra/aws/function-bundle.ts";
import { prepareFolder } from "../../../functions/render/prepared-folder.ts";

/** What of a bundle is not deployed: its map of files, and where its code came from. */
type Undeployed = Pick<FunctionBundle, "metafile"> & {
  readonly maps: Readonly<Record<string, string>>;
};

/**
 * Every function's bundle in a folder of its own name, as it is deployed. Bundling does not depend on the version of
 * Node.js, so it is done once for all runs of `npm test`.
 */
export async function writtenBundles(names: readonly string[]) {
  const folder = join(inject("runFolder"), "bundles");
  await prepareFolder(folder, async (unfinished) => {
    await mkdir(join(unfinished, "undeployed"));
    await Promise.all(
      names.map(async (name) => {
        const bundle = await bundleFunction(name);
        await writeBundle(bundle, join(unfinished, name));
        const maps = Object.fromEntries(bundle.files.map((file) => [file.name, file.map]));
        const undeployed: Undeployed = { metafile: bundle.metafile, maps };
        await writeFile(join(unfinished, "undeployed", name), JSON.stringify(undeployed));
      }),
    );
  });
  const bundles = new Map<string, FunctionBundle>();
  for (const name of names) bundles.set(name, await readBundle(folder, name));
  return { folder, bundles };
}

async function readBundle(folder: string, name: string): Promise<FunctionBundle> {
  const text = await readFile(join(folder, "undeployed", name), "utf8");
  const { metafile, maps } = JSON.parse(text) as Undeployed;
  const files = await Promise.all(
    (await readdir(join(folder, name))).map(async (file) => ({
      name: file,
      bytes: new Uint8Array(await readFile(join(folder, name, file))),
      map: maps[file] ?? "",
    })),
  );
  return { files, metafile };
}
