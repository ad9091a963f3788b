import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import puppeteer, { type Browser, type Page } from "puppeteer-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { prepareBrowser } from "../../../functions/render/browser.ts";
import { prepareFonts } from "../../../functions/render/fonts.ts";
import { cacheDir } from "../../functions/render/printed.ts";
import { publishedTree } from "./published-tree.ts";

const base = "https://jsgk.example.gov.cn/";
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const rules = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

interface AxeResult {
  readonly violations: readonly {
    readonly id: string;
    readonly nodes: readonly { html: string }[];
  }[];
}

describe("the portal in a browser", () => {
  let browser: Browser;
  let tree: ReadonlyMap<string, string>;
  const requested: string[] = [];

  beforeAll(async () => {
    tree = await publishedTree();
    const fonts = await prepareFonts({ cacheDir });
    const program = await prepareBrowser({ cacheDir, fontConfigFile: fonts.configFile });
    browser = await puppeteer.launch({
      executablePath: program.executablePath,
      args: [...program.args, "--host-resolver-rules=MAP * ~NOTFOUND"],
      env: program.env,
      headless: program.headless,
      pipe: true,
    });
  });
  afterAll(() => browser.close());

  /** Serves the tree from memory; whatever else a page asks for is noted and refused. */
  async function open(path: string, width: number): Promise<Page> {
    const page = await browser.newPage();
    await page.setViewport({ width, height: 844 });
    await page.setRequestInterception(true);
    page.on("request", (request) => {
      const key = new URL(request.url()).pathname.slice(1);
      const body = tree.get(key === "" || key.endsWith("/") ? `${key}index.html` : key);
      requested.push(request.url());
      const contentType = key.endsWith(".css") ? "text/css" : "text/html; charset=utf-8";
      void (body === undefined ? request.abort() : request.respond({ contentType, body }));
    });
    await page.goto(base + path);
    return page;
  }

  async function barriers(page: Page): Promise<string[]> {
    const client = await page.createCDPSession();
    await client.send("Page.setBypassCSP", { enabled: true });
    await page.reload();
    await page.evaluate(axe);
    const options = JSON.stringify({ runOnly: rules });
    const found = (await page.evaluate(`axe.run(document, ${options})`)) as AxeResult;
    return found.violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ""}`);
  }

  const paths = [
    "",
    "2022/",
    "2022/137/",
    "2022/137/checks/",
    "2024/101/",
    "2022/137002/",
    "org/137/",
    "org/137/2022/",
    "about/",
    "404.html",
  ];

  it.each(paths.flatMap((path) => [1280, 390].map((width) => [`/${path}`, width, path] as const)))(
    "%s at %i px has no barrier and no sideways scroll",
    async (_, width, path) => {
      const page = await open(path, width);
      const over = await page.evaluate(
        "document.documentElement.scrollWidth - document.documentElement.clientWidth",
      );
      expect(over).toBe(0);
      expect(await barriers(page)).toEqual([]);
      await page.close();
    },
  );

  it("would be found to have a barrier if it had one", async () => {
    tree = new Map([...tree, ["bad.html", "<html><body><p>无语言、无标题</p></body></html>"]]);
    expect(await barriers(await open("bad.html", 390))).toEqual(
      expect.arrayContaining([expect.stringMatching(/^html-has-lang/)]),
    );
  });

  it("asked for its pages and one stylesheet, of nobody else", () => {
    expect(requested.every((url) => url.startsWith(base))).toBe(true);
    expect(new Set(requested.filter((url) => url.endsWith(".css"))).size).toBe(1);
  });
});
