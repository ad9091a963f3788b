import { sha256 } from "../../../functions/platform/ids.ts";
import type { ReportStore } from "../../../functions/storage/ports.ts";
import { openDataFolder } from "../../../infra/local/data-folder.ts";
import { at, draft, newHead, opened } from "../../contract/fixtures.ts";

/** Child of the kill test: moves eight reports between queues and in and out of the outbox for ever. */
const [, , folder = "", round = ""] = process.argv;

const opening = await openDataFolder({
  folder,
  sha256,
  now: () => at,
  secret: "s",
  filesUrl: "http://127.0.0.1/files",
});
if (!opening.ok) throw new Error(opening.error.message);

const { reports } = opening.value;
await Promise.all(Array.from({ length: 8 }, (_, n) => moveForEver(reports, `K${round}${n}`)));

async function moveForEver(store: ReportStore, orgCode: string): Promise<void> {
  const created = await store.create(newHead(orgCode));
  if (!created.ok) throw new Error(`${orgCode} exists`);
  let head = created.value;
  for (let step = 0; ; step++) {
    const queue = step % 2 === 0 ? "360200#preparer@A" : "360200#unit_reviewer@B";
    const turn = { queue, due: "2023-04-01" };
    const committed = await store.commit(head, [opened], { state: draft, turn });
    if (!committed.ok) throw new Error(`${orgCode} was refused`);
    head = committed.value;
    process.send?.({ id: head.id, version: head.version });
    if (step % 3 === 2) await store.trimOutbox(head.id, head.chain.seq);
  }
}
