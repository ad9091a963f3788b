import { afterEach, describe, expect, it } from "vitest";
import { HeavyWorkStopped, inPlace } from "../../../functions/use-cases/heavy-work.ts";
import { findingsView } from "../../../functions/use-cases/findings-view.ts";
import {
  createHeavyPool,
  messageFor,
  mostEditions,
  usualBounds,
  type HeavyPool,
} from "../../../infra/local/heavy-pool.ts";
import { tableIn } from "../../../shared/report/section-ids.ts";
import { accountsFile } from "../../examples/accounts/accounts-file.ts";
import { accountsOf } from "../../examples/accounts/made-accounts.ts";
import { loadExample } from "../../examples/load-example.ts";
import { hostileReport } from "../../hostile/texts.ts";

const report = loadExample("jingdezhen-2022");
const hostile = hostileReport(report, "占1%", 70_000);
const pools: HeavyPool[] = [];
const pool = (bounds = {}) => {
  const made = createHeavyPool({ ...usualBounds, ...bounds });
  pools.push(made);
  return made;
};
afterEach(async () => {
  await Promise.all(pools.splice(0).map((one) => one.close()));
});

describe("heavy work on the local host", () => {
  it("keeps nobody else waiting while it is done, and comes to the same", async () => {
    const { work } = pool();
    let longestPauseMs = 0;
    let last = performance.now();
    const ticking = setInterval(() => {
      longestPauseMs = Math.max(longestPauseMs, performance.now() - last);
      last = performance.now();
    }, 5);
    const { view } = await work("findings", { report: hostile, outdated: [] });
    clearInterval(ticking);
    const began = performance.now();
    expect(view).toEqual(findingsView(hostile, []));
    // In place nobody would be answered for all of this; a loaded machine slows both down.
    expect(longestPauseMs).toBeLessThan((performance.now() - began) / 2);
  }, 120_000);

  it("is ended at its time, and the next piece of work is done", async () => {
    const { work } = pool({ threads: 1, timeoutMs: 1 });
    const input = { report: hostile, outdated: [] };
    await expect(work("findings", input)).rejects.toThrow(HeavyWorkStopped);
    const { view: small } = await work("findings", { report, outdated: [] });
    expect(small).toEqual(findingsView(report, []));
  }, 120_000);

  it("reads a workbook of the accounts as it is read in place", async () => {
    const { work } = pool({ threads: 1 });
    const { edition, sections } = report;
    const bytes = await accountsFile(accountsOf(report));
    const input = { edition, bytes, draft: { t03: tableIn(sections, "t03") } };
    const read = await work("readAccounts", input);
    expect(read).toEqual(await inPlace("readAccounts", input));
    expect(read).toMatchObject({ ok: true });
  }, 120_000);

  it("is refused when the host closes", async () => {
    const closing = pool({ threads: 1 });
    const input = { report: hostile, outdated: [] };
    const results = Promise.allSettled([
      closing.work("findings", input),
      closing.work("findings", input),
    ]);
    await closing.close();
    for (const { status } of await results) expect(status).toBe("rejected");
  }, 120_000);
});

describe("editions that a thread is sent", () => {
  it("are all there for each piece of work, and never more than it keeps", () => {
    const known = new Set<string>();
    /** What the thread itself keeps. */
    const kept = new Set<string>();
    let sent = 0;
    const used = [...Array(60).keys()].map((index) => [`e${String(index)}`, "often"]);
    for (const ids of [...used, ["e0", "e59"]]) {
      const [older, newer] = ids.map((id) => ({ ...report, edition: { ...report.edition, id } }));
      const message = messageFor(known, { name: "diff", input: { older, newer } });
      for (const id of message.forgotten) kept.delete(id);
      for (const { id } of message.editions) kept.add(id);
      sent += message.editions.length;
      expect([...kept]).toEqual(expect.arrayContaining(ids));
      expect(kept.size).toBeLessThanOrEqual(mostEditions);
    }
    // Each once, and again only the one that was let go of.
    expect(sent).toBe(62);
  });
});
