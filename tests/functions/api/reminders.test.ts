import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createNotifyHandler } from "../../../functions/notify/handler.ts";
import { relayRegistry } from "../../../functions/relay/relay.ts";
import type { ProgressRowView, Reminders } from "../../../shared/contract/responses.ts";
import { memoryQueue, sqsEvent } from "../effects/bureau.ts";
import { region, startService, type Service } from "./service.ts";

/** 催办 by the doors: what would be sent, to whom, once, and what is recorded of it. */

const inYear = (path: string) => `/api/regions/${region}/years/2022${path}`;
let service: Service;
beforeEach(async () => {
  service = await startService();
  await service.bring("137001", "draft");
  await service.relay();
});
afterEach(() => service.close());

const remind = async (orgCodes: readonly string[], preview = false) => {
  const body = { orgCodes, preview };
  const answer = await service.call("xuning", "POST", inYear("/reminders"), body);
  expect(answer.status).toBe(200);
  return answer.body as Reminders;
};
const events = async () => (await service.deps.registry.events(region, { limit: 1 })).items;

/** Relays the registry and hands on what was queued; answers the mails. */
async function mails() {
  const { deps } = service;
  const notify = memoryQueue();
  const sent: { to: string; subject: string; text: string }[] = [];
  await relayRegistry({ ...deps, files: deps.vault, queues: { notify } }, region);
  const handler = createNotifyHandler({
    ...deps,
    mailer: {
      send: (mail) => {
        sent.push(mail);
        return Promise.resolve();
      },
    },
    addressOf: ({ subject }) => `${subject}@example.gov.cn`,
    staffUrl: "https://staff.test",
  });
  // Delivered twice it is mailed once.
  for (const _ of [1, 2]) {
    const { batchItemFailures } = await handler(sqsEvent(notify.messages));
    expect(batchItemFailures).toEqual([]);
  }
  return sent;
}

describe("a reminder by hand", () => {
  it("is shown before it is sent, and nothing is sent or recorded by that", async () => {
    const [before] = await events();
    const { letters, nodes, skipped } = await remind(["137001", "137002", "999"], true);
    expect(nodes).toBe(2);
    expect(letters.map(({ name }) => name)).toEqual(["heping名", "limin名", "zhouting名"]);
    expect(letters[0]?.text).toContain("财政管理员xuning名提醒您办理以下报告");
    expect(skipped).toEqual([{ orgCode: "999", message: "本年度没有这个单位。" }]);
    expect(await events()).toEqual([before]);
    expect(await mails()).toEqual([]);
  });

  it("is one mail a person, an event with who was written to, and seen at the node", async () => {
    expect((await remind(["137001", "137002"])).nodes).toBe(2);
    const sent = await mails();
    expect(sent.map(({ to }) => to).toSorted()).toEqual([
      "heping@example.gov.cn",
      "limin@example.gov.cn",
      "zhouting@example.gov.cn",
    ]);
    expect(sent[0]?.text).toContain("https://staff.test/");
    const { body } = await service.call("zhouting", "GET", `/api/regions/${region}/notices`);
    expect(body).toMatchObject({
      items: [
        {
          ...{ kind: "deadline", about: "催办", title: "1项，其中1项已逾期" },
          ...{ byName: "财政管理员xuning名", path: "/" },
        },
      ],
    });
    const [{ event } = { event: undefined }] = await events();
    expect(event).toMatchObject({
      ...{ type: "reminded", by: "xuning", byRole: "bureau_admin", year: 2022 },
      nodes: [
        { orgCode: "137001", departmentCode: "137", to: ["heping", "limin"] },
        { orgCode: "137002", departmentCode: "137", to: ["zhouting"] },
      ],
    });
    const { rows } = (await service.call("shenbo", "GET", inYear("/progress/137"))).body as {
      rows: ProgressRowView[];
    };
    expect(rows.find(({ orgCode }) => orgCode === "137002")?.reminded?.byName).toBe("xuning名");
    const verified = await service.call(
      ...(["shenbo", "GET", `/api/regions/${region}/registry/verification`] as const),
    );
    expect(verified.body).toMatchObject({ intact: true });
  });

  it("is not sent again within twelve hours, by whomever, and is after that", async () => {
    await Promise.all([remind(["137001"]), remind(["137001"])]);
    expect(await mails()).toHaveLength(2);
    const again = await remind(["137001"]);
    expect(again).toMatchObject({ nodes: 0, letters: [] });
    expect(again.skipped[0]?.message).toMatch(/12 小时内已经催办过/u);
    service.at("2023-08-01T14:00:01.000Z");
    expect((await remind(["137001"])).nodes).toBe(1);
  });

  it("reaches nobody where nobody has the turn, and where nothing is due", async () => {
    const { skipped } = await remind(["000", "137002"], true);
    expect(skipped).toEqual([{ orgCode: "000", message: "本年度没有这个单位。" }]);
    const { registry } = service.deps;
    const member = await registry.member(region, "zhouting");
    const gone = await service.call("xuning", "PUT", `/api/regions/${region}/members/zhouting`, {
      ...{ name: member?.name, memberships: [], version: member?.version },
    });
    expect(gone.status).toBe(200);
    expect((await remind(["137002"], true)).skipped[0]?.message).toMatch(/岗位没有人/u);
  });

  it("takes no more than fifty nodes at once", async () => {
    const orgCodes = Array.from({ length: 51 }, (_, index) => String(100 + index));
    const answer = await service.call("xuning", "POST", inYear("/reminders"), {
      ...{ orgCodes, preview: true },
    });
    expect(answer.status).toBe(400);
  });
});
