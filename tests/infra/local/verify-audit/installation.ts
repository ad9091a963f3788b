import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { z } from "zod";
import { sha256 } from "../../../../functions/platform/ids.ts";
import { relayRegistry } from "../../../../functions/relay/relay.ts";
import { chainStart, linkEvents } from "../../../../functions/storage/chain.ts";
import { openFolderFiles } from "../../../../functions/storage/folder/files.ts";
import type { ReportEvent } from "../../../../shared/workflow/report-state.ts";
import { reportEventSchema } from "../../../../shared/workflow/report-state-schema.ts";
import { loadExampleUnit } from "../../../examples/load-example.ts";
import { type Item, openSqlite } from "../../../contract/open-sqlite.ts";
import {
  memoryQueue,
  type Bureau,
  openBureau,
  region,
  reportOf,
} from "../../../functions/effects/bureau.ts";
import { openPress } from "../../../functions/effects/press.ts";

export const corrected = "137001";
export const plainUnit = "137002";

const pdf = new TextEncoder().encode("%PDF-1.7 佐证材料");
const attachment = {
  sha256: sha256(pdf),
  name: "资产处置批复.pdf",
  contentType: "application/pdf",
  sizeBytes: pdf.length,
  disclosed: true,
} as const;

/**
 * A data folder with one report published, corrected and published again, with an attachment and a
 * review thread, and another one published once. Nothing has it open.
 */
export async function publishedInstallation(): Promise<Bureau> {
  const bureau = await openBureau();
  const press = openPress(bureau);
  await bureau.data.vault.putIfAbsent(
    `uploads/${reportOf(corrected)}/${attachment.sha256}`,
    pdf,
    "application/pdf",
  );
  const { sections } = loadExampleUnit(corrected);
  const withAttachment = { ...sections, attachments: { files: [attachment] } };
  await bureau.open(corrected);
  await bureau.walk.submit(corrected, withAttachment);
  await remark(bureau);
  await bureau.walk.approve(corrected);
  await press.run(corrected);
  tick(bureau);
  await bureau.act(corrected, "limin", { type: "correct", reason: "年末结转的原因写错了" });
  await bureau.walk.submit(corrected, {
    ...withAttachment,
    narrative: {
      ...sections.narrative,
      reasons: { ...sections.narrative.reasons, "expense.year": "上年结转的项目在本年验收付款" },
    },
  });
  await bureau.walk.approve(corrected, "景财决〔2023〕15号");
  await press.run(corrected);
  tick(bureau);
  await bureau.open(plainUnit);
  await bureau.walk.submit(plainUnit);
  await bureau.walk.approve(plainUnit);
  await press.run(plainUnit);
  const queues = { notify: memoryQueue() };
  await relayRegistry({ ...bureau.data, files: bureau.data.vault, queues }, region.code);
  for (const [key, bytes] of press.portal.files) await bureau.data.portal.put(key, bytes, "");
  await bureau.leave();
  return bureau;
}

/** A remark that stops nothing, read by every verdict after it. */
async function remark(bureau: Bureau): Promise<void> {
  tick(bureau);
  const created = await bureau.data.threads.create({
    id: "018a0000-0000-7000-8000-000000000001",
    reportId: reportOf(corrected),
    anchor: { kind: "cell", cell: "t01/income_total/final" },
    blocking: false,
    status: "open",
    version: 1,
    entries: [
      {
        ...{ id: "e1", by: "wangqiang", byName: "王强", at: bureau.clock.at },
        ...{ text: "收入总计与账面一致。", act: "open" },
      },
    ],
  });
  if (!created.ok) throw new Error("The remark was not stored.");
  tick(bureau);
}

const tick = ({ clock }: Bureau) => {
  clock.at = new Date(Date.parse(clock.at) + 60_000).toISOString();
};

/** A report's partition by its org code, any other by its key. */
const pkOf = (partition: string): string =>
  partition.includes("#") ? partition : reportOf(partition);

/** A copy of an installation in the hands of somebody who may change anything in it. */
export async function openCopy(of: string) {
  const folder = await mkdtemp(join(tmpdir(), "verify-audit-"));
  await cp(of, folder, { recursive: true });
  const { stores, put, remove, ...opened } = await openSqlite(join(folder, "db/juesuan.sqlite"));
  let isOpen = true;
  const undo: (() => Promise<unknown>)[] = [];

  const items = (partition: string, prefix = ""): Item[] =>
    opened.items(pkOf(partition)).filter(({ sk }) => sk.startsWith(prefix));

  /** Any change of a partition's items; undone by `restore`. */
  async function alter(orgCode: string, change: () => Promise<unknown>): Promise<void> {
    const before = items(orgCode);
    undo.push(async () => {
      for (const item of items(orgCode)) await remove(item);
      for (const item of before) await put(item);
    });
    await change();
  }
  const item = (orgCode: string, sk: string): Item => {
    const found = items(orgCode).find((one) => one.sk === sk);
    if (found === undefined) throw new Error(`No ${sk} of ${orgCode}.`);
    return found;
  };
  const eventKey = (seq: number) => `event#${String(seq).padStart(9, "0")}`;

  return {
    folder,
    stores,
    vault: await openFolderFiles(join(folder, "vault")),
    portal: await openFolderFiles(join(folder, "portal")),
    item,
    /** Members of one item set to something else. */
    set: (orgCode: string, sk: string, members: (item: Item) => Record<string, unknown>) =>
      alter(orgCode, async () => {
        const found = item(orgCode, sk);
        await put({ ...found, ...members(found) });
      }),
    drop: (orgCode: string, seq: number) =>
      alter(orgCode, async () => remove(item(orgCode, eventKey(seq)))),
    setEvent: (orgCode: string, seq: number, members: (event: Item) => Record<string, unknown>) =>
      alter(orgCode, async () => {
        const found = item(orgCode, eventKey(seq));
        await put({ ...found, ...members(found) });
      }),
    swap: (orgCode: string, seq: number) =>
      alter(orgCode, async () => {
        const [one, other] = [item(orgCode, eventKey(seq)), item(orgCode, eventKey(seq + 1))];
        await put({ ...other, sk: one.sk });
        await put({ ...one, sk: other.sk });
      }),
    /** An event of somebody's own making behind the last one, rightly numbered, hashed and tied. */
    append: (orgCode: string, event: ReportEvent) =>
      alter(orgCode, async () => {
        const { chain } = item(orgCode, "head");
        const tip = z.object({ seq: z.number(), hash: z.string() }).parse(chain);
        const id = reportOf(orgCode);
        const [link] = linkEvents({ id, chain: tip }, [event], sha256);
        if (link !== undefined) await put({ pk: id, sk: eventKey(link.seq), ...link });
      }),
    /** The whole chain written anew with changed events, every hash and the tip being right. */
    rewrite: (orgCode: string, change: (event: ReportEvent) => ReportEvent) =>
      alter(orgCode, async () => {
        const events = items(orgCode, "event#").map(({ event }) =>
          change(reportEventSchema.parse(event)),
        );
        const id = reportOf(orgCode);
        const links = linkEvents({ id, chain: chainStart }, events, sha256);
        for (const link of links) await put({ pk: id, sk: eventKey(link.seq), ...link });
        const tip = links.at(-1);
        const head = item(orgCode, "head");
        await put({ ...head, chain: { seq: tip?.seq, hash: tip?.hash } });
      }),
    dropHead: (orgCode: string) =>
      alter(orgCode, async () => {
        for (const one of items(orgCode)) await remove(one);
      }),
    /** One bit of a file. */
    async flip(path: string) {
      const bytes = await readFile(join(folder, path));
      undo.push(() => writeFile(join(folder, path), bytes));
      const changed = Uint8Array.from(bytes);
      const middle = Math.trunc(changed.length / 2);
      changed[middle] = (changed[middle] ?? 0) ^ 1;
      await writeFile(join(folder, path), changed);
    },
    async removeFile(path: string) {
      const bytes = await readFile(join(folder, path));
      undo.push(() => writeFile(join(folder, path), bytes));
      await rm(join(folder, path));
    },
    async addFile(path: string, text: string) {
      undo.push(() => rm(join(folder, path)));
      await cp(join(folder, "portal/feed.xml"), join(folder, path));
      await writeFile(join(folder, path), text);
    },
    async restore() {
      for (const one of undo.splice(0).reverse()) await one();
    },
    /** Lets go of the folder but leaves it. */
    async leave() {
      isOpen = false;
      await opened.close();
    },
    async close() {
      if (isOpen) await opened.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
export type Copy = Awaited<ReturnType<typeof openCopy>>;
