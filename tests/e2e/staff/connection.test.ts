import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { barriers, cellAt, fillCell, openPart, saved, signIn, useOffice } from "./office.ts";

const report = "/reports/360200-2022-137003";

const office = useOffice({ mayComplain: true, savesData: false });

const goTo = (page: Page, path: string) => page.goto(`${office.host.staffUrl}${path}`);

/** What the app keeps of the sign-in, changed as time or an issuer would change it. */
const changeSession = (page: Page, change: Record<string, unknown>) =>
  page.evaluate((changed) => {
    const store = Reflect.get(globalThis, "sessionStorage") as {
      readonly length: number;
      key: (index: number) => string | null;
      getItem: (key: string) => string;
      setItem: (key: string, value: string) => void;
    };
    for (let index = 0; index < store.length; index += 1) {
      const key = store.key(index) ?? "";
      if (!key.startsWith("oidc.user:")) continue;
      const user = JSON.parse(store.getItem(key)) as Record<string, unknown>;
      store.setItem(key, JSON.stringify({ ...user, ...changed }));
    }
  }, change);

const past = 1_000_000_000;

describe("without a connection", () => {
  it("a page that was never opened is there all the same, fetched in idle time after the sign-in", async () => {
    const page = await office.seat("chenyu", { ownSession: true });
    const warmed = page.waitForResponse(/\/assets\/attachments-part[^/]*\.js$/u);
    await goTo(page, `${report}/t10`);
    await cellAt(page, "t10/special_cars/final").waitFor();
    await (await warmed).finished();
    await page.context().setOffline(true);
    await openPart(page, "附件");
    await page.getByRole("heading", { name: "附件" }).waitFor();
    await expect(page.getByText("这一页没有载入").count()).resolves.toBe(0);
    await page.context().close();
  });

  it("a page that cannot be fetched says so in Chinese, keeps what was typed, and opens by itself later", async () => {
    const page = await office.seat("chenyu", { ownSession: true });
    let isCut = true;
    await page.route(/\/assets\/history-part[^/]*\.js$/u, (route) =>
      isCut ? route.abort("internetdisconnected") : route.continue(),
    );
    await page.route("**/index.html", (route) =>
      isCut ? route.abort("internetdisconnected") : route.continue(),
    );
    await goTo(page, `${report}/t10`);
    await page.route("**/api/reports/*/sections/t10", (route) =>
      route.request().method() === "PUT" && isCut
        ? route.abort("internetdisconnected")
        : route.continue(),
    );
    await fillCell(page, "t10/special_cars/final", "4");
    await openPart(page, "办理记录");
    await page.getByRole("heading", { name: "这一页没有载入" }).waitFor();
    expect(await barriers(page)).toEqual([]);
    expect(await page.locator("body").innerText()).not.toMatch(/wrong|error|failed/iu);

    isCut = false;
    await page.getByRole("button", { name: "重试" }).click();
    await openPart(page, "国有资产占用情况表");
    await cellAt(page, "t10/special_cars/final").getByText("4", { exact: true }).waitFor();
    await page.context().close();
  });
});

describe("a server that cannot save for a while", () => {
  it("is asked again by itself, and the page says so instead of offering to give up", async () => {
    const page = await office.seat("chenyu", { ownSession: true });
    await goTo(page, `${report}/t10`);
    let refusals = 0;
    await page.route("**/api/reports/*/sections/t10", async (route) => {
      if (route.request().method() !== "PUT" || refusals >= 1) return route.continue();
      refusals += 1;
      await route.fulfill({ status: 503, body: "upstream connect error" });
    });
    await fillCell(page, "t10/special_cars/final", "5");
    await page.getByText("服务暂时不能保存，改动保存在本机，稍后自动重试").waitFor();
    await expect(page.getByRole("button", { name: "放弃" }).count()).resolves.toBe(0);
    await saved(page);
    expect(refusals).toBe(1);
    await page.context().close();
  });
});

describe("a session", () => {
  it("is renewed silently, with a refresh token and without one, under the app's own policy", async () => {
    const page = await office.seat("chenyu", { ownSession: true });
    const left: string[] = [];
    page.on("framenavigated", (frame) => {
      if (frame === page.mainFrame()) left.push(frame.url());
    });
    for (const change of [
      { expires_at: past },
      { expires_at: past, refresh_token: undefined },
    ] as const) {
      await changeSession(page, change);
      const answered = page.waitForResponse((response) => response.url().includes("/worklist"));
      await page.getByRole("link", { name: "待办" }).click();
      expect((await answered).status()).toBe(200);
    }
    expect(left).toEqual([]);
    expect(office.complaints).toEqual([]);
    await page.context().close();
  });

  it("that is over says that nothing is lost, and leads back to the same place, where it is saved", async () => {
    const page = await office.seat("chenyu", { ownSession: true });
    await goTo(page, `${report}/t10`);
    await cellAt(page, "t10/special_cars/final").waitFor();
    await page.context().clearCookies();
    await changeSession(page, { expires_at: past, refresh_token: "no longer known" });
    await fillCell(page, "t10/special_cars/final", "6");
    const dialog = page.getByRole("dialog", { name: "登录已过期" });
    await dialog.getByText("您填写的内容都保留在这台电脑上").waitFor();
    expect(await barriers(page)).toEqual([]);
    await dialog.getByRole("button", { name: "重新登录" }).click();
    await signIn(page, "chenyu");
    await cellAt(page, "t10/special_cars/final").getByText("6", { exact: true }).waitFor();
    await saved(page);
    expect(page.url()).toContain(`${report}/t10`);
    await page.context().close();
  });
});
