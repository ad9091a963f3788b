import { existsSync, readdirSync, statSync } from "node:fs";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openReportSchema } from "../../../../shared/disclosure/open-report.ts";
import { browsersOf, killAll, runFromSources, type Program } from "./program.ts";

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

const codes = ["137001", "137002", "137003", "137"];

describe("npm run demo", () => {
  let data: string;
  let demo: Program;
  beforeAll(async () => {
    data = join(await newFolder(), "new");
    demo = runFromSources("demo", "--data", data);
    await demo.ended;
  }, 120_000);

  it("does the whole job and ends well", async () => {
    expect(demo.stderr()).toBe("");
    expect(await demo.ended).toEqual({ code: 0, signal: null });
    expect(demo.stdout()).toMatch(/\d\.\d\d s {2}许宁 opens the year 2022/);
    expect(demo.stdout()).toMatch(/s {2}孙涛 comments on the cell and returns/);
    expect(demo.stdout()).toMatch(/s {2}What the portal serves is read back and compared/);
    for (const code of codes) expect(demo.stdout()).toContain(join(data, "portal", "2022", code));
  });

  it.each(codes)("leaves the page, PDF, data and a file a table of %s", async (code) => {
    const folder = join(data, "portal", "2022", code);
    const tables = Array.from(
      { length: 10 },
      (_, index) => `t${String(index + 1).padStart(2, "0")}.csv`,
    );
    expect(readdirSync(folder)).toEqual(
      expect.arrayContaining(["index.html", "report.pdf", "report.json", ...tables]),
    );
    const json = await readFile(join(folder, "report.json"), "utf8");
    const report = openReportSchema.parse(JSON.parse(json));
    expect(report.tables).toHaveLength(10);
    const page = await readFile(join(folder, "index.html"), "utf8");
    expect(page).toContain(report.editionHash);
    expect(page.match(/<script(?! type="application\/ld\+json")/g)).toBeNull();
    expect((await readFile(join(folder, "report.pdf"))).subarray(0, 5).toString()).toBe("%PDF-");
  });

  it("publishes the figure as it was mended, not as it was mistyped", async () => {
    const csv = await readFile(join(data, "portal/2022/137002/t09.csv"), "utf8");
    const row = csv.split("\r\n").find((line) => line.includes("domestic_persons,"));
    expect(row).toMatch(/,12$/);
  });

  it("keeps its folder to its owner and leaves no process behind", () => {
    expect(statSync(data).mode & 0o777).toBe(0o700);
    expect(existsSync(join(data, "owner.json"))).toBe(false);
    if (process.platform === "linux") expect(browsersOf(demo)).toEqual([]);
  });
});
