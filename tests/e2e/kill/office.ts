import { join } from "node:path";
import { groupOfMessage } from "../../../shared/contract/messages.ts";
import { createNotifyHandler } from "../../../functions/notify/handler.ts";
import { now } from "../../../functions/platform/clock.ts";
import { newId, sha256 } from "../../../functions/platform/ids.ts";
import { createLog } from "../../../functions/platform/log.ts";
import { createFolderMailer } from "../../../functions/platform/mail/folder-mailer.ts";
import { createPublishHandler } from "../../../functions/publish/handler.ts";
import { portalSettings } from "../../../functions/publish/portal-settings.ts";
import { relayReport, sweep, type RelayDeps } from "../../../functions/relay/relay.ts";
import { createRenderHandler } from "../../../functions/render/handler.ts";
import type { Printer } from "../../../functions/render/print.ts";
import { openDataFolder, type DataFolder } from "../../../infra/local/data-folder.ts";
import { createFolderQueue, type QueueHandler } from "../../../infra/local/queue/folder-queue.ts";
import { city } from "../../../infra/local/seed/city.ts";
import type { PlayDeps } from "../../../infra/local/seed/play.ts";
import { casts } from "./cast.ts";
import { wakingReports } from "../../../infra/local/waking-reports.ts";
import { shippedEditions } from "../../../shared/editions/shipped-editions.ts";

/** The stores of a data folder as the kill test opens them, in the killed process and in the witness. */
export async function openStores(folder: string): Promise<DataFolder> {
  const filesUrl = "http://127.0.0.1/files";
  const opened = await openDataFolder({ folder, sha256, now, secret: "secret", filesUrl });
  if (!opened.ok) throw new Error(opened.error.message);
  return opened.value;
}

export const queueNames = ["render", "publish", "notify"] as const;

export const regionSettings = portalSettings(
  city.map(({ settings }) => settings),
  "http://127.0.0.1:8081",
);

/**
 * The local host without its HTTP doors: stores, relay, queues and the functions behind them, on one
 * folder. Only the browser is left out: the printer here makes bytes from the document's hash.
 */
export async function openOffice(
  folder: string,
): Promise<{ readonly stage: PlayDeps; readonly settled: () => Promise<void> }> {
  const data = await openStores(folder);
  const log = createLog({
    now,
    write: (line) => {
      if (!line.includes('"level":"info"')) process.stderr.write(`${line}\n`);
    },
  });
  const relayDeps: { current?: RelayDeps } = {};
  const relaying = new Set<Promise<unknown>>();
  let relays = 0;
  const relay = (work: (deps: RelayDeps) => Promise<unknown>) => {
    if (relayDeps.current === undefined) return;
    relays += 1;
    const running = work(relayDeps.current).finally(() => relaying.delete(running));
    relaying.add(running);
  };
  const reports = wakingReports(data.reports, (id) => relay((deps) => relayReport(deps, id)));
  const queue = (name: (typeof queueNames)[number], handler: QueueHandler) =>
    createFolderQueue({
      dir: join(folder, "queues", name),
      handler,
      groupOf: groupOfMessage,
      concurrency: 2,
      maxAttempts: 5,
      now,
    });
  const common = {
    files: data.vault,
    registry: data.registry,
    reports,
    sha256,
    editions: shippedEditions,
    now,
    log,
  };
  const publish = await queue(
    "publish",
    createPublishHandler({ ...common, portal: data.portal, settingsOf: regionSettings, newId }),
  );
  const render = await queue(
    "render",
    createRenderHandler({ ...common, printer: inkless, publish }),
  );
  const notify = await queue(
    "notify",
    createNotifyHandler({
      ...common,
      progress: data.progress,
      effects: data.effects,
      notices: data.notices,
      mailer: createFolderMailer({ dir: join(folder, "mail"), from: "juesuan@example.org", now }),
      // One letter an event or none: the others see it in the staff app.
      addressOf: ({ subject }) => (reachable.has(subject) ? `${subject}@example.org` : undefined),
      staffUrl: "http://127.0.0.1:8080",
      portalUrl: "http://127.0.0.1:8081",
    }),
  );
  relayDeps.current = {
    reports: data.reports,
    files: data.vault,
    registry: data.registry,
    progress: data.progress,
    audit: data.audit,
    notices: data.notices,
    regions: [],
    now,
    log,
    queues: { render, publish, notify },
  };
  relay(sweep);
  return {
    stage: { ...data, reports, files: data.vault, sha256, editions: shippedEditions, now, newId },
    settled: async () => {
      for (let seen = -1; seen !== relays || relaying.size > 0;) {
        seen = relays;
        await Promise.all(relaying);
        for (const one of [render, publish, notify]) await one.drained();
      }
    },
  };
}

const reachable = new Set(
  casts.flatMap(({ preparer, reviewers }) => [preparer, reviewers.bureau ?? ""]),
);

/** Prints every document on one page, in bytes that follow from it alone. */
const inkless: Pick<Printer, "print" | "layOut"> = {
  layOut: (html) => Promise.resolve({ pageCount: 1, pageOf: pagesOf(html) }),
  print: (html, metadata) =>
    Promise.resolve({
      bytes: Buffer.from(`%PDF-1.7\n${sha256(html)}\n${JSON.stringify(metadata)}\n`),
      pageCount: 1,
      pageOf: pagesOf(html),
      pagesWithMissingGlyphs: [],
      refusedRequests: [],
    }),
};

const pagesOf = (html: string): ReadonlyMap<string, number> =>
  new Map([...html.matchAll(/href="#([^"]+)"/gu)].map(([, id]) => [id ?? "", 1]));
