import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { readXlsx, writeXlsx } from "hucre";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { workbookOf } from "../../../../functions/use-cases/workbook/export-workbook.ts";
import { loadExample } from "../../../examples/load-example.ts";
import { programFile } from "../../../programs.ts";

const root = resolve(import.meta.dirname, "../../../..");
let folder = "";
let program = "";
beforeAll(async () => {
  program = await programFile("infra/local/check-report.ts");
  folder = mkdtempSync(join(tmpdir(), "check-workbook-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

function run(name: string, content: Uint8Array, ...options: string[]) {
  const file = join(folder, name);
  writeFileSync(file, content);
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, file, ...options], {
    cwd: root,
    encoding: "utf8",
  });
  return { status, stdout, stderr };
}

const exported = async () => (await workbookOf(loadExample("jingdezhen-2022"))) ?? new Uint8Array();
/** As another office published it: values only, of another year, cells changed. */
async function published(
  changes: readonly (readonly [
    sheet: string,
    row: number,
    column: number,
    value: string | number,
  ])[],
) {
  const { sheets } = await readXlsx(await exported());
  return writeXlsx({
    sheets: sheets.map(({ name, rows }) => {
      for (const [sheet, row, column, value] of [...changes, [name, 2, 0, "2023年度"] as const]) {
        const cells = rows[row];
        if (sheet === name && cells !== undefined) cells[column] = value;
      }
      return { name, rows };
    }),
  });
}

describe("npm run check-report on a workbook", () => {
  it("finds nothing wrong in sound tables", async () => {
    const { status, stdout } = run("sound.xlsx", await exported());
    expect(stdout).toContain("错误0");
    expect(status).toBe(0);
  });

  it("finds a total that is not its parts, whatever year the tables are of", async () => {
    const { status, stdout } = run("broken.xlsx", await published([["公开01表", 32, 2, 9999]]));
    expect(stdout).toContain("R001");
    expect(stdout).toContain("公开01表");
    expect(status).toBe(1);
  });

  it("reports a sheet it cannot read at its cell, and checks the others", async () => {
    const faulty = await published([
      ["公开03表", 7, 3, "十万"],
      ["公开01表", 32, 2, 9999],
    ]);
    const { stdout } = run("unread.xlsx", faulty);
    expect(stdout).toContain("公开03表!D8");
    expect(stdout).toContain("R001");
  });

  it("says in one sentence why a file cannot be read, and ends with 2", async () => {
    const foreign = await writeXlsx({ sheets: [{ name: "通讯录", rows: [["张三", 1]] }] });
    for (const [name, bytes, words] of [
      ["foreign.xlsx", foreign, "没有决算报表"],
      ["text.xlsx", new TextEncoder().encode("表"), "不是 .xlsx 或 .xls 工作簿"],
      ["large.xls", new Uint8Array(5 * 1024 * 1024), "超过 4 MB"],
    ] as const) {
      const { status, stdout, stderr } = run(name, bytes);
      expect(status).toBe(2);
      expect(stdout).toBe("");
      expect(stderr).toContain(words);
    }
  });
});
