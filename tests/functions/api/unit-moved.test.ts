import { afterAll, beforeAll, expect, it } from "vitest";
import type { ProgressRowView, ReportView, Worklist } from "../../../shared/contract/responses.ts";
import { enterMember, enterOrg } from "../enter.ts";
import { region, startService, type Service } from "./service.ts";

/** A unit comes under another department (划转) while its report is with the reviewers of the old one. */
let service: Service;
let id: string;
let editionHash: string;
const unit = "137001";
beforeAll(async () => {
  service = await startService();
  await enterMember(service.deps.registry, {
    ...{ region, subject: "yejun", name: "叶军", version: 0 },
    memberships: [{ role: "department_reviewer", orgCode: "200" }],
  });
  id = await service.bring(unit, "department");
  editionHash = (await view("suntao")).editionHash;
  const org = await service.deps.registry.org(region, unit);
  if (org === undefined) throw new Error(`The city has no ${unit}.`);
  // As when it was handed in while the move was being recorded: the door itself refuses a move in mid-review.
  await enterOrg(service.deps.registry, { ...org, parent: "200", formerParents: ["137"] });
});
afterAll(() => service.close());

const view = async (who: string) =>
  (await service.call(who, "GET", `/api/reports/${id}`)).body as ReportView;
const statusFor = async (who: string) =>
  (await service.call(who, "GET", `/api/reports/${id}`)).status;
const act = (who: string, path: string, body: object = {}) =>
  service.call(who, "POST", `/api/reports/${id}/${path}`, body);
const worklist = async (who: string) =>
  (await service.call(who, "GET", `/api/regions/${region}/worklist`)).body as Worklist;
const mine = async (who: string) => (await worklist(who)).mine.map((report) => report.id);
const listed = async (who: string) =>
  (
    (await service.call(who, "GET", `/api/regions/${region}/years/2022/reports`)).body as {
      items: { id: string }[];
    }
  ).items.map((report) => report.id);
async function progressOf(who: string, department: string) {
  await service.relay();
  const path = `/api/regions/${region}/years/2022/progress/${department}`;
  const { rows } = (await service.call(who, "GET", path)).body as { rows: ProgressRowView[] };
  return rows.find(({ orgCode }) => orgCode === unit);
}

it("in review it stays with the department it was handed in to, wherever that is asked", async () => {
  expect((await view("suntao")).allowedActions).toContain("approve");
  expect(await mine("suntao")).toEqual([id]);
  expect(await listed("suntao")).toContain(id);
  expect((await progressOf("suntao", "137"))?.report?.turn?.orgCode).toBe("137");
  expect((await act("qianli", "sign-offs", { editionHash, kind: "secrecy" })).status).toBe(200);
});

it("the department it comes to reads it and does not act on it", async () => {
  expect((await view("yejun")).allowedActions).toEqual([]);
  expect(await mine("yejun")).toEqual([]);
  await service.relay();
  expect((await worklist("yejun")).following.map((report) => report.id)).toEqual([id]);
  expect((await progressOf("yejun", "200"))?.report?.status).toBe("in_review");
  expect((await act("yejun", "approve", { editionHash })).status).toBe(403);
});

it("where the old department is gone from the tree the bureau acts in its place", async () => {
  const { registry } = service.deps;
  const open = registry.view.bind(registry);
  Object.assign(registry, {
    view: async (code: string) => {
      const whole = await open(code);
      const org = async (one: string) => (one === "137" ? undefined : whole.org(one));
      return { ...whole, org };
    },
  });
  expect((await view("fengyuan")).allowedActions).toEqual(
    expect.arrayContaining(["approve", "return"]),
  );
  expect(await statusFor("limin")).toBe(200);
  Object.assign(registry, { view: open });
  expect((await view("fengyuan")).allowedActions).not.toContain("return");
});

it("returned, it follows the unit, and its history says from which to which", async () => {
  const returned = await act("suntao", "return", { editionHash, reason: "请按新的隶属关系办理" });
  expect(returned.status).toBe(200);
  expect(await statusFor("suntao")).toBe(404);
  expect(await listed("suntao")).toEqual([]);
  expect(await statusFor("yejun")).toBe(200);

  expect((await act("limin", "submit")).status).toBe(200);
  expect((await service.head(id))?.departmentCode).toBe("200");
  const { body } = await service.call("limin", "GET", `/api/reports/${id}/events`);
  const submits = (body as { items: { event: { type: string } }[] }).items
    .map(({ event }) => event)
    .filter(({ type }) => type === "submitted");
  expect(submits[0]).toMatchObject({ departmentCode: "137" });
  expect(submits[0]).not.toHaveProperty("movedFrom");
  expect(submits[1]).toMatchObject({ departmentCode: "200", movedFrom: "137" });

  expect((await act("wangqiang", "approve", { editionHash })).status).toBe(200);
  expect(await mine("yejun")).toEqual([id]);
  expect(await mine("suntao")).toEqual([]);
  expect((await view("yejun")).allowedActions).toContain("approve");
});
