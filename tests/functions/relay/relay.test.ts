import type { DynamoDBStreamEvent } from "aws-lambda";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { sha256 } from "../../../functions/platform/ids.ts";
import { createLog } from "../../../functions/platform/log.ts";
import { createRelayHandler } from "../../../functions/relay/handler.ts";
import { relayReport, sweep, type RelayDeps } from "../../../functions/relay/relay.ts";
import type { ReportStore } from "../../../functions/storage/ports.ts";
import { openReport } from "../../../functions/use-cases/open-report.ts";
import { handleCommand } from "../../../functions/use-cases/handle-command.ts";
import { verifyHistory } from "../../../functions/use-cases/history.ts";
import { openDataFolder, type DataFolder } from "../../../infra/local/data-folder.ts";

const now = () => "2023-08-01T02:00:00.000Z";
const year = {
  region: "360200",
  year: 2022,
  edition: "jiangxi-2022",
  status: "open",
  unitDue: "2023-07-31",
  departmentDue: "2023-08-15",
  bureauDue: "2023-08-31",
  version: 1,
} as const;
const preparer = { id: "limin", name: "李敏", roles: ["preparer"] } as const;

let folder: string;
let data: DataFolder;
let sent: { queue: string; id: string; body: unknown }[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "juesuan-relay-"));
  const opened = await openDataFolder({
    folder,
    sha256,
    now,
    secret: "test",
    filesUrl: "http://files.test",
  });
  if (!opened.ok) throw new Error(opened.error.message);
  data = opened.value;
});
afterAll(async () => {
  await data.close();
  await rm(folder, { recursive: true });
});
beforeEach(() => {
  sent = [];
});

const queue = (name: string) => ({
  send: ({ id, body }: { readonly id: string; readonly body: string }) => {
    sent.push({ queue: name, id, body: JSON.parse(body) as unknown });
    return Promise.resolve();
  },
});
const deps = (reports: Partial<ReportStore> = {}): RelayDeps => ({
  reports: { ...data.reports, ...reports },
  queues: { render: queue("render"), publish: queue("publish"), notify: queue("notify") },
});

/** A report handed in: two events in its outbox, of which the second is to be told. */
async function submitted(orgCode: string): Promise<string> {
  const lineage = { region: "360200", orgCode, departmentCode: "137", bureauCode: "000" };
  const org = { region: "360200", code: orgCode, name: "甲", kind: "unit", version: 1 } as const;
  const stores = { reports: data.reports, now, sha256 };
  const opened = await openReport(stores, { org, lineage, year }, preparer);
  if (!opened.ok) throw new Error(opened.error.code);
  const { id } = opened.value;
  const done = await handleCommand(
    stores,
    { head: opened.value, lineage, year },
    {
      type: "submit",
      editionHash: "a".repeat(64),
      editors: [],
      blockingFindings: 0,
      unitsOutstanding: [],
    },
    preparer,
  );
  if (!done.ok) throw new Error(done.error.code);
  return id;
}

const notice = (id: string) => ({
  queue: "notify",
  id: `${id}.2.notify`,
  body: { type: "notify", reportId: id, seq: 2 },
});
const recorded = async (id: string) =>
  (await data.reports.events(id, { limit: 100 })).items.map(({ seq }) => seq);

describe("a report's events", () => {
  it("are recorded, their effects queued, and then leave the outbox", async () => {
    const id = await submitted("137001");
    expect(await relayReport(deps(), id)).toBe(2);
    expect(await recorded(id)).toEqual([1, 2]);
    expect(sent).toEqual([notice(id)]);
    const head = await data.reports.load(id);
    expect(head?.outbox).toEqual([]);
    expect(head && (await verifyHistory({ ...data, sha256 }, head))).toMatchObject({
      intact: true,
      events: 2,
    });
    expect(await relayReport(deps(), id)).toBe(0);
    expect(sent).toHaveLength(1);
  });

  it.each(["recordEvents", "trimOutbox"] as const)(
    "are neither lost nor told under another id when the process dies at %s",
    async (step) => {
      const id = await submitted(step === "trimOutbox" ? "137002" : "137003");
      const dies = () => Promise.reject(new Error("killed"));
      await expect(relayReport(deps({ [step]: dies }), id)).rejects.toThrow("killed");
      expect((await data.reports.load(id))?.outbox).toHaveLength(2);
      await relayReport(deps(), id);
      expect(await recorded(id)).toEqual([1, 2]);
      expect(new Set(sent.map((message) => message.id))).toEqual(new Set([`${id}.2.notify`]));
      expect((await data.reports.load(id))?.outbox).toEqual([]);
    },
  );

  it("that a queue did not take stay in the outbox", async () => {
    const id = await submitted("137004");
    const down = { send: () => Promise.reject(new Error("queue is down")) };
    const broken = { ...deps(), queues: { ...deps().queues, notify: down } };
    await expect(relayReport(broken, id)).rejects.toThrow("queue is down");
    expect((await data.reports.load(id))?.outbox).toHaveLength(2);
    await sweep(deps());
    expect(sent).toEqual([notice(id)]);
  });

  it("that no wake-up told of are found by the sweep, page after page", async () => {
    const ids: string[] = [];
    for (let n = 0; n < 30; n += 1) ids.push(await submitted(`2${String(n).padStart(5, "0")}`));
    expect(await sweep(deps())).toBe(60);
    expect(sent.map(({ id }) => id).sort()).toEqual(ids.map((id) => `${id}.2.notify`).sort());
    expect(await sweep(deps())).toBe(0);
  });
});

describe("woken by the table's stream", () => {
  const event = (...ids: readonly string[]): DynamoDBStreamEvent => ({
    Records: ids.flatMap((id, index) =>
      ["head", "event#000000001"].map((sk) => ({
        dynamodb: {
          Keys: { pk: { S: id }, sk: { S: sk } },
          SequenceNumber: `${String(index)}-${sk}`,
        },
      })),
    ),
  });
  const log = createLog({ now, write: () => undefined });

  it("it relays the reports named, and names again those it could not", async () => {
    const [good, bad] = [await submitted("137005"), await submitted("137006")];
    const load: ReportStore["load"] = (id) =>
      id === bad ? Promise.reject(new Error("throttled")) : data.reports.load(id);
    const handler = createRelayHandler({ ...deps({ load }), log });
    expect(await handler(event(good, bad, good))).toEqual({
      batchItemFailures: [{ itemIdentifier: "1-head" }],
    });
    expect(sent).toEqual([notice(good)]);
    await createRelayHandler({ ...deps(), log })({});
    expect(sent).toEqual([notice(good), notice(bad)]);
  });
});
