import { join } from "node:path";
import { createApiHandler } from "../../functions/api/handler.ts";
import { ratesOf } from "../../functions/api/rate-limit.ts";
import { errorMessage } from "../../functions/platform/errors.ts";
import { newCode, newId, sha256 } from "../../functions/platform/ids.ts";
import type { Log } from "../../functions/platform/log.ts";
import {
  countedErrors,
  measuredFiles,
  measuredStores,
  measuredWork,
} from "../../functions/platform/measured-ports.ts";
import {
  createMetricsWindow,
  timed,
  type MetricsWindow,
} from "../../functions/platform/metrics.ts";
import { licensedCoverage } from "../../functions/render/fonts.ts";
import { createWriteProbe } from "../../functions/use-cases/write-probe.ts";
import { err, ok, type Result } from "../../shared/result.ts";
import { openBackgroundWork, type BackgroundWork } from "./background-work.ts";
import { type CallerAddress, createCallerAddress } from "./caller-address.ts";
import type { DataFolder } from "./data-folder.ts";
import { acquireDataLock } from "./data-lock.ts";
import { answerWith } from "./fetch-listener.ts";
import { createGateway } from "./gateway/gateway.ts";
import { awsLimits } from "./gateway/limits.ts";
import { createHeavyPool, type HeavyPool } from "./heavy-pool.ts";
import type { HostSettings } from "./host-settings.ts";
import { openMail } from "./installation/open-mail.ts";
import { configOf, openSignIn, type SignIn } from "./installation/open-sign-in.ts";
import { loadServed, type Served } from "./installation/served.ts";
import { createLaterPrinter } from "./later-printer.ts";
import { localMailsPath } from "./local-mails.ts";
import { listen, serve, urlOf, type Listening } from "./listen.ts";
import { openStores } from "./open-stores.ts";
import { startScheduledWork } from "./scheduled-work.ts";
import { createPortalSite, createStaffSite } from "./staff-site.ts";
import { openStatus } from "./status/status.ts";

export interface Host {
  readonly staffUrl: string;
  /** Where it listens, whatever proxy is in front of it. */
  readonly localUrl: string;
  readonly portalUrl: string;
  readonly issuerUrl: string;
  /** Everybody knows its people and their password. */
  readonly isDemonstration: boolean;
  /** Resolves when every effect of what was committed so far is done. */
  readonly settled: () => Promise<void>;
  readonly data: DataFolder;
  readonly close: () => Promise<void>;
}

/** The whole system in this process: the functions AWS runs, on folders. Refusals are one sentence. */
export async function startHost(
  settings: HostSettings,
): Promise<Result<Host, { readonly message: string }>> {
  const served = await loadServed(settings.dataDir);
  if (!served.ok) return served;
  const { installation } = served.value;
  if (installation === undefined && settings.refusesDemonstration === true) {
    return err({
      message: `${settings.dataDir} 不是正式系统的数据文件夹：请先用 npm run setup -- --data ${settings.dataDir} 建立。没有改动任何内容。`,
    });
  }
  const lock = await acquireDataLock(settings.dataDir, { now: settings.now });
  if (!lock.ok) return lock;
  const releases: (() => Promise<void>)[] = [() => lock.value.release()];
  const release = async () => {
    for (const one of releases.reverse()) await one();
  };
  try {
    const ports = await listenOnPorts(settings);
    if (ports.ok) {
      releases.push(() => closed(ports.value.staff, ports.value.portal));
      const addresses = addressesOf(settings, served.value, ports.value);
      const filesUrl = `${addresses.staffUrl}/files`;
      const data = await openStores(settings, { installation, filesUrl });
      if (data.ok) {
        releases.push(() => data.value.close());
        const opened = { ...ports.value, ...addresses, served: served.value };
        return ok(await startServers(settings, { ...opened, data: data.value, release }));
      }
      await release();
      return data;
    }
    await release();
    return ports;
  } catch (error) {
    await release();
    throw error;
  }
}

interface Ports {
  readonly staff: Listening;
  readonly portal: Listening;
}

interface Addresses {
  /** As people's browsers name them. */
  readonly staffUrl: string;
  readonly portalUrl: string;
  /** Where this process answers itself. */
  readonly localUrl: string;
}

function addressesOf(
  { address }: HostSettings,
  { installation }: Served,
  { staff, portal }: Ports,
): Addresses {
  const localUrl = urlOf(address, staff);
  return {
    localUrl,
    staffUrl: installation?.staffUrl ?? localUrl,
    portalUrl: installation?.portalUrl ?? urlOf(address, portal),
  };
}

interface Opened extends Ports, Addresses {
  readonly served: Served;
  readonly data: DataFolder;
  readonly release: () => Promise<void>;
}

/** Every function of the system behind the ports taken, on the stores opened. */
async function startServers(settings: HostSettings, opened: Opened): Promise<Host> {
  const { dataDir, editions, now } = settings;
  const { staff, portal, staffUrl, portalUrl, localUrl, served } = opened;
  const { regions } = served;
  const metrics = createMetricsWindow(() => Date.parse(now()));
  const log = countedErrors(settings.log, metrics);
  const data = measuredFolder(opened.data, metrics);
  const callerAddress = createCallerAddress(served.installation?.trustedProxies ?? []);
  const mail = openMail(served, { dataDir, now });
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
  const shared = { dataDir, data, editions, licensedCharacters, staffUrl, portalUrl, metrics, now };
  const work = await openBackgroundWork({ ...shared, regions, mail, printer, log });
  const signIn = await openSignIn({
    ...{ served, dataDir, staffUrl, localUrl, registry: work.registry, callerAddress, now, log },
  });
  const heavyPool = createHeavyPool();
  const canWrite = createWriteProbe({ probe: data.probe, vault: data.vault, now, log });
  const queues = () => work.queues.map((one) => one.status());
  const status = openStatus({ metrics, queues, canWrite, now });
  const api = createApi({
    ...{ ...shared, settings, work, heavyPool, queues, canWrite, signIn, log },
    ...{ served, callerAddress, canMail: mail.canMail },
  });
  const site = createStaffSite({
    api,
    issuer: signIn.answer,
    files: (request, response) =>
      answerWith((one) => data.transfer.handle(one), staffUrl, request, response),
    status: (request, response) => status.answer(request, response),
    localMails: mail.localMails,
    config: configOf(signIn, portalUrl, mail.localMails && staffUrl + localMailsPath),
    signInOrigins: signIn.origins,
  });
  const onError = (error: unknown) => log.error("A request failed.", { error });
  serve(staff, site, onError);
  serve(portal, createPortalSite(join(dataDir, "portal")), onError);
  const stopSchedule = startScheduledWork(work, {
    ...{ files: data.vault, regions: regions.map(({ code }) => code), now, log },
  });
  printer.ready().catch((error: unknown) => {
    log.error("No browser to print with.", { error });
    settings.onProgress(errorMessage(error));
  });
  return {
    ...{ staffUrl, localUrl, portalUrl, issuerUrl: signIn.issuerUrl, data, settled: work.settled },
    isDemonstration: served.installation === undefined,
    close: async () => {
      stopSchedule();
      status.close();
      await closed(staff, portal);
      await signIn.close();
      await work.stopRelay();
      // The queues first: what fails for want of a printer then is no failure.
      await Promise.all([...work.queues.map((one) => one.close()), printer.close()]);
      await heavyPool.close();
      await opened.release();
    },
  };
}

const measuredFolder = (data: DataFolder, metrics: MetricsWindow): DataFolder => ({
  ...measuredStores(data, metrics),
  vault: measuredFiles(data.vault, metrics),
  portal: measuredFiles(data.portal, metrics),
});

/** The API behind the event bridge of the gateway, as on AWS. */
function createApi({
  settings,
  data,
  work,
  heavyPool,
  queues,
  canWrite,
  signIn,
  served,
  callerAddress,
  canMail,
  portalUrl,
  licensedCharacters,
  metrics,
  log,
}: {
  readonly settings: HostSettings;
  readonly data: DataFolder;
  readonly work: BackgroundWork;
  readonly heavyPool: HeavyPool;
  readonly queues: ApiHandlerDeps["queues"];
  readonly canWrite: ApiHandlerDeps["canWrite"];
  readonly signIn: SignIn;
  readonly served: Served;
  readonly callerAddress: CallerAddress;
  readonly canMail: boolean;
  readonly portalUrl: string;
  readonly licensedCharacters: ApiHandlerDeps["licensedCharacters"];
  readonly metrics: MetricsWindow;
  readonly log: Log;
}) {
  const { editions, now } = settings;
  const answerRequest = createApiHandler({
    ...{ editions, sha256, now, newId, newCode, log, portalUrl, queues, canWrite, canMail },
    ...{ reports: work.reports, registry: work.registry },
    ...{ renderQueue: work.renders, notifyQueue: work.notices, accounts: signIn.accounts },
    threads: data.threads,
    unsent: data.unsent,
    looks: data.looks,
    notices: data.notices,
    progress: data.progress,
    audit: data.audit,
    vault: data.vault,
    portal: data.portal,
    tickets: data.transfer.tickets,
    links: data.transfer.links,
    verifyToken: signIn.verifyToken,
    heavyWork: measuredWork(heavyPool.work, metrics),
    rates: ratesOf(settings.requestsPerMinute),
    regionNames: new Map(served.regions.map(({ code, name }) => [code, name])),
    licensedCharacters,
  });
  return createGateway({
    handler: (...request) => timed(metrics, "requestTime", () => answerRequest(...request)),
    limits: awsLimits,
    callerAddress,
    now,
    newId,
    onError: (error, requestId) => log.error("A request failed.", { error, requestId }),
  });
}

type ApiHandlerDeps = Required<Parameters<typeof createApiHandler>[0]>;

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
