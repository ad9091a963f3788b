import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { loadExampleUnit } from "../../examples/load-example.ts";
import { createNotifyHandler } from "../../../functions/notify/handler.ts";
import { relayReport } from "../../../functions/relay/relay.ts";
import { threadFacts } from "../../../functions/use-cases/thread-facts.ts";
import { sha256 } from "../../../functions/platform/ids.ts";
import {
  type Bureau,
  memoryQueue,
  openBureau,
  region,
  reportOf,
  sqsEvent,
} from "../effects/bureau.ts";
import { storeApproved } from "../approved-report.ts";
import { takeDownAskedOf } from "../../../shared/workflow/transitions.ts";
import { createMailbox } from "../effects/mailbox.ts";
import { openPress, portalUrl } from "../effects/press.ts";
import { enterMember } from "../enter.ts";

const unit = "137001";
const staffUrl = "https://juesuan.example.gov.cn";
const title = "景德镇市人民政府行政服务中心管理委员会（本级）2022年度单位决算";

let bureau: Bureau;
let post: ReturnType<typeof createMailbox>;
beforeEach(async () => {
  bureau = await openBureau();
  post = createMailbox(bureau);
  await bureau.open(unit);
});
afterEach(() => bureau.close());

const notify = () =>
  createNotifyHandler({
    ...post.deps,
    sha256,
    reports: bureau.data.reports,
    registry: bureau.data.registry,
    progress: bureau.data.progress,
    staffUrl,
    portalUrl,
    log: bureau.log,
  });

const notifyMessage = (seq: number, orgCode = unit) =>
  sqsEvent([
    [
      `${reportOf(orgCode)}.${String(seq)}.notify`,
      JSON.stringify({ type: "notify", reportId: reportOf(orgCode), seq }),
    ],
  ]);

/** Delivers the last event and answers who got a letter. */
async function notifyLast(): Promise<string[]> {
  post.office.mails.length = 0;
  const { chain } = await bureau.head(unit);
  expect(await notify()(notifyMessage(chain.seq))).toEqual({ batchItemFailures: [] });
  return post.office.readers();
}

async function giveBack(subject: string, to: "preparer" | "level_below", reason: string) {
  const { id, state } = await bureau.head(unit);
  if (state.status !== "in_review") throw new Error("It is not in review.");
  const { threadsHash } = threadFacts(await bureau.data.threads.list(id), sha256);
  const { editionHash } = state.submission;
  await bureau.act(unit, subject, { type: "return", editionHash, reason, to, threadsHash });
}

describe("who must know of", () => {
  it("an opened report: nobody", async () => {
    expect(await notifyLast()).toEqual([]);
  });

  it("a submitted report: its reviewer, with the last day and a link, and who signs it off", async () => {
    await bureau.walk.submit(unit);
    expect(await notifyLast()).toEqual(["qianli", "wangqiang", "zhenghua"]);
    const [letter] = post.office.to("wangqiang");
    expect(letter?.subject).toBe(`【决算】请审核：${title}`);
    expect(letter?.text).toBe(
      [
        "王强，您好：",
        `李敏于2023年8月1日提交了${title}。`,
        "请完成单位审核。截止日期：2023年8月10日。",
        `查看：${staffUrl}/reports/360200-2022-137001/findings`,
        "本邮件由决算系统自动发出，请勿回复。",
        "",
      ].join("\n\n"),
    );
    expect(post.office.to("qianli")[0]?.subject).toBe(`【决算】请进行保密审查：${title}`);
    expect(post.office.to("zhenghua")[0]?.subject).toBe(`【决算】请进行负责人审签：${title}`);
  });

  it("a withdrawn report: the reviewer who need not look any more", async () => {
    await bureau.walk.submit(unit);
    await bureau.act(unit, "limin", { type: "withdraw" });
    expect(await notifyLast()).toEqual(["wangqiang"]);
    expect(post.office.mails[0]?.text).toContain("目前不需要您审核。");
  });

  it("a passed report: the next level's reviewer, and who handed it in", async () => {
    await bureau.walk.submit(unit);
    await bureau.play.approve(unit, "wangqiang");
    expect(await notifyLast()).toEqual(["limin", "suntao"]);
    expect(post.office.to("suntao")[0]?.text).toContain(
      "请完成部门审核。截止日期：2023年8月20日。",
    );
    expect(post.office.to("limin")[0]?.text).toContain("已通过单位审核，现在转入部门审核");
  });

  it("a report with a department that is approved itself: its reviewer, with 15 days from then", async () => {
    await bureau.play.open("137", "zhaolin");
    await storeApproved(bureau.data.reports, reportOf("137"), "2023-08-01T02:00:00.000Z");
    await bureau.walk.submit(unit);
    await bureau.play.approve(unit, "wangqiang");
    await notifyLast();
    const until = "请完成部门审核。截止日期：2023年8月16日。";
    expect(post.office.to("suntao")[0]?.text).toContain(until);
    await bureau.play.signOff(unit, "secrecy", "qianli");
    await bureau.play.signOff(unit, "principal", "zhenghua");
    await notifyLast();
    expect(post.office.to("suntao")[0]?.text).toContain(until);
  });

  it("a returned report: its preparer, with the reason word for word", async () => {
    await bureau.walk.submit(unit);
    await giveBack("wangqiang", "preparer", "第27行与第31行对不上。\n请核对后再提交。");
    expect(await notifyLast()).toEqual(["limin"]);
    const [letter] = post.office.mails;
    expect(letter?.subject).toBe(`【决算】已退回，请修改：${title}`);
    expect(letter?.text).toContain("退回意见：\n第27行与第31行对不上。\n请核对后再提交。");
    expect(letter?.text).toContain("截止日期：2023年8月10日。");
  });

  it("a report returned to the level below: that reviewer, and the preparer without being asked", async () => {
    await bureau.walk.submit(unit);
    await bureau.play.approve(unit, "wangqiang");
    await giveBack("suntao", "level_below", "请再核对人员数。");
    expect(await notifyLast()).toEqual(["limin", "wangqiang"]);
    expect(post.office.to("wangqiang")[0]?.text).toContain("请重新完成单位审核");
    expect(post.office.to("limin")[0]?.text).toContain("目前不需要您修改。");
  });

  it("the last sign-off before the bureau: the reviewer who waited for it; the first: nobody", async () => {
    await bureau.walk.submit(unit);
    await bureau.play.approve(unit, "wangqiang");
    await bureau.play.signOff(unit, "secrecy", "qianli");
    expect(await notifyLast()).toEqual([]);
    await bureau.play.signOff(unit, "principal", "zhenghua");
    expect(await notifyLast()).toEqual(["suntao"]);
  });

  it("an approval: the unit's and the department's people and the administrator, nobody else's", async () => {
    await bureau.walk.submit(unit);
    await bureau.walk.approve(unit);
    expect(await notifyLast()).toEqual(
      ["limin", "qianli", "suntao", "wangqiang", "xuning", "zhaolin", "zhenghua"].toSorted(),
    );
    expect(post.office.to("zhaolin")[0]?.text).toContain("文号：景财决〔2023〕12号");
    expect(post.office.to("zhaolin")[0]?.text).toContain("最迟2023年8月21日");
  });

  it("a publication: the same people, with the public address", async () => {
    await bureau.walk.submit(unit);
    await bureau.walk.approve(unit);
    await openPress(bureau).run(unit);
    expect(await notifyLast()).toContain("limin");
    expect(post.office.to("limin")[0]?.subject).toBe(`【决算】已公开：${title}`);
    expect(post.office.to("limin")[0]?.text).toContain(`查看：${portalUrl}/2022/137001/`);
  });

  it("a correction and a take-down: the department and the administrator, with the cause", async () => {
    await bureau.walk.submit(unit);
    await bureau.walk.approve(unit);
    await openPress(bureau).run(unit);
    await bureau.act(unit, "limin", { type: "correct", reason: "附件传错" });
    const people = ["qianli", "suntao", "wangqiang", "xuning", "zhaolin", "zhenghua"];
    expect(await notifyLast()).toEqual(people);
    expect(post.office.to("suntao")[0]?.text).toContain("更正原因：\n附件传错");
    expect(post.office.to("suntao")[0]?.text).toContain("截止日期：2023年8月21日。");
    await bureau.takeDown(unit, "条例第十四条");
    expect(await notifyLast()).toEqual(["limin", ...people]);
    const { text = "" } = post.office.to("limin")[0] ?? {};
    expect(text).toContain("法律依据：\n条例第十四条");
    expect(text).toContain("对外说明：\n附表含有不宜公开的内容");
  });

  it("a request to take down: the bureau is asked to decide on it, the department hears of it", async () => {
    await bureau.walk.submit(unit);
    await bureau.walk.approve(unit);
    await openPress(bureau).run(unit);
    const request = { legalBasis: "条例第十四条", summary: "附表含有不宜公开的内容" };
    await bureau.act(unit, "zhenghua", { type: "ask_take_down", ...request });
    expect(await notifyLast()).toEqual(
      ["fengyuan", "limin", "qianli", "suntao", "wangqiang", "xuning", "zhaolin"].toSorted(),
    );
    for (const who of ["fengyuan", "xuning"]) {
      expect(post.office.to(who)[0]?.subject).toBe(`【决算】请确认撤下：${title}`);
    }
    expect(post.office.to("limin")[0]?.subject).toBe(`【决算】申请撤下：${title}`);
    const { state } = await bureau.head(unit);
    const askedAt = takeDownAskedOf(state)?.at ?? "";
    const reason = "应当更正而不是撤下";
    await bureau.act(unit, "fengyuan", { type: "decline_take_down", askedAt, reason });
    await notifyLast();
    expect(post.office.to("zhenghua")[0]?.text).toContain(`理由：\n${reason}`);
  });

  it("the publication of a correction, mailed late: when the next correction is open already", async () => {
    const { sections } = loadExampleUnit(unit);
    const publish = async (duty: string) => {
      const facts = { ...sections.facts, duties: [...sections.facts.duties, duty] };
      await bureau.walk.submit(unit, { ...sections, facts });
      await bureau.walk.approve(unit);
      await openPress(bureau).settle(unit);
      return (await bureau.head(unit)).chain.seq;
    };
    const correct = () => bureau.act(unit, "limin", { type: "correct", reason: "附件传错" });
    await publish("承办第一项工作");
    await correct();
    await publish("承办第二项工作");
    await correct();
    const third = await publish("承办第三项工作");
    await correct();
    post.office.mails.length = 0;
    await notify()(notifyMessage(third));
    expect(post.office.to("limin")[0]?.subject).toBe(`【决算】更正后已公开：${title}`);
  });

  it("a publication that failed: the bureau's administrators and reviewers, with cause and way out", async () => {
    await bureau.walk.submit(unit);
    await bureau.walk.approve(unit);
    const press = openPress(bureau);
    press.portal.onWrite = () => Promise.reject(new Error("The disk is full."));
    await press.settle(unit);
    expect(await notifyLast()).toEqual(["fengyuan", "xuning"]);
    const [letter] = post.office.to("fengyuan");
    expect(letter?.subject).toBe(`【决算】公开失败：${title}`);
    expect(letter?.text).toContain("原因：公开网站无法写入（共尝试5次）。");
    expect(letter?.text).toContain("截止日期：2023年8月21日。");
    expect(letter?.text).toContain("/publication");
    // Tried again meanwhile nobody is called any more.
    const failed = (await bureau.head(unit)).chain.seq;
    await bureau.act(unit, "xuning", { type: "retry_publication" });
    post.office.mails.length = 0;
    await notify()(notifyMessage(failed));
    expect(post.office.readers()).toEqual([]);
  });

  it("an undone approval: the preparer, to mend it, and everybody who was informed of the approval", async () => {
    await bureau.walk.submit(unit);
    await bureau.walk.approve(unit);
    const { state } = await bureau.head(unit);
    if (state.status !== "approved") throw new Error("It is not approved.");
    const { editionHash } = state.submission;
    await bureau.act(unit, "fengyuan", { type: "undo_approval", editionHash, reason: "附件有误" });
    expect(await notifyLast()).toEqual([
      ...["limin", "qianli", "suntao", "wangqiang", "xuning", "zhaolin", "zhenghua"],
    ]);
    expect(post.office.to("limin")[0]?.subject).toContain("已撤销批复，请修改");
    expect(post.office.to("suntao")[0]?.text).toContain("撤销原因：\n附件有误");
  });

  it("an event that has been overtaken: nobody is asked for what is done", async () => {
    await bureau.walk.submit(unit);
    await bureau.play.approve(unit, "wangqiang");
    const { chain } = await bureau.head(unit);
    await notify()(notifyMessage(chain.seq - 1));
    expect(post.office.readers()).toEqual(["qianli", "zhenghua"]);
  });
});

describe("a notice", () => {
  it("is found in the outbox and, once relayed, among the recorded events", async () => {
    await bureau.walk.submit(unit);
    await notify()(notifyMessage(2));
    const first = post.office.mails.map(({ text }) => text);
    post.office.mails.length = 0;
    const queues = { render: memoryQueue(), publish: memoryQueue(), notify: memoryQueue() };
    await relayReport(
      { ...bureau.data, files: bureau.data.vault, log: bureau.log, queues },
      reportOf(unit),
    );
    const fresh = createMailbox(bureau);
    const anew = createNotifyHandler({
      ...fresh.deps,
      sha256,
      effects: { done: () => Promise.resolve(new Set()), markDone: () => Promise.resolve() },
      reports: bureau.data.reports,
      registry: bureau.data.registry,
      progress: bureau.data.progress,
      staffUrl,
      portalUrl,
      log: bureau.log,
    });
    expect(await anew(sqsEvent(queues.notify.messages))).toEqual({ batchItemFailures: [] });
    expect(fresh.office.mails.map(({ text }) => text)).toEqual(first);
  });

  it("delivered twice is mailed once", async () => {
    await bureau.walk.submit(unit);
    await notify()(notifyMessage(2));
    const before = post.office.mails.length;
    await notify()(notifyMessage(2));
    expect(post.office.mails).toHaveLength(before);
  });

  it("that one address refuses reaches the others, fails, and next time goes only to that one", async () => {
    await bureau.walk.submit(unit);
    post.office.fails = ({ to }) => to.startsWith("qianli@");
    const failed = await notify()(notifyMessage(2));
    expect(failed.batchItemFailures).toHaveLength(1);
    expect(post.office.readers()).toEqual(["wangqiang", "zhenghua"]);
    post.office.fails = () => false;
    expect(await notify()(notifyMessage(2))).toEqual({ batchItemFailures: [] });
    expect(post.office.readers()).toEqual(["qianli", "wangqiang", "zhenghua"]);
  });

  it("to a person without an address is skipped and counted", async () => {
    const [member] = await bureau.data.registry.membersBySubject("qianli");
    if (member === undefined) throw new Error("No 钱立.");
    const { region: home, subject, name, memberships, version } = member;
    await enterMember(bureau.data.registry, { region: home, subject, name, memberships, version });
    await bureau.walk.submit(unit);
    expect(await notifyLast()).toEqual(["wangqiang", "zhenghua"]);
    expect(bureau.lines.join("\n")).toContain('"unreachable":1');
  });

  it("of an event that is not there fails, to come again", async () => {
    expect((await notify()(notifyMessage(7))).batchItemFailures).toHaveLength(1);
    expect((await notify()(notifyMessage(1, "137002"))).batchItemFailures).toHaveLength(1);
    expect(post.office.mails).toEqual([]);
  });

  it("crosses no region's border", async () => {
    await enterMember(bureau.data.registry, {
      region: "310107",
      subject: "fremd",
      name: "外地",
      email: "fremd@example.gov.cn",
      memberships: [{ role: "unit_reviewer", orgCode: unit }],
      version: 0,
    });
    expect(region.code).toBe("360200");
    await bureau.walk.submit(unit);
    expect(await notifyLast()).not.toContain("fremd");
  });
});
