import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium, type Page } from "playwright-core";
import { now } from "../../functions/platform/clock.ts";
import { createLog } from "../../functions/platform/log.ts";
import { prepareBrowser } from "../../functions/render/browser.ts";
import { prepareFonts } from "../../functions/render/fonts.ts";
import { startHost } from "../../infra/local/host.ts";
import { demoPassword } from "../../infra/local/seed/city.ts";
import { ensureStaffBuilt } from "../../infra/local/staff-build.ts";
import { shippedEditions } from "../../shared/editions/shipped-editions.ts";
import type { Line } from "./line.ts";
import { median } from "./quantile.ts";

const cacheDir = fileURLToPath(new URL("../../node_modules/.cache/juesuan", import.meta.url));
const report = "360200-2022-137003";
const rounds = 5;
/** What is promised, in ms; a limit is twice that, for machines that do other things as well. */
const promised = { ready: 400, paste: 300, arrow: 33, typed: 100 } as const;

/** A table of 2,000 rows in a real browser: how soon it is there, takes a paste of 2,000 × 9, a key and a figure. */
export async function measureGrid(): Promise<readonly Line[]> {
  await ensureStaffBuilt(() => undefined);
  const dataDir = await mkdtemp(join(tmpdir(), "juesuan-grid-"));
  const started = await startHost({
    ...{ dataDir, cacheDir, address: "127.0.0.1", staffPort: 0, portalPort: 0, seed: "city" },
    ...{ editions: shippedEditions, environment: {}, now, onProgress: () => undefined },
    requestsPerMinute: { person: 60_000, address: 60_000 },
    log: createLog({ now, write: () => undefined }),
  });
  if (!started.ok) throw new Error(started.error.message);
  const host = started.value;
  const fonts = await prepareFonts({ cacheDir });
  const program = await prepareBrowser({ cacheDir, fontConfigFile: fonts.configFile });
  const browser = await chromium.launch({
    ...{ executablePath: program.executablePath, args: [...program.args], env: program.env },
  });
  try {
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
    await page.goto(host.staffUrl);
    await page.locator("input[name=username][value=chenyu]").check({ force: true });
    await page.getByLabel("口令").fill(demoPassword);
    await page.getByRole("button", { name: "登录" }).click();
    await page.getByRole("heading", { name: "待办" }).waitFor();
    await page.evaluate(saveRows);
    await page.goto(`${host.staffUrl}/reports/${report}/t01`);
    await page.locator("[role=grid]").waitFor();
    return await measured(page);
  } finally {
    await browser.close();
    await host.close();
    await rm(dataDir, { recursive: true, force: true });
  }
}

async function measured(page: Page): Promise<readonly Line[]> {
  const times = {
    ready: [] as number[],
    paste: [] as number[],
    arrow: [] as number[],
    typed: [] as number[],
  };
  await page.evaluate(tools);
  for (let round = 0; round <= rounds; round += 1) {
    const ready = await page.evaluate<number>("grid.open('收入决算表', 't02')");
    await page.locator('[data-cell="t02/total/fiscal"]').click();
    const arrows: number[] = [];
    for (let key = 0; key < 9; key += 1) {
      arrows.push(await page.evaluate<number>("grid.key('ArrowDown')"));
    }
    const typed = await page.evaluate<number>("grid.type()");
    const paste = await page.evaluate<number>(`grid.paste(${String(round)})`);
    // The first round fetches pieces of the program that are then there.
    if (round > 0) {
      times.ready.push(ready);
      times.paste.push(paste);
      times.arrow.push(median(arrows));
      times.typed.push(typed);
    }
    await page.getByText(/^已保存 \d\d:\d\d$/u).waitFor();
    await page.evaluate("grid.open('收入支出决算总表', 't01')");
  }
  const line = (name: string, kind: keyof typeof times): Line => ({
    ...{ name, value: median(times[kind]), unit: "ms", limit: 2 * promised[kind] },
  });
  return [
    line("A table of 2,000 rows, from the click to its rows", "ready"),
    line("A paste of 2,000 × 9 that names its rows, with totals", "paste"),
    line("An arrow key in it", "arrow"),
    line("A figure typed in it, with totals", "typed"),
  ];
}

/** 1,980 项 of one 类 that no list has, below 22 款. */
const saveRows = `(async () => {
  const key = Object.keys(sessionStorage).find((name) => name.startsWith("oidc.user:"));
  const { access_token } = JSON.parse(sessionStorage[key]);
  const headers = { authorization: "Bearer " + access_token, "content-type": "application/json" };
  const path = "/api/reports/${report}/sections/t02";
  const { pointer } = await (await fetch(path, { headers })).json();
  const rows = [{ key: "total", cells: {} }, { key: "229", cells: {} }];
  for (let group = 71; group <= 92; group += 1) {
    rows.push({ key: "229" + group, name: "第" + group + "类支出", cells: { fiscal: 4095000000 } });
    for (let item = 1; item <= 90; item += 1) {
      const code = "229" + group + String(item).padStart(2, "0");
      rows.push({ key: code, name: "第" + group + "类第" + item + "项", cells: { fiscal: 1000000 * item } });
    }
  }
  const body = JSON.stringify({ base: pointer?.sha256 ?? null, value: { rows }, follow: true });
  const answer = await fetch(path, { method: "PUT", headers, body });
  if (!answer.ok) throw new Error(await answer.text());
})()`;

/** Each ends with the frame after its work is on the screen. */
const tools = `globalThis.grid = {
  until: (is) => {
    const began = performance.now();
    return new Promise((done, fail) => {
      const end = () => done(performance.now() - began);
      const look = () => {
        if (is()) requestAnimationFrame(() => setTimeout(end));
        else if (performance.now() - began > 30_000) fail(new Error("Nothing happened: " + is));
        else setTimeout(look, 1);
      };
      look();
    });
  },
  open: (title, table) => {
    const links = [...document.querySelectorAll('nav[aria-label="报告目录"] a')];
    links.find((link) => link.querySelector(".title").textContent === title).click();
    return grid.until(() => document.querySelectorAll('[data-cell^="' + table + '/"]').length > 30);
  },
  send: (key) => {
    const target = document.querySelector("td.value input") ?? document.querySelector("[role=grid]");
    target.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
  },
  key: (key) => {
    const before = document.querySelector("td.active")?.dataset.cell;
    grid.send(key);
    return grid.until(() => document.querySelector("td.active")?.dataset.cell !== before);
  },
  type: async () => {
    const at = document.querySelector("td.active").dataset.cell.split("/")[1];
    for (let moved = 0; moved < 5; moved += 1) await grid.key("ArrowRight");
    const before = document.querySelector('[data-cell="t02/' + at + '/total"]').textContent;
    grid.send(String(1 + (Math.round(Number(before)) % 8)));
    grid.send("Enter");
    return grid.until(() => document.querySelector('[data-cell="t02/' + at + '/total"]').textContent !== before);
  },
  paste: (round) => {
    const lines = [];
    for (let group = 71; group <= 92; group += 1) {
      for (let item = 1; item <= 90; item += 1) {
        const code = "229" + group + String(item).padStart(2, "0");
        const figure = item + round + 1;
        lines.push([code, "第" + group + "类第" + item + "项", figure, figure, 0, 0, 0, 0, 0].join("\\t"));
      }
    }
    const clipboardData = new DataTransfer();
    clipboardData.setData("text/plain", lines.join("\\r\\n") + "\\r\\n");
    const total = () => document.querySelector('[data-cell="t02/total/fiscal"]').textContent;
    const before = total();
    const event = new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true });
    document.querySelector("[role=grid]").dispatchEvent(event);
    return grid.until(() => total() !== before);
  },
};`;
