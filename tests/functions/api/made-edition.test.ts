import { Buffer } from "node:buffer";
import { readXlsx } from "hucre";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { publishReport } from "../../../functions/publish/publish-report.ts";
import { readBack } from "../../../functions/publish/read-back.ts";
import { loadManifest, loadReport } from "../../../functions/use-cases/report-content.ts";
import type {
  ConsolidationView,
  FindingsView,
  ReportView,
} from "../../../shared/contract/responses.ts";
import { reportDocument } from "../../../shared/document/report-document.ts";
import { canonicalTable } from "../../../shared/forms/canonical-table.ts";
import type { TableData } from "../../../shared/forms/table-data.ts";
import { writeNarrative } from "../../../shared/narrative/write-narrative.ts";
import { writeOverview } from "../../../shared/narrative/write-overview.ts";
import type { Report } from "../../../shared/report/report.ts";
import { loadExampleUnit } from "../../examples/load-example.ts";
import { madeEdition, ownTables } from "../../examples/made-edition/edition.ts";
import { memoryFiles } from "../publish/memory-files.ts";
import { depsOn, requestOf, sha256 } from "../publish/publication.ts";
import { enterMember, everyMember } from "../enter.ts";
import { region, startService, type Service } from "./service.ts";

/** A report in an edition that the project does not ship, from opening to the portal. */

const units = { "137001": "limin", "137002": "zhouting" } as const;
const department = `${region}-2022-137`;
const unitId = (orgCode: string) => `${region}-2022-${orgCode}`;

let service: Service;
beforeAll(async () => {
  service = await startService({ edition: madeEdition });
  const { registry } = service.deps;
  for (const member of await everyMember(registry, region)) {
    if (member.subject !== "wangqiang") continue;
    await enterMember(registry, {
      ...member,
      memberships: [...member.memberships, { role: "unit_reviewer", orgCode: "137002" }],
    });
  }
});
afterAll(() => service.close());

async function ok<Body>(...request: Parameters<Service["call"]>): Promise<Body> {
  const answer = await service.call(...request);
  const text = `${request[1]} ${request[2]} ${JSON.stringify(answer.body)}`;
  expect(answer.status, text).toBeLessThan(300);
  return answer.body as Body;
}
const at = (id: string, path: string) => `/api/reports/${id}${path}`;
const section = async (who: string, id: string, table: string) =>
  (await ok<{ value: TableData }>(who, "GET", at(id, `/sections/${table}`))).value;
const stored = async (id: string): Promise<Report> => {
  const { files, ...deps } = { files: service.deps.vault, ...service.deps };
  const { editionHash } = await ok<ReportView>("fengyuan", "GET", at(id, ""));
  return loadReport({ ...deps, files }, await loadManifest({ ...deps, files }, editionHash));
};

function unitReport(orgCode: keyof typeof units, share: number): Report {
  const example = loadExampleUnit(orgCode);
  return {
    ...example,
    edition: madeEdition,
    sections: { ...example.sections, ...ownTables(share) },
  };
}

async function approve(id: string, who: string): Promise<void> {
  const { editionHash } = await ok<ReportView>(who, "POST", at(id, "/submit"), {});
  if (id !== department) await ok("wangqiang", "POST", at(id, "/approve"), { editionHash });
  for (const [signer, kind] of [
    ["qianli", "secrecy"],
    ["zhenghua", "principal"],
  ] as const) {
    await ok(signer, "POST", at(id, "/sign-offs"), { editionHash, kind });
  }
  await ok("suntao", "POST", at(id, "/approve"), { editionHash });
  await ok("fengyuan", "POST", at(id, "/approve"), {
    ...{ editionHash, documentNumber: "甲财决〔2023〕1号" },
  });
}

describe("a report of an edition with thirteen tables", { timeout: 60_000 }, () => {
  const own = ["t11", "t12", "t13"] as const;

  it("is opened, filled in and kept as typed", async () => {
    for (const [index, orgCode] of (["137001", "137002"] as const).entries()) {
      const who = units[orgCode];
      await ok(who, "POST", "/api/reports", { region, year: 2022, orgCode });
      await service.fill(who, unitId(orgCode), unitReport(orgCode, index + 1));
      const kept = await section(who, unitId(orgCode), "t11");
      expect(kept).toEqual(ownTables(index + 1).t11);
    }
  });

  it("refuses a table that the edition does not have, by name", async () => {
    for (const method of ["GET", "PUT"] as const) {
      const body = method === "PUT" ? { base: null, value: { rows: [] } } : undefined;
      const path = at(unitId("137001"), "/sections/t14");
      const answer = await service.call("limin", method, path, body);
      expect(answer).toMatchObject({
        status: 404,
        body: { error: { code: "not_found", message: "本报告的版式没有这张表。" } },
      });
    }
  });

  it("refuses in its own tables what their forms cannot hold", async () => {
    const path = at(unitId("137001"), "/sections/t11");
    const { pointer } = await ok<{ pointer: { sha256: string } }>("limin", "GET", path);
    const value = { rows: [{ key: "total", cells: { final: 1 } }] };
    const answer = await service.call("limin", "PUT", path, { base: pointer.sha256, value });
    expect(answer.status).toBe(400);
    expect(JSON.stringify(answer.body)).toContain("公开11表");
  });

  it("is checked by the edition's own relations, which stop it until they hold", async () => {
    const id = unitId("137001");
    const relations = async () => {
      const { findings, ledger } = await ok<FindingsView>("limin", "GET", at(id, "/findings"));
      return {
        findings: findings.filter(({ rule }) => rule.startsWith("E")),
        ledger: ledger
          .filter(({ rule }) => rule.startsWith("E"))
          .map(({ rule, outcome }) => [rule, outcome]),
      };
    };
    const save = async (value: TableData) => {
      const path = at(id, "/sections/t11");
      const { pointer } = await ok<{ pointer: { sha256: string } }>("limin", "GET", path);
      await ok("limin", "PUT", path, { base: pointer.sha256, value });
    };
    const passed = ["E01", "E02", "E03", "E04", "E05"].map((rule) => [rule, "passed"]);
    expect(await relations()).toEqual({ findings: [], ledger: passed });

    const { t11 } = ownTables(1);
    const cells = { original: 1_000_000_00, net: 1_500_000_00 };
    await save({ rows: t11.rows.map((row) => (row.key === "total" ? { ...row, cells } : row)) });
    const { findings, ledger } = await relations();
    expect(ledger.slice(0, 2)).toEqual([
      ["E01", "failed"],
      ["E02", "failed"],
    ]);
    expect(findings.map(({ rule, severity, cells: [cell] }) => [rule, severity, cell])).toEqual([
      ["E01", "error", "t11/total/net"],
      ["E02", "error", "t11/total/net"],
    ]);
    expect(findings[0]?.message).toContain("公开11表");
    expect(findings[0]?.message).toContain("51.00");
    const refused = await service.call("limin", "POST", at(id, "/submit"), {});
    expect(refused.status).toBe(422);
    await save(t11);
    expect(await relations()).toEqual({ findings: [], ledger: passed });
  });

  it("goes out as a workbook in the edition's order and comes back unchanged", async () => {
    const id = unitId("137001");
    const bytes = await ok<Uint8Array>("limin", "GET", at(id, "/workbook"));
    const { sheets } = await readXlsx(bytes);
    expect(sheets.map(({ name }) => name)).toEqual(madeEdition.forms.map(({ number }) => number));
    const formulas = [...(sheets[3]?.cells?.values() ?? [])].flatMap(({ formula = [] }) => formula);
    expect(formulas.filter((formula) => formula.includes("SUM("))).toHaveLength(2);
    const content = Buffer.from(bytes).toString("base64");
    const body = { format: "xlsx", content };
    const before = (await service.head(id))?.sections;
    await ok("limin", "POST", at(id, "/imports"), body);
    const hashes = (sections: typeof before) =>
      Object.entries(sections ?? {}).map(([table, { sha256: hash }]) => [table, hash]);
    expect(hashes((await service.head(id))?.sections)).toEqual(hashes(before));
  });

  it("is approved, and added up cell by cell in its department's own tables", async () => {
    for (const orgCode of ["137001", "137002"] as const) {
      await approve(unitId(orgCode), units[orgCode]);
    }
    await ok("zhaolin", "POST", "/api/reports", { region, year: 2022, orgCode: "137" });
    const path = at(department, "/consolidation");
    const { editionHash } = await ok<ConsolidationView>("zhaolin", "GET", path);
    await ok("zhaolin", "POST", path, { editionHash, confirmed: [], adjustments: [] });
    for (const form of madeEdition.forms) {
      const expected = own.find((id) => id === form.id);
      if (expected === undefined) continue;
      const added = await section("zhaolin", department, form.id);
      expect(added, form.id).toEqual(canonicalTable(form, ownTables(3)[expected]));
    }
    const { findings } = await ok<FindingsView>("zhaolin", "GET", at(department, "/findings"));
    expect(findings.filter(({ rule }) => /^R30/u.test(rule))).toEqual([]);
  });

  it("is written, printed and published with all its tables, in its order", async () => {
    const report = await stored(unitId("137001"));
    const html = reportDocument(report, {
      ...{ pageOf: new Map(), status: "final", editionHash: "0f".repeat(32), dated: "2023-09-15" },
      ...{ overview: writeOverview(report), narrative: writeNarrative(report) },
    });
    const titles = [...html.matchAll(/<h1 id="\w+"><span>(第.部分)　<\/span><span>([^<]*)</gu)];
    expect(titles.map(([, ordinal, title]) => [ordinal, title])).toEqual([
      ["第一部分", `${report.identity.orgName}基本情况`],
      ["第二部分", "2022年度单位决算说明"],
      ["第三部分", "2022年度单位决算附表"],
      ["第四部分", "预算绩效"],
      ["第五部分", "名词解释"],
      ["第六部分", "附件"],
    ]);
    expect(html).toContain("2022年度单位决算报告");
    expect(html).toContain("可能有尾差");
    expect(html).toMatch(/开展课题研究3个，支出2万元，占项目支出的[\d.]+%。/u);
    expect(html).toContain("年末固定资产原值100万元，净值51万元。");
    const placeOf = (id: string) => html.indexOf(`id="${id}"`);
    const order = ["narrative-income", "narrative-research", "t01", "narrative-performance"];
    expect(order.map(placeOf)).toEqual(order.map(placeOf).toSorted((a, b) => a - b));
    expect(placeOf("narrative-income")).toBeGreaterThan(0);
    const printed = [...html.matchAll(/<h2 id="(t\d\d)">/gu)].map(([, id]) => id);
    expect(printed).toEqual(madeEdition.forms.map(({ id }) => id));
    expect(html).toContain("课题支出");
    const portal = memoryFiles();
    const { outcome, path } = await publishReport(depsOn(portal), requestOf(report));
    expect(outcome).toBe("published");
    expect(await readBack({ portal, sha256 }, path)).toMatchObject({ ok: true });
    const page = Buffer.from(portal.files.get(`${path.slice(1)}index.html`) ?? []).toString();
    for (const { title } of madeEdition.forms) expect(page).toContain(title);
    const parts = [...page.matchAll(/<h2 id="(overview|narrative|tables|results|glossary)">/gu)];
    expect(parts.map(([, part]) => part)).toEqual(
      madeEdition.parts.slice(0, 5).map(({ id }) => id),
    );
    const results = page.slice(
      page.indexOf('<h2 id="results">'),
      page.indexOf('<h2 id="glossary">'),
    );
    expect(results).toContain('id="narrative-performance"');
    expect(results).not.toContain('id="narrative-income"');
    const csv = Buffer.from(portal.files.get(`${path.slice(1)}t13.csv`) ?? []).toString();
    expect(csv).toContain("课题数（个）");
  });
});
