import { createDeadLetterHandler } from "../../functions/dead-letters/handler.ts";
import { createNotifyHandler } from "../../functions/notify/handler.ts";
import { newId, sha256 } from "../../functions/platform/ids.ts";
import type { Log } from "../../functions/platform/log.ts";
import type { RegionSettings } from "../../functions/platform/regions.ts";
import type { MailDeps } from "../../functions/platform/mail/send-once.ts";
import { timed, type Measure, type Metrics } from "../../functions/platform/metrics.ts";
import { createPublishHandler } from "../../functions/publish/handler.ts";
import { portalSettings } from "../../functions/publish/portal-settings.ts";
import { relayRegistry, relayReport } from "../../functions/relay/relay.ts";
import { createRemindHandler } from "../../functions/remind/handler.ts";
import { createRenderHandler } from "../../functions/render/handler.ts";
import type { Printer } from "../../functions/render/print.ts";
import type { RegistryStore, ReportStore } from "../../functions/storage/ports.ts";
import { attemptsAllowed } from "../../functions/use-cases/give-up.ts";
import { groupOfMessage } from "../../shared/contract/messages.ts";
import type { EditionLibrary } from "../../shared/editions/edition-library.ts";
import type { CodePoints } from "../../shared/text/code-points.ts";
import { outageMs } from "../../shared/workflow/failure.ts";
import type { DataFolder } from "./data-folder.ts";
import { createFolderQueue, type FailedAttempt, type FolderQueue } from "./queue/folder-queue.ts";
import { queueDir, type QueueName } from "./queue/queue-dir.ts";
import { createRelayRunner, type RelayRunner } from "./relay-runner.ts";
import { wakingRegistry } from "./waking-registry.ts";
import { wakingReports } from "./waking-reports.ts";

interface WorkDeps {
  readonly dataDir: string;
  readonly data: DataFolder;
  /** Regions served. */
  readonly regions: readonly RegionSettings[];
  readonly mail: Pick<MailDeps, "mailer" | "addressOf">;
  readonly editions: EditionLibrary;
  readonly printer: Printer;
  /** What the office's own fonts can print. */
  readonly licensedCharacters: CodePoints;
  readonly staffUrl: string;
  readonly portalUrl: string;
  readonly metrics: Metrics;
  readonly now: () => string;
  readonly log: Log;
}

/** All that follows from a commit: the relay, and the queues from which its effects are done. */
export interface BackgroundWork {
  /** The stores, whose commits wake the relay. */
  readonly reports: ReportStore;
  readonly registry: RegistryStore;
  readonly renders: FolderQueue;
  readonly notices: FolderQueue;
  readonly queues: readonly FolderQueue[];
  readonly relay: RelayRunner["run"];
  /** Records as failed what was given up, dead letters of earlier runs included. */
  readonly handOverDead: () => Promise<void>;
  readonly remind: () => Promise<void>;
  /** Has the portal's lists of a region brought up to date. */
  readonly plan: (region: string, how?: { readonly sweep?: true }) => Promise<void>;
  /** Resolves when every effect of what was committed so far is done. */
  readonly settled: () => Promise<void>;
  /** Ends the relay; what is queued stays queued. */
  readonly stopRelay: () => Promise<void>;
}

/** A second print gains what the first leaves of two processors; publications wait for the disk. */
const sideBySide = {
  render: 2,
  publish: 4,
  notify: 2,
  "dead-letters": 1,
} as const satisfies Record<QueueName, number>;

const handlingTime = {
  render: "printTime",
  publish: "publishTime",
  notify: "letterTime",
  "dead-letters": "deadLetterTime",
} as const satisfies Record<QueueName, Measure>;

/** Longer than the functions themselves try, so that it is they who say why they give up. */
const workPatienceMs = 2 * outageMs;

/** A mail server may be down for a while; then an hour's letters come late. */
const letterPatienceMs = 60 * 60_000;

export async function openBackgroundWork(deps: WorkDeps): Promise<BackgroundWork> {
  const { data, metrics, log, now } = deps;
  const regionCodes = deps.regions.map(({ code }) => code);
  const runner = createRelayRunner(log);
  const reports = wakingReports(data.reports, (id) => {
    runner.run((relayDeps) => timed(metrics, "relayTime", () => relayReport(relayDeps, id)));
  });
  const work = await openQueues(deps, reports, runner);
  const { renders, publications, deadLetters, notices } = work;
  const plan: BackgroundWork["plan"] = async (region, how = {}) => {
    const body = JSON.stringify({ type: "plan", region, ...how });
    await publications.send({ id: `${region}.plan.${newId()}`, body });
  };
  const registry = wakingRegistry(data.registry, (region, { plan: isPlanned }) => {
    runner.run(async (relayDeps) => {
      await relayRegistry(relayDeps, region);
      if (isPlanned) await plan(region);
    });
  });
  runner.begin({
    ...{ reports: data.reports, files: data.vault, registry: data.registry },
    ...{ progress: data.progress, audit: data.audit, notices: data.notices },
    ...{ regions: regionCodes, now, log },
    queues: { render: renders, publish: publications, notify: notices },
  });
  return {
    ...{ reports, registry, renders, notices, plan },
    queues: [renders, publications, deadLetters, notices],
    relay: runner.run,
    handOverDead: work.handOverDead,
    remind: createRemindHandler({ ...work.mailDeps, regions: regionCodes }),
    settled: async () => {
      await runner.settled();
      await renders.drained();
      await publications.drained();
      await runner.settled();
      // What was published is listed once its event is relayed.
      await publications.drained();
      await runner.settled();
      await deadLetters.drained();
      await runner.settled();
      await notices.drained();
    },
    stopRelay: runner.stop,
  };
}

async function openQueues(deps: WorkDeps, reports: ReportStore, runner: RelayRunner) {
  const { dataDir, data, editions, now, log, licensedCharacters } = deps;
  const common = { files: data.vault, sha256, editions, now, log, registry: data.registry };
  const handOver: { dead?: () => Promise<void> } = {};
  const queue = (
    name: QueueName,
    handler: QueueSettings["handler"],
    patience: Pick<QueueSettings, "patienceMs" | "maxAttempts">,
  ) =>
    createFolderQueue({
      dir: queueDir(dataDir, name),
      handler: (event) => timed(deps.metrics, handlingTime[name], () => handler(event)),
      concurrency: sideBySide[name],
      groupOf: groupOfMessage,
      ...patience,
      now,
      onFailure: (attempt: FailedAttempt) => {
        log.error(`The queue ${name} failed.`, { ...attempt });
        if (attempt.isDead) runner.run(async () => handOver.dead?.());
      },
    });
  const publications = await queue(
    "publish",
    createPublishHandler({
      ...common,
      ...{ reports, portal: data.portal, licensedCharacters, newId },
      settingsOf: portalSettings(deps.regions, deps.portalUrl),
      workingSince: now(),
    }),
    { maxAttempts: attemptsAllowed, patienceMs: workPatienceMs },
  );
  const renders = await queue(
    "render",
    createRenderHandler({ ...common, reports, printer: deps.printer, publish: publications }),
    { maxAttempts: attemptsAllowed, patienceMs: workPatienceMs },
  );
  // A failure that cannot be recorded is never dropped: recording it is retried without limit.
  const deadLetters = await queue(
    "dead-letters",
    createDeadLetterHandler({ ...common, reports, publish: publications, newId }),
    { maxAttempts: Number.MAX_SAFE_INTEGER },
  );
  const mailDeps = {
    ...common,
    ...{ reports, effects: data.effects, notices: data.notices, progress: data.progress },
    staffUrl: deps.staffUrl,
    ...deps.mail,
  };
  const notices = await queue(
    "notify",
    createNotifyHandler({ ...mailDeps, portalUrl: deps.portalUrl }),
    { maxAttempts: attemptsAllowed, patienceMs: letterPatienceMs },
  );
  const handOverDead = async () => {
    for (const one of [renders, publications]) await one.handOverDead(deadLetters);
  };
  handOver.dead = handOverDead;
  return { renders, publications, deadLetters, notices, handOverDead, mailDeps };
}

type QueueSettings = Parameters<typeof createFolderQueue>[0];
