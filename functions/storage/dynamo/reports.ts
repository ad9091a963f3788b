import { GetCommand, UpdateCommand } from "@aws-sdk/lib-dynamodb";
import { randomUUID } from "node:crypto";
import { isDeepStrictEqual } from "node:util";
import { z } from "zod";
import type { Sha256 } from "../../../shared/canonical-json.ts";
import { err, ok } from "../../../shared/result.ts";
import {
  chainedEventSchema,
  reportStateSchema,
} from "../../../shared/workflow/report-state-schema.ts";
import { linkEvents } from "../chain.ts";
import { isSamePointer } from "../same-pointer.ts";
import type { HeadPage, ReportHead, ReportStore } from "../ports.ts";
import {
  entryOf,
  headItemSchema,
  headItemOf,
  headOf,
  keys,
  orgKey,
  outboxShardOf,
  outboxShards,
  parseItem,
  pointerStart,
  pointerText,
  pointerTexts,
  seqOfSortKey,
  yearKey,
} from "../items.ts";
import { readCursor, writeCursor } from "../cursor.ts";
import { changes } from "./changes.ts";
import { recordEvent, trimOutbox } from "./outbox.ts";
import {
  getItem,
  type IndexQuery,
  pageIndex,
  pagePartition,
  putIfNone,
  surveyItems,
  surveyPage,
  type TableAccess,
  unlessRefused,
} from "./table-access.ts";
import { omitUndefined } from "../../../shared/omit-undefined.ts";

/**
 * Heads and events. Every change of a head is one conditional write of its one item; the SDK may send
 * a write twice when an answer is lost, so after a refusal the stored item is first compared with the write.
 */
export function createReportStore(access: TableAccess, sha256: Sha256): ReportStore {
  const { db, table } = access;
  const loadItem = (id: string) => getItem(access, keys.head(id), headItemSchema);

  async function load(id: string): Promise<ReportHead | undefined> {
    const item = await loadItem(id);
    return item === undefined ? undefined : headOf(item);
  }

  async function pageHeads(
    query: IndexQuery,
    stillHolds: (head: ReportHead) => boolean,
    reading: { readonly consistent?: boolean } = {},
  ): Promise<HeadPage> {
    const found = await pageIndex(access, query);
    const surveyed = await surveyItems(access, found.items, headItemSchema, reading);
    const heads = surveyed.flatMap((head) => ("value" in head ? [headOf(head.value)] : []));
    const damaged = surveyed.flatMap((head) => ("value" in head ? [] : [head.name]));
    return {
      items: heads.filter(stillHolds), // an index lags behind; the head is the truth
      ...(damaged.length === 0 ? {} : { damaged }),
      ...omitUndefined({ next: found.next }),
    };
  }

  /** A head whose pointers were stored member by member gets them as texts, which a save compares with. */
  async function withPointerTexts(id: string): Promise<ReportHead | undefined> {
    const { Item } = await db.send(
      new GetCommand({ TableName: table, Key: keys.head(id), ConsistentRead: true }),
    );
    if (Item === undefined) return undefined;
    const head = headOf(parseItem(headItemSchema, Item));
    const sections = pointerTexts(head.sections);
    if (!isDeepStrictEqual(Item["sections"], sections)) {
      await unlessRefused(
        db.send(
          new UpdateCommand({
            TableName: table,
            Key: keys.head(id),
            ...changes({
              set: { "#sections": sections },
              onlyIf: "#version = :read",
              given: { ":read": head.version },
            }),
          }),
        ),
      );
    }
    return head;
  }

  const saveSections: ReportStore["saveSections"] = async (id, sections) => {
    let pending = sections;
    for (let attempt = 1; attempt <= maxAttempts; attempt++) {
      const written = await unlessRefused(
        db.send(
          new UpdateCommand({
            TableName: table,
            Key: keys.head(id),
            ReturnValues: "ALL_NEW",
            ...changes({
              set: Object.fromEntries(
                pending
                  .filter(({ base, pointer }) => base !== pointer.sha256)
                  .map(({ section, pointer }) => [`#sections.#${section}`, pointerText(pointer)]),
              ),
              count: "#version",
              add: { "#editors": new Set(pending.map(({ pointer }) => pointer.by)) },
              onlyIf: [
                "#state.#status = :draft",
                ...pending.map(({ section, base }) =>
                  base === undefined
                    ? `attribute_not_exists(#sections.#${section})`
                    : `begins_with(#sections.#${section}, :${section})`,
                ),
              ].join(" AND "),
              given: {
                ":draft": "draft",
                ...Object.fromEntries(
                  pending.flatMap(({ section, base }) =>
                    base === undefined ? [] : [[`:${section}`, pointerStart(base)]],
                  ),
                ),
              },
            }),
          }),
        ),
      );
      if (written !== undefined) {
        return ok(headOf(parseItem(headItemSchema, written.Attributes)));
      }
      const current = await withPointerTexts(id);
      if (current?.state.status !== "draft") return err({ code: "not_draft" });
      const saved = current.sections;
      if (sections.every(({ section, pointer }) => isSamePointer(saved[section], pointer))) {
        return ok(current);
      }
      // What somebody else saved with the very same bytes meanwhile is no conflict.
      pending = sections.map((change) =>
        saved[change.section]?.sha256 === change.pointer.sha256
          ? { ...change, base: change.pointer.sha256 }
          : change,
      );
      const moved = pending.find(({ section, base }) => saved[section]?.sha256 !== base);
      if (moved !== undefined) {
        return err({ code: "section_conflict", current: saved[moved.section] });
      }
      // Otherwise submitted and withdrawn between the write and this read: the draft can be saved again.
    }
    throw new Error(`Sections of ${id} were refused ${maxAttempts} times without a cause`);
  };

  return {
    load,

    async create(head) {
      const writeToken = randomUUID();
      const item = { ...headItemOf(head), remarks: {}, writeToken };
      parseItem(headItemSchema, item);
      if (await putIfNone(access, item)) return ok(head);
      const current = await loadItem(head.id);
      return current?.writeToken === writeToken ? ok(head) : err({ code: "stale_version" });
    },

    async commit(
      head,
      events,
      { state, turn, departmentCode, orgName, edition, forgetsEditors = false, trace },
    ) {
      const writeToken = randomUUID();
      const links = linkEvents(head, events, sha256);
      const last = links.at(-1);
      const chain = last === undefined ? head.chain : { seq: last.seq, hash: last.hash };
      reportStateSchema.parse(state); // what would not be read back is not written
      links.forEach((link) => chainedEventSchema.parse(link));
      const written = await unlessRefused(
        db.send(
          new UpdateCommand({
            TableName: table,
            Key: keys.head(head.id),
            ReturnValues: "ALL_NEW",
            ...changes({
              onlyIf: "#version = :read",
              set: {
                "#version": head.version + 1,
                "#state": state,
                "#chain": chain,
                "#writeToken": writeToken,
                ...(departmentCode !== undefined && { "#departmentCode": departmentCode }),
                ...(orgName !== undefined && { "#orgName": orgName }),
                ...(edition !== undefined && { "#edition": edition }),
                ...(turn && !isSameTurn(turn, head.turn)
                  ? { "#turnQueue": turn.queue, "#turnDue": turn.due }
                  : {}),
                ...Object.fromEntries(
                  links.map((link) => [`#outbox.#${link.seq}`, entryOf(link, trace)]),
                ),
                ...(last && { "#outboxShard": outboxShardOf(head.id) }),
              },
              setOnce: links[0] === undefined ? {} : { "#outboxSince": links[0].event.at },
              remove: [
                ...(turn === undefined ? ["#turnQueue", "#turnDue"] : []),
                ...(forgetsEditors ? ["#editors"] : []),
              ],
              given: { ":read": head.version },
            }),
          }),
        ),
      );
      if (written !== undefined) {
        return ok(headOf(parseItem(headItemSchema, written.Attributes)));
      }
      const current = await loadItem(head.id);
      return current?.writeToken === writeToken
        ? ok(headOf(current))
        : err({ code: "stale_version" });
    },

    saveSection: (id, section, base, pointer) => saveSections(id, [{ section, base, pointer }]),
    saveSections,

    // Of what is only listed half the price is worth a moment's delay, which the index has anyway.
    byTurn: (queue, page) =>
      pageHeads({ index: "byTurn", value: queue, page }, (head) => head.turn?.queue === queue, {
        consistent: false,
      }),

    byYear: (region, year, page) =>
      pageHeads({ index: "byYear", value: yearKey(region, year), page }, () => true),

    byOrg: (region, orgCode, page) =>
      pageHeads(
        { index: "byOrg", value: orgKey(region, orgCode), newestFirst: true, page },
        () => true,
        { consistent: false },
      ),

    async withOutbox(page) {
      const from = readCursor(page.after, outboxCursor);
      const heads: ReportHead[] = [];
      const damaged: string[] = [];
      const answer = (next?: readonly unknown[]): HeadPage => ({
        items: heads,
        ...(damaged.length === 0 ? {} : { damaged }),
        ...(next === undefined ? {} : { next: writeCursor(next) }),
      });
      let within = from?.[1];
      for (let shard = from?.[0] ?? 0; shard < outboxShards.length; shard++) {
        const found = await pageHeads(
          {
            index: "byOutbox",
            value: outboxShards[shard] ?? "",
            page: {
              limit: page.limit - heads.length,
              ...omitUndefined({ after: within }),
            },
          },
          (head) => head.outbox.length > 0,
        );
        heads.push(...found.items);
        damaged.push(...(found.damaged ?? []));
        if (found.next !== undefined) return answer([shard, found.next]);
        within = undefined;
        if (heads.length >= page.limit && shard + 1 < outboxShards.length) {
          return answer([shard + 1]);
        }
      }
      return answer();
    },

    async recordEvents(events) {
      for (const event of events) {
        await recordEvent(access, keys.event(event.reportId, event.seq), event);
      }
    },

    trimOutbox: (id, seq, known) =>
      trimOutbox(access, { key: keys.head(id), load: () => load(id), known }, seq),

    events: (id, page) =>
      pagePartition(access, { pk: id, prefix: "event#", page }, chainedEventSchema),

    latestEvents: (id, page) =>
      pagePartition(
        access,
        { pk: id, prefix: "event#", newestFirst: true, page },
        chainedEventSchema,
      ),

    async surveyHead(id) {
      const [found] = await surveyItems(access, [keys.head(id)], headItemSchema);
      return found === undefined || !("value" in found)
        ? found
        : { name: id, value: headOf(found.value) };
    },

    async surveyEvents(id, page) {
      const query = { pk: id, prefix: "event#", page };
      const found = await surveyPage(access, query, chainedEventSchema);
      const items = found.items.map((item) => ({ ...item, seq: seqOfSortKey(item.name) }));
      return { ...found, items };
    },
  };
}

const maxAttempts = 10;

/** What an index goes by is written only where it changes. */
const isSameTurn = (turn: ReportHead["turn"], before: ReportHead["turn"]): boolean =>
  turn?.queue === before?.queue && turn?.due === before?.due;

const outboxCursor = z.union([
  z
    .tuple([
      z
        .int()
        .min(0)
        .max(outboxShards.length - 1),
    ])
    .transform(([shard]) => [shard, undefined] as const),
  z.tuple([
    z
      .int()
      .min(0)
      .max(outboxShards.length - 1),
    z.string(),
  ]),
]);
