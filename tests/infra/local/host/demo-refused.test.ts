import { existsSync, readdirSync } from "node:fs";
import { appendFile, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { browsersOf, killAll, run, until } from "./program.ts";

const folders: string[] = [];
async function newFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "juesuan-demo-"));
  folders.push(folder);
  return folder;
}
afterAll(async () => {
  await killAll();
  for (const folder of folders) await rm(folder, { recursive: true, force: true });
});

describe("npm run demo that cannot be trusted", () => {
  it("fails when a published file is not what was published", async () => {
    const data = join(await newFolder(), "new");
    const demo = await run("demo", "--data", data);
    const unit = join(data, "portal", "2022", "137001");
    // The page of an address is written last of all its files.
    await until(() => existsSync(join(unit, "index.html")), "the first unit is public");
    await appendFile(join(unit, "t01.csv"), "forged\r\n");
    expect(await demo.ended).toEqual({ code: 1, signal: null });
    expect(demo.stderr()).toContain(
      "/2022/137001/t01.csv is not the file that datapackage.json describes.",
    );
    expect(demo.stdout()).not.toContain("Published files:");
    if (process.platform === "linux") expect(browsersOf(demo)).toEqual([]);
  }, 120_000);

  it("never empties a folder that somebody named", async () => {
    const data = await newFolder();
    await writeFile(join(data, "mine.txt"), "mine");
    const demo = await run("demo", "--data", data);
    expect(await demo.ended).toEqual({ code: 1, signal: null });
    expect(demo.stderr()).toBe(`The folder ${data} is not empty: name a new one for the demo.\n`);
    expect(readdirSync(data)).toEqual(["mine.txt"]);
  });

  it("says so when it is given a file, or an option it does not know", async () => {
    const file = join(await newFolder(), "file");
    await writeFile(file, "mine");
    const onFile = await run("demo", "--data", file);
    expect(await onFile.ended).toEqual({ code: 1, signal: null });
    expect(onFile.stderr()).toBe(
      `${file} is a file, not a folder: name a new folder for the demo.\n`,
    );
    const unknown = await run("demo", "--dta", file);
    expect(await unknown.ended).toEqual({ code: 1, signal: null });
    expect(unknown.stderr()).toContain("Usage: npm run demo [-- --data DIR]");
  });
});
