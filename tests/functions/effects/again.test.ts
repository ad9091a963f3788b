import { cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createNotifyHandler } from "../../../functions/notify/handler.ts";
import { createPublishHandler } from "../../../functions/publish/handler.ts";
import { portalSettings } from "../../../functions/publish/portal-settings.ts";
import { createRenderHandler } from "../../../functions/render/handler.ts";
import { relayReport } from "../../../functions/relay/relay.ts";
import { sha256 } from "../../../functions/platform/ids.ts";
import type { EffectQueue } from "../../../functions/storage/ports.ts";
import { createFolderQueue, type FolderQueue } from "../../../infra/local/queue/folder-queue.ts";
import { groupOfMessage } from "../../../shared/contract/messages.ts";
import { memoryFiles, type MemoryFiles, treeOf } from "../publish/memory-files.ts";
import { setAsideAnchors } from "../../../functions/use-cases/audit/anchors.ts";
import { type Bureau, openBureau, region, reportOf, sqsEvent } from "./bureau.ts";
import { createMailbox } from "./mailbox.ts";
import { portalUrl, quickPrinter } from "./press.ts";
import { shippedEditions } from "../../../shared/editions/shipped-editions.ts";

const unit = "137001";

/** A bureau whose unit has just been approved; nothing is relayed yet. */
let approved: Bureau;
const folders: string[] = [];
const opened: { readonly close: () => Promise<void> }[] = [];
beforeAll(async () => {
  approved = await openBureau();
  await approved.open(unit);
  await approved.walk.submit(unit);
  await approved.walk.approve(unit);
  await approved.leave();
});
afterAll(async () => {
  for (const one of opened.toReversed()) await one.close();
  await approved.close();
  for (const folder of folders) await rm(folder, { recursive: true, force: true });
});

async function newFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "again-"));
  folders.push(folder);
  return folder;
}

async function anew(copyOf = approved.folder): Promise<Bureau> {
  const bureau = await openBureau(copyOf);
  opened.push(bureau);
  return bureau;
}

/** The consumers of a bureau's effects behind the queues of a data folder, as the local host has them. */
async function openWorks(bureau: Bureau, queueFolder: string, portal: MemoryFiles) {
  const { data, now, newId, log } = bureau;
  const { reports, registry, vault: files } = data;
  const { office, deps: post } = createMailbox(bureau);
  const common = { reports, registry, files, sha256, editions: shippedEditions, now, newId, log };
  const onFailure = ({ error }: { readonly error: string }) => {
    throw new Error(error);
  };
  const queue = async (
    name: string,
    handler: Parameters<typeof createFolderQueue>[0]["handler"],
  ): Promise<FolderQueue> => {
    const one = await createFolderQueue({
      ...{ dir: join(queueFolder, name), handler, now, onFailure, groupOf: groupOfMessage },
      ...{ concurrency: 4, maxAttempts: 1 },
    });
    opened.push(one);
    return one;
  };
  const handlers = {
    publish: createPublishHandler({
      ...{ ...common, portal },
      settingsOf: portalSettings([region], portalUrl),
    }),
    render: createRenderHandler({
      ...{ ...common, printer: quickPrinter },
      publish: { send: (message) => publications.send(message) },
    }),
    notify: createNotifyHandler({
      ...common,
      progress: bureau.data.progress,
      ...post,
      staffUrl: "http://staff.invalid",
      portalUrl,
    }),
  };
  const publications = await queue("publish", handlers.publish);
  const renders = await queue("render", handlers.render);
  const notices = await queue("notify", handlers.notify);
  const sent: Parameters<EffectQueue["send"]>[0][] = [];
  const noted = (to: EffectQueue): EffectQueue => ({
    send: (message) => {
      sent.push(message);
      return to.send(message);
    },
  });
  return {
    office,
    sent,
    handlers,
    queues: { render: renders, publish: publications, notify: notices },
    async run() {
      const queues = { render: noted(renders), publish: publications, notify: noted(notices) };
      await relayReport(
        { ...bureau.data, reports, files, log: bureau.log, queues },
        reportOf(unit),
      );
      await renders.drained();
      await publications.drained();
      await relayReport(
        { ...bureau.data, reports, files, log: bureau.log, queues },
        reportOf(unit),
      );
      await notices.drained();
    },
    async close() {
      for (const one of [renders, publications, notices]) await one.close();
    },
  };
}

describe("effects", () => {
  it("are done again where the store was rolled back to before them, with queues, vault and portal as they were", async () => {
    const [queueFolder, portal] = [await newFolder(), memoryFiles()];
    const first = await anew();
    const before = await openWorks(first, queueFolder, portal);
    await before.run();
    expect((await first.head(unit)).state.status).toBe("published");
    await before.close();
    const tree = treeOf(portal);

    const rolledBack = await newFolder();
    await cp(approved.folder, rolledBack, { recursive: true });
    await cp(join(first.folder, "vault"), join(rolledBack, "vault"), { recursive: true });
    const second = await anew(rolledBack);
    // What happens from now on has other ids than what was lost, so its anchors would contradict it.
    for (let drawn = 0; drawn < 1_000; drawn += 1) second.newId();
    const { state, chain } = await second.head(unit);
    expect(state.status).toBe("approved");
    await setAsideAnchors(second.data.vault, reportOf(unit), chain.seq);
    const after = await openWorks(second, queueFolder, portal);
    await after.run();
    expect((await second.head(unit)).state.status).toBe("published");
    expect(treeOf(portal)).toEqual(tree);
    // The store that knew of the letters is gone, too; a letter may come twice.
    expect(after.office.readers()).toEqual(before.office.readers());
  });

  it("change nothing when they are sent again with everything as it was left", async () => {
    const [queueFolder, portal] = [await newFolder(), memoryFiles()];
    const first = await anew();
    const works = await openWorks(first, queueFolder, portal);
    await works.run();
    const heads = await first.recorded(unit);
    for (const message of works.sent) {
      const queue = message.id.endsWith(".notify") ? works.queues.notify : works.queues.render;
      await queue.send(message);
    }
    await works.queues.render.drained();
    await works.run();
    // Everything was there already: no event, no letter and no file more.
    expect(await first.recorded(unit)).toEqual(heads);
    expect(new Set(works.office.mails.map(({ id }) => id)).size).toBe(works.office.mails.length);
  });
});

describe("a message that reaches its consumer twice at the same time", () => {
  it("is printed and published once", async () => {
    const portal = memoryFiles();
    const bureau = await anew();
    const works = await openWorks(bureau, await newFolder(), portal);
    const messages = new Map<string, string>();
    const queues = {
      render: keepIn(messages),
      publish: keepIn(new Map()),
      notify: keepIn(new Map()),
    };
    await relayReport(
      { ...bureau.data, files: bureau.data.vault, log: bureau.log, queues },
      reportOf(unit),
    );
    const stored: string[] = [];
    const { vault } = bureau.data;
    const putIfAbsent = vault.putIfAbsent.bind(vault);
    vault.putIfAbsent = async (...given) => {
      const answer = await putIfAbsent(...given);
      if (given[0].startsWith("renders/")) stored.push(answer);
      return answer;
    };
    const [first, second] = await Promise.all([
      works.handlers.render(sqsEvent(messages)),
      works.handlers.render(sqsEvent(messages)),
    ]);
    expect([first.batchItemFailures, second.batchItemFailures]).toEqual([[], []]);
    expect(stored.filter((answer) => answer === "stored")).toHaveLength(1);
    await works.queues.publish.drained();
    const recorded = await bureau.head(unit);
    expect(recorded.state.status).toBe("published");
    const events = recorded.outbox.map(({ event }) => event.type);
    expect(events.filter((type) => type === "published")).toHaveLength(1);
    expect(events.filter((type) => type === "publication_failed")).toEqual([]);
  });
});

const keepIn = (messages: Map<string, string>): EffectQueue => ({
  send({ id, body }) {
    messages.set(id, body);
    return Promise.resolve();
  },
});
