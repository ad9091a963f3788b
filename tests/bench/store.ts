import { mkdtemp, open, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sha256 } from "../../functions/platform/ids.ts";
import { createDynamoStores } from "../../functions/storage/dynamo/stores.ts";
import type { ReportStore } from "../../functions/storage/ports.ts";
import { startDynalite } from "../contract/dynalite.ts";
import { draft, newHead, opened, pointer } from "../contract/fixtures.ts";
import { openSqlite } from "../contract/open-sqlite.ts";
import type { Line } from "./line.ts";
import { median } from "./quantile.ts";

const saves = 400;
const rounds = 5;

/** Saves one after the other on each adapter, in turns, beside appending the same bytes to a file and syncing it. */
export async function measureStores(): Promise<readonly Line[]> {
  const folder = await mkdtemp(join(tmpdir(), "juesuan-bench-store-"));
  const sqlite = await openSqlite(join(folder, "bench.sqlite"));
  const dynamo = await startDynalite("bench");
  const file = await open(join(folder, "bare"), "a");
  try {
    const emulated = createDynamoStores({ client: dynamo.client, table: "bench", sha256 }).reports;
    const embedded = sqlite.stores.reports;
    for (const reports of [embedded, emulated]) await openDraft(reports);
    const head = JSON.stringify(await embedded.load(newHead("B01").id));
    const times = { bare: [] as number[], sqlite: [] as number[], dynalite: [] as number[] };
    for (let round = 0; round < rounds; round += 1) {
      times.bare.push(
        await msOf(async () => {
          await file.appendFile(head);
          await file.datasync();
        }),
      );
      times.sqlite.push(await msOf(saver(embedded, round)));
      times.dynalite.push(await msOf(saver(emulated, round)));
    }
    const [bare, own, other] = [times.bare, times.sqlite, times.dynalite].map(median);
    return [
      ratio("A save in the embedded database ÷ a bare synced append of its head", own, bare, 4),
      ratio("The same ÷ a save on the emulator of DynamoDB, unsynced", own, other, 1),
    ];
  } finally {
    await file.close();
    await sqlite.close();
    await dynamo.close();
    await rm(folder, { recursive: true, force: true });
  }
}

async function openDraft(reports: ReportStore): Promise<void> {
  const head = newHead("B01");
  await reports.create(head);
  await reports.commit(head, [opened], { state: draft });
}

/** Each save over the one before. */
function saver(reports: ReportStore, round: number): () => Promise<void> {
  const section = (["t01", "t02", "t03", "t04", "t05"] as const)[round] ?? "t01";
  let base: string | undefined;
  let count = 0;
  return async () => {
    count += 1;
    const next = pointer(`${section} ${String(count)}`);
    const saved = await reports.saveSection(newHead("B01").id, section, base, next);
    if (!saved.ok) throw new Error(saved.error.code);
    base = next.sha256;
  };
}

async function msOf(work: () => Promise<void>): Promise<number> {
  const began = performance.now();
  for (let index = 0; index < saves; index += 1) await work();
  return (performance.now() - began) / saves;
}

const ratio = (name: string, own = Number.NaN, other = Number.NaN, limit: number): Line => ({
  ...{ name, unit: "×", limit, value: own / other },
});
