import { mkdir, mkdtemp, readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { isAlive } from "../functions/render/prepared-folder.ts";

declare module "vitest" {
  export interface ProvidedContext {
    /**
     * A folder of this run of the tests, for what several files use; it goes with the run. It lies where a program
     * finds the packages.
     */
    runFolder: string;
  }
}

const runs = join(import.meta.dirname, "../node_modules/.cache/juesuan/runs");

export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const shared = process.env["TEST_RUN_FOLDER"];
  if (shared !== undefined) {
    project.provide("runFolder", shared);
    return () => Promise.resolve();
  }
  const folder = await makeRunFolder();
  project.provide("runFolder", folder);
  return () => rm(folder, { recursive: true, force: true });
}

/** For whoever starts several runs that may share what they make, by `TEST_RUN_FOLDER`. */
export async function makeRunFolder(): Promise<string> {
  await mkdir(runs, { recursive: true });
  await removeAbandoned();
  return mkdtemp(join(runs, `${process.pid}-`));
}

/** A run that was killed left its folder, which is named after its process. */
async function removeAbandoned(): Promise<void> {
  for (const name of await readdir(runs)) {
    if (!isAlive(Number(name.split("-")[0])))
      await rm(join(runs, name), { recursive: true, force: true });
  }
}
