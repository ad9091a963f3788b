import { expect, it } from "vitest";
import { barriers, useOffice } from "./office.ts";
import { enterYear } from "../../functions/enter.ts";

const region = "360200";
const office = useOffice({
  prepare: async (host) => {
    const { registry } = host.data;
    const last = await registry.year(region, 2022);
    if (last === undefined) throw new Error("The year 2022 is not there.");
    await enterYear(registry, { ...last, year: 2023, version: 0 });
  },
});

it("last year's figures are taken from its approved report with one press, and locked", async () => {
  const page = await office.seat("limin");
  await page
    .getByRole("button", { name: /开始编制/u })
    .first()
    .click();
  await page.getByRole("navigation", { name: "报告目录" }).waitFor();
  await page.goto(`${office.host.staffUrl}/reports/${region}-2023-137001/facts`);
  const group = page.getByRole("region", { name: "上年数" });
  await group.getByText(/2022年决算已批复，有 \d+ 个上年数尚未取用/u).waitFor();
  await group.getByRole("button", { name: "取自2022年决算" }).click();
  await page.getByText("上年数已取自2022年决算").waitFor();
  await group.getByText("尚未取用").waitFor({ state: "detached" });

  const total = group.getByRole("textbox", { name: /公开01表 .*收入总计/u });
  await expect(total.isDisabled()).resolves.toBe(true);
  expect(await total.inputValue()).toMatch(/^\d[\d,]*\.\d\d$/u);
  expect(await barriers(page)).toEqual([]);
});
