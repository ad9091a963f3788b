import type { DynamoDBRecord } from "aws-lambda";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createRelayHandler } from "../../../functions/relay/handler.ts";
import {
  relayRegistry,
  relayReport,
  sweep,
  type RelayDeps,
} from "../../../functions/relay/relay.ts";
import { sha256 } from "../../../functions/platform/ids.ts";
import { chainStart, linkEvents } from "../../../functions/storage/chain.ts";
import type { ReportHead } from "../../../functions/storage/ports.ts";
import { verifyReport } from "../../../functions/use-cases/audit/verify-report.ts";
import { shippedEditions } from "../../../shared/editions/shipped-editions.ts";
import { absent, evolve } from "../../../shared/workflow/evolve.ts";
import type { ReportEvent } from "../../../shared/workflow/report-state.ts";
import { type Bureau, memoryQueue, openBureau, region, year } from "../effects/bureau.ts";
import { type Death, immortal, Killed, mortal } from "../effects/mortal.ts";

let bureau: Bureau;
beforeAll(async () => {
  bureau = await openBureau();
});
afterAll(() => bureau.close());

const stamp = { at: "2023-08-01T02:00:00.000Z", by: "limin", byName: "李敏" };
const edition = sha256("edition");
const history: readonly ReportEvent[] = [
  { ...stamp, type: "opened", kind: "bureau" },
  { ...stamp, type: "submitted", editionHash: edition },
  {
    ...stamp,
    by: "fengyuan",
    byName: "冯远",
    type: "approved",
    editionHash: edition,
    threadsHash: sha256("none"),
    documentNumber: "景财决〔2023〕12号",
    publishBy: "2023-08-21",
  },
];

let reports = 0;
/** A report with three events in its outbox: opened, handed in, approved. */
async function approvedReport(): Promise<ReportHead> {
  const orgCode = String(900_000 + (reports += 1));
  const id = `${region.code}-${String(year)}-${orgCode}`;
  const outbox = linkEvents({ id, chain: chainStart }, history, sha256);
  const { seq, hash } = outbox[2] ?? chainStart;
  const head: ReportHead = {
    id,
    region: region.code,
    year,
    orgCode,
    orgName: "某中心",
    kind: "bureau",
    departmentCode: orgCode,
    edition: "jiangxi-2022",
    version: 1,
    state: history.reduce((state, event) => evolve(state, event, "bureau"), absent),
    sections: {},
    chain: { seq, hash },
    outbox,
  };
  const created = await bureau.data.reports.create(head);
  if (!created.ok) throw new Error("The report was there already.");
  return head;
}

/** A relay whose every write may be its last. */
function relayOf(death: Death = immortal()) {
  const queues = { render: memoryQueue(), publish: memoryQueue(), notify: memoryQueue() };
  const depsUntil = (until: Death): RelayDeps => ({
    reports: mortal(bureau.data.reports, ["recordEvents", "trimOutbox"], until),
    files: mortal(bureau.data.vault, ["putIfAbsent"], until),
    registry: mortal(
      bureau.data.registry,
      ["project", "markWritten", "recordEvents", "trimOutbox"],
      until,
    ),
    progress: mortal(bureau.data.progress, ["keep", "putLine", "markFollowed"], until),
    audit: mortal(bureau.data.audit, ["record", "markListed"], until),
    notices: mortal(bureau.data.notices, ["put"], until),
    regions: [region.code],
    now: bureau.now,
    log: bureau.log,
    queues: {
      render: mortal(queues.render, ["send"], until),
      publish: mortal(queues.publish, ["send"], until),
      notify: mortal(queues.notify, ["send"], until),
    },
  });
  return { queues, dying: depsUntil(death), anew: depsUntil(immortal()) };
}

async function expectRelayed(head: ReportHead, { queues }: ReturnType<typeof relayOf>) {
  const { reports: store } = bureau.data;
  expect((await store.load(head.id))?.outbox).toEqual([]);
  expect((await store.events(head.id, { limit: 10 })).items).toEqual(head.outbox);
  const { vault: files, portal, threads } = bureau.data;
  const deps = { reports: store, threads, files, portal, sha256, editions: shippedEditions };
  expect(await verifyReport(deps, head.id, "chain")).toMatchObject({ intact: true, events: 3 });
  const last = head.outbox.at(-1);
  expect(await anchorsOf(head.id)).toEqual([
    { chain: head.id, seq: 3, hash: last?.hash, at: last?.event.at },
  ]);
  expect([...queues.render.messages]).toEqual([
    [
      `${head.id}.3.render`,
      JSON.stringify({ editionHash: edition, reportId: head.id, seq: 3, type: "render" }),
    ],
  ]);
  expect([...queues.notify.messages.keys()].toSorted()).toEqual([
    `${head.id}.2.notify`,
    `${head.id}.3.notify`,
  ]);
  expect([...queues.publish.messages.keys()]).toEqual([`${head.id}.3.index`]);
}

/** Contents of a chain's anchors, by number. */
async function anchorsOf(id: string): Promise<unknown[]> {
  const { vault } = bureau.data;
  const found: unknown[] = [];
  for (const { key } of await vault.list(`anchors/${id}/`)) {
    found.push(JSON.parse(new TextDecoder().decode(await vault.get(key))));
  }
  return found;
}

describe("a report's events", () => {
  it("are recorded, queued as one message an effect, and leave the outbox", async () => {
    const head = await approvedReport();
    const relay = relayOf();
    expect(await relayReport(relay.anew, head.id)).toBe(3);
    await expectRelayed(head, relay);
  });

  it("relayed again ask for nothing more", async () => {
    const head = await approvedReport();
    const relay = relayOf();
    await relayReport(relay.anew, head.id);
    expect(await relayReport(relay.anew, head.id)).toBe(0);
    expect(relay.queues.notify.sends).toBe(2);
    await expectRelayed(head, relay);
  });

  const writes = 9; // events, anchor, four messages, what is kept of it, its line, trim
  for (let at = 1; at <= writes; at += 1) {
    for (const when of ["before", "after"] as const) {
      it(`end the same when the relay is killed ${when} write ${String(at)} of ${String(writes)}`, async () => {
        const head = await approvedReport();
        const death: Death = { at, when, calls: 0 };
        const relay = relayOf(death);
        await expect(relayReport(relay.dying, head.id)).rejects.toThrow(Killed);
        await relayReport(relay.anew, head.id);
        await expectRelayed(head, relay);
      });
    }
  }

  it("end the same when two relays run at once", async () => {
    const head = await approvedReport();
    const relay = relayOf();
    await Promise.all([relayReport(relay.anew, head.id), relayReport(relay.anew, head.id)]);
    await expectRelayed(head, relay);
  });

  it("stay in the outbox when they came while the others were relayed", async () => {
    const head = await approvedReport();
    const relay = relayOf();
    const { notify } = relay.queues;
    let committed = false;
    const meanwhile: RelayDeps = {
      ...relay.anew,
      queues: {
        ...relay.anew.queues,
        notify: {
          async send(message) {
            await notify.send(message);
            if (committed) return;
            committed = true;
            const event: ReportEvent = {
              ...stamp,
              type: "published",
              editionHash: edition,
              number: 1,
              path: "/2022/9/",
            };
            const state = evolve(head.state, event, "bureau");
            expect((await bureau.data.reports.commit(head, [event], { state })).ok).toBe(true);
          },
        },
      },
    };
    await relayReport(meanwhile, head.id);
    const left = (await bureau.data.reports.load(head.id))?.outbox ?? [];
    expect(left.map(({ seq }) => seq)).toEqual([4]);
    await relayReport(relay.anew, head.id);
    expect([...notify.messages.keys()]).toContain(`${head.id}.4.notify`);
  });
});

describe("an anchor", () => {
  it("that names another event stops the relay before any effect, and stays as it is", async () => {
    const head = await approvedReport();
    const { vault } = bureau.data;
    const foreign = { at: stamp.at, chain: head.id, hash: "f".repeat(64), seq: 3 };
    const bytes = new TextEncoder().encode(JSON.stringify(foreign));
    await vault.putIfAbsent(`anchors/${head.id}/000000003.json`, bytes, "application/json");
    const relay = relayOf();
    await expect(relayReport(relay.anew, head.id)).rejects.toThrow("chain was altered");
    expect(relay.queues.render.messages.size).toBe(0);
    expect(await anchorsOf(head.id)).toEqual([foreign]);
    expect((await bureau.data.reports.load(head.id))?.outbox).toHaveLength(3);
    await vault.delete(`anchors/${head.id}/000000003.json`);
    await relayReport(relay.anew, head.id);
  });
});

describe("a registry", () => {
  it("is anchored at its last change, once however often it is relayed", async () => {
    const { registry, vault } = bureau.data;
    const deps = { ...bureau.data, files: vault, queues: { notify: memoryQueue() } };
    await relayRegistry(deps, region.code);
    await relayRegistry(deps, region.code);
    const head = await registry.head(region.code);
    const [last] = (await registry.events(region.code, { limit: 1 })).items;
    expect(await anchorsOf(`${region.code}-registry`)).toEqual([
      { chain: `${region.code}-registry`, ...head?.chain, at: last?.event.at },
    ]);
  });
});

describe("the sweep", () => {
  it("relays what no wake-up had, over several pages, and says how much that was", async () => {
    await sweep(relayOf().anew);
    const heads = [];
    for (let count = 0; count < 30; count += 1) heads.push(await approvedReport());
    const relay = relayOf();
    expect(await sweep(relay.anew)).toBe(90);
    expect(relay.queues.render.messages.size).toBe(30);
    expect(await sweep(relay.anew)).toBe(0);
  });

  it("names a report whose head cannot be read, and relays the others", async () => {
    await sweep(relayOf().anew);
    const head = await approvedReport();
    const relay = relayOf();
    const { reports: store } = bureau.data;
    const deps: RelayDeps = {
      ...relay.anew,
      reports: {
        ...store,
        withOutbox: async (page) => ({ ...(await store.withOutbox(page)), damaged: ["spoilt"] }),
      },
    };
    await expect(sweep(deps)).rejects.toThrow("The head of spoilt cannot be read");
    await expectRelayed(head, relay);
  });

  it("lets no report that cannot be relayed keep the others waiting", async () => {
    await sweep(relayOf().anew);
    const heads = [await approvedReport(), await approvedReport(), await approvedReport()];
    const [bad, ...good] = heads;
    const relay = relayOf();
    const deps: RelayDeps = {
      ...relay.anew,
      reports: {
        ...bureau.data.reports,
        recordEvents: (events) =>
          events[0]?.reportId === bad?.id
            ? Promise.reject(new Error("The chain forks."))
            : bureau.data.reports.recordEvents(events),
      },
    };
    await expect(sweep(deps)).rejects.toThrow(bad?.id ?? "");
    for (const head of good) {
      expect((await bureau.data.reports.load(head.id))?.outbox).toEqual([]);
    }
    expect((await bureau.data.reports.load(bad?.id ?? ""))?.outbox).toHaveLength(3);
    expect(await sweep(relay.anew)).toBe(3);
  });
});

describe("the relay's door", () => {
  const woken = (sequence: string, pk: string, sk = "head"): DynamoDBRecord => ({
    eventName: "MODIFY",
    dynamodb: { Keys: { pk: { S: pk }, sk: { S: sk } }, SequenceNumber: sequence },
  });
  beforeEach(() => {
    bureau.lines.length = 0;
  });

  it("relays each report a change woke it for, once", async () => {
    const head = await approvedReport();
    const relay = relayOf();
    const handler = createRelayHandler({ ...relay.anew, log: bureau.log });
    const answer = await handler({
      Records: [woken("1", head.id), woken("2", head.id), woken("3", head.id, "event#000000001")],
    });
    expect(answer).toEqual({ batchItemFailures: [] });
    await expectRelayed(head, relay);
  });

  it("names the change whose report failed and relays the others", async () => {
    const [bad, good] = [await approvedReport(), await approvedReport()];
    const relay = relayOf();
    const handler = createRelayHandler({
      ...relay.anew,
      reports: {
        ...bureau.data.reports,
        load: (id) =>
          id === bad.id
            ? Promise.reject(new Error("The table does not answer."))
            : bureau.data.reports.load(id),
      },
      log: bureau.log,
    });
    const answer = await handler({ Records: [woken("11", bad.id), woken("12", good.id)] });
    expect(answer).toEqual({ batchItemFailures: [{ itemIdentifier: "11" }] });
    await expectRelayed(good, relay);
    expect(bureau.lines.join("\n")).toContain(bad.id);
    await relayReport(relay.anew, bad.id);
  });

  it("sweeps when the schedule calls, and says that a wake-up was lost", async () => {
    await sweep(relayOf().anew);
    const head = await approvedReport();
    const relay = relayOf();
    const handler = createRelayHandler({ ...relay.anew, log: bureau.log });
    expect(await handler({})).toEqual({ batchItemFailures: [] });
    await expectRelayed(head, relay);
    expect(bureau.lines.join("\n")).toContain('"events":3');
  });
});
