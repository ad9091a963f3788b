import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { diffResponse } from "../../../shared/contract/responses.ts";
import type {
  ReportView,
  ReviewView,
  ThreadView,
  Worklist,
} from "../../../shared/contract/responses.ts";
import type { TableData } from "../../../shared/forms/table-data.ts";
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

describe("the second look at a report", () => {
  let second: string;
  const review = (who: string) => ok<ReviewView>(who, "GET", at("/review"));
  const tick = (part: string, viewed: boolean, editionHash: string) =>
    ok<{ viewed: string[] }>("wangqiang", "PUT", at("/viewed"), { part, viewed, editionHash });
  const sendBack = (editionHash: string, reason: string) =>
    ok("wangqiang", "POST", at("/return"), { editionHash, reason });

  it("is against what the person looked at, before and after they open the new submission", async () => {
    second = (await view("wangqiang")).editionHash;
    const found = await review("wangqiang");
    expect(found.bases[0]).toMatchObject({ kind: "looked", editionHash: first });
    expect(found.returned).toMatchObject({ reason: "请核对后重报。", stage: "unit" });
    expect(found.isUnchanged).toBe(false);
    await ok("wangqiang", "POST", at("/seen"), { editionHash: second });
    expect((await review("wangqiang")).bases[0]).toMatchObject({ editionHash: first });
    // Who never looked sees it against the submission before.
    const [base] = (await review("heping")).bases;
    expect(base).toMatchObject({ kind: "submission", editionHash: first, byName: "limin名" });
    // As a screen reads it: what was added has no old side.
    const diff = diffResponse.parse(await ok("wangqiang", "GET", at(`/diff?from=${first}`)));
    expect(diff.facts.map(({ label }) => label)).toEqual([
      expect.stringContaining("主要职责") as unknown,
    ]);
  });

  it("is not against a last year that there is none of, nor by a submission of another report", async () => {
    for (const [path, status] of [
      ["/diff?from=last_year", 404],
      [`/diff?from=last_year&to=${"a".repeat(64)}`, 404],
      ["/diff?from=some_year", 400],
    ] as const) {
      expect((await service.call("wangqiang", "GET", at(path))).status, path).toBe(status);
    }
  });

  it("keeps ticks for the person, each until its part holds something else", async () => {
    expect((await tick("t01", true, second)).viewed).toEqual(["t01"]);
    const both = await tick("narrative", true, second);
    expect([...both.viewed].sort()).toEqual(["narrative", "t01"]);
    await tick("facts", true, second);
    expect((await tick("facts", false, second)).viewed).not.toContain("facts");
    expect((await review("heping")).viewed).toEqual([]);
    expect(
      (
        await service.call("wangqiang", "PUT", at("/viewed"), {
          ...{ part: "t99", viewed: true, editionHash: second },
        })
      ).status,
    ).toBe(404);
    expect(
      (
        await service.call("wangqiang", "PUT", at("/viewed"), {
          ...{ part: "t01", viewed: true, editionHash: first },
        })
      ).status,
    ).toBe(412);
  });

  it("of what came back as it was says so, and shows no change", async () => {
    await sendBack(second, "主要职责第三项请改写。");
    service.at("2023-08-05T02:00:00.000Z");
    await ok("limin", "POST", at("/submit"), {});
    const found = await review("wangqiang");
    expect(found.isUnchanged).toBe(true);
    expect(found.bases[0]).toMatchObject({ kind: "looked", editionHash: second });
    expect([...found.viewed].sort()).toEqual(["narrative", "t01"]);
    expect(found.returned?.reason).toBe("主要职责第三项请改写。");
  });

  it("has a remark that holds what was at its place, until the place is changed", async () => {
    const { value } = await ok<{ value: TableData }>("wangqiang", "GET", at("/sections/t01"));
    const row = value.rows.find(({ cells }) => cells["final"] !== undefined);
    const thread = await ok<ThreadView>("wangqiang", "POST", at("/threads"), {
      anchor: { kind: "cell", cell: `t01/${row?.key ?? ""}/final` },
      text: "请与账面核对。",
      blocking: false,
    });
    expect(thread.found).toEqual({ figure: row?.cells["final"] });
    const empty = await ok<ThreadView>("wangqiang", "POST", at("/threads"), {
      ...{ anchor: { kind: "cell", cell: "t01/surplus_used/final" }, text: "是否漏填？" },
      blocking: false,
    });
    expect(empty.found).toEqual({ figure: null });
    const { items } = await ok<{ items: ThreadView[] }>("limin", "GET", at("/threads"));
    expect(items.find((one) => one.id === thread.id)?.found).toEqual(thread.found);
  });

  it("loses the tick of a text whose report was changed, and not that of an unchanged table", async () => {
    await sendBack(second, "请删去新增的职责。");
    await edit<{ duties: string[] }>("facts", (facts) => ({
      ...facts,
      duties: facts.duties.slice(0, -1),
    }));
    await ok("limin", "POST", at("/submit"), {});
    expect((await review("wangqiang")).viewed).toEqual(["t01"]);
  });
});

describe("a verdict with the remarks that were drafted for it", () => {
  const remark = (section: string, text: string, blocking = true) => ({
    ...{ anchor: { kind: "section", section }, text, blocking },
  });
  const remarks = async () =>
    (await ok<{ items: ThreadView[] }>("limin", "GET", at("/threads"))).items;
  const order = async () => {
    const { editionHash, version } = await view("wangqiang");
    return { editionHash, seenVersion: version };
  };

  it("is refused as a whole where one remark is about no place, or keeps it from passing", async () => {
    const before = await remarks();
    const nowhere = {
      ...remark("t01", "请核对。"),
      anchor: { kind: "attachment", sha256: "b".repeat(64) },
    };
    for (const [path, sent, code] of [
      ["/return", [remark("t01", "请核对。"), nowhere], "invalid_request"],
      ["/approve", [remark("t01", "请核对。")], "blocking_threads"],
    ] as const) {
      const body = { ...(await order()), reason: "请修改。", remarks: sent };
      const { reason, ...approval } = body;
      const answer = await service.call(
        ...([
          "wangqiang",
          "POST",
          at(path),
          path === "/return" ? { ...approval, reason } : approval,
        ] as const),
      );
      expect((answer.body as { error: { code: string } }).error.code, path).toBe(code);
    }
    expect(await remarks()).toEqual(before);
    expect((await view("wangqiang")).status).toBe("in_review");
  });

  it("refuses too many of them, and none is stored", async () => {
    const sent = Array.from({ length: 51 }, (_, n) => remark("t01", `第${String(n)}条`));
    const body = { ...(await order()), reason: "请修改。", remarks: sent };
    expect((await service.call("wangqiang", "POST", at("/return"), body)).status).toBe(400);
  });

  it("stores them before it, seen by it, and once, however often it is given", async () => {
    const before = (await remarks()).length;
    const sent = [remark("t01", "收入与账面不符。"), remark("narrative", "措辞请精简。", false)];
    const body = { ...(await order()), reason: "见两条意见。", remarks: sent };
    // The first time somebody else acts between the remarks and the verdict.
    const { threads } = service.deps;
    const create = threads.create.bind(threads);
    Object.assign(threads, {
      create: async (...given: Parameters<typeof create>) => {
        const created = await create(...given);
        if (given[0].entries[0]?.text === "措辞请精简。") {
          Object.assign(threads, { create });
          await ok("heping", "POST", at("/threads"), remark("t02", "另有一处。", false));
        }
        return created;
      },
    });
    const late = await service.call("wangqiang", "POST", at("/return"), body);
    expect(late.body).toMatchObject({
      error: { code: "stale_version", details: { newRemark: true } },
    });
    expect(await remarks()).toHaveLength(before + 3);
    await ok("wangqiang", "POST", at("/return"), { ...body, ...(await order()) });
    const after = await remarks();
    expect(after).toHaveLength(before + 3);
    expect(
      after.filter(({ blocking }) => blocking).map(({ entries }) => entries[0]?.text),
    ).toContain("收入与账面不符。");
    const { items } = await ok<{ items: { event?: { type: string; threads?: object } }[] }>(
      ...(["limin", "GET", at("/events?limit=100")] as const),
    );
    const returned = items.at(-1)?.event;
    expect(returned?.type).toBe("returned");
    expect(Object.keys(returned?.threads ?? {})).toEqual(
      expect.arrayContaining(after.map((one) => one.id)),
    );
    expect((await worklist("limin")).mine[0]).toMatchObject({
      openRemarks: after.filter(({ status }) => status !== "resolved").length,
    });
  });
});
