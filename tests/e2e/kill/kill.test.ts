import "../../../infra/local/quiet-sdk.ts";
import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { shippedEditions } from "../../../shared/editions/shipped-editions.ts";
import { canonicalJson } from "../../../shared/canonical-json.ts";
import { queueOfEffect } from "../../../shared/contract/messages.ts";
import { react } from "../../../shared/workflow/react.ts";
import { sha256 } from "../../../functions/platform/ids.ts";
import type { DataFolder } from "../../../infra/local/data-folder.ts";
import { casts, reportOf } from "./cast.ts";
import {
  countCutShort,
  effectFaults,
  fileFaults,
  headFaults,
  indexFaults,
  queueFaults,
  storedReport,
  type StoredReport,
} from "./inspect.ts";
import { openStores } from "./office.ts";
import { prepareFolder } from "./prepare.ts";
import { startWorker } from "./process.ts";
import { programFile } from "../../programs.ts";
import { createRandom } from "../../random.ts";
import type { Assignment, OutputLine } from "./output-line.ts";
import { createWitness, type Remembered } from "./witness.ts";

const rounds = 50;
const reports = casts.map(reportOf);

/** A process dies some time after it reported something for the nth time, so that no clock decides how far it got. */
interface Death {
  readonly after: "begins" | "saves" | "saved" | "orders" | "submit" | "approve";
  readonly nth: number;
  readonly delayMs: number;
}

const random = createRandom(20231115);
const deaths: readonly Death[] = Array.from({ length: rounds }, (_, round) => {
  const delayMs = random.below(random.pick([2, 20, 80]));
  if (round % 10 === 5) return { after: "begins", nth: 1, delayMs: 10 * delayMs };
  const after = random.pick(["saves", "saved", "orders", "submit", "approve"] as const);
  const most = { saves: 12, saved: 12, orders: 8, submit: 1, approve: 2 }[after];
  return { after, nth: 1 + random.below(most), delayMs };
});
/** No round waits longer for what it is to die after; long enough to get to work on a busy machine. */
const longestRoundMs = 5_000;

let folder: string;
let program: string;
let contents: string;
const witness = createWitness();
const faults: string[] = [];
let kills = 0;
let effectsCutShort = 0;
let living: ReturnType<typeof startWorker> | undefined;

beforeAll(async () => {
  folder = await mkdtemp(join(inject("runFolder"), "kill-"));
  program = await programFile("tests/e2e/kill/worker.ts");
  contents = await prepareFolder(folder);
  for (const one of await withStores(everyReport)) witness.trust(one);
  let next = worker(0, "act");
  for (const [round, death] of deaths.entries()) {
    if ((await liveUntil(next, death)) === "SIGKILL") kills += 1;
    effectsCutShort += await countCutShort(folder);
    next = worker(round + 1, round + 1 < rounds ? "act" : "settle"); // loads while we look
    for (const fault of await look({ closely: round % 10 === 9 })) {
      faults.push(`Round ${String(round)} (${JSON.stringify(death)}): ${fault}`);
    }
  }
  await next.begin();
  await next.ended;
  faults.push(...(await look({ closely: true })).map((fault) => `At rest: ${fault}`));
}, 480_000);

afterAll(async () => {
  living?.kill();
  await living?.ended;
  await rm(folder, { recursive: true, force: true });
});

function worker(seed: number, task: Assignment["task"]) {
  const listeners = [(line: OutputLine) => witness.hear(line)];
  const started = startWorker(program, { folder, seed, task, contents }, (line) => {
    for (const listen of listeners) listen(line);
  });
  living = started;
  return { ...started, listeners };
}

async function liveUntil(
  process: ReturnType<typeof worker>,
  { after, nth, delayMs }: Death,
): Promise<NodeJS.Signals | null> {
  const timers: NodeJS.Timeout[] = [];
  const dieIn = (ms: number) => timers.push(setTimeout(() => process.kill(), ms));
  let times = 0;
  process.listeners.push((line) => {
    const reported: readonly string[] = [line.say, line.say === "orders" ? line.order : ""];
    if (reported.includes(after) && (times += 1) === nth) dieIn(delayMs);
  });
  await process.begin();
  dieIn(after === "begins" ? delayMs : longestRoundMs);
  const signal = await process.ended;
  timers.forEach(clearTimeout);
  return signal;
}

/** Opens the folder as the next start will, and names every fault of what is stored. */
async function look({ closely }: { readonly closely: boolean }): Promise<string[]> {
  return withStores(async (stores) => {
    const found: string[] = [];
    const stored = await everyReport(stores);
    for (const id of reports) {
      const one = stored.find(({ head }) => head.id === id);
      found.push(...(await witness.compare(witnessed(stores), id, one)));
      if (one !== undefined) found.push(...(await headFaults(stores, one)));
    }
    if (!closely) return found;
    const heads = stored.map(({ head }) => head);
    return [...found, ...(await indexFaults(stores, heads)), ...(await fileFaults(stores))];
  });
}

const witnessed = ({ vault, threads }: DataFolder) => ({
  files: vault,
  threads,
  sha256,
  editions: shippedEditions,
});

async function withStores<Value>(work: (stores: DataFolder) => Promise<Value>): Promise<Value> {
  const stores = await openStores(folder);
  try {
    return await work(stores);
  } finally {
    await stores.close();
  }
}

async function everyReport(stores: DataFolder): Promise<StoredReport[]> {
  const found = await Promise.all(reports.map((id) => storedReport(stores, id)));
  return found.filter((one) => one !== undefined);
}

describe("a process killed with -9 fifty times while people save, submit and publish", () => {
  it("was in the midst of work each time", () => {
    const { counts } = witness;
    console.log(`After ${String(kills)} kills: ${JSON.stringify({ ...counts, effectsCutShort })}`);
    expect(kills).toBe(rounds);
    expect(counts.saves).toBeGreaterThan(20);
    expect(counts.orders).toBeGreaterThan(20);
    expect(counts.cutShort).toBeGreaterThan(10);
    expect(effectsCutShort).toBeGreaterThan(5);
  });

  it("loses no acknowledged change and leaves no head, chain, blob or index half-written", () => {
    expect(faults).toEqual([]);
  });

  it("has done every effect exactly once in its result when nothing is owed any more", async () => {
    const { found, publications } = await effects();
    console.log(`${String(publications)} publications`);
    expect(found).toEqual([]);
    expect(publications).toBeGreaterThan(0);
  });

  it("changes nothing when every message of its life is delivered again", async () => {
    const before = await withStores(everything);
    await sendAgain();
    const again = worker(rounds + 1, "settle");
    await again.begin();
    await again.ended;
    expect((await effects()).found).toEqual([]);
    expect(await withStores(everything)).toEqual(before);
  }, 60_000);
});

/** Every message of every event waits again, as when a queue that forgot them is filled from the chain. */
async function sendAgain(): Promise<void> {
  const events = (await withStores(everyReport)).flatMap((one) => one.events);
  const at = new Date().toISOString();
  for (const link of events) {
    for (const effect of react(link)) {
      const name = queueOfEffect[effect.type];
      if (name === "notify") continue;
      const id = `${link.reportId}.${String(link.seq)}.${effect.type}`;
      const body = canonicalJson({ ...effect });
      const message = { id, body, sentAt: at, begun: 0, failed: 0, notBefore: at };
      const file = join(folder, "queues", name, "waiting", `${sha256(id)}.sha256.json`);
      await writeFile(file, JSON.stringify(message));
    }
  }
}

async function effects(): Promise<{ found: string[]; publications: number }> {
  return withStores(async (stores) => {
    const found = await queueFaults(folder);
    const stored = await everyReport(stores);
    for (const one of stored) found.push(...(await effectFaults(stores, one)));
    const published = stored
      .flatMap(({ events }) => events)
      .filter(({ event }) => event.type === "published");
    return { found, publications: published.length };
  });
}

/** Every file by its hash, every letter, and every report with its history. */
async function everything(stores: DataFolder) {
  const files: Record<string, string> = {};
  for (const [name, store] of [
    ["vault", stores.vault],
    ["portal", stores.portal],
  ] as const) {
    for (const { key } of await store.list("")) {
      files[`${name}/${key}`] = sha256((await store.get(key)) ?? "");
    }
  }
  return {
    files,
    letters: (await readdir(join(folder, "mail"))).sort(),
    reports: await everyReport(stores),
  };
}

/** Damage done on purpose: the same looks that found nothing must name it. */
describe("the search for faults", () => {
  const [id = ""] = reports;
  const later = "2099-01-01T00:00:00.000Z";

  it.each<[what: string, lie: (remembered: Remembered) => unknown, fault: string]>([
    [
      "an acknowledged save that is gone",
      ({ sections }) => sections.set("t09", { at: later }),
      `the one of ${later} was acknowledged`,
    ],
    [
      "a save whose content is another",
      ({ sections }) =>
        sections.set("t01", { at: sections.get("t01")?.at ?? "", sha256: sha256("other") }),
      "another blob than was acknowledged",
    ],
    [
      "a section nobody saved",
      ({ sections }) => sections.delete("facts"),
      "nobody saved section facts",
    ],
    ["a save stored twice", (remembered) => (remembered.saves -= 1), "the head counts"],
    [
      "an acknowledged act that is gone",
      ({ orders }) => orders.push({ at: later, link: { seq: 10_000, hash: sha256("") } }),
      `the act of ${later} was acknowledged and is not in the chain`,
    ],
    ["an act nobody began", ({ orders }) => orders.pop(), "that nobody was answered"],
    ["acts out of their order", ({ orders }) => orders.reverse(), "in another order"],
    [
      "a refused save that is stored",
      ({ refused, sections }) => refused.add(sections.get("t02")?.at ?? ""),
      "was refused and is stored",
    ],
    ["a remark that is gone", ({ threads }) => threads.add("lost"), "the remark lost was"],
  ])("names %s", async (_what, lie, fault) => {
    const memory = structuredClone(witness.memory);
    const remembered = memory.get(id);
    if (remembered !== undefined) lie(remembered);
    const found = await withStores(async (stores) =>
      createWitness(memory).compare(witnessed(stores), id, await storedReport(stores, id)),
    );
    expect(found.join("\n")).toContain(fault);
  });

  it.each([
    ["may have been stored when its bytes are those that were stored before", "", 0],
    ["was not stored when its bytes are others", "words of nobody", 1],
  ])("counts a save that was cut short: it %s", async (_what, token, found) => {
    const memory = structuredClone(witness.memory);
    const remembered = memory.get(id);
    if (remembered === undefined) throw new Error("Nobody worked on it.");
    remembered.saves -= 1;
    const act = 10_000;
    const begun = { act, report: id, at: later, section: "t03", token } as const;
    remembered.inFlight.set(act, { say: "saves", ...begun });
    const faults = await withStores(async (stores) =>
      createWitness(memory).compare(witnessed(stores), id, await storedReport(stores, id)),
    );
    expect(faults.filter((fault) => fault.includes("the head counts"))).toHaveLength(found);
  });

  it.each<[what: string, spoil: (one: StoredReport) => StoredReport, fault: string]>([
    [
      "an event that was tampered with",
      ({ head, events }) => ({
        head,
        events: events.map((link) =>
          link.seq === 2 ? { ...link, event: { ...link.event, by: "somebody" } } : link,
        ),
      }),
      "link 2 does not hold (wrong_hash)",
    ],
    [
      "a chain that misses a link",
      ({ head, events }) => ({ head, events: events.filter(({ seq }) => seq !== 3) }),
      "link 3 does not hold (wrong_number)",
    ],
    [
      "a chain cut short",
      ({ head, events }) => ({ head, events: events.slice(0, -1) }),
      "the head in",
    ],
    [
      "a head whose state stayed behind its chain",
      ({ head, events }) => ({ head: { ...head, state: { status: "draft" } }, events }),
      "the head is not what its events add up to",
    ],
    [
      "a head on the wrong worklist",
      ({ head, events }) => ({ head: { ...head, turn: { queue: "q", due: later } }, events }),
      "another turn than its state",
    ],
  ])("names %s", async (_what, spoil, fault) => {
    const found = await withStores(async (stores) => {
      const one = await storedReport(stores, id);
      return one === undefined ? [] : headFaults(stores, spoil(one));
    });
    expect(found.join("\n")).toContain(fault);
  });

  it("names a section's blob that is gone, and one that is spoilt", async () => {
    await withStores(async (stores) => {
      const one = await storedReport(stores, id);
      const hash = one?.head.sections.t01?.sha256 ?? "";
      const key = `blobs/${hash.slice(0, 2)}/${hash}`;
      const bytes = await stores.vault.get(key);
      if (one === undefined || bytes === undefined) throw new Error("There is no such blob.");
      await stores.vault.put(key, bytes.subarray(1), "application/json");
      expect((await headFaults(stores, one)).join()).toContain("已被改动或损坏");
      expect((await fileFaults(stores)).join()).toContain(`${key} is spoilt`);
      await stores.vault.delete(key);
      expect((await headFaults(stores, one)).join()).toContain("已丢失");
      await stores.vault.put(key, bytes, "application/json");
      expect(await headFaults(stores, one)).toEqual([]);
    });
  });

  it("names a report that an index has lost", async () => {
    await withStores(async (stores) => {
      const heads = (await everyReport(stores)).map(({ head }) => head);
      const reportsWithout = {
        ...stores.reports,
        byYear: async (...of: Parameters<typeof stores.reports.byYear>) => ({
          items: (await stores.reports.byYear(...of)).items.filter((head) => head.id !== id),
        }),
      };
      expect((await indexFaults({ reports: reportsWithout }, heads)).join()).toContain("The index");
    });
  });

  it("names what was published twice, not at all or only in part, and what waits or is dead", async () => {
    await withStores(async (stores) => {
      const one = (await everyReport(stores)).find(({ events }) =>
        events.some(({ event }) => event.type === "published"),
      );
      if (one === undefined) throw new Error("Nothing was published.");
      const { head, events } = one;
      const named = async (spoilt: StoredReport) => (await effectFaults(stores, spoilt)).join("\n");

      const publications = events.filter(({ event }) => event.type === "published");
      expect(await named({ head, events: [...events, ...publications] })).toContain(
        "approvals led",
      );
      const unpublished = events.filter(({ event }) => event.type !== "published");
      expect(await named({ head, events: unpublished })).toContain("led to 0 publications");
      const [print] = await stores.vault.list(`renders/${head.id}/`);
      const pdf = await stores.vault.get(print?.key ?? "none");
      if (print === undefined || pdf === undefined) throw new Error("Nothing was printed.");
      await stores.vault.delete(print.key);
      expect(await named(one)).toMatch(/were approved and \d+ printed/u);
      await stores.vault.put(print.key, pdf, "application/pdf");
      expect(await named({ head: { ...head, outbox: events }, events })).toContain("not relayed");

      const path = `${String(head.year)}/${head.orgCode}/`;
      const csv = (await stores.portal.list("")).find(({ key }) => key.endsWith(`${path}t01.csv`));
      const bytes = await stores.portal.get(csv?.key ?? "none");
      if (csv === undefined || bytes === undefined) throw new Error("There is no such table.");
      await stores.portal.put(csv.key, bytes.subarray(0, bytes.length / 2), "text/csv");
      expect(await named(one)).toContain("t01.csv is not the file that datapackage.json describes");
      await stores.portal.put(csv.key, bytes, "text/csv");
      expect(await named(one)).toBe("");
    });
    for (const state of ["waiting", "dead"]) {
      const file = join(folder, "queues/publish", state, "left.json");
      await writeFile(file, "{}");
      expect((await queueFaults(folder)).join()).toContain(`has left.json ${state}`);
      await rm(file);
    }
  });
});
