import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createNotifyHandler } from "../../../functions/notify/handler.ts";
import { relayReport } from "../../../functions/relay/relay.ts";
import type { Mail } from "../../../functions/platform/mail/mailer.ts";
import type { NoticeView, ReportView, ThreadView } from "../../../shared/contract/responses.ts";
import { memoryQueue, sqsEvent } from "../effects/bureau.ts";
import { region, startService, type Service } from "./service.ts";

/** Notices (通知) through HTTP: who is told of what, what they have read, and about what they want no letters. */

let service: Service;
const id = `${region}-2022-137001`;
const at = (path: string) => `/api/reports/${id}${path}`;
const mine = (path = "") => `/api/regions/${region}/notices${path}`;
let editionHash = "";

beforeAll(async () => {
  service = await startService();
  await service.bring("137001", "unit");
  ({ editionHash } = await ok<ReportView>("limin", "GET", at("")));
});
afterAll(() => service.close());

async function ok<Body>(...request: Parameters<Service["call"]>): Promise<Body> {
  const answer = await service.call(...request);
  expect(answer.status, `${request[1]} ${request[2]} ${JSON.stringify(answer.body)}`).toBeLessThan(
    300,
  );
  return answer.body as Body;
}

/** Relays the report and hands every message on, twice; answers the mails. */
async function relay(): Promise<readonly Mail[]> {
  const { deps } = service;
  const notify = memoryQueue();
  const others = { render: memoryQueue(), publish: memoryQueue() };
  await relayReport({ ...deps, files: deps.vault, queues: { ...others, notify } }, id);
  const mails: Mail[] = [];
  const handler = createNotifyHandler({
    ...deps,
    mailer: { send: (mail) => Promise.resolve(void mails.push(mail)) },
    addressOf: ({ subject }) => `${subject}@example.gov.cn`,
    staffUrl: "https://staff.test",
  });
  for (const _ of [1, 2]) {
    const { batchItemFailures } = await handler(sqsEvent(notify.messages));
    expect(batchItemFailures).toEqual([]);
  }
  return mails;
}

interface List {
  readonly items: readonly NoticeView[];
  readonly pageOnly: readonly string[];
  readonly next?: string;
}
const list = (who: string, query = "") => ok<List>(who, "GET", mine(query));
const unread = async (who: string) =>
  (await ok<{ unread: number }>(who, "GET", mine("/unread"))).unread;
const newest = async (who: string) => (await list(who)).items[0];

describe("a person's notices", () => {
  it("are empty before anything concerns them", async () => {
    expect(await list("suntao")).toEqual({ items: [], pageOnly: [] });
    expect(await unread("suntao")).toBe(0);
  });

  it("tell whose turn it is, once however often it is delivered, and nobody about their own act", async () => {
    await relay();
    expect(await newest("wangqiang")).toMatchObject({
      ...{ kind: "turn", about: "请审核", byName: "limin名", read: false },
      path: `/reports/${id}/findings`,
    });
    expect(await unread("wangqiang")).toBe(1);
    expect(await unread("limin")).toBe(0);
  });

  it("show the reason of a return first", async () => {
    const reason = "公开03表的项目支出与明细账不符，请核对后重新提交。";
    await ok("wangqiang", "POST", at("/return"), { editionHash, reason });
    await relay();
    expect(await newest("limin")).toMatchObject({
      ...{ kind: "returned", about: "已退回，请修改", detail: reason, byName: "wangqiang名" },
    });
  });

  it("tell whoever made a remark that it was answered, and not whoever answers", async () => {
    const remark = { anchor: { kind: "section", section: "t03" }, text: "请核对。" };
    const thread = await ok<ThreadView>("wangqiang", "POST", at("/threads"), remark);
    const before = await unread("limin");
    service.at("2023-08-01T02:10:00.000Z");
    const text = "已按明细账更正。";
    await ok("limin", "POST", at(`/threads/${thread.id}/entries`), {
      ...{ act: "answer", text, version: 1 },
    });
    expect(await newest("wangqiang")).toMatchObject({
      ...{ kind: "answered", about: "审核意见已答复", detail: text, byName: "limin名" },
    });
    expect(await unread("limin")).toBe(before);
  });

  it("are read one by one, or all at once, by their owner alone", async () => {
    const { items } = await list("wangqiang");
    const [first] = items;
    if (first === undefined) throw new Error("There is no notice.");
    const left = await ok("wangqiang", "POST", mine("/read"), { ids: [first.id] });
    expect(left).toEqual({ unread: items.length - 1 });
    expect((await list("wangqiang")).items.map(({ read }) => read)).toEqual(
      items.map(({ id: one }) => one === first.id),
    );
    // Another's id marks nothing of theirs.
    await ok("limin", "POST", mine("/read"), { ids: [items.at(-1)?.id] });
    expect(await unread("wangqiang")).toBe(items.length - 1);
    expect(await ok("wangqiang", "POST", mine("/read"), { all: true })).toEqual({ unread: 0 });
    expect(await unread("limin")).toBeGreaterThan(0);
  });

  it("come a page at a time", async () => {
    const all = (await list("wangqiang")).items;
    expect(all.length).toBeGreaterThan(1);
    const first = await list("wangqiang", "?limit=1");
    const second = await list(
      "wangqiang",
      `?limit=1&after=${encodeURIComponent(first.next ?? "")}`,
    );
    expect([...first.items, ...second.items]).toEqual(all.slice(0, 2));
  });

  it("are nobody else's: of another region, or of nobody", async () => {
    const elsewhere = "/api/regions/360100/notices";
    expect((await service.call("limin", "GET", elsewhere)).status).toBe(404);
    expect((await service.call("limin", "POST", mine("/read"), { ids: ["<b>"] })).status).toBe(400);
  });
});

describe("a kind that a person wants no letters about", () => {
  it("is mailed to the others, and shown to them as before", async () => {
    expect(await ok("wangqiang", "PUT", mine("/preferences"), { pageOnly: ["turn"] })).toEqual({
      pageOnly: ["turn"],
    });
    await ok("limin", "POST", at("/submit"), {});
    const before = await unread("wangqiang");
    const readers = (await relay()).map(({ to }) => to.split("@")[0]);
    expect(readers).not.toContain("wangqiang");
    expect(readers).toContain("qianli");
    expect(await unread("wangqiang")).toBe(before + 1);
    await ok("wangqiang", "PUT", mine("/preferences"), { pageOnly: [] });
  });

  it("is one that there is", async () => {
    const body = { pageOnly: ["gossip"] };
    const answer = await service.call("limin", "PUT", mine("/preferences"), body);
    expect(answer.status).toBe(400);
    expect((await list("limin")).pageOnly).toEqual([]);
  });
});
