import { existsSync } from "node:fs";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { acquireDataLock } from "../../../infra/local/data-lock.ts";
import { now } from "../../../functions/platform/clock.ts";
import { openBureau, region, year } from "../../functions/effects/bureau.ts";
import { killAll, run } from "./host/program.ts";

afterAll(killAll);

it("makes the progress of a stopped system again, and leaves a running one alone", async () => {
  const bureau = await openBureau();
  await bureau.open("137001");
  await bureau.leave();
  const lock = await acquireDataLock(bureau.folder, { now });
  if (!lock.ok) throw new Error(lock.error.message);
  const refused = await run("rebuild-progress", "--data", bureau.folder);
  expect(await refused.ended).toEqual({ code: 1, signal: null });
  expect(refused.stderr()).not.toMatch(/\n\s+at /u);
  await lock.value.release();

  const elsewhere = join(bureau.folder, "typo");
  const lost = await run("rebuild-progress", "--data", elsewhere);
  expect([(await lost.ended).code, existsSync(elsewhere)]).toEqual([1, false]);
  expect(lost.stderr()).toContain("is no data folder");
  const misread = await run("rebuild-progress", "--date", bureau.folder);
  expect((await misread.ended).code).toBe(1);
  expect(misread.stderr()).toMatch(/^Usage: [^\n]+\n$/u);

  const done = await run("rebuild-progress", "--data", bureau.folder);
  expect([await done.ended, done.stderr()]).toEqual([{ code: 0, signal: null }, ""]);
  expect(done.stdout()).toContain(`The progress of ${region.code} is made again.`);
  const again = await openBureau(bureau.folder);
  const line = await again.data.progress.line({ region: region.code, year }, "137");
  expect(line?.tally.counts).toEqual({ draft: 1, not_opened: 3 });
  await again.close();
  await bureau.close();
});
