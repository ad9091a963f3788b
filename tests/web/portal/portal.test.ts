import { gzipSync } from "node:zlib";
import { beforeAll, describe, expect, it } from "vitest";
import type { CheckedSubmission } from "../../../shared/disclosure/open-checks.ts";
import { shanghaiTime } from "../../../shared/document/titles.ts";
import { headingLevels, htmlFaults } from "../../shared/document/well-formed.ts";
import { pagesOf, publishedTree } from "./published-tree.ts";

describe("every page of the portal", () => {
  let pages: [string, string][] = [];
  let tree: ReadonlyMap<string, string> = new Map();
  beforeAll(async () => {
    tree = await publishedTree();
    pages = pagesOf(tree);
  });

  it("is well formed, with unique ids and headings that never skip a level", () => {
    expect(pages.length).toBeGreaterThanOrEqual(13);
    for (const [key, html] of pages) {
      expect(htmlFaults(html), key).toEqual([]);
      const levels = headingLevels(html);
      expect(
        levels.filter((level) => level === 1),
        key,
      ).toHaveLength(1);
      expect(levels.filter((level, index) => level > (levels[index - 1] ?? 0) + 1)).toEqual([]);
    }
  });

  it("carries no script but a data block, and a policy that would refuse one", () => {
    for (const [key, html] of pages) {
      const scripts = html.match(/<script[^>]*>/g) ?? [];
      expect(
        scripts.filter((tag) => tag !== `<script type="application/ld+json">`),
        key,
      ).toEqual([]);
      expect(html).not.toMatch(/ on[a-z]+="| style="|javascript:/);
      expect(html).toContain(`content="default-src &#39;none&#39;; style-src &#39;self&#39;`);
    }
  });

  it("loads its stylesheet and nothing else", () => {
    for (const [key, html] of pages) {
      const loaded = [...html.matchAll(/<link rel="(?:stylesheet|icon|preload)" href="([^"]*)"/g)];
      const [[, sheet = ""] = [], ...others] = loaded;
      expect(tree.has(sheet.slice(1)), key).toBe(true);
      expect(others.map(([, href]) => href)).toEqual(["data:,"]);
      expect(html).not.toMatch(/ src="/);
    }
    const css = [...tree].find(([key]) => key.endsWith(".css"))?.[1] ?? "";
    expect(css).toContain(".statutory");
    expect(css).not.toMatch(/@import|url\(|@font-face/);
  });

  it("has head, skip link, place and foot, with what is not known marked and never made up", () => {
    for (const [key, html] of pages) {
      expect(html, key).toMatch(/<body>\s*<a class="skip" href="#content">/);
      expect(html).toContain(`<html lang="zh-CN">`);
      for (const duty of ["主办单位", "联系方式", "网站标识码", "ICP备案编号", "公安机关备案号"]) {
        expect(html).toContain(`<dt>${duty}</dt>`);
      }
      expect(html).toContain("<dt>主办单位</dt><dd>某市财政局</dd>");
      expect(html.match(/（部署时填写）/g)).toHaveLength(5);
      expect(html).toContain(`<meta name="SiteName" content="某市部门决算公开平台">`);
      expect(html).not.toContain(`name="SiteIDCode"`);
      if (key !== "index.html") expect(html).toContain(`aria-label="当前位置"`);
    }
  });

  it("stays within 60 KB on the wire", () => {
    for (const [key, html] of pages) expect(gzipSync(html).length, key).toBeLessThan(60 * 1024);
  });
});

describe("the page of checks", () => {
  const ledger = async (change?: (checks: CheckedSubmission) => CheckedSubmission) =>
    (await publishedTree(undefined, change)).get("2022/137/checks/index.html") ?? "";

  it("names every rule with its basis, its outcome, and why it did not apply", async () => {
    const html = await ledger();
    const rows = html.match(/<tr><th scope="row">[^<]+<\/th>/g) ?? [];
    expect(rows.length).toBeGreaterThan(60);
    expect(html).toMatch(/<span class="state done">通过<\/span>/);
    expect(html).toMatch(/<span class="state wait">不适用<\/span>：[^<]+<\/td>/);
  });

  it("puts what was found in words, and keeps them as text", async () => {
    const hostile = `<script>alert(1)</script>"'&`;
    const html = await ledger(({ findings, ledger: rules }) => ({
      findings: [
        ...findings,
        {
          ...{ rule: "R005", severity: "warning", cells: [], message: hostile },
          explanation: { reason: `${hostile}确属实际` },
        },
      ],
      ledger: rules.map((entry) =>
        entry.rule === "R005" ? { ...entry, outcome: "explained", reason: hostile } : entry,
      ),
    }));
    expect(html).toContain("已说明的差异");
    expect(html).toContain("&lt;script&gt;alert(1)");
    expect(html).toMatch(/<strong>说明：<\/strong>&lt;script&gt;[^<]*确属实际/);
    expect(html).not.toContain("<script>");
    expect(htmlFaults(html)).toEqual([]);
  });
});

describe("the report page", () => {
  it("describes its files to machines, in a block that text cannot end", async () => {
    const tree = await publishedTree();
    const html = tree.get("2022/137/index.html") ?? "";
    const block = /<script type="application\/ld\+json">(.*?)<\/script>/s.exec(html)?.[1] ?? "";
    const data = JSON.parse(block) as { distribution: { contentUrl: string }[] };
    expect(data).toMatchObject({ "@type": "Dataset", temporalCoverage: "2022" });
    for (const { contentUrl } of data.distribution) {
      expect(tree.has(contentUrl.replace("https://jsgk.example.gov.cn/", ""))).toBe(true);
    }
    expect(html).toContain(`<meta name="PubDate" content="2023-10-08 09:00">`);
  });

  it("names type and size of every download", async () => {
    const html = (await publishedTree()).get("2024/101/index.html") ?? "";
    const list = html.slice(html.indexOf(`<h2 id="downloads">`), html.indexOf(`id="publications"`));
    const links = [...list.matchAll(/<a href="[^"]*" download>([^<]*)<\/a>/g)];
    expect(links).toHaveLength(13);
    for (const [, label] of links)
      expect(label).toMatch(/（(?:PDF|CSV|JSON)，[\d.]+ (?:B|KB|MB)）$/);
  });

  it("keeps what people typed as text everywhere", async () => {
    const hostile = `<script>alert(1)</script>"'&</title>`;
    const tree = await publishedTree((report) => ({
      ...report,
      identity: { ...report.identity, orgName: hostile },
      sections: {
        ...report.sections,
        narrative: {
          ...report.sections.narrative,
          reasons: Object.fromEntries(
            Object.keys(report.sections.narrative.reasons).map((slot) => [slot, hostile]),
          ),
        },
      },
    }));
    for (const [key, html] of pagesOf(tree)) {
      expect(html, key).not.toContain("<script>");
      expect(html, key).not.toContain("<b>0.70</b>");
      expect(htmlFaults(html), key).toEqual([]);
    }
    expect(tree.get("2022/137/index.html")).toContain("&lt;b&gt;0.70&lt;/b&gt;");
    expect(tree.get("feed.xml")).not.toContain("<script>");
    expect(tree.get("sitemap.xml")).not.toContain("<script>");
  });

  it("prints a time as the clocks of Beijing show it, across the day's border", () => {
    expect(shanghaiTime("2023-12-31T16:05:00Z")).toBe("2024-01-01 00:05");
  });

  it("is the same text for the same data", async () => {
    expect(await publishedTree()).toEqual(await publishedTree());
  });
});
