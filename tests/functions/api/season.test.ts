import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Progress, ProgressRowView, SeasonDays } from "../../../shared/contract/responses.ts";
import { readXlsx } from "hucre";
import { loadExampleUnit } from "../../examples/load-example.ts";
import { region, startService, type Service } from "./service.ts";

/** How a year goes, by the doors: what is known of each report, and who may look for it. */

const inYear = (path: string) => `/api/regions/${region}/years/2022${path}`;
let service: Service;
let id: string;
beforeAll(async () => {
  service = await startService();
  id = await service.bring("137001", "unit");
  await service.relay();
});
afterAll(() => service.close());

const get = (who: string, path: string) => service.call(who, "GET", inYear(path));
interface Nodes {
  readonly items: readonly ProgressRowView[];
  readonly next?: string;
}
const nodes = async (query: string) =>
  ((await get("fengyuan", `/nodes${query}`)).body as Nodes).items.map(({ orgCode }) => orgCode);
const unit = async () => {
  const { rows } = (await get("xuning", "/progress/137")).body as { rows: ProgressRowView[] };
  return rows.find(({ orgCode }) => orgCode === "137001");
};

describe("what is known of a report", () => {
  it("is what its last check found, when it was handed in", async () => {
    expect(await unit()).toMatchObject({
      departmentCode: "137",
      returns: 0,
      last: { type: "submitted", byName: "limin名" },
      check: { errors: 0 },
    });
  });

  it("follows remarks at once, and returns with the relay", async () => {
    const opened = await service.call("wangqiang", "POST", `/api/reports/${id}/threads`, {
      anchor: { kind: "section", section: "t01" },
      text: "请核对本年收入。",
    });
    expect(opened.status).toBe(201);
    expect((await unit())?.openRemarks).toBe(1);
    expect(await nodes("?having=remarks")).toEqual(["137001"]);
    const report = (await service.call("wangqiang", "GET", `/api/reports/${id}`)).body as {
      editionHash: string;
    };
    const back = { editionHash: report.editionHash, reason: "请按意见修改。" };
    const returned = await service.call("wangqiang", "POST", `/api/reports/${id}/return`, back);
    expect(returned.status).toBe(200);
    await service.relay();
    expect(await nodes("?having=returns")).toEqual(["137001"]);
    const { departments } = (await get("xuning", "/progress")).body as Progress;
    expect(departments[0]?.season).toMatchObject({ returns: 1, openRemarks: 1 });
  });

  it("counts the errors of a draft once somebody has had it checked", async () => {
    const read = (await service.call("limin", "GET", `/api/reports/${id}/sections/t01`)).body as {
      pointer: { sha256: string };
      value: { rows: unknown };
    };
    const emptied = { base: read.pointer.sha256, value: { ...read.value, rows: [] } };
    const saved = await service.call("limin", "PUT", `/api/reports/${id}/sections/t01`, emptied);
    expect(saved.status).toBe(200);
    expect(await nodes("?having=errors")).toEqual([]);
    await service.call("limin", "GET", `/api/reports/${id}/findings`);
    expect(await nodes("?having=errors")).toEqual(["137001"]);
    expect((await unit())?.check?.errors).toBeGreaterThan(0);
  });
});

describe("rules", () => {
  interface Rules {
    readonly items: readonly { rule: string; title: string; now: number; met: number }[];
  }
  const rules = async () => ((await get("shenbo", "/rules")).body as Rules).items;

  it("are counted by the reports that break them, and stay counted once they are mended", async () => {
    const broken = (await rules()).find(({ now }) => now > 0);
    if (broken === undefined) throw new Error("An emptied table breaks a rule.");
    expect(broken).toMatchObject({ now: 1, met: 1 });
    expect(broken.title).not.toBe(broken.rule);
    const hits = await get("shenbo", `/rules/${broken.rule}`);
    expect(hits.body).toMatchObject({ items: [{ orgCode: "137001", reportId: id }] });
    expect((await get("shenbo", "/rules/R999")).body).toEqual({ items: [] });
    await service.fill("limin", id, loadExampleUnit("137001"));
    await service.call("limin", "GET", `/api/reports/${id}/findings`);
    const after = (await rules()).find(({ rule }) => rule === broken.rule);
    expect(after).toMatchObject({ now: 0, met: 1 });
    expect((await get("shenbo", `/rules/${broken.rule}`)).body).toMatchObject({
      items: [{ orgCode: "137001", findings: 0 }],
    });
  });

  it("and nodes, figures and returns go into one workbook", async () => {
    const { status, body } = await get("shenbo", "/workbook?having=returns");
    expect(status).toBe(200);
    const { sheets } = await readXlsx(new Uint8Array(body as ArrayBuffer));
    expect(sheets.map(({ name }) => name)).toEqual(["单位进度", "统计", "审核规则", "办理纪要"]);
    const [nodeSheet, figures, , minutes] = sheets.map(({ rows }) => rows);
    expect(nodeSheet?.slice(2).map((row) => row[1])).toEqual(["137001"]);
    expect(figures?.[2]).toEqual(["应报单位", 4]);
    expect(minutes?.slice(2).map((row) => row[4])).toEqual(["单位审核退回：请按意见修改。"]);
  });
});

describe("nodes", () => {
  it("are found by state and text, department by department, to the last page", async () => {
    expect(await nodes("?state=not_opened")).toEqual(["137", "137002", "200"]);
    expect(await nodes("?state=not_public&text=137001")).toEqual(["137001"]);
    expect(await nodes("?state=published")).toEqual([]);
    const first = (await get("shenbo", "/nodes?limit=1")).body as Nodes;
    expect(first.items.map(({ departmentCode }) => departmentCode)).toEqual(["137", "137", "137"]);
    const second = (
      await get("shenbo", `/nodes?limit=1&after=${encodeURIComponent(first.next ?? "")}`)
    ).body as Nodes;
    expect(second.items.map(({ orgCode }) => orgCode)).toEqual(["200"]);
    expect(second.next).toBeUndefined();
  });

  it("and days are for those who see the whole region", async () => {
    for (const path of ["/nodes", "/days"]) {
      expect((await get("suntao", path)).status).toBe(403);
      expect(
        (await service.call("xuning", "GET", `/api/regions/310107/years/2022${path}`)).status,
      ).toBe(404);
      expect((await get("xuning", path)).status).toBe(200);
    }
    await service.deps.progress.putDay(
      { region, year: 2021 },
      { day: "2022-08-01", counts: { published: 2 }, overdue: 0 },
    );
    const { days, before } = (await get("xuning", "/days")).body as SeasonDays;
    expect(days).toEqual([]);
    expect(before).toEqual([{ day: "2022-08-01", counts: { published: 2 }, overdue: 0 }]);
  });
});
