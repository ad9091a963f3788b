import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { readFile, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { createApiHandler } from "../../functions/api/handler.ts";
import { ratesOf } from "../../functions/api/rate-limit.ts";
import { createFolderMailer } from "../../functions/platform/mail/folder-mailer.ts";
import { createNotifyHandler } from "../../functions/notify/handler.ts";
import { createTokenVerifier } from "../../functions/platform/auth/verify-token.ts";
import { newId, sha256 } from "../../functions/platform/ids.ts";
import type { Log } from "../../functions/platform/log.ts";
import {
  countedErrors,
  measuredFiles,
  measuredStores,
  measuredWork,
} from "../../functions/platform/measured-ports.ts";
import { createMetricsWindow, timed, type Measure } from "../../functions/platform/metrics.ts";
import { writeFileAtomic } from "../../functions/platform/write-file-atomic.ts";
import { portalSettings } from "../../functions/publish/portal-settings.ts";
import { createDeadLetterHandler } from "../../functions/dead-letters/handler.ts";
import { createPublishHandler } from "../../functions/publish/handler.ts";
import { relayRegistry, relayReport, sweep, type RelayDeps } from "../../functions/relay/relay.ts";
import { createRemindHandler } from "../../functions/remind/handler.ts";
import { licensedCoverage } from "../../functions/render/fonts.ts";
import { attemptsAllowed } from "../../functions/use-cases/give-up.ts";
import { isQueueFailing } from "../../functions/use-cases/queue-health.ts";
import { createRenderHandler } from "../../functions/render/handler.ts";
import type { Member } from "../../shared/registry/registry.ts";
import { clearAbandonedUploads } from "../../functions/use-cases/uploads.ts";
import { createWriteProbe } from "../../functions/use-cases/write-probe.ts";
import type { EditionLibrary } from "../../shared/editions/edition-library.ts";
import { groupOfMessage } from "../../shared/contract/messages.ts";
import { err, ok, type Result } from "../../shared/result.ts";
import { outageMs } from "../../shared/workflow/failure.ts";
import { roleName } from "../../shared/workflow/roles.ts";
import { hasContent, keptFolders, openDataFolder, type DataFolder } from "./data-folder.ts";
import { acquireDataLock } from "./data-lock.ts";
import { answerWith } from "./fetch-listener.ts";
import { createGateway } from "./gateway/gateway.ts";
import { awsLimits } from "./gateway/limits.ts";
import { createHeavyPool } from "./heavy-pool.ts";
import { createLaterPrinter } from "./later-printer.ts";
import { listen, serve, urlOf, type Listening } from "./listen.ts";
import { apiAudience, apiResource } from "./oidc/provider-settings.ts";
import { createIssuer } from "./oidc/issuer.ts";
import { hashPassword } from "./oidc/password.ts";
import type { Person } from "./oidc/person.ts";
import { createFolderQueue, type FailedAttempt, type FolderQueue } from "./queue/folder-queue.ts";
import { queueDir, queueNames, type QueueName } from "./queue/queue-dir.ts";
import { city, demoPassword } from "./seed/city.ts";
import { seedHistory, seedRegistry } from "./seed/seed.ts";
import { createStaticFiles } from "./static-files.ts";
import { openStatus } from "./status/status.ts";
import { unwritableFolder } from "./unwritable-folder.ts";
import { wakingRegistry } from "./waking-registry.ts";
import { wakingReports } from "./waking-reports.ts";
import { errorMessage } from "../../functions/platform/errors.ts";

export interface HostSettings {
  readonly dataDir: string;
  /** Where unpacked programs and fonts are kept between starts. */
  readonly cacheDir: string;
  readonly address: string;
  /** 0: any free port. */
  readonly staffPort: number;
  readonly portalPort: number;
  /** `city`: people, offices and reports in every state · `registry`: people and offices only. */
  readonly seed: "city" | "registry";
  readonly editions: EditionLibrary;
  /** Consents to the loss that a refused start named, by the number of its last write. */
  readonly acceptLossUpTo?: number | undefined;
  readonly chromePath?: string | undefined;
  /** What one person and one address may ask of the API. */
  readonly requestsPerMinute: { readonly person: number; readonly address: number };
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly now: () => string;
  readonly log: Log;
  /** One sentence when something slow begins or ends. */
  readonly onProgress: (sentence: string) => void;
}

export interface Host {
  readonly staffUrl: string;
  readonly portalUrl: string;
  readonly issuerUrl: string;
  /** Resolves when every effect of what was committed so far is done. */
  readonly settled: () => Promise<void>;
  readonly data: DataFolder;
  readonly close: () => Promise<void>;
}

export const staffClientId = "staff";

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

/** The whole system in this process: the functions AWS runs, on folders. Refusals are one sentence. */
export async function startHost(
  settings: HostSettings,
): Promise<Result<Host, { readonly message: string }>> {
  const lock = await acquireDataLock(settings.dataDir, { now: settings.now });
  if (!lock.ok) return lock;
  const releases: (() => Promise<void>)[] = [() => lock.value.release()];
  const letGo = async () => {
    for (const one of releases.reverse()) await one();
  };
  try {
    const ports = await listenOnPorts(settings);
    if (ports.ok) {
      releases.push(() => closed(ports.value.staff, ports.value.portal));
      const filesUrl = `${urlOf(settings.address, ports.value.staff)}/files`;
      const data = await openStores(settings, filesUrl);
      if (data.ok) {
        releases.push(() => data.value.close());
        return ok(await startServers(settings, { ...ports.value, data: data.value, letGo }));
      }
      await letGo();
      return data;
    }
    await letGo();
    return ports;
  } catch (error) {
    await letGo();
    throw error;
  }
}

/** Every function of the system behind the ports taken, on the stores opened. */
async function startServers(
  settings: HostSettings,
  {
    staff,
    portal,
    data: opened,
    letGo,
  }: {
    readonly staff: Listening;
    readonly portal: Listening;
    readonly data: DataFolder;
    readonly letGo: () => Promise<void>;
  },
): Promise<Host> {
  const { dataDir, editions, now } = settings;
  const metrics = createMetricsWindow(() => Date.parse(now()));
  const log = countedErrors(settings.log, metrics);
  const data: DataFolder = {
    ...measuredStores(opened, metrics),
    vault: measuredFiles(opened.vault, metrics),
    portal: measuredFiles(opened.portal, metrics),
  };
  const staffUrl = urlOf(settings.address, staff);
  const portalUrl = urlOf(settings.address, portal);
  const issuerUrl = `${staffUrl}/oidc`;
  const fontsDir = join(dataDir, "fonts");
  const printer = createLaterPrinter({
    cacheDir: settings.cacheDir,
    chromePath: settings.chromePath,
    environment: settings.environment,
    licensedDir: fontsDir,
    onProgress: settings.onProgress,
  });
  /** Read once: a font put there later counts, and prints, from the next start. */
  const licensedCharacters = await licensedCoverage(fontsDir);
  const common = { files: data.vault, sha256, editions, now, log, registry: data.registry };
  const queue = (
    name: QueueName,
    handler: Parameters<typeof createFolderQueue>[0]["handler"],
    settings: Pick<Parameters<typeof createFolderQueue>[0], "patienceMs" | "maxAttempts">,
  ) =>
    createFolderQueue({
      dir: queueDir(dataDir, name),
      handler: (event) => timed(metrics, handlingTime[name], () => handler(event)),
      concurrency: sideBySide[name],
      groupOf: groupOfMessage,
      ...settings,
      now,
      onFailure: (attempt: FailedAttempt) => {
        log.error(`The queue ${name} failed.`, { ...attempt });
        if (attempt.isDead) relay(() => handOverDead());
      },
    });

  const relayDeps: { current?: RelayDeps } = {};
  const relaying = new Set<Promise<unknown>>();
  const relay = (work: (deps: RelayDeps) => Promise<unknown>) => {
    const { current } = relayDeps;
    if (current === undefined) return;
    const running = work(current)
      .catch((error: unknown) => log.error("The relay failed; the next sweep goes on.", { error }))
      .finally(() => relaying.delete(running));
    relaying.add(running);
  };
  const reports = wakingReports(data.reports, (id) => {
    relay((deps) => timed(metrics, "relayTime", () => relayReport(deps, id)));
  });

  const regions = city.map((one) => one.settings);
  const settingsOf = portalSettings(regions, portalUrl);
  const planAnew = async (region: string, how: { readonly sweep?: true } = {}) => {
    const body = JSON.stringify({ type: "plan", region, ...how });
    await publications.send({ id: `${region}.plan.${newId()}`, body });
  };
  const registry = wakingRegistry(data.registry, (region, { plan }) => {
    relay(async (deps) => {
      await relayRegistry(deps, region);
      if (plan) await planAnew(region);
    });
  });
  const publications = await queue(
    "publish",
    createPublishHandler({
      ...common,
      ...{ reports, portal: data.portal, settingsOf, licensedCharacters, newId },
      workingSince: now(),
    }),
    { maxAttempts: attemptsAllowed, patienceMs: workPatienceMs },
  );
  const renders = await queue(
    "render",
    createRenderHandler({ ...common, reports, printer, publish: publications }),
    { maxAttempts: attemptsAllowed, patienceMs: workPatienceMs },
  );
  // A failure that cannot be recorded is never dropped: recording it is retried without limit.
  const deadLetters = await queue(
    "dead-letters",
    createDeadLetterHandler({ ...common, reports, publish: publications, newId }),
    { maxAttempts: Number.MAX_SAFE_INTEGER },
  );
  const handOverDead = async () => {
    for (const one of [renders, publications]) await one.handOverDead(deadLetters);
  };
  const mailDeps = {
    ...common,
    reports,
    effects: data.effects,
    progress: data.progress,
    mailer: createFolderMailer({ dir: join(dataDir, "mail"), from: "juesuan@juesuan.local", now }),
    addressOf: ({ email, subject }: Pick<Member, "email" | "subject">) =>
      email ?? `${subject}@juesuan.local`,
    staffUrl,
  };
  const notices = await queue("notify", createNotifyHandler({ ...mailDeps, portalUrl }), {
    maxAttempts: attemptsAllowed,
    patienceMs: letterPatienceMs,
  });
  const queues: readonly FolderQueue[] = [renders, publications, deadLetters, notices];
  const remind = createRemindHandler({ ...mailDeps, regions: regions.map(({ code }) => code) });
  relayDeps.current = {
    reports: data.reports,
    files: data.vault,
    registry: data.registry,
    progress: data.progress,
    regions: regions.map(({ code }) => code),
    now,
    log,
    queues: { render: renders, publish: publications, notify: notices },
  };

  const issuer = await createIssuer({
    issuerUrl,
    dataDir: join(dataDir, "oidc"),
    people: await people(),
    clients: [
      {
        clientId: staffClientId,
        name: "决算编审",
        redirectUris: [`${staffUrl}/callback`, `${staffUrl}${silentRenewal}`],
        postLogoutRedirectUris: [`${staffUrl}/`],
      },
    ],
    now,
    onError: (error) => log.error("The issuer failed.", { error }),
  });
  const heavyPool = createHeavyPool(editions);
  const canWrite = createWriteProbe({ probe: data.probe, vault: data.vault, now, log });
  const statusOfQueues = () => queues.map((one) => one.status());
  const status = openStatus({ metrics, queues: statusOfQueues, canWrite, now });
  const answerRequest = createApiHandler({
    editions,
    reports,
    threads: data.threads,
    unsent: data.unsent,
    registry,
    progress: data.progress,
    vault: data.vault,
    portal: data.portal,
    tickets: data.transfer.tickets,
    links: data.transfer.links,
    renderQueue: renders,
    queues: statusOfQueues,
    canWrite,
    verifyToken: createTokenVerifier({ issuer: issuerUrl, audience: apiAudience, now }),
    sha256,
    now,
    newId,
    log,
    heavyWork: measuredWork(heavyPool.work, metrics),
    rates: ratesOf(settings.requestsPerMinute),
    regionNames: new Map(regions.map(({ code, name }) => [code, name])),
    portalUrl,
    licensedCharacters,
  });
  const api = createGateway({
    handler: (...given) => timed(metrics, "requestTime", () => answerRequest(...given)),
    limits: awsLimits,
    now,
    newId,
    onError: (error, requestId) => log.error("A request failed.", { error, requestId }),
  });
  const app = createStaticFiles({
    dir: join(import.meta.dirname, "../../web/staff/dist"),
    fallback: "single-page",
    headers: (path) => (path === silentRenewal ? framedHeaders : staffHeaders),
    cacheControl: (path) =>
      path.startsWith("/assets/") ? "public, max-age=31536000, immutable" : "no-cache",
  });
  const config = JSON.stringify({
    issuer: issuerUrl,
    clientId: staffClientId,
    resource: apiResource,
    portalUrl,
  });
  const onError = (error: unknown) => log.error("A request failed.", { error });
  serve(
    staff,
    async (request, response) => {
      const path = (request.url ?? "/").split("?")[0] ?? "/";
      if (path.startsWith("/api/")) await api(request, response);
      else if (path === "/oidc" || path.startsWith("/oidc/")) {
        await issuer.handle(request, response);
      } else if (path.startsWith("/files")) {
        await answerWith((one) => data.transfer.handle(one), staffUrl, request, response);
      } else if (path === "/config.json") {
        response.writeHead(200, {
          "content-type": "application/json",
          "cache-control": "no-store",
          ...staffHeaders,
        });
        response.end(config);
      } else if (!(await status.answer(request, response))) await app(request, response);
    },
    onError,
  );
  serve(
    portal,
    createStaticFiles({
      dir: join(dataDir, "portal"),
      fallback: "folder-index",
      headers: () => portalHeaders,
    }),
    onError,
  );

  relay(sweep);
  // Dead letters of earlier runs, too: reports that wait in vain are shown as failed from now on.
  relay(handOverDead);
  // Mails and plans are made once a day whatever is called, so calling hourly is as good as a schedule.
  const runDailyWork = (how: { readonly sweep?: true } = {}) => {
    relay(remind);
    relay(() => clearAbandonedUploads({ files: data.vault, now }));
    for (const { code } of regions) relay(() => planAnew(code, how));
  };
  // After a crash the operator wants to know at once what was lost.
  runDailyWork({ sweep: true });
  let reported = "";
  const reportQueues = () => {
    const failing = statusOfQueues().filter(isQueueFailing);
    const found = failing.map(({ name, dead }) => `${name} ${String(dead)}`).join();
    if (found !== reported && failing.length > 0) {
      log.error("Queues need an operator: see `npm run redrive`.", { queues: failing });
    }
    reported = found;
  };
  const timers = [
    // What a failed relay left behind is taken up without a new start.
    setInterval(() => {
      relay(sweep);
      relay(handOverDead);
      // `npm run redrive` sends messages back through the folders.
      relay(() => Promise.all(queues.map((one) => one.takeIn())));
      reportQueues();
    }, 60_000),
    setInterval(() => runDailyWork(), 3_600_000),
  ];
  const settled = async () => {
    await Promise.all(relaying);
    await renders.drained();
    await publications.drained();
    await Promise.all(relaying);
    // What was published is listed once its event is relayed.
    await publications.drained();
    await Promise.all(relaying);
    await deadLetters.drained();
    await Promise.all(relaying);
    await notices.drained();
  };
  printer.ready().catch((error: unknown) => {
    log.error("No browser to print with.", { error });
    settings.onProgress(errorMessage(error));
  });

  return {
    staffUrl,
    portalUrl,
    issuerUrl,
    data,
    settled,
    close: async () => {
      for (const timer of timers) clearInterval(timer);
      status.close();
      await closed(staff, portal);
      delete relayDeps.current;
      await Promise.all(relaying);
      // The queues first: what fails for want of a printer then is no failure.
      await Promise.all([...queues.map((one) => one.close()), printer.close()]);
      await heavyPool.close();
      await letGo();
    },
  };
}

async function listenOnPorts({
  address,
  staffPort,
  portalPort,
}: HostSettings): Promise<Result<{ staff: Listening; portal: Listening }, { message: string }>> {
  const staff = await listen(address, staffPort, "staff app");
  if (!staff.ok) return staff;
  const portal = await listen(address, portalPort, "public portal");
  if (portal.ok) return ok({ staff: staff.value, portal: portal.value });
  await closed(staff.value);
  return portal;
}

const closed = async (...listening: readonly Listening[]): Promise<void> => {
  await Promise.all(
    listening.map(
      ({ server }) =>
        new Promise<void>((resolve) => {
          server.close(() => {
            resolve();
          });
          server.closeAllConnections();
        }),
    ),
  );
};

/**
 * Opens the stores. The first start seeds in a folder of its own and moves the database in last, so a
 * process killed while seeding is known by that folder and begins anew. Nothing else is ever deleted.
 */
async function openStores(
  { dataDir, seed, editions, now, acceptLossUpTo }: HostSettings,
  filesUrl: string,
): Promise<Result<DataFolder, { readonly message: string }>> {
  // A queue's own folder is made with the queue: a file in `queues` means that the folder is in use.
  const queueFolders = queueNames
    .map((name) => join(dataDir, "queues", name))
    .filter((folder) => existsSync(folder));
  const unwritable = await unwritableFolder([
    ...filesOfHost.map((name) => join(dataDir, name)),
    ...queueFolders,
  ]);
  if (unwritable !== undefined) return err({ message: unwritable });
  const secret = await storedSecret(join(dataDir, "files.secret"));
  if (!secret.ok) return secret;
  const open = (folder: string) =>
    openDataFolder({ folder, sha256, now, secret: secret.value, filesUrl, acceptLossUpTo });
  const nursery = join(dataDir, "seeding");
  const isHalfSeeded = existsSync(nursery) && !(await hasContent(join(dataDir, "db")));
  if (isHalfSeeded) await rm(join(dataDir, "vault"), { recursive: true, force: true });
  await rm(nursery, { recursive: true, force: true });
  const kept = await Promise.all(keptFolders.map((name) => hasContent(join(dataDir, name))));
  if (!kept.includes(true)) {
    const opened = await open(nursery);
    if (!opened.ok) return opened;
    const stage = { ...opened.value, files: opened.value.vault, sha256, editions, now, newId };
    await seedRegistry(stage);
    if (seed === "city") await seedHistory(stage);
    await opened.value.close();
    for (const name of ["vault", "db"]) {
      await rm(join(dataDir, name), { recursive: true, force: true }); // an empty one
      await rename(join(nursery, name), join(dataDir, name));
    }
    await rm(nursery, { recursive: true });
  }
  return open(dataDir);
}

/** What this process writes in a data folder, besides its database. */
const filesOfHost = ["vault", "portal", "mail", "oidc", "queues"];

/** Signs upload tickets and download links; made once, so that they outlive a restart. */
async function storedSecret(path: string): Promise<Result<string, { readonly message: string }>> {
  if (!existsSync(path)) {
    await writeFileAtomic(path, randomBytes(32).toString("hex"), { mode: 0o600 });
  }
  const stored = await readFile(path, "utf8");
  if (/^[0-9a-f]{64}$/u.test(stored)) return ok(stored);
  return err({
    message: `${path} does not hold the 64 characters that were written there: put it back, or remove it (links handed out before then stop working).`,
  });
}

/** Whom the embedded issuer lets in: the seeded people, all with the demonstration password. */
async function people(): Promise<Person[]> {
  const passwordHash = await hashPassword(demoPassword);
  return city.flatMap(({ orgs, people: seeded }) =>
    seeded.map(({ id, name, memberships: [first] }) => ({
      subject: id,
      username: id,
      name,
      organisation: orgs.find(({ code }) => code === first.orgCode)?.name ?? first.orgCode,
      role: roleName[first.role],
      passwordHash,
    })),
  );
}

/** antd writes its styles at run time; scripts come from here alone. */
const staffHeadersFramedBy = (ancestors: "'none'" | "'self'") => ({
  "content-security-policy": `default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; frame-src 'self'; frame-ancestors ${ancestors}; base-uri 'none'; form-action 'self'`,
  "referrer-policy": "same-origin",
  "x-frame-options": ancestors === "'none'" ? "DENY" : "SAMEORIGIN",
});

const staffHeaders = staffHeadersFramedBy("'none'");

/** The page in which a sign-in is renewed without a refresh token: a hidden frame of the app itself. */
const silentRenewal = "/silent-renew.html";
const framedHeaders = staffHeadersFramedBy("'self'");

const portalHeaders = {
  "content-security-policy":
    "default-src 'none'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
  "referrer-policy": "same-origin",
};
