import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createFolderMailer } from "../../../functions/platform/mail/folder-mailer.ts";
import { createNotifyHandler } from "../../../functions/notify/handler.ts";
import { createPublishHandler } from "../../../functions/publish/handler.ts";
import { portalSettings } from "../../../functions/publish/portal-settings.ts";
import { relayReport } from "../../../functions/relay/relay.ts";
import { createRenderHandler } from "../../../functions/render/handler.ts";
import type { EffectLog } from "../../../functions/storage/ports.ts";
import { city } from "../../../infra/local/seed/city.ts";
import {
  createFolderQueue,
  type FolderQueue,
  type QueueHandler,
} from "../../../infra/local/queue/folder-queue.ts";
import { startService, type Service } from "../api/service.ts";
import { memoryFiles } from "../publish/memory-files.ts";
import { portalUrl, quickPrinter } from "./press.ts";

let service: Service;
let folder: string;
const opened: FolderQueue[] = [];
beforeAll(async () => {
  service = await startService();
  folder = await mkdtemp(join(tmpdir(), "trace-"));
});
afterAll(async () => {
  for (const queue of opened) await queue.close();
  await service.close();
  await rm(folder, { recursive: true, force: true });
});

/** What is behind the API, on folders. */
async function openFunctions() {
  const { deps } = service;
  const { log, now, newId } = deps;
  const common = { ...deps, files: deps.vault };
  const queue = async (name: string, handler: QueueHandler) => {
    const settings = { dir: join(folder, name), concurrency: 2, maxAttempts: 3, now };
    const one = await createFolderQueue({ ...settings, handler });
    opened.push(one);
    return one;
  };
  const publish = await queue(
    "publish",
    createPublishHandler({
      ...common,
      portal: memoryFiles(),
      settingsOf: portalSettings(
        city.map(({ settings }) => settings),
        portalUrl,
      ),
      newId,
    }),
  );
  const render = await queue(
    "render",
    createRenderHandler({ ...common, printer: quickPrinter, publish }),
  );
  const done = new Map<string, Set<string>>();
  const effects: EffectLog = {
    done: (occasion) => Promise.resolve(done.get(occasion) ?? new Set()),
    markDone: (occasion, name) =>
      Promise.resolve(void done.set(occasion, new Set(done.get(occasion)).add(name))),
  };
  const notify = await queue(
    "notify",
    createNotifyHandler({
      ...common,
      effects,
      mailer: createFolderMailer({ dir: join(folder, "mail"), from: "a@example.org", now }),
      addressOf: ({ subject }) => `${subject}@example.org`,
      ...{ staffUrl: "https://staff.test", portalUrl, log },
    }),
  );
  const relay = async (id: string) => {
    await relayReport({ ...common, queues: { render, publish, notify } }, id);
    for (const one of [render, publish, notify]) await one.drained();
  };
  return { relay };
}

interface Line {
  readonly message: string;
  readonly trace?: string;
  readonly [field: string]: unknown;
}
const linesWith = (id: string): Line[] =>
  service.lines.filter((line) => line.includes(id)).map((line) => JSON.parse(line) as Line);

describe("the id of an act", () => {
  it("finds the request, the relay, the print, the publication and the letters, and nothing of another act", async () => {
    const id = await service.bring("137001", "bureau");
    const other = service.lines
      .map((line) => JSON.parse(line) as Line)
      .filter(({ path }) => path === `/api/reports/${id}/submit`);
    const state = (await service.head(id))?.state;
    if (state?.status !== "in_review") throw new Error("It is not in review.");
    const click = "0197f3c2-7d1e-7000-8000-00000000c11c";
    const verdict = {
      editionHash: state.submission.editionHash,
      documentNumber: "景财决〔2023〕12号",
    };
    const path = `/api/reports/${id}/approve`;
    const answer = await service.call("fengyuan", "POST", path, verdict, { "x-request-id": click });
    expect(answer.status).toBe(200);

    const { relay } = await openFunctions();
    await relay(id);
    // What publishing committed follows from the same act.
    await relay(id);
    expect((await service.head(id))?.state.status).toBe("published");

    const lines = linesWith(click);
    expect(lines.every(({ trace }) => trace === click)).toBe(true);
    const steps = lines.map(({ message, path: asked, type, outcome, event, seq }) => ({
      ...{ message, path: asked, type, outcome },
      of: event ?? seq,
    }));
    const seqOf = (type: string) =>
      Number(
        String(lines.find((line) => line.type === type)?.["event"])
          .split(".")
          .at(-1),
      );
    const [approved, published] = [seqOf("approved"), seqOf("published")];
    expect(steps).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ message: "A request was answered.", path }),
        expect.objectContaining({ type: "approved", of: `${id}.${String(approved)}` }),
        expect.objectContaining({ type: "render", outcome: "rendered" }),
        expect.objectContaining({ type: "publish", outcome: "published" }),
        expect.objectContaining({ type: "published", of: `${id}.${String(published)}` }),
        expect.objectContaining({ type: "notify", of: approved }),
        expect.objectContaining({ type: "notify", of: published }),
      ]),
    );
    // Earlier acts were relayed in the same run, each under its own id.
    const [submitted] = other;
    expect(linesWith(String(submitted?.trace)).map(({ type }) => type)).toContain("submitted");
    expect(lines.map(({ type }) => type)).not.toContain("submitted");
  });

  it("stays out of the chain, of the answers about the report and of what is sent to people", async () => {
    const id = "360200-2022-137001";
    const events = await service.call("fengyuan", "GET", `/api/reports/${id}/events`);
    const report = await service.call("fengyuan", "GET", `/api/reports/${id}`);
    for (const { status, body } of [events, report]) {
      expect(status).toBe(200);
      expect(JSON.stringify(body)).not.toMatch(/trace|0197f3c2/u);
    }
    expect((await service.head(id))?.outbox).toEqual([]);
    expect(await service.head(id)).not.toHaveProperty("traces");
  });
});
