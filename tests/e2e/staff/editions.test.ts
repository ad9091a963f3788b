import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { barriers, useOffice } from "./office.ts";

const timeoutMs = 180_000;
const office = useOffice();

const openPart = (page: Page, name: string) =>
  page.getByRole("navigation", { name: "版式的各部分" }).getByRole("link", { name }).click();

/** Derives an edition from the base that is proposed, and opens its desk. */
async function derived(
  page: Page,
  { key, name, year }: { readonly key: string; readonly name: string; readonly year: string },
): Promise<void> {
  await page.getByRole("link", { name: "版式" }).click();
  await page.getByRole("button", { name: "派生新版式" }).click();
  await page.getByLabel("名称").fill(name);
  await page.getByLabel("适用年度").fill(year);
  await page.getByLabel("编号").fill(key);
  await page
    .getByRole("dialog")
    .getByRole("button", { name: /派\s?生/u })
    .click();
  await page.getByRole("heading", { name }).waitFor();
}

describe("the edition desk", () => {
  it(
    "takes a new quantity, list, chapter and sentence, and a name is changed wherever it is used",
    async () => {
      const page = await office.seat("xuning");
      await derived(page, { key: "nanling-names", name: "南岭市句子", year: "2024" });
      await openPart(page, "数字与列表");
      const quantities = page.getByRole("region", { name: "数字", exact: true });
      await page.getByLabel("新增数字的名称").fill("基本支出人员部分");
      await quantities.getByRole("button", { name: /^增\s?加$/u }).click();
      await page.getByText("还没有选择取自哪里").waitFor();
      const place = page.getByLabel("哪一个数");
      await place.fill("06表 人员经费合计");
      await page.getByText("公开06表 人员经费合计").click();
      await page.getByText("还没有选择取自哪里").waitFor({ state: "hidden" });
      expect(await barriers(page)).toEqual([]);

      await openPart(page, "说明文字");
      await page.getByRole("button", { name: "标题与段落" }).last().click();
      await page.getByRole("button", { name: "在后面增加一章" }).click();
      await page.getByRole("button", { name: "新的一句。" }).click();
      await page
        .getByLabel(/^句子 chapter_1\.added_1 的模板$/u)
        .fill("其中人员部分{金额 基本支出人员部分}。");
      await page
        .getByText(/^其中人员部分\d+\.\d\d万元。$/u)
        .first()
        .waitFor();
      expect(await barriers(page)).toEqual([]);

      await openPart(page, "数字与列表");
      await page.getByRole("searchbox", { name: "查找数字" }).fill("人员部分");
      await page.getByRole("button", { name: /^基本支出人员部分/u }).click();
      await page.getByLabel("名称", { exact: true }).fill("人员经费支出");
      await page.getByRole("button", { name: /^改名/u }).click();
      await openPart(page, "说明文字");
      await page.getByText("其中人员部分{金额 人员经费支出}。").waitFor();
      await page.getByRole("button", { name: "保存草稿" }).click();
      await page.getByText("与已存草稿一致").waitFor();
      await openPart(page, "试运行与启用");
      await page.getByRole("button", { name: "试运行" }).click();
      await page.getByText("样例报告没有发现矛盾，可以启用。").waitFor();
    },
    timeoutMs,
  );

  it(
    "takes a table of another edition with its relations, a part, a code of its own, and retires another",
    async () => {
      const page = await office.seat("xuning");
      await derived(page, { key: "nanling-tables", name: "南岭市报表", year: "2024" });
      await openPart(page, "报表");
      await page.getByRole("button", { name: "从别的版式取表" }).click();
      const dialog = page.getByRole("dialog");
      await dialog.getByLabel("版式").fill("湖南省2024");
      await page.keyboard.press("Enter");
      await dialog.getByLabel("报表").fill("一般性支出情况");
      await page.keyboard.press("Enter");
      await dialog.getByRole("button", { name: /取\s?来/u }).click();
      await page.getByText("E01", { exact: true }).waitFor();
      expect(await barriers(page)).toEqual([]);

      await openPart(page, "概况");
      await page.getByRole("button", { name: "增加“附件”部分" }).click();
      expect(await barriers(page)).toEqual([]);
      await openPart(page, "科目编码");
      const functional = page.getByRole("region", { name: "支出功能分类科目" });
      await functional.getByLabel("新科目编码").fill("2010199");
      await functional.getByText("已有这个编码").waitFor();
      await functional.getByLabel("新科目编码").fill("2010188");
      await functional.getByLabel("名称", { exact: true }).fill("本地试点支出");
      await functional.getByRole("button", { name: /^增\s?加$/u }).click();
      const economic = page.getByRole("region", { name: /经济分类/u });
      await economic.getByRole("searchbox").fill("307");
      await economic.getByRole("button", { name: "停用 307", exact: true }).click();
      expect(await barriers(page)).toEqual([]);
      await page.getByRole("button", { name: "保存草稿" }).click();
      await page.getByText("与已存草稿一致").waitFor();
      await openPart(page, "与基础版式的差异");
      const differences = page.getByRole("table", { name: "差异" });
      for (const text of [/一般性支出情况/u, /2010188/u, /30701/u, /附件/u]) {
        await differences.getByText(text).first().waitFor();
      }
      await openPart(page, "依据");
      const sources = page.getByRole("table", { name: "依据" });
      await sources.getByText("没有注明依据").first().waitFor();
      const stated = sources.getByLabel("“一般性支出情况”的依据");
      await stated.fill("某财决〔2025〕1号");
      await stated.press("Enter");
      await sources
        .getByRole("row", { name: /一般性支出情况/u })
        .getByText("见于印本")
        .waitFor();
      await page.getByRole("button", { name: "保存草稿" }).click();
      await page.getByText("与已存草稿一致").waitFor();
      await sources
        .getByText(/^沿用“.*”，其依据：见于/u)
        .first()
        .waitFor();
      expect(await barriers(page)).toEqual([]);
      await openPart(page, "试运行与启用");
      await page.getByRole("button", { name: "试运行" }).click();
      await page.getByText("样例报告没有发现矛盾，可以启用。").waitFor();
    },
    timeoutMs,
  );

  it(
    "shows who saves later what the other administrator changed, and saves both together",
    async () => {
      const [first, second] = [await office.seat("xuning"), await office.seat("xuning")];
      await derived(first, { key: "nanling-two", name: "南岭市两人", year: "2024" });
      for (const page of [first, second]) {
        await page.goto(`${office.host.staffUrl}/editions/360200/nanling-two/settings`);
        await page.getByLabel(/^封面标题（/u).waitFor();
      }
      await second.getByLabel(/^封面标题（/u).fill("{年}年度{部门}决算（乙）");
      await second.getByLabel(/^目录下的说明/u).fill("乙写的说明");
      await first.getByLabel(/^封面标题（/u).fill("{年}年度{部门}决算（甲）");
      await first.getByLabel(/^封面标题之上/u).fill("甲写的一行");
      await first.getByRole("button", { name: "保存草稿" }).click();
      await first.getByText("与已存草稿一致").waitFor();

      await second.getByRole("button", { name: "保存草稿" }).click();
      await second.getByText("另一名管理员先保存了草稿。双方的修改").waitFor();
      await second.getByRole("button", { name: /知道了|OK|确\s?定/u }).click();
      const theirs = second.getByRole("table", { name: "另一名管理员的修改" });
      await theirs.getByText("{年}年度{部门}决算（甲）").waitFor();
      await theirs.getByText("{年}年度{部门}决算（乙）").waitFor();
      await theirs.getByText("甲写的一行").waitFor();
      expect(await theirs.getByText("两边不同").count()).toBe(1);
      expect(await second.getByRole("button", { name: "保存草稿" }).isDisabled()).toBe(true);
      expect(await barriers(second)).toEqual([]);
      // Nothing of it is lost by a reload, and nothing is mixed before it is decided.
      await second.reload();
      expect(await second.getByLabel(/^封面标题（/u).inputValue()).toContain("乙");
      await second.getByRole("button", { name: "合在一起，两边不同的以我为准" }).click();
      await theirs.waitFor({ state: "hidden" });
      expect(await second.getByLabel(/^封面标题之上/u).inputValue()).toBe("甲写的一行");
      await second.getByRole("button", { name: "保存草稿" }).click();
      await second.getByText("与已存草稿一致").waitFor();

      await first.reload();
      expect(await first.getByLabel(/^封面标题（/u).inputValue()).toContain("乙");
      expect(await first.getByLabel(/^目录下的说明/u).inputValue()).toBe("乙写的说明");
    },
    timeoutMs,
  );

  it(
    "makes a city's own edition: a table and a sentence changed, tried, put into use, a year opened with it",
    async () => {
      const page = await office.seat("xuning");
      const name = "南岭市2025年度部门决算公开";
      await derived(page, { key: "nanling-2025", name, year: "2025" });
      expect(await barriers(page)).toEqual([]);

      await openPart(page, "报表");
      await page.getByRole("button", { name: "收入决算表", exact: true }).click();
      await page.getByLabel("标题", { exact: true }).fill("收入决算情况表");
      await page.getByRole("button", { name: "收入决算情况表", exact: true }).waitFor();
      expect(await barriers(page)).toEqual([]);

      // Completed by name, underlined where it is wrong, printed beside as it is written.
      await openPart(page, "说明文字");
      await page.getByRole("searchbox", { name: "查找句子" }).fill("本年收入合计");
      await page
        .getByRole("button", { name: /^本年收入合计/u })
        .first()
        .click();
      const template = page.getByLabel(/^句子 .* 的模板$/u);
      const before = await template.inputValue();
      await template.press("Control+Home");
      await page.keyboard.type("全市口径：{金额 本年收入合");
      await page.getByRole("option", { name: /^本年收入合计/u }).click();
      await page.keyboard.type("}，其中");
      await page
        .getByText(/^全市口径：\d+\.\d\d万元，其中/u)
        .first()
        .waitFor();
      await template.press("Control+End");
      await page.keyboard.type("{金额 没有的数}");
      await page
        .getByText(/第\d+行第\d+字：没有名为“没有的数”的数字/u)
        .first()
        .waitFor();
      expect(await page.locator(".template-behind mark").textContent()).toBe("没有的数");
      expect(await barriers(page)).toEqual([]);
      await template.fill(`全市口径：${before}`);
      await page
        .getByText(/^全市口径：本年收入合计/u)
        .first()
        .waitFor();

      // What is not saved is on this machine, also after a reload; the colleague sees it once it is saved.
      await page.reload();
      await page.getByText("有没保存的修改（已留在本机）").waitFor();
      await page.getByRole("button", { name: "保存草稿" }).click();
      await page.getByText("与已存草稿一致").waitFor();
      await openPart(page, "与基础版式的差异");
      await page
        .getByRole("table", { name: "差异" })
        .getByText("收入决算情况表", { exact: true })
        .waitFor();
      await openPart(page, "整本预览");
      const preview = page.frameLocator("iframe[title=整本预览]");
      await preview.getByText("南岭市公共服务局").first().waitFor();
      await page.getByRole("button", { name: "排成 PDF" }).click();
      const pdf = page.locator("iframe[title='PDF 预览']");
      await pdf.waitFor({ timeout: 60_000 });
      const printed = await page.request.get((await pdf.getAttribute("src")) ?? "");
      expect([printed.status(), printed.headers()["content-type"]]).toEqual([
        200,
        "application/pdf",
      ]);

      await openPart(page, "试运行与启用");
      await page.getByRole("button", { name: "试运行" }).click();
      await page.getByText("样例报告没有发现矛盾，可以启用。").waitFor();
      await page.getByLabel("启用说明").fill("2025年度首次启用");
      await page.getByRole("button", { name: /^启\s?用$/u }).click();
      await page.getByText("第 1 版", { exact: true }).waitFor();
      await page.getByText("草稿与使用中的第 1 版没有差别。").waitFor();
      expect(await barriers(page)).toEqual([]);

      await page.getByRole("link", { name: "年度与单位" }).click();
      await page.getByRole("button", { name: "开启新年度" }).click();
      await page.getByLabel("报表版式").click();
      await page.getByTitle("南岭市2025年度部门决算公开").click();
      expect(await page.getByLabel("决算年度").inputValue()).toBe("2025");
      await page.getByLabel("单位报送期限").fill("2026-07-31");
      await page.getByLabel("部门报送期限").fill("2026-08-15");
      await page.getByLabel("批复期限").fill("2026-08-31");
      await page
        .getByRole("dialog")
        .getByRole("button", { name: /开\s?启/u })
        .click();
      await page.getByText("新年度已开启。").waitFor();

      const preparer = await office.seat("limin");
      await preparer
        .getByRole("button", { name: /开始编制/u })
        .first()
        .click();
      await preparer
        .getByRole("navigation", { name: "报告目录" })
        .getByRole("link", { name: /收入决算情况表/u })
        .waitFor();
    },
    timeoutMs,
  );
});
