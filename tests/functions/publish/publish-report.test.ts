import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { drawReport } from "../../../functions/publish/draw-report.ts";
import { publishReport, retractReport } from "../../../functions/publish/publish-report.ts";
import { readBack } from "../../../functions/publish/read-back.ts";
import { findingsView } from "../../../functions/use-cases/findings-view.ts";
import type { PublicationEntry } from "../../../shared/disclosure/catalogue.ts";
import { openChecksSchema } from "../../../shared/disclosure/open-checks.ts";
import { openFolderFiles } from "../../../functions/storage/folder/files.ts";
import { exampleNames, loadExample, loadExampleUnit } from "../../examples/load-example.ts";
import { memoryFiles, OutOfPower, treeOf, type MemoryFiles } from "./memory-files.ts";
import { corrected, depsOn, list, requestOf, sha256 } from "./publication.ts";

const report = loadExample("jingdezhen-2022");
const first = requestOf(report);
const second = requestOf(corrected(report, 90_0000), {
  number: 2,
  at: "2023-10-08T01:00:00Z",
  correction: {
    reason: "公务接待费填报有误。",
    changes: [{ place: "公开09表 公务接待费 决算数", before: "0.70", after: "0.90" }],
  },
});
const text = (portal: MemoryFiles, key: string) =>
  Buffer.from(portal.files.get(key) ?? []).toString();
const keysBelow = (portal: MemoryFiles, prefix: string) =>
  [...portal.files.keys()].filter((key) => key.startsWith(prefix)).toSorted();

describe.each(exampleNames)("the publication of %s", (name) => {
  it("can be read back: page, JSON, CSV and PDF at the permanent address say the same", async () => {
    const folder = await mkdtemp(join(tmpdir(), "portal-"));
    try {
      const portal = await openFolderFiles(folder);
      const example = loadExample(name);
      const { outcome, path } = await publishReport(depsOn(portal), requestOf(example));
      const { year, orgCode } = example.identity;
      expect([outcome, path]).toEqual(["published", `/${String(year)}/${orgCode}/`]);
      const read = await readBack({ portal, sha256 }, path);
      expect(read).toMatchObject({ ok: true });
      if (read.ok) expect(read.value.cells).toBeGreaterThan(200);
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});

describe("a publication", () => {
  it("writes the same bytes when it runs again", async () => {
    const portal = memoryFiles();
    await publishReport(depsOn(portal), first);
    const once = treeOf(portal);
    expect(await publishReport(depsOn(portal), first)).toMatchObject({ outcome: "published" });
    expect(treeOf(portal)).toEqual(once);
  });

  it("ends in the same files wherever the power failed", async () => {
    const stages = [first, second];
    let before = memoryFiles();
    for (const request of stages) {
      const whole = memoryFiles(before.files);
      await publishReport(depsOn(whole), request);
      for (let cut = 1; cut <= whole.writes(); cut += 1) {
        const portal = memoryFiles(before.files);
        portal.onWrite = (write) => {
          if (write === cut) throw new OutOfPower();
        };
        await expect(publishReport(depsOn(portal), request)).rejects.toThrow(OutOfPower);
        await publishReport(depsOn(portal), request);
        expect(treeOf(portal), `power cut before write ${String(cut)}`).toEqual(treeOf(whole));
      }
      before = whole;
    }
  });

  it("never shows a page whose files are not there", async () => {
    const portal = memoryFiles();
    portal.onWrite = (_, key) => {
      if (key !== "2022/137/index.html") return;
      const pathsLinked = [
        ...["report.pdf", "report.json", "checks.json", "checks/index.html", "datapackage.json"],
        ...["t01.csv", "t10.csv"],
      ];
      for (const path of pathsLinked) expect(portal.files.has(`2022/137/${path}`)).toBe(true);
    };
    await publishReport(depsOn(portal), first);
    expect(portal.files.has("2022/137/index.html")).toBe(true);
  });

  it("keeps what a submission's folder holds, whatever a later run would write", async () => {
    const portal = memoryFiles();
    await publishReport(depsOn(portal), first);
    const once = treeOf(portal);
    await publishReport(depsOn(portal), { ...first, pdf: new TextEncoder().encode("%PDF-other") });
    expect(treeOf(portal)).toEqual(once);
  });

  it("refuses a second submission under a number that is taken", async () => {
    const portal = memoryFiles();
    await publishReport(depsOn(portal), first);
    await expect(publishReport(depsOn(portal), { ...second, number: 1 })).rejects.toThrow(
      "another submission already",
    );
  });

  it("refuses a code that would leave its folder, before anything is written", async () => {
    const portal = memoryFiles();
    const identity = { ...report.identity, orgCode: "../catalogue" };
    await expect(
      publishReport(depsOn(portal), requestOf({ ...report, identity })),
    ).rejects.toThrow();
    expect(portal.files.size).toBe(0);
  });

  it("is not made while a disclosed file is missing", async () => {
    const files = [
      {
        sha256: sha256("x"),
        name: "评价报告",
        contentType: "application/pdf" as const,
        sizeBytes: 1,
        disclosed: true,
      },
    ];
    const withFile = { ...report, sections: { ...report.sections, attachments: { files } } };
    const portal = memoryFiles();
    await expect(publishReport(depsOn(portal), requestOf(withFile))).rejects.toThrow(
      "is not stored",
    );
    expect(portal.files.has("2022/137/index.html")).toBe(false);
    const bytes = new TextEncoder().encode("x");
    await publishReport(depsOn(portal, { [sha256("x")]: bytes }), requestOf(withFile));
    expect(portal.files.get(`2022/137/files/${sha256("x").slice(0, 16)}.pdf`)).toEqual(bytes);
  });

  it("lives below the region's folder where there are several", async () => {
    const portal = memoryFiles();
    const deps = depsOn(portal);
    const settings = { ...deps.settings, pathPrefix: "/360200" };
    const { path } = await publishReport({ ...deps, settings }, first);
    expect(path).toBe("/360200/2022/137/");
    expect([...portal.files.keys()].every((key) => key.startsWith("360200/"))).toBe(true);
    expect(await readBack({ portal, sha256 }, path)).toMatchObject({ ok: true });
  });
});

describe("publications at the same time", () => {
  it("end as if one had followed the other, whatever their order of writes", async () => {
    const units = ["137001", "137002", "137003"] as const;
    const requests = [first, ...units.map((code) => requestOf(loadExampleUnit(code)))];
    const inTurn = memoryFiles();
    for (const request of requests) await publishReport(depsOn(inTurn), request);
    for (const code of ["137", ...units]) await list(depsOn(inTurn), 2022, code);
    const meant = treeOf(inTurn);
    for (const seed of [1, 2, 3, 4, 5, 6]) {
      const portal = memoryFiles();
      let state = seed;
      portal.onWrite = async () => {
        state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
        for (let turn = state % 7; turn > 0; turn -= 1) await Promise.resolve();
      };
      await Promise.all(requests.map((request) => publishReport(depsOn(portal), request)));
      const order = ["137", ...units].sort((a, b) => Number(a.at(-1)) * seed - Number(b.at(-1)));
      for (const code of order) await list(depsOn(portal), 2022, code);
      expect(treeOf(portal)).toEqual(meant);
    }
  });

  it("leave the latest submission standing when a publication and its correction cross", async () => {
    const inTurn = memoryFiles();
    await publishReport(depsOn(inTurn), first);
    await publishReport(depsOn(inTurn), second);
    for (const order of [
      [first, second],
      [second, first],
    ]) {
      const portal = memoryFiles();
      await Promise.all(order.map((request) => publishReport(depsOn(portal), request)));
      expect(treeOf(portal)).toEqual(treeOf(inTurn));
    }
  });
});

describe("a correction", () => {
  it("takes over the address, keeps the submission before, and says what changed", async () => {
    const portal = memoryFiles();
    const before = await publishReport(depsOn(portal), first);
    const after = await publishReport(depsOn(portal), second);
    const [old, current] = [before.editionHash.slice(0, 8), after.editionHash.slice(0, 8)];
    const page = text(portal, "2022/137/index.html");
    expect(page).toContain("更正公告");
    expect(page).toContain("<td>0.70</td><td>0.90</td>");
    expect(page).toContain(`/2022/137/editions/${old}/`);
    expect(text(portal, "2022/137/t09.csv")).toBe(
      text(portal, `2022/137/editions/${current}/t09.csv`),
    );
    expect(text(portal, `2022/137/editions/${old}/t09.csv`)).not.toBe(
      text(portal, "2022/137/t09.csv"),
    );
    const archive = text(portal, `2022/137/editions/${old}/index.html`);
    expect(archive).toContain("这是第1次公开的存档");
    expect(archive).toContain(`<meta name="robots" content="noindex">`);
    expect(await readBack({ portal, sha256 }, "/2022/137/")).toMatchObject({ ok: true });
  });

  it("is not undone by a late run of the publication before", async () => {
    const portal = memoryFiles();
    await publishReport(depsOn(portal), first);
    await publishReport(depsOn(portal), second);
    const meant = treeOf(portal);
    expect(await publishReport(depsOn(portal), first)).toMatchObject({ outcome: "superseded" });
    expect(treeOf(portal)).toEqual(meant);
  });
});

describe("the ledger of a publication", () => {
  it("lists every rule the reviewers' screen lists, with the same outcome", async () => {
    const portal = memoryFiles();
    await publishReport(depsOn(portal), first);
    const { rules, summary } = openChecksSchema.parse(
      JSON.parse(text(portal, "2022/137/checks.json")),
    );
    const { ledger } = findingsView(report, []);
    expect(rules.map(({ id, outcome }) => [id, outcome])).toEqual(
      ledger.map(({ rule, outcome }) => [rule, outcome]),
    );
    expect(summary.rules).toBe(ledger.length);
    expect(text(portal, "2022/137/index.html")).toContain(`${String(summary.passed)}条通过`);
  });

  it("stays with its submission when a correction is published", async () => {
    const portal = memoryFiles();
    const before = await publishReport(depsOn(portal), first);
    const after = await publishReport(depsOn(portal), second);
    const ledger = (folder: string) =>
      openChecksSchema.parse(JSON.parse(text(portal, `2022/137/${folder}checks.json`)));
    const archive = `editions/${before.editionHash.slice(0, 8)}/`;
    expect(ledger("").editionHash).toBe(after.editionHash);
    expect(ledger(archive).editionHash).toBe(before.editionHash);
    expect(text(portal, `2022/137/${archive}checks/index.html`)).toContain(
      `<meta name="robots" content="noindex">`,
    );
    expect(text(portal, "2022/137/checks/index.html")).not.toContain("noindex");
  });

  it("is not required of what was published before there were ledgers", async () => {
    const portal = memoryFiles();
    const { editionHash } = await publishReport(depsOn(portal), first);
    const record = JSON.parse(text(portal, "catalogue/2022/137/1.json")) as PublicationEntry;
    const files = record.files.filter(({ path }) => path !== "checks.json");
    portal.files.set(
      "catalogue/2022/137/1.json",
      new TextEncoder().encode(JSON.stringify({ ...record, files })),
    );
    portal.files.delete(`2022/137/editions/${editionHash.slice(0, 8)}/checks.json`);
    await drawReport(depsOn(portal), 2022, "137");
    expect(portal.files.has("2022/137/checks.json")).toBe(false);
    expect(portal.files.has("2022/137/checks/index.html")).toBe(false);
    expect(text(portal, "2022/137/index.html")).not.toContain("审核情况");
  });
});

describe("a take-down", () => {
  const { orgName, kind } = report.identity;
  const retraction = {
    ...{ year: 2022, orgCode: "137", orgName, kind },
    department: { code: "137", name: orgName },
    at: "2023-11-01T08:00:00Z",
    legalBasis: "《中华人民共和国保守国家秘密法》第三十一条",
  };

  it("leaves one page with the legal basis and nothing of the report", async () => {
    const portal = memoryFiles();
    await publishReport(depsOn(portal), first);
    await publishReport(depsOn(portal), second);
    expect(await retractReport(depsOn(portal), retraction)).toEqual({
      ok: true,
      value: { path: "/2022/137/" },
    });
    expect(keysBelow(portal, "2022/137/")).toEqual(["2022/137/index.html"]);
    expect(keysBelow(portal, "catalogue/2022/137/")).toEqual(["catalogue/2022/137/retracted.json"]);
    await list(depsOn(portal), 2022, "137");
    const page = text(portal, "2022/137/index.html");
    expect(page).toContain(retraction.legalBasis);
    expect(page).not.toContain("4,914.20");
    expect(text(portal, "2022/index.html")).toContain("已撤下");
    expect(text(portal, "feed.xml")).toContain("已撤下");
    expect(await readBack({ portal, sha256 }, "/2022/137/")).toMatchObject({ ok: false });
  });

  it("is not undone by a publication that runs late, and clears what one left half done", async () => {
    const portal = memoryFiles();
    await publishReport(depsOn(portal), first);
    await retractReport(depsOn(portal), retraction);
    const meant = treeOf(portal);
    portal.files.set("2022/137/editions/00000000/report.json", new Uint8Array([1]));
    expect(await publishReport(depsOn(portal), second)).toMatchObject({ outcome: "retracted" });
    expect(treeOf(portal)).toEqual(meant);
  });

  it("ends in the same files wherever the power failed", async () => {
    const published = memoryFiles();
    await publishReport(depsOn(published), first);
    const whole = memoryFiles(published.files);
    await retractReport(depsOn(whole), retraction);
    for (let cut = 1; cut <= whole.writes(); cut += 1) {
      const portal = memoryFiles(published.files);
      portal.onWrite = (write) => {
        if (write === cut) throw new OutOfPower();
      };
      await expect(retractReport(depsOn(portal), retraction)).rejects.toThrow(OutOfPower);
      await retractReport(depsOn(portal), retraction);
      expect(treeOf(portal)).toEqual(treeOf(whole));
    }
  });

  it("is refused for what was never public", async () => {
    expect(await retractReport(depsOn(memoryFiles()), retraction)).toEqual({
      ok: false,
      error: { code: "not_published" },
    });
  });
});

describe("the portal", () => {
  it("has no link that leads nowhere", async () => {
    const portal = memoryFiles();
    await publishReport(depsOn(portal), first);
    await publishReport(depsOn(portal), second);
    await publishReport(depsOn(portal), requestOf(loadExample("putuo-2024")));
    await publishReport(depsOn(portal), requestOf(loadExampleUnit("137001")));
    for (const code of ["137", "137001"]) await list(depsOn(portal), 2022, code);
    await list(depsOn(portal), 2024, "101");
    let links = 0;
    for (const [key, bytes] of portal.files) {
      if (!key.endsWith(".html")) continue;
      const html = Buffer.from(bytes).toString();
      const ids = new Set([...html.matchAll(/ id="([^"]*)"/g)].map(([, id]) => id));
      for (const [, target = ""] of html.matchAll(/ href="([^"]*)"/g)) {
        if (target.startsWith("data:") || target.startsWith("https://")) continue;
        links += 1;
        if (target.startsWith("#")) expect(ids.has(target.slice(1)), `${key} ${target}`).toBe(true);
        else {
          const file = target.endsWith("/") ? `${target}index.html` : target;
          expect(portal.files.has(file.slice(1)), `${key} → ${target}`).toBe(true);
        }
      }
    }
    expect(links).toBeGreaterThan(200);
    const urlsOf = (key: string) =>
      [...text(portal, key).matchAll(/<loc>([^<]*)<\/loc>/g)].map(([, url = ""]) =>
        url.replace("https://jsgk.example.gov.cn/", ""),
      );
    const mapped = urlsOf("sitemap.xml").flatMap(urlsOf);
    expect(mapped).toEqual(expect.arrayContaining(["", "2022/", "2022/137001/", "org/137/2022/"]));
    for (const path of mapped) expect(portal.files.has(`${path}index.html`), path).toBe(true);
  });
});

describe("reading back", () => {
  const tampered = async (key: string, change: (content: string) => string) => {
    const portal = memoryFiles();
    await publishReport(depsOn(portal), first);
    portal.files.set(key, new TextEncoder().encode(change(text(portal, key))));
    return readBack({ portal, sha256 }, "/2022/137/");
  };

  it.each([
    ["a figure on the page", "2022/137/index.html", "4,914.20", "4,914.21", "The page shows"],
    ["a figure in a CSV", "2022/137/t01.csv", "4914.20", "4914.21", "t01.csv is not the file"],
    ["a 分 in report.json", "2022/137/report.json", "4914200000", "4914210000", "Section t0"],
    ["the PDF", "2022/137/report.pdf", "%PDF-", "<html", "is not a PDF"],
    ["the manifest", "2022/137/report.json", `"orgCode":"137"`, `"orgCode":"138"`, "The manifest"],
    [
      "a ledger",
      "2022/137/checks.json",
      `"outcome":"passed"`,
      `"outcome":"failed"`,
      "sums up other outcomes",
    ],
    [
      "a ledger's file",
      "2022/137/checks.json",
      `"juesuan-checks`,
      ` "juesuan-checks`,
      "not the file",
    ],
    [
      "whose ledger it is",
      "2022/137/checks.json",
      `"editionHash":"`,
      `"editionHash":"0`,
      "another",
    ],
    ["a rule struck off the page", "2022/137/checks/index.html", "R005", "R999", "other rules"],
    [
      "a rule that was never run",
      "2022/137/checks.json",
      `"outcome":"passed"`,
      `"outcome":"could_not_run"`,
      "R005 could",
    ],
  ])("finds %s changed", async (_, key, from, to, fault) => {
    const read = await tampered(key, (content) => content.replaceAll(from, to));
    expect(read.ok).toBe(false);
    if (!read.ok) expect(read.error.join("\n")).toContain(fault);
  });

  it("names every file that is missing", async () => {
    expect(await readBack({ portal: memoryFiles(), sha256 }, "/2022/137/")).toEqual({
      ok: false,
      error: [
        ...["index.html", "report.json", "checks.json", "checks/index.html", "datapackage.json"],
        "report.pdf",
      ].map((name) => `/2022/137/${name} is not there.`),
    });
  });
});
