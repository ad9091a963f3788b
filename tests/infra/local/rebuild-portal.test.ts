import { existsSync } from "node:fs";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openFolderFiles } from "../../../functions/storage/folder/files.ts";
import { acquireDataLock } from "../../../infra/local/data-lock.ts";
import { type Bureau, openBureau, region } from "../../functions/effects/bureau.ts";
import { openPress, portalUrl } from "../../functions/effects/press.ts";
import { treeOf } from "../../functions/publish/memory-files.ts";
import { runProgram } from "../../programs.ts";

const unit = "137001";

/** A data folder whose one published report is on another portal than its own, which is empty. */
let bureau: Bureau;
let meant: Record<string, string>;
beforeAll(async () => {
  bureau = await openBureau();
  const press = openPress(bureau);
  await bureau.open(unit);
  await bureau.walk.submit(unit);
  await bureau.walk.approve(unit);
  await press.settle(unit);
  meant = treeOf(press.portal);
  await bureau.leave();
});
afterAll(() => bureau.close());

const rebuild = (folder: string) => run("rebuild-portal", folder);

const run = (name: "rebuild-portal" | "redraw-portal", folder: string) =>
  runProgram(
    `infra/local/${name}.ts`,
    ...["--data", folder, "--region", region.code, "--portal-url", portalUrl],
  );

async function portalTree(): Promise<Record<string, string>> {
  const portal = await openFolderFiles(join(bureau.folder, "portal"));
  const tree: Record<string, string> = {};
  for (const { key } of await portal.list("")) {
    if (key !== "catalogue/plan.json") {
      tree[key] = Buffer.from((await portal.get(key)) ?? []).toString("base64");
    }
  }
  return tree;
}

describe("npm run rebuild-portal", () => {
  it("draws the portal of a stopped system anew, byte for byte, and again over damage", async () => {
    const first = await rebuild(bureau.folder);
    expect(first).toMatchObject({ code: 0, out: `${region.code}: 1 reports drawn.\n` });
    expect(await portalTree()).toEqual(meant);
    const portal = await openFolderFiles(join(bureau.folder, "portal"));
    await portal.delete("2022/137001/index.html");
    await portal.put("catalogue/2022/137001/1.json", new Uint8Array(), "application/json");
    await portal.put("catalogue/2022.json", Buffer.from("{}"), "application/json");
    expect((await rebuild(bureau.folder)).code).toBe(0);
    expect(await portalTree()).toEqual(meant);
  });

  it("is refused while the system runs, and for a folder that is none", async () => {
    const lock = await acquireDataLock(bureau.folder, { now: bureau.now });
    const running = await rebuild(bureau.folder);
    if (lock.ok) await lock.value.release();
    expect(running).toMatchObject({ code: 2, error: expect.stringContaining("in use") as unknown });
    const none = join(bureau.folder, "none");
    expect((await rebuild(none)).code).toBe(2);
    expect(existsSync(none)).toBe(false);
  });
});

describe("npm run redraw-portal", () => {
  it("draws the pages of a stopped system as they look now, and changes nothing else", async () => {
    const portal = await openFolderFiles(join(bureau.folder, "portal"));
    await portal.put("2022/137001/index.html", Buffer.from("<p>before</p>"), "text/html");
    const done = await run("redraw-portal", bureau.folder);
    expect(done).toMatchObject({
      code: 0,
      out: `${region.code}: the public pages are drawn anew.\n`,
    });
    expect(await portalTree()).toEqual(meant);
  });
});

describe("npm run rebuild-portal, where something is lost,", () => {
  it("says what neither vault nor history can give back, and ends with 1", async () => {
    const [print] = await (await openFolderFiles(join(bureau.folder, "vault"))).list("renders/");
    if (print === undefined) throw new Error("Nothing is printed.");
    await rm(join(bureau.folder, "vault", print.key));
    await rm(join(bureau.folder, "portal"), { recursive: true });
    const done = await rebuild(bureau.folder);
    expect(done.code).toBe(1);
    expect(done.out).toContain("Lost: catalogue/2022/137001/1.json");
  });
});
