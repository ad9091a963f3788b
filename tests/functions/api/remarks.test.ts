import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createApp } from "../../../functions/api/app.ts";
import { sha256 } from "../../../functions/platform/ids.ts";
import { threadAt, threadFacts, threadsHashAt } from "../../../functions/use-cases/thread-facts.ts";
import type { ReportView, ThreadView } from "../../../shared/contract/responses.ts";
import { region, startService, type Service } from "./service.ts";

/** Remarks through HTTP: who settles them, and that no verdict overlooks one made at the same moment. */

let service: Service;
const id = `${region}-2022-137001`;
const at = (path: string) => `/api/reports/${id}${path}`;
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

async function refusal(...request: Parameters<Service["call"]>) {
  const { status, body } = await service.call(...request);
  const { error } = body as { error: { code: string; message: string; details?: unknown } };
  return { status, ...error };
}

const remark = (blocking = false) => ({
  anchor: { kind: "cell", cell: "t06/30201/final" },
  text: "办公费与明细账不符，请核对。",
  blocking,
});
const threads = (who = "limin") =>
  ok<{ items: ThreadView[]; reportVersion: number }>(who, "GET", at("/threads"));
const threadOf = async (who: string, thread: string) =>
  (await threads(who)).items.find((one) => one.id === thread);
const entries = (thread: string) => at(`/threads/${thread}/entries`);

describe("a remark of the bureau", () => {
  let thread: ThreadView;

  it("records the level and role it was made at", async () => {
    thread = await ok<ThreadView>("fengyuan", "POST", at("/threads"), remark(true));
    expect(thread.entries).toMatchObject([
      { act: "open", by: "fengyuan", level: "bureau", role: "bureau_reviewer" },
    ]);
  });

  it("is not settled by the unit's reviewer, whose refusal names who may, and never without a text", async () => {
    const settle = { act: "resolve", text: "已核对", version: 1 };
    const refused = await refusal("wangqiang", "POST", entries(thread.id), settle);
    expect(refused).toMatchObject({ status: 403, code: "wrong_level" });
    expect(refused.message).toContain("财政审核人");
    for (const text of ["", "  ", undefined]) {
      const empty = { ...settle, text };
      for (const who of ["wangqiang", "fengyuan"]) {
        expect(await refusal(who, "POST", entries(thread.id), empty)).toMatchObject({
          status: 400,
          code: "invalid_request",
        });
      }
    }
    expect(await service.deps.threads.load(id, thread.id)).toMatchObject({
      version: 1,
      status: "open",
    });
  });

  it("offers each person just what they may do", async () => {
    const acts = async (who: string) => (await threadOf(who, thread.id))?.allowedActs;
    expect(await acts("wangqiang")).toEqual(["answer"]);
    expect(await acts("suntao")).toEqual(["answer"]);
    expect(await acts("fengyuan")).toEqual(["answer", "resolve"]);
    expect(await acts("shenbo")).toEqual([]);
  });

  it("once answered goes up with the report, and the bureau settles it before it approves", async () => {
    await ok("limin", "POST", entries(thread.id), { act: "answer", text: "已改。", version: 1 });
    await ok("wangqiang", "POST", at("/approve"), { editionHash });
    await ok("qianli", "POST", at("/sign-offs"), { editionHash, kind: "secrecy" });
    await ok("zhenghua", "POST", at("/sign-offs"), { editionHash, kind: "principal" });
    await ok("suntao", "POST", at("/approve"), { editionHash });
    const order = { editionHash, documentNumber: "景财决〔2023〕12号" };
    expect(await refusal("fengyuan", "POST", at("/approve"), order)).toMatchObject({
      code: "blocking_threads",
    });
    await ok("fengyuan", "POST", entries(thread.id), {
      act: "resolve",
      text: "已核对。",
      version: 2,
    });
  });
});

describe("a verdict", () => {
  it("on a screen drawn before a remark is refused, and says that there is one", async () => {
    const seen = await ok<ReportView>("fengyuan", "GET", at(""));
    const { reportVersion } = await threads("fengyuan");
    expect(reportVersion).toBe(seen.version);
    await ok("suntao", "POST", at("/threads"), remark());
    const order = { editionHash, reason: "请核对办公费。", seenVersion: reportVersion };
    const refused = await refusal("fengyuan", "POST", at("/return"), order);
    expect(refused).toMatchObject({ status: 412, code: "stale_version" });
    expect(refused.message).toContain("新的审核意见");
    const ifMatch = { "if-match": `"${String(seen.version)}"` };
    const strict = await refusal(
      "fengyuan",
      "POST",
      at("/approve"),
      { editionHash, documentNumber: "景财决〔2023〕12号" },
      ifMatch,
    );
    expect(strict).toMatchObject({ status: 412, details: { newRemark: true } });
    expect((await service.head(id))?.state).toMatchObject({ status: "in_review", stage: "bureau" });
  });

  it("whose author saw the remark is given, and records every thread at the version seen", async () => {
    const { reportVersion } = await threads("fengyuan");
    await ok("fengyuan", "POST", at("/return"), {
      editionHash,
      reason: "请核对办公费。",
      to: "level_below",
      seenVersion: reportVersion,
    });
    const seen = await service.deps.threads.list(id);
    const event = (await service.head(id))?.outbox.at(-1)?.event;
    const versions = Object.fromEntries(seen.map((one) => [one.id, one.version]));
    expect(event).toMatchObject({ type: "returned", threads: versions });
    if (event?.type !== "returned") throw new Error("The last event is no return.");

    // Entries appended later do not hide what the verdict saw.
    const [first] = seen;
    await ok("suntao", "POST", entries(seen[1]?.id ?? ""), {
      ...{ act: "answer", text: "已核对。", version: seen[1]?.version },
    });
    const later = await service.deps.threads.list(id);
    expect(threadFacts(later, sha256).threadsHash).not.toBe(event.threadsHash);
    expect(threadsHashAt(later, versions, sha256)).toBe(event.threadsHash);
    const rewritten = later.map((one) =>
      one.id === first?.id
        ? { ...one, entries: one.entries.map((entry) => ({ ...entry, text: "改写" })) }
        : one,
    );
    expect(threadsHashAt(rewritten, versions, sha256)).not.toBe(event.threadsHash);
    expect(threadsHashAt(later.slice(1), versions, sha256)).toBeUndefined();
    expect(first === undefined ? undefined : threadAt(first, first.version)).toEqual(first);
  });

  it("is refused when a remark comes in after the report was read for it", async () => {
    const overtaken = createApp({
      ...service.deps,
      threads: {
        ...service.deps.threads,
        list: async (report) => {
          await ok("qianli", "POST", at("/threads"), remark());
          return service.deps.threads.list(report);
        },
      },
    });
    const before = await service.head(id);
    const answer = await overtaken.request(at("/approve"), {
      method: "POST",
      headers: {
        authorization: `Bearer ${await service.token("suntao")}`,
        "content-type": "application/json",
      },
      body: JSON.stringify({ editionHash }),
    });
    expect(answer.status).toBe(412);
    expect(await answer.text()).toContain("新的审核意见");
    const after = await service.head(id);
    expect(after).toMatchObject({ state: before?.state, chain: before?.chain });
  });

  it("and a remark at the same moment: whichever came first, no verdict overlooks the remark", async () => {
    for (let round = 0; round < 6; round += 1) {
      const before = await service.head(id);
      const state = before?.state;
      if (state?.status !== "in_review") throw new Error("The report is not in review.");
      const reviewer = state.stage === "department" ? "suntao" : "fengyuan";
      const give = () =>
        state.stage === "department"
          ? service.call(reviewer, "POST", at("/approve"), { editionHash })
          : service.call(reviewer, "POST", at("/return"), {
              ...{ editionHash, reason: "请核对。", to: "level_below" },
            });
      const write = () => service.call("qianli", "POST", at("/threads"), remark());
      const [verdict, written] =
        round % 2 === 0
          ? await Promise.all([give(), write()])
          : await Promise.all([write(), give()]).then(([one, other]) => [other, one] as const);
      expect(written.status).toBe(201);
      const { id: thread } = written.body as ThreadView;
      if (verdict.status < 300) {
        const event = (await service.head(id))?.outbox.at(-1)?.event;
        const seen = event !== undefined && "threads" in event ? (event.threads ?? {}) : {};
        // It was committed before the remark came in, or with the remark in sight.
        const { remarkVersion = 0, version = 0 } = (await service.head(id)) ?? {};
        expect(thread in seen || remarkVersion === version).toBe(true);
      } else {
        expect(verdict.status).toBe(412);
        expect((verdict.body as { error: { message: string } }).error.message).toContain(
          "新的审核意见",
        );
        expect((await service.head(id))?.state).toEqual(state);
        await give();
      }
    }
  });

  it("and many remarks at once: every remark is stored once, and the count of versions shows it", async () => {
    const before = await threads();
    const written = await Promise.all(
      Array.from({ length: 12 }, (_, index) =>
        service.call(["limin", "suntao", "fengyuan"][index % 3], "POST", at("/threads"), remark()),
      ),
    );
    expect(written.map(({ status }) => status)).toEqual(Array.from({ length: 12 }, () => 201));
    const after = await threads();
    expect(after.items).toHaveLength(before.items.length + 12);
    expect(after.reportVersion).toBe(before.reportVersion + 12);
  });
});
