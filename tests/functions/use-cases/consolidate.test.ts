import { afterAll, beforeAll, expect, it } from "vitest";
import { consolidateDepartment } from "../../../functions/use-cases/consolidate.ts";
import { hashOf } from "../../../functions/use-cases/report-content.ts";
import type { ReportHead, ReportStore } from "../../../functions/storage/ports.ts";
import { shippedEditions } from "../../../shared/editions/shipped-editions.ts";
import type { Actor } from "../../../shared/workflow/report-state.ts";
import { region, startService, type Service } from "../api/service.ts";

let service: Service;
beforeAll(async () => {
  service = await startService();
  const unit = await service.bring("137001", "bureau");
  const editionHash = (await service.head(unit))?.state;
  if (editionHash?.status !== "in_review") throw new Error("The unit is not in review.");
  const approved = await service.call("fengyuan", "POST", `/api/reports/${unit}/approve`, {
    editionHash: editionHash.submission.editionHash,
    documentNumber: "景财决〔2023〕1号",
  });
  expect(approved.status).toBe(200);
  await service.call("zhaolin", "POST", "/api/reports", { region, year: 2022, orgCode: "137" });
});
afterAll(() => service.close());

const preparer: Actor = { id: "zhaolin", name: "赵林", roles: ["preparer"] };

async function department(): Promise<ReportHead> {
  const head = await service.head(`${region}-2022-137`);
  if (head === undefined) throw new Error("The department's report is not there.");
  return head;
}

/** Asks for a 汇总 of the draft as `head` has it, over a store that `before` acts on at the last moment. */
async function consolidate(head: ReportHead, before: () => Promise<unknown>) {
  const { reports, registry, vault, sha256, now } = service.deps;
  const saveSections: ReportStore["saveSections"] = async (id, changes) => {
    await before();
    return reports.saveSections(id, changes);
  };
  return consolidateDepartment(
    {
      reports: { load: (id) => reports.load(id), saveSections },
      ...{ registry, sha256, editions: shippedEditions, now, files: vault },
    },
    head,
    { editionHash: hashOf(service.deps, head), confirmed: [], adjustments: [] },
    preparer,
  );
}

it("writes nothing at all when somebody saved one of the tables meanwhile", async () => {
  const head = await department();
  const done = await consolidate(head, () =>
    service.call("zhaolin", "PUT", `/api/reports/${head.id}/sections/t10`, {
      base: null,
      value: { rows: [{ key: "equipment", cells: { final: 3 } }] },
    }),
  );
  expect(done).toMatchObject({ ok: false, error: { code: "section_conflict" } });
  expect(Object.keys((await department()).sections)).toEqual(["t10"]);
});

it("is written once by two at once who ask for the same, and not again when nothing moved", async () => {
  const head = await department();
  const both = await Promise.all([
    consolidate(head, () => Promise.resolve()),
    consolidate(head, () => Promise.resolve()),
  ]);
  expect(both.map(({ ok }) => ok)).toEqual([true, true]);
  const after = await department();
  expect(after.version).toBe(head.version + 1);
  expect(Object.keys(after.sections).sort()).toEqual([
    "adjustments",
    "facts",
    ...["t01", "t02", "t03", "t04", "t05", "t06", "t07", "t08", "t09", "t10"],
  ]);
  const again = await consolidate(after, () => Promise.resolve());
  expect(again.ok && again.value.version).toBe(after.version);
});

it("is refused to who may not edit and on a unit's report", async () => {
  const head = await department();
  const unit = await service.head(`${region}-2022-137001`);
  const request = { editionHash: hashOf(service.deps, head), confirmed: [], adjustments: [] };
  const deps = { ...service.deps, files: service.deps.vault };
  const reviewer: Actor = { ...preparer, roles: ["department_reviewer"] };
  expect(await consolidateDepartment(deps, head, request, reviewer)).toEqual({
    ok: false,
    error: { code: "wrong_role" },
  });
  if (unit === undefined) throw new Error("The unit's report is not there.");
  expect(await consolidateDepartment(deps, unit, request, preparer)).toEqual({
    ok: false,
    error: { code: "not_found" },
  });
});
