import { readXlsx, writeXlsx } from "hucre";
import { Buffer } from "node:buffer";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createApp } from "../../../functions/api/app.ts";
import type { EditionData } from "../../../shared/editions/edition-data.ts";
import type { HeavyWork } from "../../../functions/use-cases/heavy-work.ts";
import { createHeavyPool, usualBounds } from "../../../infra/local/heavy-pool.ts";
import { blobKey } from "../../../functions/storage/blobs.ts";
import { PrintTimeout } from "../../../functions/render/print.ts";
import { createRenderHandler } from "../../../functions/render/handler.ts";
import type {
  OwnEditionView,
  PreviewView,
  ReportView,
} from "../../../shared/contract/responses.ts";
import { registryChangeText } from "../../../shared/registry/registry-words.ts";
import { loadExampleUnit } from "../../examples/load-example.ts";
import { sqsEvent } from "../effects/bureau.ts";
import { quickPrinter } from "../effects/press.ts";
import { region, startService, type Service } from "./service.ts";

/** A bureau's own edition from the first draft to a report that is filled in with it. */

const year = 2023;
const at = (path: string) => `/api/regions/${region}${path}`;
const draft = (changes: object, { base = "jiangxi-2022", version = 0 } = {}) => ({
  base,
  changes: { name: "南岭市2023年度部门决算公开", year, ...changes },
  version,
});
const otherTitle = { forms: { t08: { title: "国有资本经营收支决算表" } } };

interface PlacedFault {
  readonly where: string;
  readonly message: string;
}

let service: Service;
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service.close());

const call = (method: string, path: string, body?: unknown, who = "xuning") =>
  service.call(who, method, at(path), body);
async function saved(key: string, body: object): Promise<OwnEditionView> {
  const answer = await call("PUT", `/own-editions/${key}`, body);
  expect(answer.status, JSON.stringify(answer.body)).toBe(200);
  return answer.body as OwnEditionView;
}
const use = (key: string, version: number, note = "新年度启用") =>
  call("POST", `/own-editions/${key}/use`, { note, version });
const open = (edition: string, version: number) =>
  call("PUT", `/years/${String(year)}`, {
    ...{ edition, status: "open", version },
    ...{ unitDue: "2024-08-01", departmentDue: "2024-08-15", bureauDue: "2024-08-31" },
  });
const messageOf = ({ body }: { readonly body: unknown }) =>
  (body as { error: { message: string } }).error.message;

describe("an own edition", () => {
  it("is a draft that no year can be opened with, and is read back as it was saved", async () => {
    const stored = await saved("nanling-2023", draft(otherTitle));
    expect(stored).toMatchObject({ key: "nanling-2023", year, versions: [], version: 1 });
    const { body } = await call("GET", "/own-editions/nanling-2023");
    expect(body).toMatchObject({
      base: "jiangxi-2022",
      changes: { id: "nanling-2023", year, ...otherTitle },
    });
    const offered = (await call("GET", "/editions")).body as { items: { id: string }[] };
    expect(offered.items.map(({ id }) => id)).not.toContain("nanling-2023");
    expect(messageOf(await open("nanling-2023", 0))).toBe("没有“nanling-2023”这个报表版式。");
  });

  it("is not overwritten by an administrator who saw an earlier draft", async () => {
    const stale = await call("PUT", "/own-editions/nanling-2023", draft({}, { version: 0 }));
    expect(stale.status).toBe(412);
    const again = await saved("nanling-2023", draft(otherTitle, { version: 1 }));
    expect(again.version).toBe(1);
  });

  it("cannot be put into use while it is no edition, and says at which place", async () => {
    await saved("broken-2023", draft({ forms: { t99: { title: "没有栏目的表" } } }));
    const refused = await use("broken-2023", 1);
    expect(refused.status).toBe(400);
    expect(messageOf(refused)).toContain("草稿还有问题，不能启用");
    const { faults } = (refused.body as { error: { details: { faults: { where: string }[] } } })
      .error.details;
    expect(faults.length).toBeGreaterThan(0);
    expect(faults.every(({ where }) => where.startsWith("报表 · 没有栏目的表"))).toBe(true);
  });

  it("is not printed either while it is no edition, and nothing is queued", async () => {
    const before = service.queued.length;
    const refused = await call("POST", "/own-editions/broken-2023/previews", {});
    expect([refused.status, messageOf(refused)]).toEqual([
      400,
      expect.stringContaining("草稿还有问题，不能启用或排印"),
    ]);
    expect(service.queued).toHaveLength(before);
  });

  it("can be given up before it was ever in use, and then nothing is made of it", async () => {
    expect((await call("POST", "/own-editions/broken-2023/discard", { version: 1 })).status).toBe(
      200,
    );
    expect(messageOf(await use("broken-2023", 2))).toContain("已被放弃");
    expect(
      messageOf(await call("PUT", "/own-editions/broken-2023", draft({}, { version: 2 }))),
    ).toContain("已被放弃");
  });

  it.each([
    ["jiangxi-2022", "jiangxi-2022", "系统自带的版式"],
    ["new-2023", "jiangxi-1999", "所依据的基础版式不存在、已被放弃，或已换用新的一版"],
    ["new-2023", `nowhere-2023.${"0".repeat(64)}`, "基础版式不存在"],
  ])("is refused as %s on the base %s", async (key, base, why) => {
    const refused = await call("PUT", `/own-editions/${key}`, draft({}, { base }));
    expect([refused.status, messageOf(refused)]).toEqual([400, expect.stringContaining(why)]);
  });

  it("is put into use under the hash of its data, and a year is opened with it", async () => {
    const used = await use("nanling-2023", 1);
    const [version] = (used.body as OwnEditionView).versions;
    expect(version).toMatchObject({ by: "xuning", note: "新年度启用" });
    expect(version?.id).toMatch(/^nanling-2023\.[0-9a-f]{64}$/u);
    const offered = (await call("GET", "/editions")).body as { items: { id: string }[] };
    expect(offered.items[0]).toMatchObject({ id: version?.id, year });
    const twice = await use("nanling-2023", 2);
    expect(messageOf(twice)).toBe("草稿与正在使用的版本没有差别，不必再次启用。");
    expect((await open(version?.id ?? "", 0)).status).toBe(200);
  });

  it("is what the year's reports are filled in with", async () => {
    const opened = await service.call("limin", "POST", "/api/reports", {
      ...{ region, year, orgCode: "137001" },
    });
    expect(opened.status).toBe(201);
    const { id, edition } = opened.body as ReportView;
    expect(edition).toMatch(/^nanling-2023\./u);
    const example = loadExampleUnit("137001");
    await service.fill("limin", id, example);
    const workbook = await service.call("limin", "GET", `/api/reports/${id}/workbook`);
    const sheets = (await readXlsx(new Uint8Array(workbook.body as ArrayBuffer))).sheets;
    const titles = sheets.flatMap(({ rows }) => rows.slice(0, 1).flat());
    expect(titles).toContain("国有资本经营收支决算表");
    const served = await service.call("limin", "GET", `/api/editions/${edition}`);
    expect(served.body).toMatchObject({ id: edition, base: "jiangxi-2022", year });
    expect((await service.call("limin", "GET", `/api/reports/${id}/findings`)).status).toBe(200);
  });

  it("may be followed by a new version in mid-season, not by another edition", async () => {
    const changed = await saved(
      "nanling-2023",
      draft({ forms: { t08: { title: "国有资本经营预算收支决算表" } } }, { version: 2 }),
    );
    const { versions } = (await use("nanling-2023", changed.version, "更正公开08表标题"))
      .body as OwnEditionView;
    expect(versions).toHaveLength(2);
    const another = await saved("other-2023", draft({}));
    const other = (await use("other-2023", another.version)).body as OwnEditionView;
    expect(messageOf(await open(other.versions[0]?.id ?? "", 1))).toContain(
      "只能换用同一版式的新版本",
    );
    expect((await open(versions[1]?.id ?? "", 1)).status).toBe(200);
    // What was replaced is for the reports that have it; nothing new begins in it.
    expect(messageOf(await open(versions[0]?.id ?? "", 2))).toMatch(/^没有“nanling-2023\./u);
  });

  it("in its new version is taken over by a draft on request, with all that was typed", async () => {
    const path = `/api/reports/${region}-${String(year)}-137001`;
    const before = await service.head(`${region}-${String(year)}-137001`);
    const taken = await service.call("limin", "POST", `${path}/take-edition`, {});
    expect(taken.status, JSON.stringify(taken.body)).toBe(200);
    const { edition, sections } = taken.body as ReportView;
    expect(edition).toMatch(/^nanling-2023\./u);
    expect(edition).not.toBe(before?.edition);
    expect(Object.keys(sections).sort()).toEqual(Object.keys(before?.sections ?? {}).sort());
    const again = await service.call("limin", "POST", `${path}/take-edition`, {});
    expect(messageOf(again)).toContain("已用本年度版式的最新版本");
    const { items } = (await service.call("limin", "GET", `${path}/events`)).body as {
      items: { event: { type: string; to?: string } }[];
    };
    expect(items.find(({ event }) => event.type === "edition_taken")?.event.to).toBe(edition);
    const verified = await service.call("shenbo", "GET", `${path}/events/verification`);
    expect(verified.body).toMatchObject({ intact: true });
  });

  it("leaves every change in the registry's record, in words", async () => {
    const { items } = (await call("GET", "/registry/events?limit=100")).body as {
      items: { event: Parameters<typeof registryChangeText>[0] }[];
    };
    const names = { org: (code: string) => code, edition: (id: string) => id };
    const deeds = items.map(({ event }) => registryChangeText(event, names).deed);
    expect(deeds).toContain("新建版式 南岭市2023年度部门决算公开（nanling-2023）");
    expect(deeds).toContain("启用版式 南岭市2023年度部门决算公开（nanling-2023） 第 2 版");
    expect(deeds).toContain("放弃版式 南岭市2023年度部门决算公开（broken-2023）");
    const { body } = await call("GET", "/registry/verification");
    expect(body).toMatchObject({ intact: true });
  });

  it("that was changed in the store stops what would hand a report on, by name", async () => {
    const head = await service.head(`${region}-${String(year)}-137001`);
    const sha256 = head?.edition.split(".")[1] ?? "";
    const other = new TextEncoder().encode("{}");
    await service.deps.vault.put(blobKey(sha256), other, "application/json");
    const verified = await service.call(
      "shenbo",
      "GET",
      `/api/reports/${region}-${String(year)}-137001/events/verification`,
    );
    expect(verified.body).toMatchObject({ intact: false });
    expect(JSON.stringify(verified.body)).toContain("报表版式");
  });
});

describe("a draft that is no edition", () => {
  const twoForms = (data: EditionData) => [...data.forms, { ...data.forms[0], title: "另一张表" }];
  const relation = (id: string, cell: string, equals: string) => ({
    ...{ id, statement: `${id} 的内容`, severity: "error", cell, equals },
  });
  const cases: readonly (readonly [string, (data: EditionData) => object, string, RegExp])[] = [
    [
      "an unknown quantity",
      ({ sentences }) => ({
        sentences: {
          narrative: sentences.narrative.map((chapter, index) =>
            index > 0
              ? chapter
              : {
                  ...chapter,
                  paragraphs: [{ sentences: [{ id: "one", text: "共{金额 没有的数}。" }] }],
                },
          ),
        },
      }),
      "说明文字",
      /^“.+”第1段 句子 one，第1行第6字：没有名为“没有的数”的数字。/u,
    ],
    [
      "relations in a circle",
      () => ({
        relations: [
          relation("E01", "t09/abroad/final", "t09/vehicles/final"),
          relation("E02", "t09/vehicles/final", "t09/abroad/final"),
        ],
      }),
      "本版式的勾稽关系 · E02",
      /^勾稽关系 E01、E02 互为因果，循环计算：.+ → .+。请改或删其中一条，使每个数都由别的数算得。$/u,
    ],
    [
      "two tables of one id",
      (data) => ({ forms: twoForms(data) }),
      "报表 · 另一张表 · 编号",
      /^“t01”出现了两次。每张表的编号须不同，请改其中一张的编号，或删去一张。$/u,
    ],
    [
      "a table without the row that it is added up in",
      () => ({ forms: { t01: { blocks: { "0": { rows: { income_total: null } } } } } }),
      "报表 · 收入支出决算总表 · 栏组",
      /^“收入支出决算总表”没有合计行“本年收入合计”（income_total）。请补上这一行/u,
    ],
    [
      "what its base does not have taken away",
      () => ({ forms: { t77: null } }),
      "报表 · t77",
      /^基础版式没有这一项，不能删去。请去掉这一处修改，或换回有它的基础版式。$/u,
    ],
    [
      "a relation of a cell that no table has",
      () => ({ relations: [relation("E01", "t09/nowhere/final", "t09/abroad/final")] }),
      "本版式的勾稽关系 · E01",
      /^本版式的报表中没有单元格 t09\/nowhere\/final。/u,
    ],
  ];

  it.each(cases)(
    "for %s is stored, and put into use or printed by nobody",
    async (...[name, changes, where, message]) => {
      const key = `faulty-${String(cases.findIndex(([other]) => other === name))}`;
      const { body } = await service.call("xuning", "GET", "/api/editions/jiangxi-2022");
      const { version } = await saved(key, draft(changes(body as EditionData)));
      const before = await service.deps.vault.list("blobs/");
      for (const answer of [
        await use(key, version),
        await call("POST", `/own-editions/${key}/previews`, {}),
      ]) {
        expect(answer.status).toBe(400);
        const { details } = (answer.body as { error: { details: { faults: PlacedFault[] } } })
          .error;
        const found = details.faults.filter((fault) => fault.where === where);
        expect(found.map((fault) => fault.message)).toEqual([expect.stringMatching(message)]);
      }
      expect(await service.deps.vault.list("blobs/")).toEqual(before);
      const read = await call("GET", `/own-editions/${key}`);
      expect(read.body).toMatchObject({ version, versions: [] });
    },
  );
});

describe("a draft that is too large", () => {
  it("is refused in a sentence, and nothing of it is stored", async () => {
    const before = await service.deps.vault.list("blobs/");
    const glossary = [{ term: "粘贴", meaning: "重复".repeat(400_000) }];
    const refused = await call("PUT", "/own-editions/large-2023", draft({ glossary }));
    expect([refused.status, messageOf(refused)]).toEqual([
      413,
      "版式草稿超过 2 MB，没有保存。请检查编码表和文字是否重复粘贴。",
    ]);
    expect(await service.deps.vault.list("blobs/")).toEqual(before);
    expect((await call("GET", "/own-editions/large-2023")).status).toBe(404);
  });
});

describe("deriving from an edition that changes elsewhere", () => {
  it("is refused once another version is in use, or it was given up; what was derived before goes on", async () => {
    const record = await saved("base-2023", draft({}));
    const first = (await use("base-2023", record.version)).body as OwnEditionView;
    const base = first.versions[0]?.id ?? "";
    const derived = await saved("heir-2023", draft(otherTitle, { base }));
    const changed = await saved("base-2023", draft(otherTitle, { version: first.version }));
    expect((await use("base-2023", changed.version, "更正标题")).status).toBe(200);
    const refused = await call("PUT", "/own-editions/late-2023", draft({}, { base }));
    expect([refused.status, messageOf(refused)]).toEqual([
      400,
      "所依据的基础版式不存在、已被放弃，或已换用新的一版。请刷新后另选一个基础版式。",
    ]);
    expect((await call("GET", "/own-editions/late-2023")).status).toBe(404);
    const again = draft({}, { base, version: derived.version });
    expect((await saved("heir-2023", again)).version).toBe(derived.version + 1);

    const given = await saved("given-2023", draft({}));
    await call("POST", "/own-editions/given-2023/discard", { version: given.version });
    const stale = await call(
      "PUT",
      "/own-editions/given-2023",
      draft({}, { version: given.version }),
    );
    expect(stale.status).toBe(412);
  });
});

describe("two drafts of one edition, tried at once by two administrators", () => {
  const pool = createHeavyPool({ ...usualBounds, threads: 1 });
  afterAll(() => pool.close());

  it("come each to their own result, on the same thread", async () => {
    const wrong = {
      ...{ id: "E01", statement: "项目支出 = 基本支出", severity: "error" },
      ...{ cell: "t03/total/project", equals: "t03/total/basic" },
    };
    const faulty = await saved("twice-2023", draft({ relations: [wrong] }));
    const arrivals: (() => void)[] = [];
    const arrival = () => new Promise<void>((done) => arrivals.push(done));
    const firstIsThere = arrival();
    const bothAreThere = arrival();
    const heavyWork = (async (...work: Parameters<HeavyWork>) => {
      arrivals.shift()?.();
      await bothAreThere;
      return pool.work(...work);
    }) as HeavyWork;
    const app = createApp({ ...service.deps, heavyWork });
    const useOf = async (version: number) =>
      app.request(at("/own-editions/twice-2023/use"), {
        method: "POST",
        headers: {
          ...{ authorization: `Bearer ${await service.token("xuning")}` },
          ...{ "content-type": "application/json" },
        },
        body: JSON.stringify({ note: "新年度启用", version }),
      });
    const ofFaulty = useOf(faulty.version);
    await firstIsThere;
    const sound = await saved("twice-2023", draft(otherTitle, { version: faulty.version }));
    const [first, second] = await Promise.all([ofFaulty, useOf(sound.version)]);
    expect(first.status).toBe(400);
    expect(JSON.stringify(await first.json())).toContain("项目支出 = 基本支出");
    expect(second.status).toBe(200);
    expect(await second.json()).toMatchObject({ versions: [{ note: "新年度启用" }] });
  });
});

describe("a preview of an own edition's draft", () => {
  const at = "/own-editions/preview-2023/previews";
  const asked = async () => (await call("POST", at, {})).body as PreviewView;

  it("is its sample report, printed once a draft", async () => {
    await saved("preview-2023", draft(otherTitle));
    const { hash, status } = await asked();
    expect(status).toBe("rendering");
    const message = service.queued.at(-1);
    expect(JSON.parse(message?.body ?? "")).toMatchObject({
      ...{ type: "edition_preview", key: "preview-2023", base: "jiangxi-2022", hash },
    });
    const printed: string[] = [];
    const render = createRenderHandler({
      ...service.deps,
      ...{ files: service.deps.vault, publish: service.deps.renderQueue },
      printer: {
        ...quickPrinter,
        print: (html) => {
          printed.push(html);
          return quickPrinter.print(html, { title: "", author: "", subject: "", createdAt: "" });
        },
      },
    });
    const handled = await render(sqsEvent([[message?.id ?? "", message?.body ?? ""]]));
    expect(handled.batchItemFailures).toEqual([]);
    expect(printed.at(-1)).toContain("国有资本经营收支决算表");
    expect(printed.at(-1)).toContain("草稿 · 预览");
    const { body } = await call("GET", `${at}/${hash}`);
    expect(body).toMatchObject({ hash, status: "ready" });
    const { url = "" } = body as PreviewView;
    expect((await service.uploadUrl(new Request(url))).status).toBe(200);
    const before = service.queued.length;
    expect(await asked()).toMatchObject({ hash, status: "ready" });
    expect(service.queued).toHaveLength(before);
  });

  it("is another one when the draft is saved anew", async () => {
    const { hash } = await asked();
    await saved("preview-2023", draft({}, { version: 1 }));
    const other = await asked();
    expect(other.status).toBe("rendering");
    expect(other.hash).not.toBe(hash);
  });

  it("is read by nobody under another edition, nor by who may not see editions", async () => {
    const { hash } = await asked();
    await saved("neighbour-2023", draft({}));
    expect((await call("GET", `/own-editions/neighbour-2023/previews/${hash}`)).status).toBe(404);
    expect((await call("GET", `${at}/${hash}`, undefined, "limin")).status).toBe(403);
    expect((await call("POST", at, {}, "limin")).status).toBe(403);
    expect((await call("POST", "/own-editions/nowhere-2023/previews", {})).status).toBe(404);
  });

  it("that cannot be printed says why, and is printed at the next request", async () => {
    const { hash } = await asked();
    const { body = "" } = service.queued.at(-1) ?? {};
    const render = createRenderHandler({
      ...service.deps,
      ...{ files: service.deps.vault, publish: service.deps.renderQueue },
      printer: { ...quickPrinter, layOut: () => Promise.reject(new PrintTimeout(35_000)) },
    });
    expect((await render(sqsEvent([["failing", body]]))).batchItemFailures).toEqual([]);
    const { body: failed } = await call("GET", `${at}/${hash}`);
    expect(failed).toMatchObject({ status: "failed" });
    expect((failed as PreviewView).message).toContain("排印超时：35 秒内没有完成");
    expect(await asked()).toEqual({ hash, status: "rendering" });
  });
});

describe("a bureau's own list of 科目", () => {
  const current = { "201": "一般公共服务支出", "20101": "人大事务" };
  const read = async (rows: readonly (readonly string[])[]) => {
    const bytes = await writeXlsx({
      sheets: [{ name: "科目", rows: rows.map((row) => [...row]) }],
    });
    const content = Buffer.from(bytes).toString("base64");
    return call("POST", "/code-lists", { classification: "functional", current, content });
  };

  it("says what it adds and renames in a draft's codes", async () => {
    const { status, body } = await read([
      ["科目编码", "科目名称"],
      ["201", "一般公共服务"],
      ["20102", "政协事务"],
    ]);
    expect(status, JSON.stringify(body)).toBe(200);
    expect(body).toEqual({
      codes: { "201": "一般公共服务", "20102": "政协事务" },
      added: ["20102"],
      renamed: [{ code: "201", before: "一般公共服务支出", after: "一般公共服务" }],
      notListed: ["20101"],
    });
  });

  it("is refused with every fault at its cell, and so is what is no workbook", async () => {
    const faulty = await read([
      ["科目编码", "科目名称"],
      ["2019", "位数不对"],
      ["20302", "没有上级"],
    ]);
    expect(faulty.status).toBe(422);
    const { faults } = (faulty.body as { error: { details: { faults: { where: string }[] } } })
      .error.details;
    expect(faults.map(({ where }) => where)).toEqual(["科目!A2", "科目!A3"]);
    const other = await call("POST", "/code-lists", {
      ...{ classification: "functional", current, content: "bm90IGEgd29ya2Jvb2s=" },
    });
    expect(other.status).toBe(422);
    expect(JSON.stringify(other.body)).toContain("不是 .xlsx 工作簿");
  });
});
