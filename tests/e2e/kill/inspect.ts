import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { z } from "zod";
import { sha256 } from "../../../functions/platform/ids.ts";
import { isAbandonedWrite } from "../../../functions/platform/write-file-atomic.ts";
import { programOf } from "../../../functions/use-cases/give-up.ts";
import { readRecords } from "../../../functions/publish/portal-files.ts";
import { readBack } from "../../../functions/publish/read-back.ts";
import { verifyLinks } from "../../../functions/storage/chain.ts";
import type { Page, PageRequest, ReportHead } from "../../../functions/storage/ports.ts";
import { allEvents } from "../../../functions/use-cases/history.ts";
import {
  hashOf,
  loadManifest,
  loadReport,
  loadSection,
} from "../../../functions/use-cases/report-content.ts";
import { reportInHand } from "../../../functions/use-cases/report-in-hand.ts";
import { renderKey } from "../../../functions/use-cases/rendered.ts";
import type { DataFolder } from "../../../infra/local/data-folder.ts";
import { shippedEditions } from "../../../shared/editions/shipped-editions.ts";
import { namedSections } from "../../../shared/report/section-ids.ts";
import { absent, evolve } from "../../../shared/workflow/evolve.ts";
import type { ChainedEvent, ReportEvent } from "../../../shared/workflow/report-state.ts";
import { queueOf, turnOf } from "../../../shared/workflow/turn.ts";
import { reportPath } from "../../../web/portal/site.ts";
import { queueNames, regionSettings } from "./office.ts";
import { omitUndefined } from "../../../shared/omit-undefined.ts";
import { errorMessage } from "../../../functions/platform/errors.ts";

export async function storedReport(
  { reports }: Pick<DataFolder, "reports">,
  id: string,
): Promise<StoredReport | undefined> {
  const head = await reports.load(id);
  return head === undefined ? undefined : { head, events: await allEvents({ reports }, head) };
}

/** A report as it is now, with its whole history. */
export interface StoredReport {
  readonly head: ReportHead;
  readonly events: readonly ChainedEvent[];
}

/** What must hold at every moment: every fault of a report's head, chain, sections and index entries. */
export async function headFaults(
  stores: DataFolder,
  { head, events }: StoredReport,
): Promise<string[]> {
  const faults: string[] = [];
  const fault = (sentence: string) => faults.push(`${head.id}: ${sentence}`);

  const chain = verifyLinks({ reportId: head.id }, events, sha256);
  if (!chain.ok) fault(`link ${String(chain.error.seq)} does not hold (${chain.error.fault}).`);
  else if (!isDeepStrictEqual(chain.value, head.chain)) {
    fault(`the chain ends in ${String(chain.value.seq)}, the head in ${String(head.chain.seq)}.`);
  }
  if (chain.ok) {
    const replayed = events.reduce((state, { event }) => evolve(state, event, head.kind), absent);
    if (!isDeepStrictEqual(replayed, head.state))
      fault("the head is not what its events add up to.");
  }

  const inHand = await reportInHand(stores, head.id);
  const turn = inHand && turnOf(head.state, { ...inHand.lineage, kind: head.kind }, inHand.year);
  const queue = turn && queueOf(head.region, turn);
  if (head.turn?.queue !== queue || head.turn?.due !== turn?.due) {
    fault("the head names another turn than its state.");
  }

  for (const section of namedSections(head.sections)) {
    const pointer = head.sections[section];
    if (pointer === undefined) continue;
    await loadSection(
      { files: stores.vault, sha256, editions: shippedEditions },
      section,
      pointer.sha256,
    ).catch((error: unknown) => fault(`section ${section}: ${errorMessage(error)}`));
  }
  if (
    "submission" in head.state &&
    hashOf({ sha256 }, head) !== head.state.submission.editionHash
  ) {
    fault("its sections are not those of the edition under review.");
  }
  return faults;
}

/** Whether the indexes name the very heads that are stored, no more and no fewer. */
export async function indexFaults(
  { reports }: Pick<DataFolder, "reports">,
  heads: readonly ReportHead[],
): Promise<string[]> {
  const years = new Set(heads.map(({ region, year }) => `${region} ${String(year)}`));
  const queues = new Set(heads.flatMap(({ turn }) => (turn === undefined ? [] : [turn.queue])));
  const faults: string[] = [];
  const compare = (index: string, found: readonly ReportHead[], due: readonly ReportHead[]) => {
    const ids = (list: readonly ReportHead[]) =>
      list
        .map(({ id }) => id)
        .sort()
        .join(" ");
    if (ids(found) !== ids(due)) {
      faults.push(`The index ${index} names ${ids(found) || "nothing"}, not ${ids(due)}.`);
    }
  };
  for (const one of years) {
    const [region = "", year] = one.split(" ");
    const found = await wholly((page) => reports.byYear(region, Number(year), page));
    const due = heads.filter((head) => head.region === region && head.year === Number(year));
    compare(`of ${one}`, found, due);
  }
  for (const queue of queues) {
    const found = await wholly((page) => reports.byTurn(queue, page));
    compare(
      `of ${queue}`,
      found,
      heads.filter(({ turn }) => turn?.queue === queue),
    );
  }
  const waiting = heads.filter(({ outbox }) => outbox.length > 0);
  compare("of outboxes", await wholly((page) => reports.withOutbox(page)), waiting);
  return faults;
}

/** Every blob is what its name says, and no store shows a file that was not finished. */
export async function fileFaults({ vault, portal }: DataFolder): Promise<string[]> {
  const faults: string[] = [];
  for (const { key } of await vault.list("")) {
    if (/^blobs\/[0-9a-f]{2}\/[0-9a-f]{64}$/u.test(key)) {
      const bytes = await vault.get(key);
      if (bytes === undefined || !key.endsWith(sha256(bytes))) faults.push(`${key} is spoilt.`);
    } else if (
      !/^(?:renders|previews|uploads|incoming)\/[^.]+(?:\.pdf)?|anchors\/[^.]+\.json$/u.test(key)
    ) {
      faults.push(`The vault shows ${key}.`);
    }
  }
  for (const { key } of await portal.list("")) {
    if (isAbandonedWrite(key.split("/").at(-1) ?? "") || key.includes("staging")) {
      faults.push(`The portal shows ${key}.`);
    }
  }
  return faults;
}

/**
 * What must hold once nothing is owed: every effect of every event is done, exactly once in its
 * result. Each approval led to one publication, whose files agree; each letter went out once.
 */
export async function effectFaults(
  stores: DataFolder,
  { head, events }: StoredReport,
): Promise<string[]> {
  const faults: string[] = [];
  const fault = (sentence: string) => faults.push(`${head.id}: ${sentence}`);
  if (head.outbox.length > 0) fault(`${String(head.outbox.length)} events were not relayed.`);

  const approved = events.flatMap(({ event }) =>
    event.type === "approved" ? [event.editionHash] : [],
  );
  const published = events.flatMap(({ event }) => (event.type === "published" ? [event] : []));
  const numbered = approved.map((editionHash, index) => ({ number: index + 1, editionHash }));
  const same = ({ number, editionHash }: { number: number; editionHash: string }) =>
    `${String(number)}:${editionHash}`;
  if (published.map(same).join() !== numbered.map(same).join()) {
    fault(`${String(approved.length)} approvals led to ${String(published.length)} publications.`);
  }
  if (published.some(({ by }) => by !== programOf.publish.id)) fault("a person published.");

  const settings = regionSettings(head.region);
  const log = { error: fault };
  const { publications: records } = await readRecords(
    { portal: stores.portal, sha256, settings, log },
    head.year,
    head.orgCode,
  );
  if (records.map(same).join() !== published.map(same).join()) {
    fault(`the catalogue has ${String(records.length)} records.`);
  }
  faults.push(...(await portalFaults(stores, head, published.at(-1)?.editionHash)));

  const renders = (await stores.vault.list(`renders/${head.id}/`)).map(({ key }) => key);
  const due = [...new Set(approved)].map((hash) => renderKey(head.id, hash));
  if (renders.join() !== due.toSorted().join()) {
    fault(`${String(due.length)} editions were approved and ${String(renders.length)} printed.`);
  }
  for (const hash of new Set(events.flatMap(({ event }) => editionsOf(event)))) {
    const blobs = { files: stores.vault, sha256, editions: shippedEditions };
    await loadManifest(blobs, hash)
      .then((manifest) => loadReport(blobs, manifest))
      .catch((error: unknown) => fault(`edition ${hash}: ${errorMessage(error)}`));
  }
  return faults;
}

/** The permanent address holds the edition in force, and its files say the same as each other. */
async function portalFaults(
  { portal, vault }: DataFolder,
  { id, region, year, orgCode }: ReportHead,
  editionHash: string | undefined,
): Promise<string[]> {
  if (editionHash === undefined) return [];
  const path = reportPath(regionSettings(region), year, orgCode);
  const read = await readBack({ portal, sha256 }, path);
  if (!read.ok) return [...read.error];
  const faults: string[] = [];
  if (read.value.report.editionHash !== editionHash) faults.push(`${path} is another submission.`);
  const [shown, printed] = [
    await portal.get(`${path.slice(1)}report.pdf`),
    await vault.get(renderKey(id, editionHash)),
  ];
  if (!isDeepStrictEqual(shown, printed)) faults.push(`${path}report.pdf is not what was printed.`);
  return faults;
}

/** No message waits or is dead, and no letter went out twice. */
export async function queueFaults(folder: string): Promise<string[]> {
  const faults: string[] = [];
  for (const name of queueNames) {
    for (const state of ["waiting", "dead"]) {
      for (const file of await readdir(join(folder, "queues", name, state))) {
        faults.push(`The queue ${name} has ${file} ${state}.`);
      }
    }
  }
  const letters = new Set<string>();
  for (const file of await readdir(join(folder, "mail"))) {
    const letter = /^((?:.+\.notify|remind\.\d+\.[\d-]+)\.[a-z]+)\.[0-9a-f]{12}\.eml$/u.exec(
      file,
    )?.[1];
    if (letter === undefined || letters.has(letter)) faults.push(`The mail has ${file} too many.`);
    else letters.add(letter);
  }
  return faults;
}

/** How many effects were being done when the process died. */
export async function countCutShort(folder: string): Promise<number> {
  let count = 0;
  for (const name of queueNames) {
    const dir = join(folder, "queues", name, "waiting");
    for (const file of await readdir(dir).catch(() => [])) {
      if (isAbandonedWrite(file)) continue;
      const { begun, failed } = messageSchema.parse(
        JSON.parse(await readFile(join(dir, file), "utf8")),
      );
      if (begun > failed) count += 1;
    }
  }
  return count;
}

const messageSchema = z.object({ begun: z.int(), failed: z.int() });

const editionsOf = (event: ReportEvent): string[] =>
  "editionHash" in event ? [event.editionHash] : [];

/** Every page of an index; two a page, so that paging is walked too. */
async function wholly<Item>(read: (page: PageRequest) => Promise<Page<Item>>): Promise<Item[]> {
  const items: Item[] = [];
  let after: string | undefined;
  do {
    const page = await read({ limit: 2, ...omitUndefined({ after }) });
    items.push(...page.items);
    after = page.next;
  } while (after !== undefined);
  return items;
}
