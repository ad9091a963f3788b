import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ApprovalWaiting } from "../../../shared/contract/responses.ts";
import { region, startService, type Service } from "./service.ts";

/** 批量批复 by the doors: what keeps a report from it, and that each has an outcome of its own. */

const path = `/api/regions/${region}/years/2022/approvals`;
let service: Service;
let id: string;
beforeAll(async () => {
  service = await startService();
  id = await service.bring("137001", "bureau");
});
afterAll(() => service.close());

const waiting = async () => {
  const { body } = await service.call("fengyuan", "GET", path);
  const [one, ...others] = (body as { items: ApprovalWaiting[] }).items;
  if (one === undefined || others.length > 0) throw new Error("One report waits.");
  return one;
};
const approve = async (more: object = {}) => {
  const { editionHash, version } = await waiting();
  const { status, body } = await service.call("fengyuan", "POST", path, {
    ...{ documentNumber: "景财决批〔2023〕7号", approvedOn: "2023-08-01" },
    reports: [{ id, editionHash, seenVersion: version }],
    ...more,
  });
  return { status, ...(body as { items?: { approved: boolean; message?: string }[] }).items?.[0] };
};
const see = async (who: string, editionHash?: string) => {
  const hash = editionHash ?? (await waiting()).editionHash;
  return service.call(who, "POST", `/api/reports/${id}/seen`, { editionHash: hash });
};

describe("a report that waits for the bureau", () => {
  it("is not approved with others before its reviewer has looked at that very submission", async () => {
    expect((await waiting()).obstacle).toMatch(/没有看过这一版本/u);
    expect(await approve()).toMatchObject({ status: 200, approved: false });
    expect((await see("fengyuan", "a".repeat(64))).status).toBe(412);
    // Who looks marks it for themselves alone, and who remarks on nothing marks nothing.
    expect((await see("suntao")).status).toBe(200);
    expect((await see("xuning")).status).toBe(403);
    expect((await waiting()).obstacle).toMatch(/没有看过这一版本/u);
    expect((await see("fengyuan")).status).toBe(200);
    expect((await waiting()).obstacle).toBeUndefined();
  });

  it("is not while a remark is open, whether it blocks or not", async () => {
    const opened = await service.call("fengyuan", "POST", `/api/reports/${id}/threads`, {
      ...{ anchor: { kind: "section", section: "t01" }, text: "请说明口径。", blocking: false },
    });
    expect((await waiting()).obstacle).toMatch(/还有 1 条审核意见没有了结/u);
    const outcome = await approve();
    expect(outcome.approved).toBe(false);
    expect(outcome.message).toMatch(/逐份办理/u);
    const thread = (opened.body as { id: string }).id;
    const settled = await service.call(
      "fengyuan",
      "POST",
      `/api/reports/${id}/threads/${thread}/entries`,
      {
        ...{ act: "resolve", text: "已说明。", version: 1 },
      },
    );
    expect(settled.status).toBe(201);
    expect((await waiting()).obstacle).toBeUndefined();
  });

  it("is not by a document of tomorrow, nor of a day before it was handed in", async () => {
    for (const [approvedOn, why] of [
      ["2023-08-02", "不能晚于今天"],
      ["2023-07-31", "早于报告的提交日期（2023-08-01）"],
    ] as const) {
      expect((await approve({ approvedOn })).message).toContain(why);
    }
  });

  it("is not where its remarks were seen in an older version, and none of a list is where one is not known", async () => {
    const { editionHash, version } = await waiting();
    const stale = { id, editionHash, seenVersion: version - 2 };
    expect((await approve({ reports: [stale] })).message).toMatch(/新的审核意见/u);
    const unknown = { id: `${region}-2022-999999`, editionHash };
    const sound = { id, editionHash, seenVersion: version };
    expect((await approve({ reports: [sound, unknown] })).status).toBe(404);
    const elsewhere = { ...sound, id: id.replace("2022", "2021") };
    expect((await approve({ reports: [elsewhere] })).status).toBe(404);
    expect((await service.head(id))?.state.status).toBe("in_review");
  });

  it("is approved under its document, whose day the 20 days count from, and once", async () => {
    service.at("2023-08-04T02:00:00.000Z");
    const { editionHash } = await waiting();
    const order = { reports: [{ id, editionHash }], approvedOn: "2023-08-02" };
    expect(await approve(order)).toMatchObject({ status: 200, approved: true });
    expect((await service.head(id))?.state).toMatchObject({
      status: "approved",
      approval: {
        documentNumber: "景财决批〔2023〕7号",
        ...{ approvedOn: "2023-08-02", publishBy: "2023-08-22" },
        at: "2023-08-04T02:00:00.000Z",
      },
    });
    const again = await service.call("fengyuan", "POST", path, {
      documentNumber: "景财决批〔2023〕7号",
      ...order,
    });
    expect(again.body).toMatchObject({ items: [{ id, approved: false }] });
    const { items } = (await service.call("fengyuan", "GET", path)).body as { items: unknown[] };
    expect(items).toEqual([]);
  });
});
