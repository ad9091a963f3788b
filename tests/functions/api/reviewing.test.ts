import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ReportView, Worklist } from "../../../shared/contract/responses.ts";
import { region, startService, type Service } from "./service.ts";

/** A reviewer's second look by the doors: what their list and the report say changed since they looked. */

let service: Service;
let id: string;
let first: string;
beforeAll(async () => {
  service = await startService();
  id = await service.bring("137001", "unit");
  first = (await view("wangqiang")).editionHash;
});
afterAll(() => service.close());

async function ok<Body>(...request: Parameters<Service["call"]>): Promise<Body> {
  const { status, body } = await service.call(...request);
  expect(status, `${request[1]} ${request[2]} ${JSON.stringify(body)}`).toBeLessThan(300);
  return body as Body;
}
const at = (path: string) => `/api/reports/${id}${path}`;
const view = (who: string) => ok<ReportView>(who, "GET", at(""));
const worklist = async (who: string) => {
  await service.relay();
  return ok<Worklist>(who, "GET", `/api/regions/${region}/worklist`);
};
const rowOf = async (who: string) => {
  const { mine, following } = await worklist(who);
  expect(following.map((row) => row.id)).not.toContain(id);
  return mine.find((row) => row.id === id);
};
/** Changes one section of the draft, by what it held. */
async function edit<Value>(section: string, change: (value: Value) => Value) {
  const stored = await ok<{ pointer?: { sha256: string }; value: Value }>(
    ...(["limin", "GET", at(`/sections/${section}`)] as const),
  );
  await ok("limin", "PUT", at(`/sections/${section}`), {
    base: stored.pointer?.sha256 ?? null,
    value: change(stored.value),
  });
}

describe("the list of who reviews", () => {
  it("says since when a report waits, what its check found, and that nobody looked yet", async () => {
    service.at("2023-08-04T02:00:00.000Z");
    expect(await rowOf("wangqiang")).toMatchObject({
      since: "2023-08-01T02:00:00.000Z",
      check: { errors: 0 },
      returns: 0,
      changedParts: null,
    });
  });

  it("says that nothing changed once they looked, for them alone", async () => {
    await ok("wangqiang", "POST", at("/seen"), { editionHash: first });
    expect((await rowOf("wangqiang"))?.changedParts).toBe(0);
    expect((await service.deps.looks.load(id, "wangqiang"))?.latest.editionHash).toBe(first);
    expect(await service.deps.looks.load(id, "heping")).toBeUndefined();
  });

  it("counts remarks, returns and the parts that changed since they looked", async () => {
    await ok("wangqiang", "POST", at("/threads"), {
      ...{ anchor: { kind: "section", section: "facts" }, text: "请补充主要职责。" },
    });
    await ok("wangqiang", "POST", at("/return"), { editionHash: first, reason: "请核对后重报。" });
    const returned = (await worklist("limin")).mine.find((row) => row.id === id);
    expect(returned).toMatchObject({
      returns: 1,
      openRemarks: 1,
      since: "2023-08-04T02:00:00.000Z",
    });
    expect(returned?.changedParts).toBeUndefined();
    await edit<{ duties: string[] }>("facts", (facts) => ({
      ...facts,
      duties: [...facts.duties, "承办市委、市政府交办的其他事项"],
    }));
    await service.explain("limin", id);
    const again = await ok<ReportView>("limin", "POST", at("/submit"), {});
    expect(again.editionHash).not.toBe(first);
    expect(await rowOf("wangqiang")).toMatchObject({ returns: 1, changedParts: 1 });
  });
});
