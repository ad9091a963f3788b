import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { relayReport } from "../../../functions/relay/relay.ts";
import { everyItem } from "../../../functions/storage/pages.ts";
import { checkProgress } from "../../../functions/use-cases/progress/check-progress.ts";
import { rebuildProgress } from "../../../functions/use-cases/progress/follow-registry.ts";
import { keptOf } from "../../../functions/use-cases/progress/keep-progress.ts";
import { addTallies, overdueAt } from "../../../shared/progress/progress.ts";
import {
  deadlines,
  memoryQueue,
  openBureau,
  region,
  reportOf,
  year,
  type Bureau,
} from "../effects/bureau.ts";
import { Killed, mortal } from "../effects/mortal.ts";
import { enterOrg, enterYear } from "../enter.ts";

const place = { region: region.code, year };
let bureau: Bureau;
beforeEach(async () => {
  bureau = await openBureau();
  await bureau.relay();
});
afterEach(() => bureau.close());

const relayDeps = () => {
  const queues = { render: memoryQueue(), publish: memoryQueue(), notify: memoryQueue() };
  return { ...bureau.data, files: bureau.data.vault, log: bureau.log, queues };
};
const lines = () => everyItem((page) => bureau.data.progress.lines(place, page));
const counts = async () => addTallies((await lines()).map(({ tally }) => tally)).counts;
const lineOf = (code: string) => bureau.data.progress.line(place, code);
const org = async (code: string) => {
  const found = await bureau.data.registry.org(region.code, code);
  if (found === undefined) throw new Error(`No ${code}.`);
  return found;
};

describe("a year that was opened", () => {
  it("has a line for every department, of nodes that have not begun", async () => {
    expect((await lines()).map(({ code, own }) => [code, own])).toEqual([["137", "not_opened"]]);
    expect(await counts()).toEqual({ not_opened: 4 });
    const line = await lineOf("137");
    expect(line?.tally.dues).toEqual({ [deadlines.unitDue]: 3, [deadlines.departmentDue]: 1 });
    const tally = line?.tally ?? { counts: {}, dues: {} };
    expect(overdueAt(tally, `${deadlines.unitDue}T15:59:59.000Z`)).toBe(0);
    expect(overdueAt(tally, `${deadlines.unitDue}T16:00:00.000Z`)).toBe(3);
  });
});

describe("a report", () => {
  it("counts where it has come, and its line is not written where nothing changed", async () => {
    await bureau.open("137001");
    await bureau.relay();
    expect(await counts()).toEqual({ draft: 1, not_opened: 3 });
    await bureau.walk.submit("137001");
    await bureau.relay();
    expect(await counts()).toEqual({ in_review: 1, not_opened: 3 });
    const { version } = (await lineOf("137")) ?? { version: 0 };
    await bureau.play.approve("137001", "wangqiang");
    await bureau.relay();
    const line = await lineOf("137");
    expect(line?.tally.dues).toEqual({ [deadlines.unitDue]: 2, [deadlines.departmentDue]: 2 });
    expect(line?.version).toBe(version + 1);
    await bureau.play.signOff("137001", "secrecy", "qianli");
    await bureau.relay();
    const signed = await lineOf("137");
    expect(signed?.tally).toEqual(line?.tally);
    expect(signed?.season?.last).toMatchObject({ type: "signed_off", byName: "钱立" });
    await relayReport(relayDeps(), reportOf("137001"));
    expect((await lineOf("137"))?.version).toBe(signed?.version);
  });

  it("keeps what it has been through, also where an earlier version kept nothing of that", async () => {
    await bureau.open("137001");
    await bureau.walk.submit("137001");
    const { state } = await bureau.head("137001");
    if (state.status !== "in_review") throw new Error("It is not in review.");
    const { editionHash } = state.submission;
    await bureau.act("137001", "wangqiang", {
      ...{ type: "return", editionHash, reason: "请核对。", to: "preparer" },
      threadsHash: editionHash,
    });
    await bureau.relay();
    const kept = async () => (await bureau.data.progress.under(place, "137"))[0];
    const course = { seq: 3, returns: 1, last: { type: "returned", byName: "王强" } };
    expect((await kept())?.course).toMatchObject(course);
    expect((await lineOf("137"))?.season).toMatchObject({ returns: 1, last: course.last });
    const before = keptOf(await bureau.head("137001"), undefined);
    await bureau.data.progress.keep(place, "137", before);
    expect(await checkProgress(bureau.data, region.code)).toEqual([reportOf("137001")]);
    expect((await kept())?.course).toMatchObject(course);
  });

  it("is kept whole when the process is killed at any write of the relay, and it is relayed again", async () => {
    await bureau.open("137001");
    await bureau.walk.submit("137001");
    const deps = relayDeps();
    for (const when of ["before", "after"] as const) {
      for (const at of [1, 2]) {
        const progress = mortal(bureau.data.progress, ["keep", "putLine"], { at, when, calls: 0 });
        const killed = relayReport({ ...deps, progress }, reportOf("137001"));
        await expect(killed.then(() => undefined)).rejects.toThrow(Killed);
        await relayReport(deps, reportOf("137001"));
        expect(await counts()).toEqual({ in_review: 1, not_opened: 3 });
        expect((await bureau.head("137001")).outbox).toEqual([]);
        // The next round begins with something new to relay.
        const { state } = await bureau.head("137001");
        if (state.status !== "in_review") throw new Error("It is not in review.");
        await bureau.act("137001", "limin", { type: "withdraw" });
        await relayReport(deps, reportOf("137001"));
        expect(await counts()).toEqual({ draft: 1, not_opened: 3 });
        await bureau.play.submit("137001", "limin");
      }
    }
  });

  it("relayed by two at once is counted once", async () => {
    await Promise.all([bureau.open("137001"), bureau.open("137002")]);
    const deps = relayDeps();
    await Promise.all(
      ["137001", "137002", "137001", "137002"].map((code) => relayReport(deps, reportOf(code))),
    );
    expect(await counts()).toEqual({ draft: 2, not_opened: 2 });
  });
});

describe("the registry", () => {
  it("exempts a unit and enters a department: the lines follow", async () => {
    const unit = await org("137003");
    await enterOrg(bureau.data.registry, { ...unit, exempt: { year, reason: "已撤并" } });
    await bureau.relay();
    expect(await counts()).toEqual({ exempt: 1, not_opened: 3 });
    const newcomer = { ...(await org("137")), code: "200", name: "市教育局", version: 0 };
    await enterOrg(bureau.data.registry, newcomer);
    await bureau.relay();
    expect((await lines()).map(({ code, name }) => [code, name]).at(-1)).toEqual([
      "200",
      "市教育局",
    ]);
  });

  it("moves every deadline of what has not been handed in", async () => {
    const open = await bureau.data.registry.year(region.code, year);
    if (open === undefined) throw new Error("No year.");
    await enterYear(bureau.data.registry, { ...open, unitDue: "2023-08-15" });
    await bureau.relay();
    expect((await lineOf("137"))?.tally.dues).toEqual({
      "2023-08-15": 3,
      [deadlines.departmentDue]: 1,
    });
  });
});

describe("progress that differs from its reports", () => {
  it("is found by the check, and made anew by command", async () => {
    await bureau.open("137001");
    await bureau.relay();
    const head = await bureau.head("137001");
    const wrong = { ...keptOf(head, undefined), unsigned: ["secrecy" as const] };
    await bureau.data.progress.keep(place, "137", wrong);
    expect(await checkProgress(bureau.data, region.code)).toEqual([reportOf("137001")]);
    expect(await checkProgress(bureau.data, region.code)).toEqual([]);
    const whole = await lineOf("137");
    if (whole === undefined) throw new Error("No line.");
    await bureau.data.progress.putLine(place, { ...whole, tally: { counts: {}, dues: {} } });
    await rebuildProgress(bureau.data, region.code);
    expect(await counts()).toEqual({ draft: 1, not_opened: 3 });
  });
});
