import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createRemindHandler } from "../../../functions/remind/handler.ts";
import { storeApproved } from "../approved-report.ts";
import { type Bureau, deadlines, openBureau, region, reportOf, year } from "../effects/bureau.ts";
import { createMailbox } from "../effects/mailbox.ts";
import { openPress } from "../effects/press.ts";
import { addDays, shanghaiDay } from "../../../shared/workflow/deadlines.ts";
import type { ReminderRule } from "../../../shared/registry/registry.ts";
import { enterMember, enterOrg, enterYear } from "../enter.ts";

const staffUrl = "https://juesuan.example.gov.cn";

let bureau: Bureau;
let post: ReturnType<typeof createMailbox>;
beforeEach(async () => {
  bureau = await openBureau();
  post = createMailbox(bureau);
});
afterEach(() => bureau.close());

const remind = (regions: readonly string[] = [region.code]) =>
  createRemindHandler({
    ...post.deps,
    registry: bureau.data.registry,
    progress: bureau.data.progress,
    staffUrl,
    regions,
    log: bureau.log,
  });

/** Runs at nine in the morning of a day in China; answers who got mail. */
async function on(day: string): Promise<string[]> {
  post.office.mails.length = 0;
  bureau.clock.at = `${day}T01:00:00.000Z`;
  await bureau.relay();
  await remind()();
  return post.office.readers();
}

describe("a year's own rule", () => {
  const ruled = async (reminders: ReminderRule) => {
    const open = await bureau.data.registry.year(region.code, year);
    if (open === undefined) throw new Error("No year.");
    await enterYear(bureau.data.registry, { ...open, reminders });
  };

  it("keeps everybody from being written to, and the day is kept all the same", async () => {
    await ruled({ daily: false, departmentAfter: 1, bureauAfter: 1 });
    expect(await on("2023-08-12")).toEqual([]);
    const days = await bureau.data.progress.days({ region: region.code, year }, { limit: 5 });
    expect(days.items.map(({ day }) => day)).toEqual(["2023-08-12"]);
  });

  it("writes to those above as many days after the last one as it says, each level its own", async () => {
    const head = await bureau.data.registry.member(region.code, "qianli");
    if (head === undefined) throw new Error("No qianli.");
    await enterMember(bureau.data.registry, {
      ...head,
      memberships: [...head.memberships, { role: "principal", orgCode: "137002" }],
    });
    await ruled({ daily: true, headAfter: 2, departmentAfter: 3, bureauAfter: 4 });
    const preparers = ["chenyu", "limin", "zhouting"];
    expect(await on("2023-08-11")).toEqual(preparers);
    expect(await on("2023-08-12")).toEqual([...preparers, "qianli"].toSorted());
    expect(post.office.to("qianli")[0]?.text).toContain("由他人办理，请督促");
    const thirdDay = await on("2023-08-13");
    expect(thirdDay).toContain("suntao");
    expect(thirdDay).not.toContain("xuning");
    expect(await on("2023-08-14")).toContain("xuning");
    const notes = await bureau.data.progress.notes({ region: region.code, year }, "137");
    expect(notes.find(({ orgCode }) => orgCode === "137002")?.reminded).toEqual({
      ...{ at: "2023-08-14T01:00:00.000Z", byName: "系统" },
    });
  });
});

describe("on a day", () => {
  it("what the year has added up to is kept, for the curve", async () => {
    await bureau.open("137001");
    await on("2023-08-11");
    await on("2023-08-12");
    const place = { region: region.code, year };
    expect((await bureau.data.progress.days(place, { limit: 5 })).items).toEqual([
      { day: "2023-08-12", counts: { draft: 1, not_opened: 3 }, overdue: 3 },
      { day: "2023-08-11", counts: { draft: 1, not_opened: 3 }, overdue: 3 },
    ]);
  });

  it("without anything due nobody gets mail", async () => {
    expect(await on("2023-08-01")).toEqual([]);
  });

  it("preparers of units that have not begun are reminded, in words", async () => {
    await bureau.open("137001");
    expect(await on("2023-08-07")).toEqual(["chenyu", "limin", "zhouting"]);
    const [letter] = post.office.to("limin");
    expect(letter?.subject).toBe("【决算】期限提醒：1项");
    expect(letter?.text).toBe(
      [
        "李敏，您好：",
        "以下报告等待您办理：",
        "- 景德镇市人民政府行政服务中心管理委员会（本级）2022年度单位决算：尚未提交，还有3天（截止日期2023年8月10日）",
        `办理：${staffUrl}/`,
        "本邮件由决算系统自动发出，请勿回复。",
        "",
      ].join("\n\n"),
    );
    expect(post.office.to("zhouting")[0]?.text).toContain("尚未开始编制");
    // The same in the staff app, once a day however often the run is repeated.
    await remind()();
    const { items } = await bureau.data.notices.list(region.code, "limin", { limit: 5 });
    expect(items).toMatchObject([
      {
        ...{ kind: "deadline", about: "期限提醒", title: "1项", path: "/" },
        detail: expect.stringContaining("尚未提交，还有3天") as string,
      },
    ]);
  });

  it("a request to take down is due in three days, for whoever may decide on it at the bureau", async () => {
    const unit = "137001";
    await bureau.open(unit);
    await bureau.walk.submit(unit);
    await bureau.walk.approve(unit);
    await openPress(bureau).run(unit);
    const request = { legalBasis: "条例第十四条", summary: "附表不宜公开" };
    await bureau.act(unit, "zhenghua", { type: "ask_take_down", ...request });
    const asked = shanghaiDay(bureau.now());
    for (const day of [addDays(asked, 3), addDays(asked, 6)]) {
      await on(day);
      for (const who of ["fengyuan", "xuning"]) {
        expect(post.office.to(who)[0]?.text).toContain("有撤下申请等待确认");
      }
    }
    expect(post.office.to("xuning")[0]?.text).toContain("已逾期3天");
  });

  it("after the last day the department and the bureau hear of all that is late in one mail", async () => {
    await bureau.open("137001");
    await bureau.walk.submit("137001");
    const readers = await on("2023-08-11");
    expect(readers).toEqual(["chenyu", "suntao", "wangqiang", "xuning", "zhouting"]);
    const [letter] = post.office.to("suntao");
    expect(letter?.subject).toBe("【决算】期限提醒：3项，其中3项已逾期");
    expect(letter?.text).toContain("由他人办理，请督促");
    expect(letter?.text).toContain("等待单位审核人审核，已逾期1天");
  });

  it("an exempt unit is not reminded", async () => {
    const org = await bureau.data.registry.org(region.code, "137003");
    if (org === undefined) throw new Error("No 137003.");
    await enterOrg(bureau.data.registry, { ...org, exempt: { year, reason: "已撤并" } });
    expect(await on("2023-08-10")).toEqual(["limin", "zhouting"]);
  });

  it("an approved report is followed until it is public", async () => {
    await bureau.open("137001");
    await bureau.walk.submit("137001");
    await bureau.walk.approve("137001");
    const press = openPress(bureau);
    await press.relay("137001");
    await on("2023-08-18");
    expect(post.office.to("xuning")[0]?.text).toContain(
      "已批复，尚未公开，还有3天（截止日期2023年8月21日）",
    );
    await press.run("137001");
    await on("2023-08-20");
    expect(post.office.to("xuning")[0]?.text ?? "").not.toContain("已批复");
  });

  it("of a closed year nobody is reminded", async () => {
    const open = await bureau.data.registry.year(region.code, year);
    if (open === undefined) throw new Error("No year.");
    await enterYear(bureau.data.registry, { ...open, status: "closed" });
    expect(await on("2023-08-11")).toEqual([]);
  });

  it("a deadline moved today is the one that counts", async () => {
    await bureau.open("137001");
    const open = await bureau.data.registry.year(region.code, year);
    if (open === undefined) throw new Error("No year.");
    await enterYear(bureau.data.registry, { ...open, unitDue: "2023-08-30" });
    expect(await on("2023-08-10")).toEqual([]);
    expect(await on("2023-08-23")).toContain("limin");
  });
});

describe("a second run", () => {
  it("of the same day in China mails nobody again, of the next day does", async () => {
    await on("2023-08-10");
    post.office.mails.length = 0;
    bureau.clock.at = "2023-08-10T15:59:59.000Z";
    await remind()();
    expect(post.office.mails).toEqual([]);
    bureau.clock.at = "2023-08-10T16:00:00.000Z";
    await remind()();
    expect(post.office.readers()).toContain("limin");
  });

  it("reaches whom the first could not, and the run that could not fails", async () => {
    post.office.fails = ({ to }) => to.startsWith("limin@");
    bureau.clock.at = "2023-08-10T01:00:00.000Z";
    await bureau.relay();
    await expect(remind()()).rejects.toThrow("Reminders failed");
    expect(post.office.readers()).toEqual(["chenyu", "zhouting"]);
    post.office.fails = () => false;
    await remind()();
    expect(post.office.readers()).toEqual(["chenyu", "limin", "zhouting"]);
  });
});

describe("regions", () => {
  it("that fail keep no other waiting", async () => {
    bureau.clock.at = "2023-08-10T01:00:00.000Z";
    await bureau.relay();
    const { registry } = bureau.data;
    const handler = createRemindHandler({
      ...post.deps,
      progress: bureau.data.progress,
      registry: {
        ...registry,
        view: (code) =>
          code === "310107" ? Promise.reject(new Error("Gone.")) : registry.view(code),
      },
      staffUrl,
      regions: ["310107", region.code],
      log: bureau.log,
    });
    await expect(handler()).rejects.toThrow("Reminders failed");
    expect(post.office.readers()).toEqual(["chenyu", "limin", "zhouting"]);
    expect(bureau.lines.join("\n")).toContain("310107");
  });

  it("without offices have nobody to remind", async () => {
    await remind(["310107"])();
    expect(post.office.mails).toEqual([]);
  });
});

describe("once a department's own report is approved", () => {
  const approveDepartment = async () => {
    await bureau.play.open("137", "zhaolin");
    await storeApproved(bureau.data.reports, reportOf("137"), "2023-08-10T02:00:00.000Z");
  };
  const toReviewer = () => post.office.to("suntao")[0]?.text ?? "";

  it("it has 15 days for its units, and is reminded before and after they are over", async () => {
    await bureau.open("137001");
    await bureau.walk.submit("137001");
    await bureau.play.approve("137001", "wangqiang");
    await approveDepartment();
    await on("2023-08-21");
    expect(toReviewer()).not.toContain("部门审核人");
    await on("2023-08-22");
    expect(toReviewer()).toContain("等待部门审核人审核，还有3天（截止日期2023年8月25日）");
    await on("2023-08-26");
    expect(toReviewer()).toContain("已逾期1天（截止日期2023年8月25日）");
  });

  it("units that have not handed in keep the last day of their own level", async () => {
    await bureau.open("137001");
    await approveDepartment();
    await bureau.relay();
    const line = await bureau.data.progress.line({ region: region.code, year }, "137");
    expect(line?.tally.dues).toEqual({ [deadlines.unitDue]: 3 });
  });
});

describe("while a department's own report is not approved", () => {
  it("its units are due on the year's last day", async () => {
    await bureau.open("137001");
    await bureau.walk.submit("137001");
    await bureau.play.approve("137001", "wangqiang");
    await bureau.play.open("137", "zhaolin");
    await on("2023-08-21");
    expect(post.office.to("suntao")[0]?.text).toContain("已逾期1天（截止日期2023年8月20日）");
  });
});
