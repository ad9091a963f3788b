import { cp, mkdtemp, readFile, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium, type Browser, type BrowserContext, type Page } from "playwright-core";
import { afterAll, beforeAll, expect, inject } from "vitest";
import { createLog } from "../../../functions/platform/log.ts";
import { now } from "../../../functions/platform/clock.ts";
import { prepareBrowser } from "../../../functions/render/browser.ts";
import { prepareFonts } from "../../../functions/render/fonts.ts";
import { prepareFolder } from "../../../functions/render/prepared-folder.ts";
import { startHost, type Host } from "../../../infra/local/host.ts";
import { demoPassword } from "../../../infra/local/seed/city.ts";
import { ensureStaffBuilt } from "../../../infra/local/staff-build.ts";
import { cacheDir } from "../../functions/render/printed.ts";
import { shippedEditions } from "../../../shared/editions/shipped-editions.ts";

/** The whole system on free ports and a temporary folder, and a browser in which people sit down at it. */
export interface Office {
  readonly host: Host;
  /**
   * A person at a machine of their own, signed in and at the worklist. By the form the first time: later machines take
   * over what the first one kept of the sign-in, unless the test is about the session and needs one of its own.
   */
  readonly seat: (person: string, how?: { readonly ownSession: true }) => Promise<Page>;
  /** A browser in which nobody is signed in, at the sign-in form. */
  readonly visitor: () => Promise<Page>;
  /** Everybody gets up: pages that nobody looks at any more cost as much as those in use. */
  readonly leave: () => Promise<void>;
  /** What pages complained of in their consoles, whoever sat at them. */
  readonly complaints: readonly string[];
  readonly close: () => Promise<void>;
}

/** Chosen so that a slow machine passes and a hung page fails soon. */
const patienceMs = 30_000;

async function openHost(dataDir: string): Promise<Host> {
  const started = await startHost({
    dataDir,
    cacheDir,
    address: "127.0.0.1",
    staffPort: 0,
    portalPort: 0,
    seed: "city",
    editions: shippedEditions,
    environment: {},
    requestsPerMinute: { person: 60_000, address: 60_000 },
    now,
    log: createLog({ now, write: () => undefined }),
    onProgress: () => undefined,
  });
  if (!started.ok) throw new Error(started.error.message);
  return started.value;
}

/**
 * A data folder in which the seeded reports are printed and published. Made once a run by whoever needs it first: to
 * print them takes longer than most tests that open an office.
 */
async function settledFolder(): Promise<string> {
  const folder = join(inject("runFolder"), "settled-office");
  await prepareFolder(folder, async (unfinished) => {
    const host = await openHost(unfinished);
    await host.settled();
    await host.close();
  });
  return folder;
}

/**
 * An office for the tests of one file: open from before the first of them until after the last, and then its pages have
 * complained of nothing, unless the file is about what makes them complain. Their browsers save data, unless the file
 * is about what a page fetches in idle time: a hundred pieces in each of a hundred pages.
 */
export function useOffice({
  prepare,
  mayComplain = false,
  savesData = true,
}: {
  readonly prepare?: (host: Host) => Promise<void>;
  readonly mayComplain?: boolean;
  readonly savesData?: boolean;
} = {}): Omit<Office, "close"> {
  let office: Office | undefined;
  const opened = () => {
    if (office === undefined) throw new Error("The office opens before the first test.");
    return office;
  };
  beforeAll(async () => {
    office = await openOffice({ savesData });
    await prepare?.(office.host);
  }, 180_000);
  afterAll(async () => {
    await office?.close();
    if (!mayComplain) expect(office?.complaints).toEqual([]);
  });
  return {
    get host() {
      return opened().host;
    },
    get complaints() {
      return opened().complaints;
    },
    seat: (...whom) => opened().seat(...whom),
    visitor: () => opened().visitor(),
    leave: () => opened().leave(),
  };
}

async function openOffice({ savesData }: { readonly savesData: boolean }): Promise<Office> {
  await ensureStaffBuilt(() => undefined);
  const dataDir = await mkdtemp(join(tmpdir(), "juesuan-staff-"));
  await cp(await settledFolder(), dataDir, { recursive: true });
  const host = await openHost(dataDir);
  const browser = await openBrowser();
  const people: BrowserContext[] = [];
  const leave = async () => {
    for (const context of people.splice(0)) await context.close();
  };
  const complaints: string[] = [];
  const sessions = new Map<string, KeptSession>();

  const newPage = async (): Promise<Page> => {
    const context = await browser.newContext({
      viewport: { width: 1440, height: 900 },
      permissions: ["clipboard-read", "clipboard-write"],
      reducedMotion: "reduce",
    });
    people.push(context);
    if (savesData) await context.addInitScript(dataSaver);
    const page = await context.newPage();
    page.setDefaultTimeout(patienceMs);
    page.on("pageerror", (error) => complaints.push(error.message));
    page.on("console", (message) => {
      // A refusal is logged by the browser as well; the pages show it in words.
      const isRefusal = message.text().startsWith("Failed to load resource");
      if (["error", "warning"].includes(message.type()) && !isRefusal) {
        complaints.push(message.text());
      }
    });
    return page;
  };
  const visitor = async (): Promise<Page> => {
    const page = await newPage();
    await page.goto(host.staffUrl);
    return page;
  };
  const signedIn = async (person: string): Promise<Page> => {
    const page = await visitor();
    await signIn(page, person);
    await atWorklist(page);
    return page;
  };
  const seat: Office["seat"] = async (person, how) => {
    if (how?.ownSession === true) return signedIn(person);
    const kept = sessions.get(person);
    if (kept !== undefined && performance.now() < kept.until) {
      const page = await newPage();
      await takeOver(page, host.staffUrl, kept);
      await atWorklist(page);
      return page;
    }
    const page = await signedIn(person);
    sessions.set(person, await sessionOf(page));
    return page;
  };

  return {
    host,
    complaints,
    visitor,
    seat,
    leave,
    close: async () => {
      await leave();
      await host.close();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

/** As a browser with its data saver on says so. */
export const dataSaver = `Object.defineProperty(navigator, "connection", { value: { saveData: true } });`;

let browser: Browser | undefined;

/** One for all files of a worker, which ends with it: people at it share nothing, each has a context of their own. */
export async function openBrowser(): Promise<Browser> {
  if (browser?.isConnected() !== true) browser = await launch();
  return browser;
}

async function launch(): Promise<Browser> {
  const fonts = await prepareFonts({ cacheDir });
  const program = await prepareBrowser({ cacheDir, fontConfigFile: fonts.configFile });
  return chromium.launch({
    executablePath: program.executablePath,
    // With the zygote, a process for each new page costs a quarter of what it costs without.
    args: program.args.filter((arg) => arg !== "--no-zygote"),
    env: program.env,
  });
}

const atWorklist = (page: Page) => page.getByRole("heading", { name: "待办" }).waitFor();

/** What a browser keeps of a sign-in. */
interface KeptSession {
  readonly cookies: Parameters<BrowserContext["addCookies"]>[0];
  readonly storage: Readonly<Record<string, string>>;
  /** In the milliseconds of `performance.now()`. */
  readonly until: number;
}

/** Of the quarter of an hour that a token lasts, so that no two machines ever renew the same one. */
const keptForMs = 5 * 60_000;

async function sessionOf(page: Page): Promise<KeptSession> {
  const until = performance.now() + keptForMs;
  const stored = await page.evaluate<Record<string, string>>("({ ...sessionStorage })");
  const entries = Object.entries(stored).filter(([key]) => key.startsWith("oidc.user:"));
  return {
    cookies: await page.context().cookies(),
    storage: Object.fromEntries(entries),
    until,
  };
}

async function takeOver(page: Page, staffUrl: string, session: KeptSession): Promise<void> {
  await page.context().addCookies(session.cookies);
  // Any page of the app's origin that does not begin a sign-in.
  await page.goto(`${staffUrl}/config.json`);
  await page.evaluate(`Object.assign(sessionStorage, ${JSON.stringify(session.storage)})`);
  await page.goto(staffUrl);
}

export async function signIn(page: Page, person: string): Promise<void> {
  await page.locator(`input[name=username][value=${person}]`).check({ force: true });
  await page.getByLabel("口令").fill(demoPassword);
  await page.getByRole("button", { name: "登录" }).click();
}

/** A value cell of the table in sight, by its address. */
export const cellAt = (page: Page, address: string) => page.locator(`[data-cell="${address}"]`);

/** Clicks a cell and types over it, as with a spreadsheet. */
export async function fillCell(page: Page, address: string, text: string): Promise<void> {
  await cellAt(page, address).click();
  await page.keyboard.type(text);
  await page.keyboard.press("Enter");
}

/** Types a figure into a total that is computed, which takes a choice. */
export async function fillTotal(page: Page, address: string, text: string): Promise<void> {
  await cellAt(page, address).click();
  await page.getByText(/^(?:自动计算|应为)/u).waitFor();
  const unlock = page.getByRole("button", { name: "改为手填" });
  if ((await unlock.count()) > 0) await unlock.click();
  await fillCell(page, address, text);
}

/** Everything typed is stored: the page says so itself. */
export const saved = (page: Page) => page.getByText(/^已保存 \d\d:\d\d$/u).waitFor();

/** Goes to a part of the report by the list on the left, where it may bear a number and counts. */
export const openPart = (page: Page, title: string) =>
  page
    .getByRole("navigation", { name: "报告目录" })
    .getByRole("link", { name: new RegExp(`^(?:\\d+ )?${title}(?: |$)`, "u") })
    .click();

const axe = readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/**
 * What bars somebody from the page, by WCAG 2.1 A and AA. Its program stays in the page until the next load. It lists
 * violations alone: to describe every element that passed, too, takes as long as the search.
 */
export async function barriers(page: Page): Promise<string[]> {
  if (!(await page.evaluate(`"axe" in globalThis`))) await page.evaluate(await axe);
  return page.evaluate(async () => {
    const runner = Reflect.get(globalThis, "axe") as {
      run: (
        context: unknown,
        options: unknown,
      ) => Promise<{
        violations: { id: string; nodes: { html: string }[] }[];
      }>;
    };
    const { violations } = await runner.run(Reflect.get(globalThis, "document"), {
      runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"],
      resultTypes: ["violations"],
    });
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`);
  });
}
