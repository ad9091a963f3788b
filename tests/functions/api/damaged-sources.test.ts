import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { blobKey } from "../../../functions/storage/blobs.ts";
import type { ConsolidationView, ReportView } from "../../../shared/contract/responses.ts";
import { enterYear } from "../enter.ts";
import { region, startService, type Service } from "./service.ts";

/** A report is read with its units' approved submissions and its own of the year before: their damage is named. */

let service: Service;
/** The approved submission of the unit in 2022. */
let editionHash: string;
const department = `${region}-2022-137`;
const nextYear = `${region}-2023-137001`;
const other = new TextEncoder().encode("other bytes");

beforeAll(async () => {
  service = await startService();
  const unit = await service.bring("137001", "bureau");
  ({ editionHash } = await ok<ReportView>("limin", "GET", `/api/reports/${unit}`));
  await ok("fengyuan", "POST", `/api/reports/${unit}/approve`, {
    ...{ editionHash, documentNumber: "景财决〔2023〕1号" },
  });
  await ok("zhaolin", "POST", "/api/reports", { region, year: 2022, orgCode: "137" });
  const view = await ok<ConsolidationView>("zhaolin", "GET", at(department, "/consolidation"));
  // So that the department's table is not the unit's own bytes.
  const byHand = { cells: [{ cell: "t10/equipment/final", fen: 1 }], reason: "本级漏列的设备" };
  await ok("zhaolin", "POST", at(department, "/consolidation"), {
    ...{ editionHash: view.editionHash, confirmed: [], adjustments: [byHand] },
  });
  await enterYear(service.deps.registry, {
    ...{ region, year: 2023, edition: "jiangxi-2022", status: "open", version: 0 },
    ...{ unitDue: "2024-07-31", departmentDue: "2024-08-15", bureauDue: "2024-08-31" },
  });
  await ok("limin", "POST", "/api/reports", { region, year: 2023, orgCode: "137001" });
});
afterAll(() => service.close());

const at = (id: string, path: string) => `/api/reports/${id}${path}`;

async function ok<Body>(...request: Parameters<Service["call"]>): Promise<Body> {
  const answer = await service.call(...request);
  expect(answer.status, `${request[1]} ${request[2]} ${JSON.stringify(answer.body)}`).toBeLessThan(
    300,
  );
  return answer.body as Body;
}

/** Runs with a blob changed, then with it lost, and puts it back. */
async function whileDamaged(
  sha256: string,
  run: (fault: "changed" | "missing") => Promise<void>,
): Promise<void> {
  const { vault } = service.deps;
  const key = blobKey(sha256);
  const whole = await vault.get(key);
  if (whole === undefined) throw new Error("The blob is not there.");
  try {
    await vault.put(key, other, "application/json");
    await run("changed");
    await vault.delete(key);
    await run("missing");
  } finally {
    await vault.put(key, whole, "application/json");
  }
}

async function expectRefused(
  request: Parameters<Service["call"]>,
  damage: object,
  words: string,
): Promise<void> {
  const answer = await service.call(...request);
  expect(answer, `${request[1]} ${request[2]}`).toMatchObject({
    status: 422,
    body: {
      error: {
        code: "content_damaged",
        message: expect.stringContaining(words) as string,
        details: { damage: [damage] },
      },
    },
  });
  const { message } = (answer.body as { error: { message: string } }).error;
  expect(message).toContain("请联系系统管理员从备份恢复");
}

const tableOf = async (id: string) =>
  (await service.head(id))?.sections.t10?.sha256 ?? expect.unreachable();
const unitId = `${region}-2022-137001`;
const faultWords = { changed: "的内容已被改动或损坏", missing: "已丢失" } as const;
const unitName = "137001 景德镇市人民政府行政服务中心管理委员会（本级）";

const ofDepartment = {
  submit: ["zhaolin", "POST", at(department, "/submit"), {}],
  findings: ["zhaolin", "GET", at(department, "/findings")],
  consolidation: ["zhaolin", "GET", at(department, "/consolidation")],
  "a cell of the consolidation": [
    ...["zhaolin", "GET"],
    at(department, "/consolidation/cells?cell=t10/equipment/final"),
  ],
} as unknown as Record<string, Parameters<Service["call"]>>;

describe("a damaged table of a unit's approved submission is named with its unit", () => {
  it.each(Object.entries(ofDepartment))("to %s", async (_, request) => {
    await whileDamaged(await tableOf(unitId), (fault) =>
      expectRefused(
        request,
        { kind: "section", section: "t10", fault, source: { kind: "unit", orgCode: "137001" } },
        `所属单位 ${unitName}已批复决算的公开10表${faultWords[fault]}`,
      ),
    );
  });

  it("to whoever consolidates, and nothing is written", async () => {
    const before = await service.head(department);
    const { editionHash: seen } = await ok<ConsolidationView>(
      "zhaolin",
      "GET",
      at(department, "/consolidation"),
    );
    const body = { editionHash: seen, confirmed: [], adjustments: [] };
    await whileDamaged(await tableOf(unitId), (fault) =>
      expectRefused(
        ["zhaolin", "POST", at(department, "/consolidation"), body],
        { section: "t10", fault },
        "所属单位 137001",
      ),
    );
    expect(await service.head(department)).toEqual(before);
  });

  it("its manifest, too", async () => {
    await whileDamaged(editionHash, (fault) =>
      expectRefused(
        ["zhaolin", "GET", at(department, "/findings")],
        { kind: "manifest", fault, source: { kind: "unit", orgCode: "137001" } },
        `所属单位 137001已批复决算的版本清单${faultWords[fault]}`,
      ),
    );
  });

  it("and once it is restored everything is answered again", async () => {
    await ok("zhaolin", "GET", at(department, "/findings"));
    await ok("zhaolin", "GET", at(department, "/consolidation"));
    const submitted = await service.call("zhaolin", "POST", at(department, "/submit"), {});
    expect(submitted.body).not.toMatchObject({ error: { code: "content_damaged" } });
    expect(submitted.status).toBe(422);
  });
});

const ofNextYear = {
  submit: ["limin", "POST", at(nextYear, "/submit"), {}],
  findings: ["limin", "GET", at(nextYear, "/findings")],
  workbook: ["limin", "GET", at(nextYear, "/workbook")],
  "an empty workbook": [
    ...["limin", "GET"],
    `/api/regions/${region}/years/2023/orgs/137001/workbook`,
  ],
  "taking them over": ["limin", "POST", at(nextYear, "/prior-year"), {}],
} as unknown as Record<string, Parameters<Service["call"]>>;

describe("a damaged table of last year's approved submission is named with its year", () => {
  it.each(Object.entries(ofNextYear))("to %s", async (_, request) => {
    await whileDamaged(await tableOf(unitId), (fault) =>
      expectRefused(
        request,
        { kind: "section", section: "t10", fault, source: { kind: "prior_year", year: 2022 } },
        `2022年度已批复决算的公开10表${faultWords[fault]}`,
      ),
    );
  });

  it("its manifest, too, and restored it is read again", async () => {
    await whileDamaged(editionHash, (fault) =>
      expectRefused(
        ["limin", "GET", at(nextYear, "/findings")],
        { kind: "manifest", fault, source: { kind: "prior_year", year: 2022 } },
        `2022年度已批复决算的版本清单${faultWords[fault]}`,
      ),
    );
    await ok("limin", "GET", at(nextYear, "/findings"));
  });
});

describe("a damaged table of the report itself is named", () => {
  it.each([
    ["findings", at(department, "/findings")],
    ["workbook", at(department, "/workbook")],
    ["the narrative", at(department, "/narrative")],
  ])("to %s", async (_, path) => {
    await whileDamaged(await tableOf(department), async (fault) => {
      const answer = await service.call("zhaolin", "GET", path);
      const damage = [{ kind: "section", section: "t10", fault }];
      const message = expect.stringContaining(`公开10表${faultWords[fault]}`) as string;
      expect(answer).toMatchObject({
        status: 422,
        body: { error: { code: "content_damaged", message, details: { damage } } },
      });
    });
  });
});

it("a department's draft whose own tables are lost is added up again", async () => {
  const before = (await service.head(department))?.sections;
  for (const section of ["t10", "adjustments"] as const) {
    await service.deps.vault.delete(blobKey(before?.[section]?.sha256 ?? ""));
  }
  const view = await ok<ConsolidationView>("zhaolin", "GET", at(department, "/consolidation"));
  expect(view).toMatchObject({ consolidated: false, entries: [] });
  await ok("zhaolin", "POST", at(department, "/consolidation"), {
    ...{ editionHash: view.editionHash, confirmed: [], adjustments: [] },
  });
  const table = await ok<object>("zhaolin", "GET", at(department, "/sections/t10"));
  expect(table).not.toHaveProperty("damage");
  await ok("zhaolin", "GET", at(department, "/findings"));
});
