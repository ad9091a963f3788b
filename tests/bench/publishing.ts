import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { redrawYear } from "../../functions/publish/portal-index.ts";
import { publishReport } from "../../functions/publish/publish-report.ts";
import { openFolderFiles } from "../../functions/storage/folder/files.ts";
import type { FileStore } from "../../functions/storage/ports.ts";
import { loadExampleUnit } from "../examples/load-example.ts";
import { countedFiles, madeRows, noTraffic } from "../functions/publish/made-city.ts";
import { memoryFiles } from "../functions/publish/memory-files.ts";
import { depsOn, list, requestOf } from "../functions/publish/publication.ts";
import type { Line } from "./line.ts";

const year = 2022;
const rounds = 15;
const counts = [1, 100, 10_000] as const;

/** One publication with its lists, printing apart, among ever more that are public already. */
export async function measurePublishing(): Promise<readonly Line[]> {
  const cities = [];
  for (const count of counts) {
    const portal = memoryFiles();
    await redrawYear(depsOn(portal), year, madeRows(count));
    cities.push({ portal, times: [] as number[], traffic: noTraffic() });
  }
  // In turns, so that what else the machine does falls on all alike.
  for (let round = 0; round < rounds; round += 1) {
    for (const city of cities) {
      city.traffic = noTraffic();
      const own = overlaid(city.portal);
      city.times.push(await publicationMs(countedFiles(own, city.traffic)));
    }
  }
  const measured = cities.map(({ traffic, times }) => ({ traffic, ms: middle(times) }));
  const [, few, many] = measured;
  if (few === undefined || many === undefined) throw new Error("Nothing was measured.");
  const files = ({ traffic: { reads, writes, listed } }: typeof few) => reads + writes + listed;
  const bytes = ({ traffic }: typeof few) => traffic.bytesRead + traffic.bytesWritten;
  const ratio = (what: string, value: number): Line => ({
    ...{ name: `One publication, ${what} at 10,000 ÷ at 100 published`, value },
    ...{ unit: "×", limit: 1.3 },
  });
  return [
    ratio("files touched", files(many) / files(few)),
    ratio("bytes read and written", bytes(many) / bytes(few)),
    ratio("own time", many.ms / few.ms),
    ...(await onDisk()),
  ];
}

/**
 * A portal as it was, with what one publication writes kept apart. A publication lists its own folders
 * alone, none of which is there before; a listing in memory would look at every file.
 */
function overlaid(before: FileStore): FileStore {
  const own = memoryFiles();
  return {
    get: async (key) => (await own.get(key)) ?? before.get(key),
    stat: async (key) => (await own.stat(key)) ?? before.stat(key),
    list: (prefix) => own.list(prefix),
    put: (...given) => own.put(...given),
    putIfAbsent: async (...given) =>
      (await before.stat(given[0])) === undefined ? own.putIfAbsent(...given) : "exists",
    delete: (key) => own.delete(key),
  };
}

/** The same on synced files, and the lists of a whole year of 2,000 reports. */
async function onDisk(): Promise<readonly Line[]> {
  const folder = await mkdtemp(join(tmpdir(), "juesuan-bench-portal-"));
  try {
    const portal = await openFolderFiles(join(folder, "portal"));
    const rows = madeRows(2_000);
    const began = performance.now();
    await redrawYear(depsOn(portal), year, rows);
    const redrawMs = performance.now() - began;
    const times: number[] = [];
    for (const unit of ["137001", "137002", "137003"] as const) {
      times.push(await publicationMs(portal, unit));
    }
    const ownMs = middle(times);
    return [
      {
        ...{ name: "Lists of 2,000 reports drawn anew on synced files", value: redrawMs },
        ...{ unit: "ms", limit: 30_000 },
      },
      {
        ...{ name: "One publication among 2,000, own time, synced files", value: ownMs },
        ...{ unit: "ms", limit: 1_000 },
      },
    ];
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function publicationMs(
  portal: FileStore,
  unit: "137001" | "137002" | "137003" = "137001",
): Promise<number> {
  const request = requestOf(loadExampleUnit(unit), {
    department: { code: "202", name: "第202局" },
  });
  const began = performance.now();
  await publishReport(depsOn(portal), request);
  await list(depsOn(portal), year, unit);
  return performance.now() - began;
}

const middle = (times: readonly number[]): number =>
  times.toSorted((a, b) => a - b)[times.length >> 1] ?? Number.NaN;
