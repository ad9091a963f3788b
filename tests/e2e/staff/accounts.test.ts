import { Buffer } from "node:buffer";
import { describe, expect, it } from "vitest";
import type { SheetGrid } from "../../../shared/forms/workbook-grid.ts";
import { accountsFile } from "../../examples/accounts/accounts-file.ts";
import { accountsOf } from "../../examples/accounts/made-accounts.ts";
import { loadExample } from "../../examples/load-example.ts";
import { barriers, cellAt, useOffice } from "./office.ts";

const office = useOffice();
const report = loadExample("jingdezhen-2022");

/** The accounts of the report with a row's last figure typed over on one sheet. */
function typedOver(
  grids: readonly SheetGrid[],
  title: string,
  row: string,
  column: number,
  value: string | number,
): SheetGrid[] {
  return grids.map((grid) =>
    grid.rows[0]?.[0] === title
      ? {
          ...grid,
          rows: grid.rows.map((cells) =>
            cells.includes(row) ? cells.map((cell, at) => (at === column ? value : cell)) : cells,
          ),
        }
      : grid,
  );
}

describe("the accounts of the year", () => {
  it("fill in the tables that follow from them once they were looked at, and are taken back", async () => {
    const page = await office.seat("zhaolin");
    await page.goto(`${office.host.staffUrl}/reports/360200-2022-137/t03`);
    const total = cellAt(page, "t03/total/total");
    const before = (await total.textContent()) ?? "";

    const give = async (grids: readonly SheetGrid[]) =>
      page.getByLabel("导入文件").setInputFiles({
        name: "2022年度部门决算.xlsx",
        mimeType: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        buffer: Buffer.from(await accountsFile(grids)),
      });
    await give(accountsOf(report, { year: 2021 }));
    const refused = page.getByRole("dialog");
    await refused.getByText("账表的年度是 2021，本报告为 2022 年度。").first().waitFor();
    await refused.getByRole("button", { name: "知道了" }).click();

    const made = typedOver(accountsOf(report), "支出决算表", "合计", 4, 12_345_678.9);
    const grids = typedOver(made, "机构运行信息表", "8.其他用车", 7, "九辆");
    await give(grids);
    const dialog = page.getByRole("dialog", { name: "从账表填入：2022年度部门决算.xlsx" });
    await dialog.getByText("公开03表 支出决算表").click();
    await dialog.getByRole("cell", { name: "公开03表 合计 本年支出合计" }).waitFor();
    await dialog.getByText(/^财决04!E\d+ 本年支出合计\/合计$/u).waitFor();
    await dialog.getByText(/这里是 12,345,678\.90 元，下级科目相加是/u).waitFor();
    await dialog.getByText("“九辆”不是整数，此处填写数量，没有填入。请改为整数。").waitFor();
    expect(await barriers(page)).toEqual([]);

    await dialog.getByRole("button", { name: /^填入 \d+ 张表$/u }).click();
    await dialog.waitFor({ state: "hidden" });
    await total.getByText("1,234.57", { exact: true }).waitFor();

    await page.reload();
    await page.getByRole("button", { name: "撤回这次导入" }).click();
    await total.getByText(before, { exact: true }).waitFor();
    await page.getByText("已从账表").waitFor({ state: "hidden" });
  });
});
