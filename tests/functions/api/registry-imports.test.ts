import { writeXlsx } from "hucre";
import { Buffer } from "node:buffer";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { InvitedView, PlannedImportView } from "../../../shared/contract/responses.ts";
import { verifyRegistry } from "../../../functions/use-cases/registry-history.ts";
import { everyMember, everyOrg } from "../enter.ts";
import { region, startService, type Service } from "./service.ts";

/** The tree and its people come in from a workbook: whole or not at all, and are taken back once. */
let service: Service;
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service.close());

const inRegion = (path: string) => `/api/regions/${region}${path}`;
const base = "/registry-imports";
const orgHead = ["机构代码", "机构名称", "类别", "上级代码", "撤销"];
const peopleHead = ["姓名", "账号", "手机", "邮箱", "机构代码", "岗位"];
type Rows = readonly (readonly string[])[];

async function workbook(orgs: Rows, people: Rows): Promise<string> {
  const bytes = await writeXlsx({
    sheets: [
      { name: "机构", rows: [orgHead, ...orgs].map((row) => [...row]) },
      { name: "人员", rows: [peopleHead, ...people].map((row) => [...row]) },
    ],
  });
  return Buffer.from(bytes).toString("base64");
}
const send = async (content: string, who = "xuning") =>
  service.call(who, "POST", inRegion(base), {
    ...{ year: 2022, reason: "初次登记", fileName: "名册.xlsx", content },
  });
const part = (id: string, number: number, who = "xuning") =>
  service.call(who, "POST", inRegion(`${base}/${id}/parts/${String(number)}`), {});
async function applied(plan: PlannedImportView): Promise<InvitedView[]> {
  const invited: InvitedView[] = [];
  for (let number = 1; number <= plan.parts; number += 1) {
    const { status, body } = await part(plan.id, number);
    expect(status, JSON.stringify(body)).toBe(200);
    invited.push(...(body as { invited: InvitedView[] }).invited);
  }
  return invited;
}
const everything = async () => [
  await everyOrg(service.deps.registry, region),
  await everyMember(service.deps.registry, region),
  (await service.deps.registry.head(region))?.chain.seq,
];
const units = Array.from({ length: 60 }, (_, index): string[] => [
  ...[`300${String(index + 1).padStart(3, "0")}`, `第${String(index + 1)}单位`, "预算单位", "300"],
]);
const people = units.flatMap(([code = ""], index): string[][] => [
  ["甲" + code, `prep${code}`, "", "", code, "编制人"],
  ["乙" + code, "", `1390000${String(index).padStart(4, "0")}`, "", code, "单位审核人"],
]);

describe("a file with faults", () => {
  it("is refused with each at its cell, and nothing is stored", async () => {
    const before = await everything();
    const answer = await send(
      await workbook(
        [["300001", "甲", "预算单位", "300"]],
        [["李", "", "", "", "137001", "编制人"]],
      ),
    );
    expect(answer.status).toBe(422);
    expect(answer.body).toMatchObject({
      error: {
        code: "import_refused",
        details: { faults: [{ where: "机构!D2" }, { where: "人员!B2" }] },
      },
    });
    expect(await everything()).toEqual(before);
  });

  it("or is no workbook, too large, or the same as what is there", async () => {
    const code = async (content: string) =>
      ((await send(content)).body as { error: { code: string; message: string } }).error;
    expect((await code(Buffer.from("名册").toString("base64"))).code).toBe("import_refused");
    const large = Buffer.alloc(4 * 1024 * 1024 + 1).toString("base64");
    expect(JSON.stringify((await send(large)).body)).toContain("超过 4 MB");
    expect(
      (await service.call("xuning", "POST", inRegion(base), "x".repeat(8_000_000))).status,
    ).toBe(413);
    const same = await code(await workbook([["137001", "", "", "137"]], []));
    expect(same.message).toContain("没有要导入的内容");
  });
});

describe("sixty units and their people", () => {
  let plan: PlannedImportView;
  let before: unknown[];

  it("are listed before anything is stored", async () => {
    before = await everything();
    const answer = await send(await workbook([["300", "新部门", "主管部门"], ...units], people));
    expect(answer.status, JSON.stringify(answer.body).slice(0, 500)).toBe(200);
    plan = answer.body as PlannedImportView;
    expect(plan.lines).toHaveLength(61 + 60 + 60);
    expect(plan.parts).toBe(5);
    expect(await everything()).toEqual(before);
  });

  it("come in part by part, and in between nothing else changes", async () => {
    expect((await part(plan.id, 2)).status).toBe(412);
    expect((await part(plan.id, 1)).status).toBe(200);
    const other = await service.call("xuning", "POST", inRegion("/org-acts"), {
      ...{ type: "rename", year: 2022, reason: "更名", name: "新名" },
      org: { code: "137001", version: 1 },
    });
    expect(other.status).toBe(409);
    expect(JSON.stringify(other.body)).toContain("正在导入“名册.xlsx”");
    const state = await service.call("xuning", "GET", inRegion(base));
    expect(state.body).toMatchObject({ running: { done: 1, parts: 5 } });

    const invited = await applied(plan);
    expect(invited).toHaveLength(60);
    expect(new Set(invited.map(({ code }) => code)).size).toBe(60);
    const { registry } = service.deps;
    expect(await registry.org(region, "300060")).toMatchObject({ parent: "300", since: 2022 });
    expect(await registry.member(region, "prep300001")).toMatchObject({ name: "甲300001" });
    // Repeated, as when an answer was lost, a part changes nothing.
    const seq = (await registry.head(region))?.chain.seq;
    expect((await part(plan.id, 3)).status).toBe(200);
    expect((await registry.head(region))?.chain.seq).toBe(seq);
    expect(await verifyRegistry(service.deps, region)).toMatchObject({ intact: true });
  });

  it("let their people in at once", async () => {
    const { body } = await service.call("prep300001", "GET", inRegion("/worklist"));
    expect(body).toMatchObject({ toOpen: [{ orgName: "第1单位", year: 2022 }] });
  });

  it("are not taken back once a report was begun, and say so", async () => {
    await service.call("prep300001", "POST", "/api/reports", {
      ...{ region, year: 2022, orgCode: "300001" },
    });
    const refused = await service.call("xuning", "POST", inRegion(`${base}/undo`), {});
    expect(refused.status).toBe(409);
    expect(JSON.stringify(refused.body)).toContain("“第1单位”2022 年度决算已经建立");
  });
});

describe("an import on which nothing was built", () => {
  it("is taken back as a whole, once", async () => {
    const before = await service.deps.registry.org(region, "137002");
    const answer = await send(
      await workbook(
        [
          ["400", "丙部门", "主管部门"],
          ["137002", "改了的名称", "", ""],
        ],
        [["丁", "", "", "ding@example.cn", "400", "编制人"]],
      ),
    );
    await applied(answer.body as PlannedImportView);
    expect((await service.deps.registry.org(region, "137002"))?.name).toBe("改了的名称");
    const undo = await service.call("xuning", "POST", inRegion(`${base}/undo`), {});
    expect(undo.status, JSON.stringify(undo.body)).toBe(200);
    await applied(undo.body as PlannedImportView);
    const { registry } = service.deps;
    expect(await registry.org(region, "137002")).toMatchObject({ name: before?.name });
    expect((await registry.org(region, "400"))?.dissolved?.from).toBe(2022);
    const [invitation] = (await registry.invitations(region, { limit: 100 })).items.filter(
      ({ email }) => email === "ding@example.cn",
    );
    expect(invitation?.status).toBe("withdrawn");
    expect((await service.call("xuning", "POST", inRegion(`${base}/undo`), {})).status).toBe(404);
    // Its code may be used again.
    const again = await send(await workbook([["400", "丙部门", "主管部门"]], []));
    expect(again.status, JSON.stringify(again.body)).toBe(200);
    expect(await verifyRegistry(service.deps, region)).toMatchObject({ intact: true });
  });

  it("is refused when the registry moved since it was weighed", async () => {
    const planned = (await send(await workbook([["500", "戊部门", "主管部门"]], [])))
      .body as PlannedImportView;
    const org = await service.deps.registry.org(region, "137002");
    await service.call("xuning", "POST", inRegion("/org-acts"), {
      ...{ type: "exempt", year: 2022, reason: "新设" },
      org: { code: "137002", version: org?.version },
    });
    expect((await part(planned.id, 1)).status).toBe(412);
    expect(await service.deps.registry.org(region, "500")).toBeUndefined();
  });
});

it("weighs the roles that somebody holds at nodes the file does not name", async () => {
  const file = await workbook([], [["limin名", "limin", "", "", "137002", "单位审核人"]]);
  const answer = await send(file);
  expect(answer.status, JSON.stringify(answer.body)).toBe(200);
  expect((answer.body as PlannedImportView).lines).toMatchObject([{ what: "变动岗位" }]);
});

it("ends a role with what follows in the preview, and gives it back when it is taken back", async () => {
  const rolesOf = async () =>
    (await service.deps.registry.member(region, "zhouting"))?.memberships.map(({ role }) => role);
  const head = [...peopleHead, "结束"];
  const bytes = await writeXlsx({
    sheets: [
      {
        name: "人员",
        rows: [head, ["zhouting名", "zhouting", "", "", "137002", "编制人", "是"]],
      },
    ],
  });
  const answer = await send(Buffer.from(bytes).toString("base64"));
  expect(answer.status, JSON.stringify(answer.body)).toBe(200);
  const plan = answer.body as PlannedImportView;
  expect(plan.lines).toMatchObject([
    { what: "变动岗位", text: expect.stringContaining("编制人") as string },
    { what: "缺岗", text: "导入后没有编制人，本单位的决算将无人办理" },
  ]);
  expect(await rolesOf()).toEqual(["preparer"]);
  await applied(plan);
  expect(await rolesOf()).toEqual([]);
  const undo = (await service.call("xuning", "POST", inRegion(`${base}/undo`), {})).body;
  await applied(undo as PlannedImportView);
  expect(await rolesOf()).toEqual(["preparer"]);
});

it("the template is a workbook that says how it is filled in", async () => {
  const { status, body } = await service.call("xuning", "GET", inRegion(`${base}/template`));
  expect(status).toBe(200);
  const content = Buffer.from(body as Uint8Array).toString("base64");
  const sent = await send(content);
  expect(JSON.stringify(sent.body)).toContain("没有要导入的内容");
});
