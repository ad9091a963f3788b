import { join } from "node:path";
import { createApiHandler } from "../../functions/api/handler.ts";
import { ratesOf } from "../../functions/api/rate-limit.ts";
import { createTokenVerifier } from "../../functions/platform/auth/verify-token.ts";
import { errorMessage } from "../../functions/platform/errors.ts";
import { newId, sha256 } from "../../functions/platform/ids.ts";
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
import { ok, type Result } from "../../shared/result.ts";
import { openBackgroundWork, type BackgroundWork } from "./background-work.ts";
import { openCityIssuer, staffClientId } from "./city-issuer.ts";
import type { DataFolder } from "./data-folder.ts";
import { acquireDataLock } from "./data-lock.ts";
import { answerWith } from "./fetch-listener.ts";
import { createGateway } from "./gateway/gateway.ts";
import { awsLimits } from "./gateway/limits.ts";
import { createHeavyPool, type HeavyPool } from "./heavy-pool.ts";
import type { HostSettings } from "./host-settings.ts";
import { createLaterPrinter } from "./later-printer.ts";
import { listen, serve, urlOf, type Listening } from "./listen.ts";
import { apiAudience, apiResource } from "./oidc/provider-settings.ts";
import { openStores } from "./open-stores.ts";
import { startScheduledWork } from "./scheduled-work.ts";
import { city } from "./seed/city.ts";
import { createPortalSite, createStaffSite } from "./staff-site.ts";
import { openStatus } from "./status/status.ts";

export interface Host {
  readonly staffUrl: string;
  readonly portalUrl: string;
  readonly issuerUrl: string;
  /** Resolves when every effect of what was committed so far is done. */
  readonly settled: () => Promise<void>;
  readonly data: DataFolder;
  readonly close: () => Promise<void>;
}

/** The whole system in this process: the functions AWS runs, on folders. Refusals are one sentence. */
export async function startHost(
  settings: HostSettings,
): Promise<Result<Host, { readonly message: string }>> {
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
      const filesUrl = `${urlOf(settings.address, ports.value.staff)}/files`;
      const data = await openStores(settings, filesUrl);
      if (data.ok) {
        releases.push(() => data.value.close());
        return ok(await startServers(settings, { ...ports.value, data: data.value, release }));
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

interface Opened {
  readonly staff: Listening;
  readonly portal: Listening;
  readonly data: DataFolder;
  readonly release: () => Promise<void>;
}

/** Every function of the system behind the ports taken, on the stores opened. */
async function startServers(settings: HostSettings, opened: Opened): Promise<Host> {
  const { dataDir, editions, now } = settings;
  const { staff, portal } = opened;
  const metrics = createMetricsWindow(() => Date.parse(now()));
  const log = countedErrors(settings.log, metrics);
  const data = measuredFolder(opened.data, metrics);
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
  const shared = { dataDir, data, editions, licensedCharacters, staffUrl, portalUrl, metrics, now };
  const work = await openBackgroundWork({ ...shared, printer, log });
  const issuer = await openCityIssuer({ issuerUrl, staffUrl, dataDir, now, log });
  const heavyPool = createHeavyPool();
  const canWrite = createWriteProbe({ probe: data.probe, vault: data.vault, now, log });
  const queues = () => work.queues.map((one) => one.status());
  const status = openStatus({ metrics, queues, canWrite, now });
  const api = createApi({ ...shared, settings, work, heavyPool, queues, canWrite, issuerUrl, log });
  const site = createStaffSite({
    api,
    issuer: (request, response) => issuer.handle(request, response),
    files: (request, response) =>
      answerWith((one) => data.transfer.handle(one), staffUrl, request, response),
    status: (request, response) => status.answer(request, response),
    config: { issuer: issuerUrl, clientId: staffClientId, resource: apiResource, portalUrl },
  });
  const onError = (error: unknown) => log.error("A request failed.", { error });
  serve(staff, site, onError);
  serve(portal, createPortalSite(join(dataDir, "portal")), onError);
  const stopSchedule = startScheduledWork(work, { files: data.vault, regions, now, log });
  printer.ready().catch((error: unknown) => {
    log.error("No browser to print with.", { error });
    settings.onProgress(errorMessage(error));
  });
  return {
    ...{ staffUrl, portalUrl, issuerUrl, data, settled: work.settled },
    close: async () => {
      stopSchedule();
      status.close();
      await closed(staff, portal);
      await work.stopRelay();
      // The queues first: what fails for want of a printer then is no failure.
      await Promise.all([...work.queues.map((one) => one.close()), printer.close()]);
      await heavyPool.close();
      await opened.release();
    },
  };
}

const regions = city.map(({ settings }) => settings.code);

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
  issuerUrl,
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
  readonly issuerUrl: string;
  readonly portalUrl: string;
  readonly licensedCharacters: ApiHandlerDeps["licensedCharacters"];
  readonly metrics: MetricsWindow;
  readonly log: Log;
}) {
  const { editions, now } = settings;
  const answerRequest = createApiHandler({
    ...{ editions, sha256, now, newId, log, portalUrl, queues, canWrite },
    ...{ reports: work.reports, registry: work.registry, renderQueue: work.renders },
    threads: data.threads,
    unsent: data.unsent,
    progress: data.progress,
    audit: data.audit,
    effects: data.effects,
    vault: data.vault,
    portal: data.portal,
    tickets: data.transfer.tickets,
    links: data.transfer.links,
    verifyToken: createTokenVerifier({ issuer: issuerUrl, audience: apiAudience, now }),
    heavyWork: measuredWork(heavyPool.work, metrics),
    rates: ratesOf(settings.requestsPerMinute),
    regionNames: new Map(city.map((one) => [one.settings.code, one.settings.name])),
    licensedCharacters,
  });
  return createGateway({
    handler: (...request) => timed(metrics, "requestTime", () => answerRequest(...request)),
    limits: awsLimits,
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
