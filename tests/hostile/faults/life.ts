import { createNotifyHandler } from "../../../functions/notify/handler.ts";
import { sha256 } from "../../../functions/platform/ids.ts";
import { createPublishHandler } from "../../../functions/publish/handler.ts";
import { portalSettings } from "../../../functions/publish/portal-settings.ts";
import { createRelayHandler } from "../../../functions/relay/handler.ts";
import { createRenderHandler } from "../../../functions/render/handler.ts";
import type { EffectQueue } from "../../../functions/storage/ports.ts";
import { allEvents } from "../../../functions/use-cases/history.ts";
import { type Bureau, region, reportOf, sqsEvent } from "../../functions/effects/bureau.ts";
import { createMailbox } from "../../functions/effects/mailbox.ts";
import { portalUrl, quickPrinter } from "../../functions/effects/press.ts";
import { memoryFiles, treeOf } from "../../functions/publish/memory-files.ts";
import { type Disturbance, faulty } from "./faulty.ts";
import { shippedEditions } from "../../../shared/editions/shipped-editions.ts";

const staffUrl = "https://juesuan.example.gov.cn";
/** What fails so often in one run would fail for ever. */
const mostAttempts = 4;

type Name = "render" | "publish" | "notify";

/** A queue that hands a message out until it is handled, and knows nothing of it afterwards. */
function openQueue() {
  const waiting = new Map<string, { readonly body: string; attempt: number }>();
  const queue: EffectQueue = {
    send({ id, body }) {
      if (!waiting.has(id)) waiting.set(id, { body, attempt: 0 });
      return Promise.resolve();
    },
  };
  return { waiting, queue };
}

/**
 * What follows from the acts on a report of a bureau, from the relay to the letters, with every port
 * disturbed at one call. What fails comes again, as the queues and the relay's sweep have it.
 */
export async function live(bureau: Bureau, orgCode: string, disturbance: Disturbance) {
  const { data, now, newId, log } = bureau;
  const disturb = <Port extends object>(name: string, port: Port) =>
    faulty(name, port, disturbance);
  const queues = { render: openQueue(), publish: openQueue(), notify: openQueue() };
  const senders = {
    render: disturb("render queue", queues.render.queue),
    publish: disturb("publish queue", queues.publish.queue),
    notify: disturb("notify queue", queues.notify.queue),
  };
  const memory = memoryFiles();
  const { office, deps: post } = createMailbox(bureau);
  const common = {
    reports: disturb("reports", data.reports),
    registry: disturb("registry", data.registry),
    files: disturb("vault", data.vault),
    ...{ sha256, editions: shippedEditions, now, newId, log },
  };
  const progress = disturb("progress", data.progress);
  const audit = disturb("audit", data.audit);
  const notices = disturb("notices", data.notices);
  const relay = createRelayHandler({
    ...{ ...common, progress, audit, notices },
    ...{ queues: senders, regions: [] },
  });
  const handlers = {
    render: createRenderHandler({
      ...common,
      printer: disturb("printer", quickPrinter),
      publish: senders.publish,
    }),
    publish: createPublishHandler({
      ...common,
      portal: disturb("portal", memory),
      settingsOf: portalSettings([region], portalUrl),
    }),
    notify: createNotifyHandler({
      ...common,
      progress,
      ...{ staffUrl, portalUrl, now, addressOf: post.addressOf },
      mailer: disturb("mailer", post.mailer),
      effects: disturb("effects", post.effects),
      notices,
    }),
  };
  const pk = { S: reportOf(orgCode) };

  const wakeRelay = async (): Promise<boolean> => {
    const dynamodb = { Keys: { pk, sk: { S: "head" } }, SequenceNumber: "1" };
    const { batchItemFailures } = await relay({ Records: [{ dynamodb }] });
    return batchItemFailures.length === 0;
  };
  const workOff = async (name: Name): Promise<void> => {
    for (const [id, message] of [...queues[name].waiting]) {
      message.attempt += 1;
      const event = sqsEvent([[id, message.body]], message.attempt, now());
      const { batchItemFailures } = await handlers[name](event);
      if (batchItemFailures.length === 0) queues[name].waiting.delete(id);
      else if (message.attempt >= mostAttempts) throw new Error(`${id} fails again and again.`);
    }
  };
  const waits = () => Object.values(queues).some(({ waiting }) => waiting.size > 0);

  const plan = { id: "plan", body: JSON.stringify({ type: "plan", region: region.code }) };
  // The clock sends it, and sends it again.
  await senders.publish.send(plan).catch(async (error: unknown) => {
    log.error("The plan was not sent.", { error });
    await senders.publish.send(plan);
  });
  for (let round = 1; ; round += 1) {
    if (round > 3 * mostAttempts) throw new Error("It does not come to rest.");
    const isRelayed = await wakeRelay();
    for (const name of ["render", "publish", "notify"] as const) await workOff(name);
    const head = await data.reports.load(reportOf(orgCode));
    if (isRelayed && !waits() && head?.outbox.length === 0) break;
  }
  const head = await bureau.head(orgCode);
  const events = await allEvents(data, head);
  const typeOf = (seq: string) => events.find((one) => String(one.seq) === seq)?.event.type ?? "";
  return {
    status: head.state.status,
    sequence: events.map(({ seq }) => seq),
    events: events.map(({ event }) => event.type),
    tree: Object.fromEntries(
      Object.entries(treeOf(memory)).map(([key, text]) => [key, sha256(text).slice(0, 16)]),
    ),
    /** Each with the number and the type of its event, and its reader. */
    letters: office.mails.map(({ id, to }) => {
      const [, seq = ""] = id.split(".");
      return `${seq} ${typeOf(seq)} ${to}`;
    }),
  };
}
