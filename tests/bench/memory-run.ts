import type { FileStore } from "../../functions/storage/ports.ts";
import type { UnitCode } from "../functions/effects/bureau.ts";
import { openBureau } from "../functions/effects/bureau.ts";
import { openPress } from "../functions/effects/press.ts";
import { startService } from "../functions/api/service.ts";
import { loadExampleUnit } from "../examples/load-example.ts";
import type { MemoryFiles } from "../functions/publish/memory-files.ts";

/** A program with Node's `--expose-gc`: says by how much it has grown after many requests and publications. */

const [requests, publications] = process.argv.slice(2).map(Number);
if (requests === undefined || publications === undefined) throw new Error("Say how many.");
const first = 50;

/** Twice, for what the first collection lets go of may hold more. */
function resident(): number {
  globalThis.gc?.();
  globalThis.gc?.();
  return process.memoryUsage.rss();
}

async function afterRequests(count: number): Promise<number> {
  const service = await startService();
  try {
    const id = await service.bring("137002", "draft");
    const path = `/api/reports/${id}/sections/t03`;
    const { t03 } = loadExampleUnit("137002").sections;
    let base = (await service.head(id))?.sections.t03?.sha256 ?? null;
    let before = Number.NaN;
    for (let index = 0; index < count; index += 1) {
      if (index === first) before = resident();
      const rows = (t03?.rows ?? []).map((row, at) =>
        at > 0 ? row : { ...row, cells: { ...row.cells, project: index * 100 } },
      );
      const [method, target, body] =
        index % 2 === 0
          ? (["PUT", path, { base, value: { rows } }] as const)
          : (["GET", `/api/reports/${id}`, undefined] as const);
      const answer = await service.call("zhouting", method, target, body);
      if (answer.status !== 200) throw new Error(JSON.stringify(answer.body));
      if (method === "PUT") {
        base = (answer.body as { pointer: { sha256: string } }).pointer.sha256;
      }
      service.lines.length = 0;
    }
    return resident() / before;
  } finally {
    await service.close();
  }
}

async function afterPublications(count: number): Promise<number> {
  const unit: UnitCode = "137001";
  const bureau = await openBureau();
  const press = openPress(bureau, { portal: inFolder(bureau.data.portal) });
  try {
    const { sections } = loadExampleUnit(unit);
    await bureau.open(unit);
    let before = Number.NaN;
    for (let index = 0; index < count; index += 1) {
      if (index === first) before = resident();
      if (index > 0) {
        await bureau.act(unit, "limin", { type: "correct", reason: "更正项目支出的说明。" });
      }
      const duties = [...sections.facts.duties, `承办上级交办的第${String(index + 1)}项工作`];
      await bureau.walk.submit(unit, { ...sections, facts: { ...sections.facts, duties } });
      await bureau.walk.approve(unit);
      await press.settle(unit);
      const { state } = await bureau.head(unit);
      if (state.status !== "published") throw new Error(`It is ${state.status}.`);
      for (const queue of Object.values(press.queues))
        (queue.messages as Map<string, string>).clear();
      bureau.lines.length = 0;
    }
    return resident() / before;
  } finally {
    await bureau.close();
  }
}

/** The portal of the data folder where a test would have it in memory. */
const inFolder = (portal: FileStore): MemoryFiles => ({
  ...portal,
  files: new Map(),
  onWrite: () => undefined,
  writes: () => 0,
});

process.send?.({
  requests: await afterRequests(requests),
  publications: await afterPublications(publications),
});
process.disconnect();
