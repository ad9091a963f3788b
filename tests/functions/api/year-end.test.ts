import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { handleCommand } from "../../../functions/use-cases/handle-command.ts";
import { reportInHand } from "../../../functions/use-cases/report-in-hand.ts";
import { registryChangeText } from "../../../shared/registry/registry-words.ts";
import { programOf } from "../../../functions/use-cases/give-up.ts";
import { region, startService, type Answer, type Service } from "./service.ts";

let service: Service;
const inYear = (path: string) => `/api/regions/${region}${path}`;
const year = {
  ...{ edition: "jiangxi-2022", unitDue: "2023-07-31" },
  ...{ departmentDue: "2023-08-15", bureauDue: "2023-08-31" },
};

beforeAll(async () => {
  service = await startService();
});
afterAll(() => service.close());

const put = async (change: object, number = 2022): Promise<Answer> => {
  const version = (await service.deps.registry.year(region, number))?.version ?? 0;
  const body = { ...year, ...change, version };
  return service.call("xuning", "PUT", inYear(`/years/${String(number)}`), body);
};
const messageOf = ({ body }: Answer) => (body as { error: { message: string } }).error.message;
const stored = () => service.deps.registry.year(region, 2022);
const ending = { status: "closed", reason: "2022年度决算已全部公开。" };

describe("a year that is to end", () => {
  let draft: string;
  beforeAll(async () => {
    draft = await service.bring("137001", "unit");
    await service.relay();
  });

  it("does not while a report is in review, and names how many are", async () => {
    const before = await stored();
    const answer = await put(ending);
    expect(answer.status).toBe(400);
    expect(messageOf(answer)).toBe("2022 年度有1 份决算还在审核，不能结束。请先办结或退回。");
    expect(await stored()).toEqual(before);
  });

  it("does not without a reason, nor before it was opened", async () => {
    const { editionHash } = (await service.call("wangqiang", "GET", `/api/reports/${draft}`))
      .body as { editionHash: string };
    const returned = await service.call("wangqiang", "POST", `/api/reports/${draft}/return`, {
      ...{ editionHash, reason: "请核对公开03表。" },
    });
    expect(returned.status, JSON.stringify(returned.body)).toBe(200);
    await service.relay();
    expect(messageOf(await put({ status: "closed" }))).toContain("没有写明为什么结束 2022 年度");
    const early = await put({ ...ending, edition: "jiangxi-2023" }, 2023);
    expect(messageOf(early)).toBe("2023 年度还没有开启，不能结束。请先开启。");
    expect((await stored())?.status).toBe("open");
  });

  it("takes no report, no submission and no change once it has, and says who can open it again", async () => {
    expect((await put(ending)).status).toBe(200);
    const opened = await service.call("zhaolin", "POST", "/api/reports", {
      ...{ region, year: 2022, orgCode: "137" },
    });
    expect(opened.status).toBe(409);
    expect(await service.head(`${region}-2022-137`)).toBeUndefined();

    const before = await service.head(draft);
    const submitted = await service.call("limin", "POST", `/api/reports/${draft}/submit`, {});
    expect(submitted.status).toBe(409);
    expect(messageOf(submitted)).toBe(
      "本年度已经结束，不再建立和接收报告。请联系财政管理员重新开启年度。",
    );
    expect(await service.head(draft)).toEqual(before);
    // It waits for nobody any more, and is still to be read.
    const { body } = await service.call("limin", "GET", inYear("/worklist"));
    expect(body).toMatchObject({ mine: [], toOpen: [], following: [{ id: draft }] });

    const changed = await put({ status: "closed", bureauDue: "2023-09-30" });
    expect(messageOf(changed)).toBe("2022 年度已经结束，不能修改。需要修改的，请先重新开启。");
    expect((await stored())?.bureauDue).toBe("2023-08-31");
  });

  it("is an event with its reason, and goes on once it is opened again", async () => {
    const latest = async () => {
      const { items } = await service.deps.registry.events(region, { limit: 1 });
      const [found] = items;
      if (found === undefined) throw new Error("Nothing is recorded.");
      const names = { org: (code: string) => code, edition: (id: string) => id };
      return registryChangeText(found.event, names);
    };
    expect(await latest()).toEqual({
      deed: "结束 2022 年度",
      changes: ["状态：编报中 → 已结束", `原因：${ending.reason}`],
    });
    expect(messageOf(await put({ status: "open" }))).toContain("没有写明为什么重新开启");
    expect((await put({ status: "open", reason: "一个单位补报。" })).status).toBe(200);
    expect((await latest()).deed).toBe("重新开启 2022 年度");
    const submitted = await service.call("limin", "POST", `/api/reports/${draft}/submit`, {});
    expect(submitted.status, JSON.stringify(submitted.body)).toBe(200);
  });

  it("still takes the correction of a report that is public", async () => {
    const at = (path: string) => `/api/reports/${draft}${path}`;
    const ok = async (who: string, path: string, body: object) => {
      const answer = await service.call(who, "POST", at(path), body);
      expect(answer.status, `${path} ${JSON.stringify(answer.body)}`).toBe(200);
    };
    const { editionHash } = (await service.call("wangqiang", "GET", at(""))).body as {
      editionHash: string;
    };
    await ok("wangqiang", "/approve", { editionHash });
    await ok("qianli", "/sign-offs", { editionHash, kind: "secrecy" });
    await ok("zhenghua", "/sign-offs", { editionHash, kind: "principal" });
    await ok("suntao", "/approve", { editionHash });
    await ok("fengyuan", "/approve", { editionHash, documentNumber: "景财决〔2023〕12号" });
    await service.relay();
    expect(messageOf(await put(ending))).toContain("1 份已批复的还没有公开");
    const inHand = await reportInHand(service.deps, draft);
    if (inHand === undefined) throw new Error("The report is gone.");
    const order = { type: "record_publication", editionHash, path: "/2022/137001/" } as const;
    expect((await handleCommand(service.deps, inHand, order, programOf.publish)).ok).toBe(true);
    await service.relay();
    expect((await put(ending)).status).toBe(200);
    await ok("limin", "/correct", { reason: "更正办公费" });
    await ok("limin", "/submit", {});
    expect((await service.head(draft))?.state.status).toBe("in_review");
  });
});
