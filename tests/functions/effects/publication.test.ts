import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readBack } from "../../../functions/publish/read-back.ts";
import { sha256 } from "../../../functions/platform/ids.ts";
import { createPrinter } from "../../../functions/render/print.ts";
import { blobKey } from "../../../functions/storage/blobs.ts";
import { verifyLinks } from "../../../functions/storage/chain.ts";
import { renderKey } from "../../../functions/use-cases/rendered.ts";
import type { Sections } from "../../../shared/report/sections.ts";
import { err } from "../../../shared/result.ts";
import type { ChainedEvent, ReportEvent } from "../../../shared/workflow/report-state.ts";
import { seedReason } from "../../../infra/local/seed/reports/reasons.ts";
import { loadExample, loadExampleUnit } from "../../examples/load-example.ts";
import { cacheDir } from "../render/printed.ts";
import { treeOf } from "../publish/memory-files.ts";
import { type Bureau, openBureau, region, reportOf, sqsEvent } from "./bureau.ts";
import { Killed } from "./mortal.ts";
import { openPress, type Press, quickPrinter } from "./press.ts";
import { enterOrg } from "../enter.ts";

const unit = "137001";
const address = "/2022/137001/";

/** A bureau whose unit has just been approved; nothing has been relayed yet. */
let approved: Bureau;
const opened: Bureau[] = [];
beforeAll(async () => {
  approved = await openBureau();
  await approved.open(unit);
  await approved.walk.submit(unit);
  await approved.walk.approve(unit);
  await approved.leave();
});
afterAll(async () => {
  for (const bureau of [...opened, approved]) await bureau.close();
});

async function anew(): Promise<Bureau> {
  const bureau = await openBureau(approved.folder);
  opened.push(bureau);
  return bureau;
}

const deeds = (events: readonly ChainedEvent[]) =>
  events.map(({ event }) => event).filter(({ type }) => type !== "publication_started");

const publishedEvents = async (bureau: Bureau): Promise<ReportEvent[]> =>
  (await bureau.recorded(unit))
    .map(({ event }) => event)
    .filter(({ type }) => type === "published");

/** What holds of every report that is public, however it came about. */
async function expectPublic(bureau: Bureau, press: Press, number = 1) {
  const head = await bureau.head(unit);
  if (head.state.status !== "published") throw new Error(`It is ${head.state.status}.`);
  const { editionHash } = head.state.submission;
  expect(head.state.publication).toMatchObject({ editionHash, number, path: address });
  expect(head.turn).toBeUndefined();
  expect(head.outbox).toEqual([]);
  const events = await bureau.recorded(unit);
  expect(verifyLinks({ reportId: head.id }, events, sha256)).toEqual({
    ok: true,
    value: head.chain,
  });
  const published = await publishedEvents(bureau);
  expect(published).toHaveLength(number);
  const record = press.portal.files.get(`catalogue${address}${String(number)}.json`);
  expect(published.at(-1)).toMatchObject({ receipt: sha256(record ?? "") });
  const read = await readBack({ portal: press.portal, sha256 }, address);
  expect(read).toMatchObject({ ok: true, value: { report: { editionHash } } });
  expect(await bureau.data.vault.list(`renders/${head.id}/`)).toContainEqual(
    expect.objectContaining({ key: renderKey(head.id, editionHash) }),
  );
  return editionHash;
}

/** What the portal has of this very report; the lists name it from its approval on. */
const filesOf = ({ portal }: Press): string[] =>
  [...portal.files.keys()].filter((key) => key.includes(unit));

/** Up to the message that asks for publication, which is left to be worked on. */
async function relayAndPrint(press: Press) {
  await press.relay(unit);
  for (const message of press.queues.render.messages) {
    expect((await press.handlers.render(sqsEvent([message]))).batchItemFailures).toEqual([]);
  }
}

describe("an approved report", () => {
  it("is printed, published and recorded as published, once", async () => {
    const bureau = await anew();
    const press = openPress(bureau);
    expect(await press.run(unit)).toEqual([]);
    await expectPublic(bureau, press);
    expect([...press.queues.notify.messages.keys()].at(-1)).toBe(`${reportOf(unit)}.9.notify`);
  });

  it("is not published when a stored part of it was changed or lost after the approval", async () => {
    const bureau = await anew();
    const press = openPress(bureau);
    const { sections } = await bureau.head(unit);
    const blob = blobKey(sections.t03?.sha256 ?? "");
    const whole = (await bureau.data.vault.get(blob)) ?? new Uint8Array();
    await relayAndPrint(press);
    await bureau.data.vault.put(blob, Buffer.from('{"rows":[]}'), "application/json");
    expect(await press.run(unit)).toEqual([]);
    expect(bureau.lines.join()).toContain("公开03表的内容已被改动或损坏");
    expect(filesOf(press)).toEqual([]);
    expect((await bureau.head(unit)).state).toMatchObject({
      status: "approved",
      failure: {
        step: "publish",
        cause: { code: "content_changed", name: expect.stringContaining("公开03表") as unknown },
      },
    });
    await bureau.data.vault.put(blob, whole, "application/json");
    await bureau.act(unit, "fengyuan", { type: "retry_publication" });
    expect(await press.run(unit)).toEqual([]);
    await expectPublic(bureau, press);
  });

  it("stays the same, byte for byte, when every message comes twice and later", async () => {
    const bureau = await anew();
    const press = openPress(bureau);
    await press.run(unit);
    const tree = treeOf(press.portal);
    const { version } = await bureau.head(unit);
    press.forget();
    bureau.clock.at = "2023-08-02T02:00:00.000Z";
    expect(await press.run(unit)).toEqual([]);
    expect(treeOf(press.portal)).toEqual(tree);
    expect((await bureau.head(unit)).version).toBe(version);
    await expectPublic(bureau, press);
  });

  it("is recorded as published once when two publishers run at the same time", async () => {
    const bureau = await anew();
    const press = openPress(bureau);
    await press.relay(unit);
    await press.handlers.render(sqsEvent(press.queues.render.messages));
    const messages = sqsEvent(press.queues.publish.messages);
    const answers = await Promise.all([
      press.handlers.publish(messages),
      press.handlers.publish(messages),
    ]);
    expect(answers.flatMap(({ batchItemFailures }) => batchItemFailures)).toEqual([]);
    await press.run(unit);
    await expectPublic(bureau, press);
  });

  it("without its PDF is not published but shown as failed; tried again it is printed and published", async () => {
    const bureau = await anew();
    const press = openPress(bureau);
    await press.run(unit);
    const { state } = await bureau.head(unit);
    const message = [...press.queues.publish.messages].find(([, body]) =>
      body.includes(`"type":"publish"`),
    );
    if (message === undefined || !("submission" in state)) throw new Error("Nothing to publish.");

    const early = await anew();
    const earlyPress = openPress(early);
    await earlyPress.relay(unit);
    expect((await earlyPress.handlers.publish(sqsEvent([message]))).batchItemFailures).toEqual([]);
    expect(early.lines.join("\n")).toContain("is not printed");
    expect((await early.head(unit)).state).toMatchObject({
      status: "approved",
      failure: { step: "publish", cause: { code: "print_missing" } },
    });
    expect(filesOf(earlyPress)).toEqual([]);
    await early.act(unit, "fengyuan", { type: "retry_publication" });
    expect(await earlyPress.run(unit)).toEqual([]);
    expect((await earlyPress.handlers.publish(sqsEvent([message]))).batchItemFailures).toEqual([]);
    await expectPublic(early, earlyPress);
  });

  it("whose characters no font has is not printed at all", async () => {
    const bureau = await anew();
    const press = openPress(bureau, {
      printer: {
        ...quickPrinter,
        print: async (html, metadata) => ({
          ...(await quickPrinter.print(html, metadata)),
          pagesWithMissingGlyphs: [3],
        }),
      },
    });
    expect(await press.run(unit)).toEqual([]);
    expect((await bureau.head(unit)).state).toMatchObject({
      failure: { step: "print", cause: { code: "glyph_missing", pages: [3] }, attempts: 1 },
    });
    expect(bureau.lines.join("\n")).toContain("No font has a character on page 3");
    expect(filesOf(press)).toEqual([]);
    expect(await bureau.data.vault.list(`renders/`)).toEqual([]);
  });
});

describe("a process that is killed at any write and started again", () => {
  it("ends in the same public report and one published event", async () => {
    const counted = await anew();
    const count = { at: 0, when: "before" as const, calls: 0 };
    const whole = openPress(counted);
    await whole.processUntil(count).run(unit);
    await expectPublic(counted, whole);
    const tree = treeOf(whole.portal);
    const events = await counted.recorded(unit);

    // The portal's own writes are cut one by one in its tests; here a stride goes through them.
    const writes = count.calls;
    const strideFrom = 8;
    const deaths = Array.from({ length: writes }, (_, index) => index + 1).filter(
      (at) => at <= strideFrom || at > writes - strideFrom || at % 17 === 0,
    );
    expect(deaths.length).toBeGreaterThan(16);
    for (const at of deaths) {
      const when = at % 2 === 0 ? "before" : "after";
      const bureau = await openBureau(approved.folder);
      const press = openPress(bureau);
      const death = { at, when, calls: 0 } as const;
      await expect(
        press.processUntil({ ...death }).run(unit),
        `killed at ${String(at)}`,
      ).rejects.toThrow(Killed);
      press.forget();
      expect(await press.run(unit), `after the kill at ${String(at)}`).toEqual([]);
      expect(treeOf(press.portal)).toEqual(tree);
      // Started again it announces itself again; that apart, the same was done.
      expect(deeds(await bureau.recorded(unit))).toEqual(deeds(events));
      await expectPublic(bureau, press);
      await bureau.close();
    }
  }, 120_000);
});

describe("a correction", () => {
  /** Published, then corrected with another wording of one reason, and approved again. */
  async function corrected(change: (sections: Sections) => Sections) {
    const bureau = await anew();
    const press = openPress(bureau);
    await press.run(unit);
    const first = await expectPublic(bureau, press);
    bureau.clock.at = "2023-08-05T02:00:00.000Z";
    await bureau.act(unit, "limin", { type: "correct", reason: "年末结转的原因写错了" });
    await press.run(unit);
    const before = treeOf(press.portal);
    await bureau.walk.submit(unit, change(loadExampleUnit(unit).sections));
    expect(await press.run(unit)).toEqual([]);
    expect(treeOf(press.portal)).toEqual(before);
    await bureau.walk.approve(unit, "景财决〔2023〕15号");
    return { bureau, press, first };
  }
  const otherReason = (sections: Sections): Sections => ({
    ...sections,
    narrative: {
      ...sections.narrative,
      reasons: {
        ...sections.narrative.reasons,
        "expense.year": "上年结转的信息化项目在本年验收付款",
      },
    },
  });

  it("leaves the old submission public until it is approved, then takes its place and says what changed", async () => {
    const { bureau, press, first } = await corrected(otherReason);
    expect(await press.run(unit)).toEqual([]);
    const second = await expectPublic(bureau, press, 2);
    expect(second).not.toBe(first);
    const page = textAt(press, "2022/137001/index.html");
    expect(page).toContain("更正公告");
    expect(page).toContain("年末结转的原因写错了");
    expect(page).toContain("上年集中支付历年项目尾款，本年按合同进度结算");
    expect(page).toContain("上年结转的信息化项目在本年验收付款");
    const archived = textAt(press, `2022/137001/editions/${first.slice(0, 8)}/index.html`);
    expect(archived).toContain("存档版本");
  });

  it("published twice over changes nothing more", async () => {
    const { bureau, press } = await corrected(otherReason);
    await press.run(unit);
    const tree = treeOf(press.portal);
    press.forget();
    expect(await press.run(unit)).toEqual([]);
    expect(treeOf(press.portal)).toEqual(tree);
    await expectPublic(bureau, press, 2);
  });

  it("that ends in the very same submission is published as one of its own", async () => {
    const { bureau, press, first } = await corrected((sections) => sections);
    expect(await press.run(unit)).toEqual([]);
    expect(await expectPublic(bureau, press, 2)).toBe(first);
  });
});

describe("a take-down", () => {
  const legalBasis = "《政府信息公开条例》第十四条";

  it("leaves a tombstone with its legal basis and no figure, however often it is delivered", async () => {
    const bureau = await anew();
    const press = openPress(bureau);
    await press.run(unit);
    await bureau.takeDown(unit, legalBasis);
    expect(await press.run(unit)).toEqual([]);
    const files = [...press.portal.files.keys()].filter((key) => key.startsWith("2022/137001/"));
    expect(files).toEqual(["2022/137001/index.html"]);
    const page = textAt(press, "2022/137001/index.html");
    expect(page).toContain(`<p>撤下依据：${legalBasis}</p>`);
    expect(page).toContain("<p>撤下说明：附表含有不宜公开的内容</p>");
    const tree = treeOf(press.portal);
    press.forget();
    expect(await press.run(unit)).toEqual([]);
    expect(treeOf(press.portal)).toEqual(tree);
    expect(await publishedEvents(bureau)).toHaveLength(1);
  });

  it("that comes while a correction is being published wins", async () => {
    const bureau = await anew();
    const press = openPress(bureau);
    await press.run(unit);
    await bureau.act(unit, "limin", { type: "correct", reason: "核对后更正" });
    await bureau.walk.submit(unit);
    await bureau.walk.approve(unit);
    await press.relay(unit);
    press.portal.onWrite = once(press, () => bureau.takeDown(unit, legalBasis));
    expect(await press.run(unit)).toEqual([]);
    expect(await press.run(unit)).toEqual([]);
    expect((await bureau.head(unit)).state.status).toBe("taken_down");
    expect(await publishedEvents(bureau)).toHaveLength(1);
    const files = [...press.portal.files.keys()].filter((key) => key.startsWith("2022/137001/"));
    expect(files).toEqual(["2022/137001/index.html"]);
    expect(textAt(press, "2022/137001/index.html")).toContain(legalBasis);
  });

  it("is not undone by a publication delivered late", async () => {
    const bureau = await anew();
    const press = openPress(bureau);
    await press.run(unit);
    await bureau.takeDown(unit, legalBasis);
    await press.run(unit);
    const tree = treeOf(press.portal);
    const answer = await press.handlers.publish(sqsEvent(press.queues.publish.messages));
    expect(answer.batchItemFailures).toEqual([]);
    expect(treeOf(press.portal)).toEqual(tree);
  });
});

/** A bureau whose heads are somebody else's for so many commits. */
function moving(bureau: Bureau, times: number): { moved: Bureau; refusals: () => number } {
  const { reports } = bureau.data;
  let refused = 0;
  const commit: typeof reports.commit = (...given) => {
    if (refused === times) return reports.commit(...given);
    refused += 1;
    return Promise.resolve(err({ code: "stale_version" }));
  };
  const moved = { ...bureau, data: { ...bureau.data, reports: { ...reports, commit } } };
  return { moved, refusals: () => refused };
}

describe("a head that moves while the files are written", () => {
  it("is looked at anew, and the publication is recorded once", async () => {
    const bureau = await anew();
    const { moved, refusals } = moving(bureau, 2);
    const press = openPress(moved);
    expect(await press.run(unit)).toEqual([]);
    expect(refusals()).toBe(2);
    await expectPublic(bureau, press);
  });

  it("again and again makes the message fail, and the next try records it", async () => {
    const bureau = await anew();
    const press = openPress(moving(bureau, 5).moved);
    expect(await press.run(unit)).toHaveLength(1);
    expect((await bureau.head(unit)).state.status).toBe("approved");
    expect(await press.run(unit)).toEqual([]);
    await expectPublic(bureau, press);
  });
});

describe("the department's whole report", () => {
  it("goes from approval to the portal with a real PDF, the same bytes on every print", async () => {
    const bureau = await openBureau();
    opened.push(bureau);
    for (const code of ["137001", "137002", "137003"]) {
      const org = await bureau.data.registry.org(region.code, code);
      if (org === undefined) throw new Error(`No ${code}.`);
      const exempt = { year: 2022, reason: "并入部门本级编报" };
      await enterOrg(bureau.data.registry, { ...org, exempt });
    }
    const { play } = bureau;
    await play.open("137", "zhaolin");
    await play.fill("137", "zhaolin", loadExample("jingdezhen-2022").sections);
    await play.explain("137", "zhaolin", seedReason);
    await play.submit("137", "zhaolin");
    await play.signOff("137", "secrecy", "qianli");
    await play.signOff("137", "principal", "zhenghua");
    await play.approve("137", "suntao");
    await play.approve("137", "fengyuan", "景财决〔2023〕20号");

    const printer = createPrinter({ cacheDir, environment: process.env });
    try {
      const press = openPress(bureau, { printer });
      expect(await press.run("137")).toEqual([]);
      const { state } = await bureau.head("137");
      expect(state.status).toBe("published");
      const read = await readBack({ portal: press.portal, sha256 }, "/2022/137/");
      expect(read).toMatchObject({ ok: true, value: { tables: 10 } });
      const pdf = press.portal.files.get("2022/137/report.pdf");
      expect(pdf?.length).toBeGreaterThan(100_000);

      if (!("submission" in state)) throw new Error("It was never handed in.");
      const key = renderKey(reportOf("137"), state.submission.editionHash);
      await bureau.data.vault.delete(key);
      press.forget();
      expect(await press.run("137")).toEqual([]);
      expect(await bureau.data.vault.get(key)).toEqual(Buffer.from(pdf ?? []));
    } finally {
      await printer.close();
    }
  }, 120_000);
});

const textAt = ({ portal }: Press, key: string): string =>
  new TextDecoder().decode(portal.files.get(key));

/** Does something at the first write after now. */
const once =
  ({ portal }: Press, act: () => Promise<void>) =>
  async () => {
    portal.onWrite = () => undefined;
    await act();
  };
