import { createHash } from "node:crypto";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { createApp } from "../../../../functions/api/app.ts";
import { ratesOf } from "../../../../functions/api/rate-limit.ts";
import { createLog } from "../../../../functions/platform/log.ts";
import { sha256 } from "../../../../functions/platform/ids.ts";
import { inPlace } from "../../../../functions/use-cases/heavy-work.ts";
import { blobKey } from "../../../../functions/storage/blobs.ts";
import {
  faultText,
  registryAnchorText,
} from "../../../../functions/use-cases/audit/fault-words.ts";
import { verifyAnchoredRegistry } from "../../../../functions/use-cases/audit/verify-registry.ts";
import { verifyReport } from "../../../../functions/use-cases/audit/verify-report.ts";
import { verifyYear } from "../../../../functions/use-cases/audit/verify-year.ts";
import { checkProgress } from "../../../../functions/use-cases/progress/check-progress.ts";
import { loadManifest } from "../../../../functions/use-cases/report-content.ts";
import {
  auditResponse,
  submissionsResponse,
  eventsResponse,
  departmentProgressResponse,
  progressResponse,
  reportsResponse,
  verificationResponse,
} from "../../../../shared/contract/responses.ts";
import { shippedEditions } from "../../../../shared/editions/shipped-editions.ts";
import { ok } from "../../../../shared/result.ts";
import { openDataFolderToRead } from "../../../../infra/local/data-folder.ts";
import { acquireDataLock } from "../../../../infra/local/data-lock.ts";
import type { Bureau } from "../../../functions/effects/bureau.ts";
import { region, reportOf, year } from "../../../functions/effects/bureau.ts";
import {
  corrected,
  openCopy,
  plainUnit,
  publishedInstallation,
  type Copy,
} from "./installation.ts";
import { runProgram } from "../../../programs.ts";

let installation: Bureau;
let copy: Copy;
beforeAll(async () => {
  installation = await publishedInstallation();
  copy = await openCopy(installation.folder);
}, 120_000);
afterEach(() => copy.restore());
afterAll(async () => {
  await copy.close();
  await installation.close();
});

const deps = () => ({
  ...copy.stores,
  files: copy.vault,
  portal: copy.portal,
  sha256,
  editions: shippedEditions,
});

/** Every fault of a report in words, as people read them. */
async function faultsOf(orgCode: string): Promise<string[]> {
  const verified = await verifyReport(deps(), reportOf(orgCode), "full");
  const edition = verified?.head && shippedEditions.byId(verified.head.edition);
  return (verified?.faults ?? []).map((fault) => {
    const { place, message } = faultText(fault, edition);
    return `${place}：${message}`;
  });
}

/** Hash of the section blob a published edition names. */
async function blobOf(orgCode: string, number: number, section: "t01" | "narrative") {
  const head = await copy.stores.reports.load(reportOf(orgCode));
  const editions = (await copy.stores.reports.events(reportOf(orgCode), { limit: 100 })).items
    .map(({ event }) => event)
    .filter((event) => event.type === "published");
  const editionHash = editions[number - 1]?.editionHash ?? "";
  const manifest = await loadManifest(deps(), editionHash);
  return { head, editionHash, sha256: manifest.sections[section] ?? "" };
}

const approver = { by: "suntao", byName: "孙涛" };

describe("an installation nobody touched", () => {
  it("is intact in every event, state, blob, thread, attachment, PDF and public file", async () => {
    const steps: unknown[] = [];
    const files: number[] = [];
    for await (const step of verifyYear(deps(), { region: region.code, year, portalRoot: "" })) {
      steps.push(step);
      if ("reportId" in step) files.push(step.files);
    }
    expect(steps).toMatchObject([
      { reportId: reportOf(corrected), faults: [], gaps: [] },
      { reportId: reportOf(plainUnit), faults: [], gaps: [] },
    ]);
    // Sections and manifests, attachments, anchors, PDF, and what is public twice.
    expect(files.every((count) => count > 40)).toBe(true);
  });
});

describe("damage is named with its place", () => {
  it("a bit of a section blob", async () => {
    const { sha256: hash, editionHash } = await blobOf(corrected, 1, "narrative");
    await copy.flip(`vault/${blobKey(hash)}`);
    expect(await faultsOf(corrected)).toEqual([
      `决算情况说明（版本 ${editionHash.slice(0, 8)}）：决算情况说明的内容已被改动或损坏。`,
    ]);
  });

  it("a dropped event", async () => {
    await copy.drop(corrected, 4);
    expect(await faultsOf(corrected)).toEqual(["第 4 条办理记录：记录缺失，被删除了。"]);
  });

  it("an added event, rightly hashed", async () => {
    await copy.append(plainUnit, {
      ...{ ...approver, at: "2023-08-02T02:00:00.000Z" },
      ...{ type: "taken_down", legalBasis: "伪造" },
    });
    expect(await faultsOf(plainUnit)).toEqual([
      "第 10 条办理记录：报告没有办理到这一步，这条记录是多出来的。",
    ]);
  });

  it("two events in each other's place", async () => {
    await copy.swap(corrected, 4);
    expect(await faultsOf(corrected)).toEqual([
      "第 4 条办理记录：这里存的是第 5 条记录，顺序被调换了。",
      "第 5 条办理记录：这里存的是第 4 条记录，顺序被调换了。",
    ]);
  });

  it("a changed event", async () => {
    await copy.setEvent(corrected, 3, ({ event }) => ({
      event: { ...(event as object), ...approver },
    }));
    expect(await faultsOf(corrected)).toEqual([
      "第 3 条办理记录：内容与它的校验码不符，被改动了。",
    ]);
  });

  it("an event that holds a member nobody writes", async () => {
    await copy.setEvent(corrected, 3, () => ({ note: "x" }));
    expect(await faultsOf(corrected)).toEqual(["第 3 条办理记录：存储的内容读不出来（note）。"]);
  });

  it("a whole chain written anew with another approver, every hash and the tip being right", async () => {
    await copy.rewrite(plainUnit, (event) =>
      event.type === "approved" ? { ...event, ...approver } : event,
    );
    const [rewritten, ...states] = await faultsOf(plainUnit);
    expect(rewritten).toBe(
      "第 1 至第 7 条办理记录：与当时留下的校验点不符，这些记录连同校验码被整体改写了。",
    );
    expect(states).toContain(
      "报告的当前状态：批复·姓名：与办理记录不符：按记录应为“孙涛”，现存“冯远”。",
    );
    // The state as well, as one who knows the system would: the anchors alone remember.
    await copy.set(plainUnit, "head", ({ state }) => ({
      state: JSON.parse(
        JSON.stringify(state).replaceAll("fengyuan", "suntao").replaceAll("冯远", "孙涛"),
      ) as unknown,
    }));
    expect(await faultsOf(plainUnit)).toEqual([rewritten]);
  });

  it("a head set back to an earlier event, its state with it", async () => {
    const { item } = copy;
    const third = item(plainUnit, "event#000000003");
    const { state } = item(plainUnit, "head");
    await copy.set(plainUnit, "head", () => ({ chain: { seq: 3, hash: third["hash"] } }));
    expect(await faultsOf(plainUnit)).toContain(
      "全部办理记录：报告被退回到第 3 条记录时的样子，而它曾经办理到第 9 条。",
    );
    expect(state).toMatchObject({ status: "published" });
  });

  it("another approval in the head", async () => {
    await copy.set(plainUnit, "head", ({ state }) => ({
      state: {
        ...(state as { approval: object }),
        approval: {
          ...(state as { approval: object }).approval,
          documentNumber: "景财决〔2023〕99号",
        },
      },
    }));
    expect(await faultsOf(plainUnit)).toEqual([
      "报告的当前状态：批复·批复文号：与办理记录不符：按记录应为“景财决〔2023〕12号”，现存“景财决〔2023〕99号”。",
    ]);
  });

  it("a head that says draft although the events say published", async () => {
    await copy.set(plainUnit, "head", () => ({ state: { status: "draft" } }));
    expect(await faultsOf(plainUnit)).toEqual([
      "报告的当前状态：状态：与办理记录不符：按记录应为“已公开”，现存“编制中”。",
    ]);
  });

  it("a section that points to another blob", async () => {
    const { sha256: other } = await blobOf(corrected, 1, "narrative");
    const narrative = {
      sha256: other,
      by: "limin",
      byName: "黎敏",
      at: "2023-08-01T01:00:00.000Z",
    };
    await copy.set(corrected, "head", ({ sections }) => ({
      sections: { ...(sections as object), narrative },
    }));
    expect(await faultsOf(corrected)).toEqual([
      "决算情况说明：指向的内容不是提交的版本中的内容，被替换了。",
    ]);
  });

  it("a head that holds a member nobody writes", async () => {
    await copy.set(corrected, "head", () => ({ note: "x" }));
    expect(await faultsOf(corrected)).toEqual([
      "报告的当前状态：存储的内容读不出来（note），报告不能办理，请从备份恢复。",
    ]);
  });

  it("a thread whose text was written anew after the verdicts", async () => {
    await copy.set(corrected, "thread#018a0000-0000-7000-8000-000000000001", ({ entries }) => ({
      entries: [{ ...(entries as object[])[0], text: "不同意。" }],
    }));
    const faults = await faultsOf(corrected);
    expect(faults[0]).toMatch(
      /^“公开01表 .*收入.*”的审核意见：与第 3 条记录“审核通过”时所见的不符/u,
    );
  });

  it("a byte of an attachment", async () => {
    const [file] = await copy.vault.list(`uploads/${reportOf(corrected)}/`);
    await copy.flip(`vault/${file?.key ?? ""}`);
    expect(await faultsOf(corrected)).toEqual([
      expect.stringMatching(/^附件“资产处置批复.pdf”（版本 [0-9a-f]{8}）：附件“资产处置批复.pdf”/),
    ]);
  });

  it("a byte of the printed report", async () => {
    const { editionHash } = await blobOf(corrected, 2, "t01");
    await copy.flip(`vault/renders/${reportOf(corrected)}/${editionHash}.pdf`);
    expect(await faultsOf(corrected)).toEqual([
      "第 2 次公开的全文 PDF（存档）：与公开时的文件不符，被改动或损坏了。",
    ]);
  });

  it("a byte of a published table", async () => {
    await copy.flip("portal/2022/137001/t01.csv");
    expect(await faultsOf(corrected)).toEqual([
      "公开文件 /2022/137001/t01.csv：与公开时登记的内容不符，被改动或损坏了。",
    ]);
  });

  it("a record of publication that is gone, and one whose text was changed", async () => {
    await copy.removeFile("portal/catalogue/2022/137001/1.json");
    expect(await faultsOf(corrected)).toContain(
      "公开文件 /catalogue/2022/137001/1.json：第 1 次公开的公开登记缺失，被删除了。",
    );
    await copy.restore();
    await copy.flip("portal/catalogue/2022/137001/2.json");
    expect(await faultsOf(corrected)).toContain(
      "公开文件 /catalogue/2022/137001/2.json：第 2 次公开的公开登记被改动了。",
    );
  });

  it("a file beside those that were published", async () => {
    await copy.addFile("portal/2022/137001/t11.csv", "x");
    expect(await faultsOf(corrected)).toEqual([
      "公开文件 /2022/137001/t11.csv：公开登记中没有这个文件，它是多出来的。",
    ]);
  });

  it("an anchor that is gone, and one that was changed", async () => {
    const anchors = await copy.vault.list(`anchors/${reportOf(corrected)}/`);
    const key = anchors.at(-1)?.key ?? "";
    const place = `第 ${String(Number(/(\d+)\.json/.exec(key)?.[1]))} 条办理记录的校验点`;
    await copy.removeFile(`vault/${key}`);
    expect(await faultsOf(corrected)).toEqual([`${place}：校验点文件缺失，被删除了。`]);
    await copy.restore();
    await copy.flip(`vault/${key}`);
    expect((await faultsOf(corrected)).join()).toMatch(/校验点/u);
  });

  it("a report that is gone with its events, by its anchors", async () => {
    await copy.dropHead(plainUnit);
    expect(await faultsOf(plainUnit)).toEqual([
      "整份报告：报告不存在了，而它曾经登记过，请从备份恢复。",
    ]);
  });
});

describe("the registry of offices, years and people", () => {
  it("is whole, and set back to an earlier change is named by its anchors", async () => {
    expect(await verifyAnchoredRegistry(deps(), region.code)).toMatchObject({ intact: true });
    const partition = `${region.code}#registry`;
    const { chain } = copy.item(partition, "head");
    const { seq } = chain as { seq: number };
    await copy.set(partition, "head", () => ({ chain: { seq: seq - 1, hash: "0".repeat(64) } }));
    const { intact, anchorFaults } = await verifyAnchoredRegistry(deps(), region.code);
    expect(intact).toBe(false);
    expect(anchorFaults.map(registryAnchorText)).toEqual([
      {
        place: "全部变更记录",
        message: `登记总账被退回到第 ${String(seq - 1)} 条变更时的样子，而它曾经到第 ${String(seq)} 条。`,
      },
    ]);
  });
});

describe("the API, asked about damage", () => {
  async function ask<T>(path: string, schema: { parse: (value: unknown) => T }): Promise<T> {
    const response = await request(path);
    expect(response.status, path).toBe(200);
    return schema.parse(await response.json());
  }
  function request(path: string) {
    const app = createApp({
      ...copy.stores,
      ...{ vault: copy.vault, portal: copy.portal, sha256, editions: shippedEditions },
      tickets: { issue: () => Promise.reject(new Error("No upload here.")) },
      links: { issue: () => Promise.reject(new Error("No download here.")) },
      renderQueue: { send: () => Promise.resolve() },
      notifyQueue: { send: () => Promise.resolve() },
      canMail: false,
      newCode: () => Promise.reject(new Error("No code here.")) as never,
      canWrite: () => Promise.resolve(true),
      verifyToken: () => Promise.resolve(ok({ subject: "shenbo", verified: {} })),
      now: () => "2023-09-01T02:00:00.000Z",
      newId: () => "018a0000-0000-7000-8000-000000000009",
      log: createLog({ now: () => "2023-09-01T02:00:00.000Z", write: () => undefined }),
      regionNames: new Map([[region.code, "景德镇市"]]),
      portalUrl: "https://portal.test",
      heavyWork: inPlace,
      rates: ratesOf({ person: 1_000_000, address: 1_000_000 }),
    });
    return app.request(path, { headers: { authorization: "Bearer any" } });
  }
  const report = `/api/reports/${reportOf(corrected)}`;
  const ofYear = `/api/regions/${region.code}/years/${String(year)}`;
  const [audit, progress, reports] = ["audit", "progress", "reports"].map(
    (list) => `${ofYear}/${list}`,
  ) as [string, string, string];

  it("answers 200 with the place of a spoilt event, and lists every other report as before", async () => {
    const before = await ask(audit, auditResponse);
    expect(before.items.map(({ intact }) => intact)).toEqual([true, true]);
    await copy.setEvent(corrected, 3, () => ({ note: "x" }));
    expect(await ask(`${report}/events/verification`, verificationResponse)).toMatchObject({
      intact: false,
      brokenAt: 3,
      faultCount: 1,
      faults: [{ kind: "event_unreadable", place: "第 3 条办理记录" }],
    });
    const events = await ask(`${report}/events?limit=100`, eventsResponse);
    expect(events.items[2]).toEqual({ seq: 3, unreadable: "note" });
    expect(events.items.map(({ seq }) => seq)).toEqual(events.items.map((_, index) => index + 1));
    expect((await ask(`${report}/editions`, submissionsResponse)).items).toHaveLength(2);
    const after = await ask(audit, auditResponse);
    expect(after.items[0]).toMatchObject({ intact: false, brokenAt: 3 });
    expect(after.items[1]).toEqual(before.items[1]);
  });

  it("answers 200 for a spoilt head, and lists every other report as before", async () => {
    await copy.set(corrected, "head", () => ({ note: "x" }));
    const faults = [{ kind: "head_unreadable", place: "报告的当前状态" }];
    expect(await ask(`${report}/events/verification`, verificationResponse)).toMatchObject({
      intact: false,
      faults,
    });
    expect((await ask(`${report}/events?limit=100`, eventsResponse)).items.length).toBe(18);
    await checkProgress(copy.stores, region.code);
    expect(await ask(progress, progressResponse)).toMatchObject({
      counts: { damaged: 1, published: 1 },
    });
    const { rows } = await ask(`${progress}/137`, departmentProgressResponse);
    expect(rows).toContainEqual(
      expect.objectContaining({ orgCode: corrected, damaged: true, overdue: false }),
    );
    expect(await ask(reports, reportsResponse)).toMatchObject({
      items: [{ id: reportOf(plainUnit) }],
      damaged: [reportOf(corrected)],
    });
    const refused = await request(report);
    expect(refused.status).toBe(422);
    expect(await refused.json()).toMatchObject({ error: { code: "content_damaged" } });
    expect((await ask(audit, auditResponse)).items).toMatchObject([
      { reportId: reportOf(corrected), intact: false, faults },
      { reportId: reportOf(plainUnit), intact: true, faults: [] },
    ]);
  });
});

describe("npm run verify-audit", () => {
  const run = (...given: readonly string[]) => runProgram("infra/local/verify-audit.ts", ...given);

  it("finds an untouched installation whole and leaves every byte of it as it was", async () => {
    const before = await treeHash(installation.folder);
    const { code, out } = await run("--data", installation.folder);
    expect(out).toMatch(/^核对了 2 份报告、\d+ 个文件，全部完整。\n$/u);
    expect(code).toBe(0);
    expect(await treeHash(installation.folder)).toBe(before);
  });

  it("names twelve kinds of damage in one copy, each with its place, and exits with 1", async () => {
    const damaged = await openCopy(installation.folder);
    try {
      await damaged.drop(plainUnit, 2);
      await damaged.setEvent(plainUnit, 3, () => ({ note: "x" }));
      await damaged.swap(plainUnit, 4);
      await damaged.setEvent(plainUnit, 7, ({ event }) => ({
        event: { ...(event as object), ...approver },
      }));
      await damaged.append(plainUnit, {
        ...{ ...approver, at: "2023-08-02T02:00:00.000Z" },
        ...{ type: "taken_down", legalBasis: "伪造" },
      });
      await damaged.set(corrected, "head", ({ state }) => ({
        state: {
          ...(state as { approval: object }),
          approval: { ...(state as { approval: object }).approval, documentNumber: "改过的文号" },
        },
      }));
      await damaged.set(
        corrected,
        "thread#018a0000-0000-7000-8000-000000000001",
        ({ entries }) => ({
          entries: [{ ...(entries as object[])[0], text: "不同意。" }],
        }),
      );
      const { sha256: blob } = await blobOf(corrected, 1, "t01");
      const { editionHash } = await blobOf(corrected, 2, "t01");
      const [file] = await damaged.vault.list(`uploads/${reportOf(corrected)}/`);
      for (const path of [
        `vault/${blobKey(blob)}`,
        `vault/${file?.key ?? ""}`,
        `vault/renders/${reportOf(corrected)}/${editionHash}.pdf`,
        "portal/2022/137001/t02.csv",
        "portal/catalogue/2022/137001/1.json",
      ]) {
        await damaged.flip(path);
      }
      await damaged.leave();
      const { code, out } = await run("--data", damaged.folder);
      for (const named of [
        "137002 .*\\] 第 2 条办理记录：记录缺失",
        "137002 .*\\] 第 3 条办理记录：存储的内容读不出来（note）",
        "137002 .*\\] 第 4 条办理记录：这里存的是第 5 条记录",
        "137002 .*\\] 第 7 条办理记录：内容与它的校验码不符",
        "137002 .*\\] 第 10 条办理记录：.*多出来的",
        "137001 .*\\] 报告的当前状态：批复·批复文号：.*现存“改过的文号”",
        "137001 .*\\] “公开01表 .*”的审核意见：与第 3 条记录",
        "137001 .*\\] 公开01表（版本 [0-9a-f]{8}）：公开01表的内容已被改动或损坏",
        "137001 .*\\] 附件“资产处置批复.pdf”（版本 [0-9a-f]{8}）",
        "137001 .*\\] 第 2 次公开的全文 PDF（存档）：",
        "137001 .*\\] 公开文件 /2022/137001/t02.csv：",
        "137001 .*\\] 公开文件 /catalogue/2022/137001/1.json：第 1 次公开的公开登记被改动了",
      ]) {
        expect(out).toMatch(new RegExp(named, "u"));
      }
      expect(out).toMatch(/发现 \d+ 处问题，涉及 2 份报告。\n$/u);
      expect(code).toBe(1);
    } finally {
      await damaged.close();
    }
  });

  it("says in a sentence that a folder is no installation or is being used, and exits with 2", async () => {
    const absent = await run("--data", join(installation.folder, "none"));
    expect(absent).toMatchObject({ code: 2, out: "" });
    expect(absent.error).toContain("不是本系统的数据文件夹");
  });
});

describe("a data folder that is only read", () => {
  const open = (folder: string) => openDataFolderToRead({ folder, sha256 });

  it("is refused while a running system has it, and then opened", async () => {
    const { folder } = installation;
    const lock = await acquireDataLock(folder, { now: () => "2023-09-01T02:00:00.000Z" });
    if (!lock.ok) throw new Error(lock.error.message);
    expect(await open(folder)).toEqual({ ok: false, error: { code: "in_use" } });
    await lock.value.release();
    const opened = await open(folder);
    expect(opened.ok).toBe(true);
    if (opened.ok) await opened.value.close();
  });

  it("whose database is damaged is named so", async () => {
    const damaged = await openCopy(installation.folder);
    await damaged.leave();
    await writeFile(join(damaged.folder, "db/juesuan.sqlite"), "no database");
    expect(await open(damaged.folder)).toEqual({ ok: false, error: { code: "unreadable" } });
    await damaged.close();
  });
});

/** Names and contents of everything in a folder. */
async function treeHash(folder: string): Promise<string> {
  const hash = createHash("sha256");
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
  for (const path of paths) hash.update(path).update(await readFile(path));
  return hash.digest("hex");
}
