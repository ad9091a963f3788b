import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { sha256 } from "../../../functions/platform/ids.ts";
import { createDynamoStores } from "../../../functions/storage/dynamo/stores.ts";
import type { OrgNode } from "../../../shared/registry/registry.ts";
import type { ReportStore, Stores } from "../../../functions/storage/ports.ts";
import { createPublishHandler } from "../../../functions/publish/handler.ts";
import { portalSettings } from "../../../functions/publish/portal-settings.ts";
import { createRenderHandler } from "../../../functions/render/handler.ts";
import { relayReport } from "../../../functions/relay/relay.ts";
import { createNotifyHandler } from "../../../functions/notify/handler.ts";
import { loadExampleUnit } from "../../examples/load-example.ts";
import { region as settings, sqsEvent } from "../effects/bureau.ts";
import { portalUrl, quickPrinter } from "../effects/press.ts";
import { memoryFiles } from "../publish/memory-files.ts";
import { meter, type Consumed } from "../../contract/consumed.ts";
import { startDynalite, type Dynalite } from "../../contract/dynalite.ts";
import { enter, enterMember } from "../enter.ts";
import { region, startService, type Service } from "./service.ts";

/**
 * What requests cost on DynamoDB, in read units (4 KB) and write units (1 KB), as its emulator counts them;
 * and that they cost the same however many offices a region has.
 */

const table = "budgets";
let dynalite: Dynalite;
let stores: Stores;
let service: Service;
let consumed: () => Consumed;
let id: string;
beforeAll(async () => {
  dynalite = await startDynalite(table);
  consumed = meter(dynalite.client);
  stores = createDynamoStores({ client: dynalite.client, table, sha256 });
  service = await startService({ stores });
  id = await service.bring("137001", "draft");
  const reviewer = { role: "unit_reviewer" as const, orgCode: "137002" };
  await enterMember(service.deps.registry, {
    ...{ region, subject: "heping2", name: "何平", memberships: [reviewer], version: 0 },
  });
  // From the second request on a process knows the line of a report.
  await service.call("limin", "GET", `/api/reports/${id}`);
});
afterAll(async () => {
  await service.close();
  await dynalite.close();
});

const call = async (who: string, method: string, path: string, body?: unknown) => {
  consumed();
  const answer = await service.call(who, method, path, body);
  expect(answer.status, `${method} ${path}`).toBe(200);
  return { ...consumed(), body: answer.body };
};
const read = () => call("limin", "GET", `/api/reports/${id}`);
const readSection = () => call("limin", "GET", `/api/reports/${id}/sections/facts`);
async function save() {
  const section = (await readSection()).body as { pointer: { sha256: string }; value: object };
  const body = { base: section.pointer.sha256, value: section.value };
  return call("limin", "PUT", `/api/reports/${id}/sections/facts`, body);
}
const worklist = (who: string) => call(who, "GET", `/api/regions/${region}/worklist`);

/** Departments with two units each, beside those of the test city. */
const offices = (departments: number): OrgNode[] =>
  Array.from({ length: departments }, (_, index) => String(300 + index)).flatMap((code) =>
    [code, `${code}001`, `${code}002`].map((one) => ({
      region,
      code: one,
      name: `机构${one}`,
      ...(one === code
        ? { kind: "department" as const, parent: "000" }
        : { kind: "unit" as const, parent: code }),
      version: 0,
    })),
  );

describe("in a city of a few offices", () => {
  it("reading a report, or a section of it, takes 3 units", async () => {
    expect((await read()).read).toBeLessThanOrEqual(3);
    expect((await readSection()).read).toBeLessThanOrEqual(3);
  });

  it("saving a section takes 4 units of reading and 6 of writing", async () => {
    const saved = await save();
    expect(saved.read).toBeLessThanOrEqual(4);
    expect(saved.write).toBeLessThanOrEqual(6);
  });

  it("a worklist takes 15 units", async () => {
    for (const who of ["limin", "suntao", "zhaolin", "fengyuan", "xuning"]) {
      expect((await worklist(who)).read).toBeLessThanOrEqual(15);
    }
  });
});

/**
 * The functions behind the API: each commit of a report wakes the relay once, and each message is handled
 * once. The printer and the mail server are made up.
 */
function worksOf({ deps }: Service) {
  const messages: { readonly name: "render" | "publish" | "notify"; id: string; body: string }[] = [
    // The lists of a region's year are drawn as a whole once, for the first report of it.
    { name: "publish", id: "first", body: JSON.stringify({ type: "index", reportId: id }) },
  ];
  const queueOf = (name: "render" | "publish" | "notify") => ({
    send: (message: { id: string; body: string }) => {
      messages.push({ name, ...message });
      return Promise.resolve();
    },
  });
  const queues = {
    render: queueOf("render"),
    publish: queueOf("publish"),
    notify: queueOf("notify"),
  };
  let isWoken = true;
  const reports: ReportStore = {
    ...deps.reports,
    commit: (...given) => {
      isWoken = true;
      return deps.reports.commit(...given);
    },
  };
  const common = { ...deps, reports, files: deps.vault };
  const handlers = {
    render: createRenderHandler({ ...common, printer: quickPrinter, publish: queues.publish }),
    publish: createPublishHandler({
      ...common,
      portal: memoryFiles(),
      settingsOf: portalSettings([settings], portalUrl),
    }),
    notify: createNotifyHandler({
      ...common,
      effects: stores.effects,
      mailer: { send: () => Promise.resolve() },
      addressOf: ({ subject }) => `${subject}@example.gov.cn`,
      staffUrl: "https://staff.test",
      portalUrl,
    }),
  };
  return async (report: string) => {
    isWoken = true;
    for (;;) {
      if (isWoken) {
        isWoken = false;
        await relayReport({ ...deps, reports, files: deps.vault, queues }, report);
        continue;
      }
      const next = messages.shift();
      if (next === undefined) return;
      const answer = await handlers[next.name](sqsEvent([[next.id, next.body]]));
      expect(answer.batchItemFailures).toEqual([]);
    }
  };
}

describe("the whole life of a report, besides saving", () => {
  it("takes 175 units of writing and 130 of reading, with all that follows from each act", async () => {
    const works = worksOf(service);
    await works(id);
    const spent: Record<string, Consumed> = {};
    const act = async (name: string, who: string, path: string, body: object = {}) => {
      consumed();
      const answer = await service.call(who, "POST", path, body);
      expect(answer.status, `${name}: ${JSON.stringify(answer.body)}`).toBeLessThan(300);
      await works(`${region}-2022-${unit}`);
      spent[name] = consumed();
      return answer.body as { id: string; editionHash: string };
    };
    const unit = "137002";
    const { id: report } = await act("open", "zhouting", "/api/reports", {
      ...{ region, year: 2022, orgCode: unit },
    });
    await service.fill("zhouting", report, loadExampleUnit(unit));
    const of = (path: string) => `/api/reports/${report}/${path}`;
    const { editionHash } = await act("submit", "zhouting", of("submit"));
    await act("unit", "heping2", of("approve"), { editionHash });
    await act("secrecy", "qianli", of("sign-offs"), { editionHash, kind: "secrecy" });
    await act("principal", "zhenghua", of("sign-offs"), { editionHash, kind: "principal" });
    await act("department", "suntao", of("approve"), { editionHash });
    const order = { editionHash, documentNumber: "景财决〔2023〕12号" };
    await act("bureau", "fengyuan", of("approve"), order);
    const state = (await service.head(report))?.state;
    expect(state?.status).toBe("published");
    const sum = (of: keyof Consumed) =>
      Object.values(spent).reduce((total, units) => total + units[of], 0);
    expect(
      [sum("write") <= 175, sum("read") <= 130],
      JSON.stringify([sum("write"), sum("read"), spent]),
    ).toEqual([true, true]);
  });
});

describe("the progress of ten thousand reports", () => {
  it("takes 50 units of reading: two thousand departments of four units each", async () => {
    const year = { region, year: 2022 };
    const lines = Array.from({ length: 2_000 }, (_, index) => ({
      code: String(400 + index).padStart(4, "0"),
      name: `景德镇市人民政府第${String(index)}办公室`,
      own: "in_review" as const,
      tally: {
        counts: { draft: 2, in_review: 2, published: 1 },
        dues: { "2023-07-31": 2, "2023-08-15": 2 },
      },
      version: 0,
    }));
    for (const line of lines) await stores.progress.putLine(year, line);
    const { read: units, body } = await call(
      "xuning",
      "GET",
      `/api/regions/${region}/years/2022/progress`,
    );
    const { counts } = body as { counts: { draft: number } };
    expect(counts.draft).toBeGreaterThanOrEqual(4_000);
    expect(units).toBeLessThanOrEqual(50);
  });
});

describe("in a city of many offices", () => {
  it("each costs what it cost before", async () => {
    const costs = async () => [
      (await read()).read,
      await save().then(({ read: reading, write }) => [reading, write]),
      (await worklist("limin")).read,
      (await worklist("suntao")).read,
      (await worklist("xuning")).read,
    ];
    await costs();
    const before = await costs();
    await enter(service.deps.registry, region, { orgs: offices(60) });
    await costs();
    expect(await costs()).toEqual(before);
  });
});
