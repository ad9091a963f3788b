import type { BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, expect } from "vitest";
import { install, type Installed } from "../../infra/local/installation/in-process.ts";
import { ensureStaffBuilt } from "../../../infra/local/staff-build.ts";
import { dataSaver, openBrowser } from "./office.ts";

/** An installation of its own, in which nobody of the demonstration is, and a browser for its people. */
export interface InstalledOffice {
  readonly installed: Installed;
  /** A browser in which nobody is signed in. */
  readonly visitor: () => Promise<Page>;
}

/** Open from before the first test of the file until after the last; its pages then have thrown no error. */
export function useInstalledOffice(
  ...[change, prepare]: Parameters<typeof install>
): InstalledOffice {
  let installed: Installed | undefined;
  const people: BrowserContext[] = [];
  const complaints: string[] = [];
  const opened = () => {
    if (installed === undefined) throw new Error("The office opens before the first test.");
    return installed;
  };
  beforeAll(async () => {
    await ensureStaffBuilt(() => undefined);
    installed = await install(change, prepare);
  }, 120_000);
  afterAll(async () => {
    for (const context of people) await context.close();
    await installed?.close();
    expect(complaints).toEqual([]);
  });
  return {
    get installed() {
      return opened();
    },
    visitor: async () => {
      const { host } = opened();
      const browser = await openBrowser();
      const context = await browser.newContext({
        viewport: { width: 1440, height: 900 },
        reducedMotion: "reduce",
      });
      people.push(context);
      await context.addInitScript(dataSaver);
      const page = await context.newPage();
      page.setDefaultTimeout(30_000);
      page.on("pageerror", (error) => complaints.push(error.message));
      await page.goto(host.staffUrl);
      // The app leads there by itself: a test that goes elsewhere before would be led back.
      await page.getByRole("button", { name: "登录" }).waitFor();
      return page;
    },
  };
}

/** By the one-time code of an invitation, choosing a password. */
export async function firstSignIn(
  page: Page,
  { login, code, password }: { login: string; code: string; password: string },
): Promise<void> {
  await page.getByRole("link", { name: /^首次登录/u }).click();
  await page.getByLabel("手机号或邮箱").fill(login);
  await page.getByLabel("一次性验证码").fill(code);
  await page.getByLabel("新口令", { exact: true }).fill(password);
  await page.getByLabel("再输一次新口令").fill(password);
  await page.getByRole("button", { name: "设置口令并登录" }).click();
}

export const atWorklist = (page: Page) => page.getByRole("heading", { name: "待办" }).waitFor();
