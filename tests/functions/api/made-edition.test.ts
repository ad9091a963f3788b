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

  it("goes out as a workbook in the edition's order and comes back unchanged", async () => {
    const id = unitId("137001");
    const bytes = await ok<Uint8Array>("limin", "GET", at(id, "/workbook"));
    const { sheets } = await readXlsx(bytes);
    expect(sheets.map(({ name }) => name)).toEqual(madeEdition.forms.map(({ number }) => number));
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
    const printed = [...html.matchAll(/<h2 id="(t\d\d)">/gu)].map(([, id]) => id);
    expect(printed).toEqual(madeEdition.forms.map(({ id }) => id));
    expect(html).toContain("课题支出");
    const portal = memoryFiles();
    const { outcome, path } = await publishReport(depsOn(portal), requestOf(report));
    expect(outcome).toBe("published");
    expect(await readBack({ portal, sha256 }, path)).toMatchObject({ ok: true });
    const page = Buffer.from(portal.files.get(`${path.slice(1)}index.html`) ?? []).toString();
    for (const { title } of madeEdition.forms) expect(page).toContain(title);
    const csv = Buffer.from(portal.files.get(`${path.slice(1)}t13.csv`) ?? []).toString();
    expect(csv).toContain("课题数（个）");
  });
});
