import "../../../infra/local/quiet-sdk.ts";
import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { signIn, type Colleague } from "../../../infra/local/demo/client.ts";
import { narrativeSchema } from "../../../shared/report/sections.ts";
import {
  eventsResponse,
  publicationResponse,
  reportResponse,
  savedSectionResponse,
  sectionResponse,
  verificationResponse,
  type ReportView,
} from "../../../shared/contract/responses.ts";
import { stageAbove } from "../../../shared/workflow/decide.ts";
import { signOffKinds } from "../../../shared/workflow/transitions.ts";
import { casts, reportOf, type Cast } from "./cast.ts";
import {
  effectFaults,
  fileFaults,
  headFaults,
  indexFaults,
  queueFaults,
  storedReport,
} from "./inspect.ts";
import { openStores, queueNames } from "./office.ts";
import { programFile } from "../../programs.ts";
import { createRandom, type Random } from "../../random.ts";
import { honestRefusals } from "./witness.ts";
import { omitUndefined } from "../../../shared/omit-undefined.ts";

/** `npm start` itself, with HTTP, tokens and Chromium, killed while requests are in flight. */
const rounds = 6;
/** No round waits longer for the answers it is to die after. */
const longestRoundMs = 2_500;

/** What was acknowledged to a report's people, and what they had requested when the process died. */
interface Acknowledged {
  /** Who acted, in the order of the answers. */
  readonly acts: string[];
  /** What the last saved narrative says. */
  token: string | undefined;
  inFlight: { readonly by: string; readonly token?: string } | undefined;
}

const random = createRandom(20231116);
const acknowledged = new Map<Cast, Acknowledged>();
const people = new Map<string, Colleague>();
const faults: string[] = [];
const counts = { kills: 0, saves: 0, acts: 0, refused: 0, cutShort: 0, cutShortButStored: 0 };
let dataDir: string;
let ports: readonly [staff: number, portal: number];
let host: ChildProcess | undefined;

beforeAll(async () => {
  dataDir = await mkdtemp(join(inject("runFolder"), "front-door-"));
  ports = [await freePort(), await freePort()];
  await start();
  const address = `http://127.0.0.1:${String(ports[0])}`;
  const at = { staffUrl: address, issuerUrl: `${address}/oidc` };
  const names = casts.flatMap(({ preparer, reviewers, signers }) => [
    preparer,
    ...Object.values(reviewers),
    ...Object.values(signers),
  ]);
  for (const name of new Set(names)) people.set(name, await signIn(at, name));
  for (const cast of casts) {
    acknowledged.set(cast, { acts: await actsOf(cast), token: undefined, inFlight: undefined });
  }
  for (let round = 0; round < rounds; round += 1) {
    await workUntilKilled(4 + random.below(18), random.below(40));
    await start();
    for (const cast of casts) {
      faults.push(...(await compare(cast)).map((fault) => `Round ${String(round)}: ${fault}`));
    }
  }
  await settled();
}, 240_000);

afterAll(async () => {
  await end("SIGKILL");
  await rm(dataDir, { recursive: true, force: true });
});

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  if (address === null || typeof address === "string") throw new Error("No port was given.");
  return address.port;
}

async function start(): Promise<void> {
  const [staff, portal] = ports.map(String);
  const child = spawn(
    process.execPath,
    [
      ...[await programFile("infra/local/main.ts"), "--data", dataDir],
      ...["--port", staff ?? "", "--portal-port", portal ?? ""],
      ...["--person-rate", "60000", "--address-rate", "60000"],
    ],
    { stdio: ["ignore", "pipe", "inherit"] },
  );
  host = child;
  await new Promise<void>((ready, failed) => {
    let output = "";
    child.stdout.on("data", (chunk: Buffer) => {
      output += chunk.toString("utf8");
      if (output.includes("Ctrl-C stops.")) ready();
    });
    child.once("exit", () => failed(new Error(`npm start ended: ${output}`)));
  });
}

async function end(signal: "SIGKILL" | "SIGTERM"): Promise<unknown> {
  const child = host;
  host = undefined;
  if (child === undefined || child.exitCode !== null) return undefined;
  child.kill(signal);
  const [code] = (await once(child, "exit")) as [number | null];
  return code;
}

/** Everybody works until so many answers came, and a little longer. */
async function workUntilKilled(answers: number, delayMs: number): Promise<void> {
  const until = { dead: false, answers: 0 };
  const working = casts.map((cast) => workOn(cast, until));
  const latest = performance.now() + longestRoundMs;
  while (until.answers < answers && performance.now() < latest) await pause(2);
  await pause(delayMs);
  until.dead = true;
  await end("SIGKILL");
  counts.kills += 1;
  await Promise.all(working);
}

async function workOn(cast: Cast, until: { dead: boolean; answers: number }): Promise<void> {
  const acknowledged = acknowledgedOf(cast);
  const path = `/reports/${reportOf(cast)}`;

  async function act(by: string, work: () => Promise<unknown>, token?: string): Promise<void> {
    acknowledged.inFlight = { by, ...omitUndefined({ token }) };
    try {
      await work();
    } catch (error) {
      if (until.dead) return;
      acknowledged.inFlight = undefined;
      counts.refused += 1;
      const [, code = ""] = /was answered 4\d\d: (\w+)/u.exec(String(error)) ?? [];
      if (!honestRefusals.has(code)) faults.push(`${path}: ${String(error)}`);
      return;
    }
    acknowledged.inFlight = undefined;
    until.answers += 1;
    if (token === undefined) {
      counts.acts += 1;
      acknowledged.acts.push(by);
    } else {
      counts.saves += 1;
      acknowledged.token = token;
    }
  }
  const post = (by: string | undefined, order: string, body: unknown = {}) =>
    act(by ?? "", () => person(by).post(`${path}/${order}`, body, reportResponse));

  async function save(): Promise<void> {
    const preparer = person(cast.preparer);
    const section = `${path}/sections/narrative`;
    const { pointer, value } = await preparer.get(section, sectionResponse);
    const token = word(random);
    const narrative = narrativeSchema.parse(value);
    const body = {
      base: pointer?.sha256 ?? null,
      value: { ...narrative, additions: { basic: [`另需说明：${token}。`] } },
    };
    await act(cast.preparer, () => preparer.put(section, body, savedSectionResponse), token);
  }

  async function next({ state, kind, editionHash }: ReportView): Promise<void> {
    if (state.status === "draft") {
      await (random.chance(0.7) ? save() : post(cast.preparer, "submit"));
    } else if (state.status === "in_review") {
      const reviewer = cast.reviewers[state.stage];
      const missing = signOffKinds.find((one) => state.signOffs[one] === undefined);
      const isSigned = stageAbove(kind, state.stage) === "unit" || missing === undefined;
      if (random.chance(0.1)) {
        const reason = `请核对${word(random)}。`;
        await post(reviewer, "return", { editionHash, reason, to: "preparer" });
      } else if (!isSigned && random.chance(0.7)) {
        await post(cast.signers[missing], "sign-offs", { editionHash, kind: missing });
      } else {
        await post(reviewer, "approve", { editionHash, documentNumber: "财决〔2023〕7号" });
      }
    } else if (state.status === "published" && random.chance(0.3)) {
      await post(cast.preparer, "correct", { reason: `更正${word(random)}。` });
    } else await pause(100);
  }

  while (!until.dead && acknowledged.inFlight === undefined) {
    const view = await person(cast.preparer)
      .get(path, reportResponse)
      .catch(() => undefined);
    if (view === undefined)
      await pause(20); // not opened, or the process is gone
    else
      await next(view).catch((error: unknown) => {
        if (!until.dead) faults.push(`${path}: ${String(error)}`);
      });
  }
}

/** Compares what was acknowledged with what the next process answers. */
async function compare(cast: Cast): Promise<string[]> {
  const acknowledged = acknowledgedOf(cast);
  const id = reportOf(cast);
  const found: string[] = [];
  const { inFlight } = acknowledged;
  acknowledged.inFlight = undefined;
  if (inFlight !== undefined) counts.cutShort += 1;

  const acts = await actsOf(cast);
  const isStored = inFlight?.token === undefined && acts.length === acknowledged.acts.length + 1;
  if (isStored && inFlight !== undefined) {
    acknowledged.acts.push(inFlight.by);
    counts.cutShortButStored += 1;
  }
  if (acts.join() !== acknowledged.acts.join()) {
    found.push(
      `${id}: acknowledged were ${acknowledged.acts.join()}, and ${acts.join()} are stored.`,
    );
  }
  const auditor = person(cast.reviewers.bureau);
  const { value } = await auditor
    .get(`/reports/${id}/sections/narrative`, sectionResponse)
    .catch(() => ({ value: undefined }));
  const text = JSON.stringify({ value });
  if (inFlight?.token !== undefined && text.includes(inFlight.token)) {
    acknowledged.token = inFlight.token;
    counts.cutShortButStored += 1;
  }
  if (acknowledged.token !== undefined && !text.includes(acknowledged.token)) {
    found.push(
      `${id}: the narrative acknowledged with ${acknowledged.token} is ${text.slice(-200)}`,
    );
  }
  return found;
}

/** Who acted on a report, oldest first, its chain having been verified; nobody where there is none. */
async function actsOf(cast: Cast): Promise<string[]> {
  const auditor = person(cast.reviewers.bureau);
  const path = `/reports/${reportOf(cast)}/events`;
  const acts: string[] = [];
  let after: string | undefined;
  do {
    const query = after === undefined ? "" : `&after=${encodeURIComponent(after)}`;
    const page = await auditor.get(`${path}?limit=100${query}`, eventsResponse);
    for (const item of page.items) {
      if (!("event" in item)) faults.push(`${path}: event ${String(item.seq)} cannot be read.`);
      else if (item.event.by !== "publish") acts.push(item.event.by);
    }
    after = page.next;
  } while (after !== undefined);
  const verified = await auditor.get(`${path}/verification`, verificationResponse);
  if (!verified.intact) faults.push(`${path}: link ${String(verified.brokenAt)} is broken.`);
  return acts;
}

/** Waits until every approved report is public and no message waits, then stops as Ctrl-C does. */
async function settled(): Promise<void> {
  for (let quiet = 0; quiet < 3;) {
    await pause(100);
    let owed = 0;
    for (const name of queueNames) {
      owed += (await readdir(join(dataDir, "queues", name, "waiting"))).length;
    }
    for (const cast of casts) {
      const path = `/reports/${reportOf(cast)}/publication`;
      const { status } = await person(cast.reviewers.bureau).get(path, publicationResponse);
      if (status === "rendering" || status === "publishing") owed += 1;
    }
    quiet = owed === 0 ? quiet + 1 : 0;
  }
  if ((await end("SIGTERM")) !== 0) faults.push("The process did not stop cleanly.");
}

function person(id: string | undefined): Colleague {
  const found = people.get(id ?? "");
  if (found === undefined) throw new Error(`Nobody is called ${String(id)}.`);
  return found;
}

function acknowledgedOf(cast: Cast): Acknowledged {
  const found = acknowledged.get(cast);
  if (found === undefined) throw new Error(`Nobody watches ${reportOf(cast)}.`);
  return found;
}

function word({ below }: Random): string {
  return Array.from({ length: 12 }, () => "bcdfghjklmnpqrstvwxz"[below(20)]).join("");
}

describe("npm start, killed with -9 while people wait for answers", () => {
  it("was killed in the midst of work", () => {
    console.log(`At the front door: ${JSON.stringify(counts)}`);
    expect(counts.kills).toBe(rounds);
    expect(counts.saves + counts.acts).toBeGreaterThan(10);
    expect(counts.cutShort).toBeGreaterThan(0);
  });

  it("has lost nothing that a person was answered, and lets the same tokens in again", () => {
    expect(faults).toEqual([]);
  });

  it("has printed and published each approved report once, and every store is whole", async () => {
    const stores = await openStores(dataDir);
    const found = [...(await queueFaults(dataDir)), ...(await fileFaults(stores))];
    const current = await Promise.all(casts.map((cast) => storedReport(stores, reportOf(cast))));
    const reports = current.filter((one) => one !== undefined);
    for (const one of reports) {
      found.push(...(await headFaults(stores, one)), ...(await effectFaults(stores, one)));
    }
    const heads = reports.map(({ head }) => head);
    found.push(...(await indexFaults(stores, heads)));
    await stores.close();
    const publications = reports
      .flatMap(({ events }) => events)
      .filter(({ event }) => event.type === "published").length;
    console.log(`At the front door: ${String(publications)} publications printed with Chromium`);
    expect(found).toEqual([]);
    expect(heads.filter((head) => "publication" in head.state).length).toBeGreaterThan(1);
  });
});
