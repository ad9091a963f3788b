import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { blobKey } from "../../../functions/storage/blobs.ts";
import { manifestOf } from "../../../functions/use-cases/report-content.ts";
import { loadReportToCheck } from "../../../functions/use-cases/report-to-check.ts";
import { checkSections } from "../../../shared/checks/sections/check-sections.ts";
import type { Facts } from "../../../shared/report/sections.ts";
import { cellValue } from "../../../shared/report/report.ts";
import { loadExampleUnit } from "../../examples/load-example.ts";
import type { OrgNode } from "../../../shared/registry/registry.ts";
import { region, startService, type Service } from "./service.ts";
import { enter, enterMember, enterYear } from "../enter.ts";

let service: Service;
const last = loadExampleUnit("137001").sections;
const id = `${region}-2023-137001`;
const at = (path: string) => `/api/reports/${id}${path}`;

beforeAll(async () => {
  service = await startService();
  await enterYear(service.deps.registry, {
    ...{ region, year: 2023, edition: "jiangxi-2022", status: "open", version: 0 },
    ...{ unitDue: "2024-07-31", departmentDue: "2024-08-15", bureauDue: "2024-08-31" },
  });
  await service.call("limin", "POST", "/api/reports", { region, year: 2023, orgCode: "137001" });
});
afterAll(() => service.close());

interface Offered {
  readonly year: number;
  readonly stored?: {
    readonly figures: Record<string, number>;
    readonly operatingCost?: number;
    readonly facts: Record<string, number>;
    readonly codes: Record<string, { readonly code: string; readonly name?: string }[]>;
  };
  readonly notRolled?: string;
}
const offered = async () => (await service.call("limin", "GET", at("/prior-year"))).body as Offered;
const facts = async () => {
  const { body } = await service.call("limin", "GET", at("/sections/facts"));
  return body as { readonly pointer?: { readonly sha256: string }; readonly value: Facts };
};
const save = async (value: Facts) => {
  const { pointer } = await facts();
  const saved = await service.call("limin", "PUT", at("/sections/facts"), {
    base: pointer?.sha256 ?? null,
    value,
  });
  expect(saved.status, JSON.stringify(saved.body)).toBe(200);
};

/** What the rules on years find in the current draft. */
async function checked() {
  const head = await service.head(id);
  if (head === undefined) throw new Error("The report is not there.");
  const deps = { ...service.deps, files: service.deps.vault };
  return checkSections(await loadReportToCheck(deps, manifestOf(head)));
}
const outcome = async (rule: string) =>
  (await checked()).ledger.find((entry) => entry.rule === rule);

describe("a report whose year before is not approved here", () => {
  it("is offered nothing, and refused in plain words when it asks", async () => {
    expect(await offered()).toEqual({
      year: 2022,
      notRolled:
        "没有结转2022年决算：系统里没有本单位2022年的决算，职责、所属单位和上年数须自行填写。",
    });
    const before = await service.head(id);
    const answer = await service.call("limin", "POST", at("/prior-year"), {});
    expect(answer.status).toBe(404);
    expect(answer.body).toMatchObject({
      error: { code: "not_found", message: expect.stringContaining("上年批复的决算") as string },
    });
    expect(await service.head(id)).toEqual(before);
  });

  it("is offered nothing of a report that is still under review", async () => {
    await service.bring("137001", "bureau");
    expect(await offered()).toEqual({
      year: 2022,
      notRolled: "没有结转2022年决算：该决算审核中，没有有效的批复；批复后可在“上年数”中取用。",
    });
    expect(await outcome("S216")).toMatchObject({
      outcome: "not_applicable",
      reason: { kind: "no_prior_year" },
    });
  });
});

describe("a report whose year before is approved here", () => {
  beforeAll(async () => {
    const before = `/api/reports/${region}-2022-137001`;
    const { editionHash } = (await service.call("limin", "GET", before)).body as {
      editionHash: string;
    };
    const approved = await service.call("fengyuan", "POST", `${before}/approve`, {
      editionHash,
      documentNumber: "景财决〔2023〕1号",
    });
    expect(approved.status, JSON.stringify(approved.body)).toBe(200);
  });

  it("is offered the approved cells, and nothing is written by looking", async () => {
    const version = (await service.head(id))?.version;
    const { year, stored } = await offered();
    expect(year).toBe(2022);
    expect(stored?.figures["t01/income_sum/final"]).toBe(
      cellValue(last, { table: "t01", row: "income_sum", column: "final" }),
    );
    expect(stored?.operatingCost).toBe(last.facts.operatingCost?.current);
    expect(stored?.facts["people.active"]).toBe(last.facts.people?.active);
    expect(stored?.facts["procurement.goods"]).toBe(last.facts.procurement?.goods);
    expect(Object.keys(stored?.facts ?? {}).some((path) => path.startsWith("prior"))).toBe(false);
    const filled = last["t03"]?.rows.map(({ key }) => key).filter((key) => key !== "total");
    expect(stored?.codes["t03"]?.map(({ code }) => code)).toEqual(filled);
    expect((await service.head(id))?.version).toBe(version);
  });

  it("begins with last year's duties, units and figures where it is opened after the approval", async () => {
    const { registry } = service.deps;
    const reviewer = await registry.member(region, "wangqiang");
    if (reviewer === undefined) throw new Error("The examples have a reviewer.");
    await enterMember(registry, {
      ...reviewer,
      memberships: [...reviewer.memberships, { role: "unit_reviewer", orgCode: "137002" }],
    });
    const approved = await service.bring("137002", "bureau");
    const { editionHash } = (await service.call("zhouting", "GET", `/api/reports/${approved}`))
      .body as { editionHash: string };
    await service.call("fengyuan", "POST", `/api/reports/${approved}/approve`, {
      ...{ editionHash, documentNumber: "景财决〔2023〕2号" },
    });
    const opened = await service.call("zhouting", "POST", "/api/reports", {
      ...{ region, year: 2023, orgCode: "137002" },
    });
    expect(opened.status).toBe(201);
    const { sections } = opened.body as { sections: object };
    expect(Object.keys(sections)).toEqual(["facts"]);
    const path = `/api/reports/${region}-2023-137002`;
    const { value } = (await service.call("zhouting", "GET", `${path}/sections/facts`)).body as {
      value: Facts;
    };
    const before = loadExampleUnit("137002").sections;
    expect(value).toMatchObject({
      duties: before.facts.duties,
      units: before.facts.units,
      enteredIn: before.facts.enteredIn,
    });
    expect(value.prior["t01/income_sum/final"]).toBe(
      cellValue(before, { table: "t01", row: "income_sum", column: "final" }),
    );
    expect(value).not.toHaveProperty("people");
    expect(value).not.toHaveProperty("operatingCost");
  });

  it("takes them over what was typed, and keeps what is this year's", async () => {
    const { value } = await facts();
    await save({
      ...value,
      duties: ["本年职责。"],
      prior: { "t01/income_sum/final": 1 },
      operatingCost: { current: 5_000_000, prior: 7 },
    });
    expect(await outcome("S216")).toMatchObject({ outcome: "failed", findings: 2 });

    const taken = await service.call("limin", "POST", at("/prior-year"), {});
    expect(taken.status, JSON.stringify(taken.body)).toBe(200);
    const { stored } = taken.body as Offered;
    const after = (await facts()).value;
    expect(after.prior).toEqual(stored?.figures);
    expect(after.operatingCost).toEqual({ current: 5_000_000, prior: stored?.operatingCost });
    expect(after.duties).toEqual(["本年职责。"]);
    expect(await outcome("S216")).toMatchObject({ outcome: "passed" });
  });

  it("says of a figure that is typed otherwise what the approved one is", async () => {
    const { value } = await facts();
    const right = value.prior["t01/closing/final"] ?? 0;
    await save({ ...value, prior: { ...value.prior, "t01/closing/final": right + 1_000_000 } });
    const found = (await checked()).findings.filter(({ rule }) => rule === "S216");
    expect(found).toHaveLength(1);
    expect(found[0]).toMatchObject({ severity: "error", path: "facts.prior.t01/closing/final" });
    expect(found[0]?.what).toContain("2022年决算");
  });

  it("cannot be changed so by a reviewer, nor read by people of another department", async () => {
    const before = await service.head(id);
    expect((await service.call("wangqiang", "POST", at("/prior-year"), {})).status).toBe(403);
    expect((await service.call("waibu", "GET", at("/prior-year"))).status).toBe(404);
    expect((await service.call("waibu", "POST", at("/prior-year"), {})).status).toBe(404);
    expect(await service.head(id)).toEqual(before);
  });

  it("is proposed to the node that it became part of, and judges nothing there", async () => {
    const { registry } = service.deps;
    const founded: OrgNode = {
      ...{ region, code: "137100", name: "新中心", parent: "137", since: 2023, version: 0 },
      kind: "unit",
      predecessors: [{ from: 2023, by: "merge", codes: ["137001"] }],
    };
    await enter(registry, region, {
      orgs: [founded],
      members: [
        {
          ...{ region, subject: "xinren", name: "新人", version: 0 },
          memberships: [{ role: "preparer", orgCode: "137100" }],
        },
      ],
    });
    const merged = `${region}-2023-137100`;
    const opened = await service.call("xinren", "POST", "/api/reports", {
      ...{ region, year: 2023, orgCode: "137100" },
    });
    expect(opened.body).toMatchObject({
      sections: {},
      notRolled:
        "没有结转2022年决算：本单位2023年由景德镇市人民政府行政服务中心管理委员会（本级）合并而成，职责和所属单位须自行填写；各单位2022年决算之和可在“上年数”中取用。",
    });
    const figures = async () =>
      ((await service.call("xinren", "GET", `/api/reports/${merged}/prior-year`)).body as Offered)
        .stored;
    expect(await figures()).toMatchObject({
      figures: {
        "t01/income_sum/final": (await offered()).stored?.figures["t01/income_sum/final"],
      },
      addedFrom: ["景德镇市人民政府行政服务中心管理委员会（本级）"],
    });
    const head = await service.head(merged);
    if (head === undefined) throw new Error("The report is not there.");
    const deps = { ...service.deps, files: service.deps.vault };
    const { ledger } = checkSections(await loadReportToCheck(deps, manifestOf(head)));
    expect(ledger.find(({ rule }) => rule === "S216")).toMatchObject({ outcome: "not_applicable" });

    // A part of the sum would be taken for the whole.
    const codes = ["137001", "137003"];
    await enter(registry, region, {
      orgs: [{ ...founded, predecessors: [{ from: 2023, by: "merge", codes }], version: 1 }],
    });
    expect(await figures()).toBeUndefined();
  });

  it("of which a part is damaged says so, offers nothing and stores nothing", async () => {
    const { vault, reports } = service.deps;
    const before = await service.head(id);
    const prior = await reports.load(`${region}-2022-137001`);
    const key = blobKey(prior?.sections["t03"]?.sha256 ?? "");
    const bytes = await vault.get(key);
    if (bytes === undefined) throw new Error("The table is not stored.");
    await vault.delete(key);
    const { stored, notRolled } = await offered();
    expect(stored).toBeUndefined();
    expect(notRolled).toContain("没有结转2022年决算：2022年度已批复决算的");
    expect(notRolled).toContain("已丢失。请联系系统管理员从备份恢复");
    expect((await service.call("limin", "POST", at("/prior-year"), {})).status).toBe(422);
    expect(await service.head(id)).toEqual(before);
    await vault.put(key, bytes, "application/json");
    expect((await offered()).notRolled).toBeUndefined();
  });
});
