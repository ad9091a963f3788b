import { join } from "node:path";
import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { openAccounts } from "../../../infra/local/oidc/accounts/accounts.ts";
import { passwordAt } from "../../../infra/local/oidc/accounts/one-time-password.ts";
import { hashPassword } from "../../../infra/local/oidc/password.ts";
import { atWorklist, firstSignIn, useInstalledOffice } from "./installed-office.ts";
import { barriers } from "./office.ts";

const latecomer = { mobile: "13800000007", password: "quiet-harbour-19" };

const office = useInstalledOffice({}, async (folder) => {
  // Somebody whose account was made, and who was killed off before the invitation was accepted.
  const accounts = await openAccounts(join(folder, "oidc", "accounts"));
  await accounts.create({
    ...{ subject: "late", name: "晚来", mobile: latecomer.mobile },
    passwordHash: await hashPassword(latecomer.password),
  });
});
const { visitor } = office;

describe("an installation in the browser", () => {
  let administrator: Page;

  it("lets its administrator in by the code, once the password will do", async () => {
    administrator = await visitor();
    await administrator.getByRole("heading", { name: "登录" }).waitFor();
    expect(await barriers(administrator)).toEqual([]);
    const { code } = office.installed;
    await firstSignIn(administrator, { login: "138 0000 0001", code, password: "juesuan2025" });
    await administrator.getByRole("alert").waitFor();
    expect(await administrator.getByRole("alert").textContent()).toContain("容易被猜到");
    expect(await barriers(administrator)).toEqual([]);
    for (const label of ["新口令", "再输一次新口令"]) {
      await administrator.getByLabel(label, { exact: true }).fill("tr7mule-orbit");
    }
    await administrator.getByRole("button", { name: "设置口令并登录" }).click();
    await atWorklist(administrator);
  });

  it("invites a person, shows the code once, and lets them in by it", async () => {
    await administrator.getByRole("link", { name: "年度与单位" }).click();
    await administrator.getByRole("button", { name: "邀请人员" }).click();
    const dialog = administrator.getByRole("dialog", { name: "邀请人员" });
    await dialog.getByLabel("姓名").fill("周敏");
    await dialog.getByRole("button", { name: /^邀\s*请$/u }).click();
    await dialog.getByText("请填写手机号或邮箱").waitFor();
    await dialog.getByLabel("手机号").fill("13800000002");
    await dialog.getByLabel("第 1 个岗位", { exact: true }).click();
    await administrator.getByTitle("财政审核人", { exact: true }).click();
    await dialog.getByLabel("第 1 个岗位所在的单位").click();
    await administrator.getByTitle("000 涟源市财政局").click();
    await dialog.getByRole("button", { name: /^邀\s*请$/u }).click();
    const shown = administrator.getByRole("dialog", { name: "周敏的一次性验证码" });
    const given = (await shown.locator("code").textContent()) ?? "";
    expect(given).toMatch(/^(?:[0-9A-Z]{4}-){3}[0-9A-Z]{4}/u);
    expect(await barriers(administrator)).toEqual([]);
    await shown.getByRole("button", { name: "已记下，关闭" }).click();
    await administrator.getByText("等待本人登录").waitFor();

    const person = await visitor();
    const code = given.slice(0, 19);
    await firstSignIn(person, { login: "13800000002", code, password: "quiet-harbour-19" });
    await atWorklist(person);
    await person.getByText("周敏").waitFor();
    await person.context().close();
  });

  it("asks whoever is signed in and unknown for their code, and opens the app with it", async () => {
    await administrator.getByRole("button", { name: "邀请人员" }).click();
    const dialog = administrator.getByRole("dialog", { name: "邀请人员" });
    await dialog.getByLabel("姓名").fill("晚来");
    await dialog.getByLabel("手机号").fill(latecomer.mobile);
    await dialog.getByLabel("第 1 个岗位", { exact: true }).click();
    await administrator.getByTitle("审计监督", { exact: true }).click();
    await dialog.getByLabel("第 1 个岗位所在的单位").click();
    await administrator.getByTitle("000 涟源市财政局").click();
    await dialog.getByRole("button", { name: /^邀\s*请$/u }).click();
    const shown = administrator.getByRole("dialog", { name: "晚来的一次性验证码" });
    const given = ((await shown.locator("code").textContent()) ?? "").slice(0, 19);
    await shown.getByRole("button", { name: "已记下，关闭" }).click();

    const person = await visitor();
    await person.getByLabel("手机号或邮箱").fill(latecomer.mobile);
    await person.getByLabel("口令").fill(latecomer.password);
    await person.getByRole("button", { name: "登录" }).click();
    await person.getByRole("heading", { name: "这个账号还没有开通" }).waitFor();
    expect(await barriers(person)).toEqual([]);
    await person.getByLabel("一次性验证码").fill("0000-0000-0000-0000");
    await person.getByRole("button", { name: "开通" }).click();
    await person.getByText("验证码不正确、已用过或已过期").waitFor();
    await person.getByLabel("一次性验证码").fill(given);
    await person.getByRole("button", { name: "开通" }).click();
    await atWorklist(person);
    await person.context().close();
  });

  it("asks for a one-time password once it is switched on, and takes each once", async () => {
    const page = await visitor();
    await page.goto(`${office.installed.host.staffUrl}/oidc/account/one-time-password`);
    const identify = async () => {
      await page.getByLabel("手机号或邮箱").fill("13800000002");
      await page.getByLabel("口令").fill("quiet-harbour-19");
    };
    await identify();
    await page.getByRole("button", { name: "继续" }).click();
    await page.getByRole("img", { name: "动态口令的二维码" }).waitFor();
    expect(await barriers(page)).toEqual([]);
    const secret = ((await page.locator(".secret code").textContent()) ?? "").replaceAll(" ", "");
    const current = () => passwordAt(secret, Math.floor(Date.now() / 30_000));
    const used = current();
    await page.getByLabel("动态口令").fill(used);
    await page.getByLabel("口令", { exact: true }).fill("quiet-harbour-19");
    await page.getByRole("button", { name: "启用" }).click();
    await page.getByRole("heading", { name: "动态口令已启用" }).waitFor();

    await page.goto(`${office.installed.host.staffUrl}/oidc/account/password`);
    for (const isAsked of [false, true]) {
      await page.getByLabel("手机号或邮箱").fill("13800000002");
      await page.getByLabel("原口令").fill("quiet-harbour-19");
      await page.getByLabel("新口令", { exact: true }).fill("third-harbour-21");
      await page.getByLabel("再输一次新口令").fill("third-harbour-21");
      if (isAsked) await page.getByLabel("动态口令").fill(used);
      await page.getByRole("button", { name: "修改口令" }).click();
      const fault = isAsked ? "动态口令不正确或已用过" : "这个账号启用了动态口令";
      await page.getByText(fault).waitFor();
    }

    await page.goto(office.installed.host.staffUrl);
    await identify();
    await page.getByRole("button", { name: "登录" }).click();
    await page.getByLabel("动态口令").fill(used);
    await page.getByRole("button", { name: "登录" }).click();
    await page.getByText("动态口令不正确或已用过").waitFor();
    const next = passwordAt(secret, Math.floor(Date.now() / 30_000) + 1);
    await page.getByLabel("动态口令").fill(next);
    await page.getByRole("button", { name: "登录" }).click();
    await atWorklist(page);
    await page.context().close();
  });
});
