import { z } from "zod";
import type { Sha256 } from "../../../shared/canonical-json.ts";
import { err, ok } from "../../../shared/result.ts";
import { chainedEventSchema } from "../../../shared/workflow/report-state-schema.ts";
import { linkEvents } from "../chain.ts";
import { readCursor, writeCursor } from "../cursor.ts";
import { isSamePointer } from "../same-pointer.ts";
import {
  type HeadToStore,
  headItemOf,
  headItemSchema,
  headOf,
  keys,
  orgKey,
  outboxShards,
  parseItem,
  seqOfSortKey,
  yearKey,
} from "../items.ts";
import type { HeadPage, PageRequest, ReportHead, ReportStore } from "../ports.ts";
import type { IndexName } from "../table.ts";
import type { ItemTable } from "./item-table.ts";
import { recordEvents } from "./outbox.ts";
import { omitUndefined } from "../../../shared/omit-undefined.ts";

/** Heads and events; every change reads its head and writes it in one transaction. */
export function createReportStore(table: ItemTable, sha256: Sha256): ReportStore {
  const headAt = (id: string): ReportHead | undefined => {
    const item = table.get(keys.head(id), headItemSchema);
    return item === undefined ? undefined : headOf(item);
  };
  /** Within a write: counted up by one, and checked, for what would not be read back is not written. */
  const putNext = (head: HeadToStore): ReportHead => {
    const item = headItemOf({ ...head, version: head.version + 1 });
    const next = headOf(parseItem(headItemSchema, item));
    table.put(item);
    return next;
  };
  const pageHeads = (
    query: { index: IndexName; value: string; newestFirst?: boolean },
    page: PageRequest,
  ): HeadPage => {
    const found = table.surveyIndex({ ...query, page }, headItemSchema);
    const damaged = found.items.flatMap((one) => ("value" in one ? [] : [one.name]));
    return {
      items: found.items.flatMap((one) => ("value" in one ? [headOf(one.value)] : [])),
      ...(damaged.length === 0 ? {} : { damaged }),
      ...omitUndefined({ next: found.next }),
    };
  };

  const saveSections: ReportStore["saveSections"] = (id, changes) =>
    table.write(keys.head(id), () => {
      const head = headAt(id);
      if (head?.state.status !== "draft") return err({ code: "not_draft" });
      const { sections } = head;
      if (changes.every(({ section, pointer }) => isSamePointer(sections[section], pointer))) {
        return ok(head); // saved by the same person in the same moment already
      }
      // What somebody else saved with the very same bytes meanwhile is no conflict, and keeps its author.
      const isSame = ({ section, pointer }: (typeof changes)[number]) =>
        sections[section]?.sha256 === pointer.sha256;
      const moved = changes.find(
        (change) => !isSame(change) && sections[change.section]?.sha256 !== change.base,
      );
      if (moved !== undefined) {
        return err({ code: "section_conflict", current: sections[moved.section] });
      }
      const written = changes.filter((change) => !isSame(change));
      const editors = new Set([
        ...(head.editors ?? []),
        ...changes.map(({ pointer }) => pointer.by),
      ]);
      return ok(
        putNext({
          ...head,
          sections: {
            ...sections,
            ...Object.fromEntries(written.map(({ section, pointer }) => [section, pointer])),
          },
          editors: [...editors].sort(),
        }),
      );
    });

  return {
    load: async (id) => headAt(id),

    create: (head) =>
      table.write(keys.head(head.id), () => {
        const item = headItemOf(head);
        parseItem(headItemSchema, item);
        return table.putIfNone(item) ? ok(head) : err({ code: "stale_version" });
      }),

    commit: ({ id, version }, events, next) =>
      table.write(keys.head(id), () => {
        const head = headAt(id);
        if (head?.version !== version) return err({ code: "stale_version" });
        const { state, turn, departmentCode, orgName, edition, trace } = next;
        const links = linkEvents(head, events, sha256);
        const last = links.at(-1);
        return ok(
          putNext({
            ...head,
            state,
            ...omitUndefined({ departmentCode, orgName, edition }),
            ...(last === undefined ? {} : { chain: { seq: last.seq, hash: last.hash } }),
            outbox: [...head.outbox, ...links],
            traces: {
              ...head.traces,
              ...(trace === undefined
                ? {}
                : Object.fromEntries(links.map(({ seq }) => [String(seq), trace]))),
            },
            turn,
            editors: next.forgetsEditors === true ? undefined : head.editors,
          }),
        );
      }),

    saveSection: (id, section, base, pointer) => saveSections(id, [{ section, base, pointer }]),
    saveSections,

    byTurn: async (queue, page) => pageHeads({ index: "byTurn", value: queue }, page),
    byYear: async (region, year, page) =>
      pageHeads({ index: "byYear", value: yearKey(region, year) }, page),
    byOrg: async (region, orgCode, page) =>
      pageHeads({ index: "byOrg", value: orgKey(region, orgCode), newestFirst: true }, page),

    async withOutbox({ limit, after }) {
      const items: ReportHead[] = [];
      const damaged: string[] = [];
      let [shard, within] = readCursor(after, outboxCursor) ?? [0];
      let next: string | undefined;
      for (; shard < outboxShards.length && next === undefined; shard += 1) {
        const found = pageHeads(
          { index: "byOutbox", value: outboxShards[shard] ?? "" },
          { limit: limit - items.length, ...omitUndefined({ after: within }) },
        );
        items.push(...found.items);
        damaged.push(...(found.damaged ?? []));
        within = undefined;
        if (found.next !== undefined) next = writeCursor([shard, found.next]);
        else if (items.length >= limit && shard + 1 < outboxShards.length) {
          next = writeCursor([shard + 1]);
        }
      }
      return {
        items,
        ...(damaged.length === 0 ? {} : { damaged }),
        ...omitUndefined({ next }),
      };
    },

    async recordEvents(events) {
      const [first] = events;
      if (first === undefined) return;
      await table.write(keys.event(first.reportId, first.seq), () => {
        recordEvents(
          table,
          events.map((event) => [keys.event(event.reportId, event.seq), event]),
        );
      });
    },

    trimOutbox: (id, seq) =>
      table.write(keys.head(id), () => {
        const head = headAt(id);
        const outbox = head?.outbox.filter((event) => event.seq > seq) ?? [];
        // People hold the version in their hands: what becomes of events does not move it.
        if (head !== undefined && outbox.length < head.outbox.length) {
          table.put(headItemOf({ ...head, outbox }));
        }
      }),

    events: async (id, page) => table.page({ pk: id, prefix: "event#", page }, chainedEventSchema),

    latestEvents: async (id, page) =>
      table.page({ pk: id, prefix: "event#", newestFirst: true, page }, chainedEventSchema),

    async surveyHead(id) {
      const found = table.survey(keys.head(id), headItemSchema);
      if (found === undefined) return undefined;
      return "value" in found ? { name: id, value: headOf(found.value) } : { ...found, name: id };
    },

    async surveyEvents(id, page) {
      const found = table.surveyPage({ pk: id, prefix: "event#", page }, chainedEventSchema);
      const items = found.items.map((item) => ({ ...item, seq: seqOfSortKey(item.name) }));
      return { ...found, items };
    },
  };
}

const shardSchema = z
  .int()
  .min(0)
  .max(outboxShards.length - 1);
const outboxCursor = z.union([z.tuple([shardSchema]), z.tuple([shardSchema, z.string()])]);
