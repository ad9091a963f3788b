import { UpdateCommand } from "@aws-sdk/lib-dynamodb";
import { err, ok, type Result } from "../../../shared/result.ts";
import { transitions } from "../../../shared/workflow/transitions.ts";
import type { Thread } from "../../../shared/workflow/thread.ts";
import type { RemarkRefusal, ThreadStore } from "../ports.ts";
import { changes } from "./changes.ts";
import { headItemSchema, keys, threadSchema } from "../items.ts";
import {
  getItem,
  putIfNone,
  readPartition,
  surveyPartition,
  type TableAccess,
  unlessRefused,
} from "./table-access.ts";

/**
 * 审核意见: one item a thread, beside its report's head; entries are only appended.
 *
 * Three writes of one item each, in this order (docs/adr/0014):
 * 1. the head takes the thread, with its new entry alone, into `remarks` and counts its version up;
 * 2. the thread's item takes the entry, if it still has the version before;
 * 3. the head lets go of it.
 * From 1 on every reader sees the entry: what the head holds counts while it is exactly one version
 * ahead of the item. After 2, or when another entry took its place, it counts no more. So a writer
 * killed in between leaves nothing half done, and whoever meets its remark in the way does 2 and 3.
 */
export function createThreadStore(access: TableAccess): ThreadStore {
  const loadHead = (id: string) => getItem(access, keys.head(id), headItemSchema);
  const loadItem = ({ reportId, id }: Pick<Thread, "reportId" | "id">) =>
    getItem(access, keys.thread(reportId, id), threadSchema);
  const update = (
    key: ReturnType<typeof keys.head>,
    change: Parameters<typeof changes>[0],
  ): Promise<boolean> =>
    unlessRefused(
      access.db.send(new UpdateCommand({ TableName: access.table, Key: key, ...changes(change) })),
    ).then((written) => written !== undefined);

  /** 1. Into the head, if the report takes remarks, none of this thread is on its way, and there is room. */
  const announce = (remark: Thread) =>
    update(keys.head(remark.reportId), {
      set: { "#remarks.#thread": remark },
      count: "#version",
      countedAt: "#remarkVersion",
      onlyIf: [
        `#state.#status IN (${commentable.map((_, index) => `:status${index}`).join(", ")})`,
        "attribute_exists(#remarks)",
        "attribute_not_exists(#remarks.#thread)",
        "size(#remarks) < :most",
      ].join(" AND "),
      given: {
        ...Object.fromEntries(commentable.map((status, index) => [`:status${index}`, status])),
        ":most": maxOnTheirWay,
      },
      named: { "#thread": remark.id },
    });

  /** 2 and 3. Whoever does this, and however often, the entry is taken in once or not at all. */
  async function settle(remark: Thread): Promise<void> {
    const key = keys.thread(remark.reportId, remark.id);
    if (remark.version === 1) await putIfNone(access, { ...key, ...remark });
    else {
      await update(key, {
        append: { "#entries": remark.entries },
        set: { "#status": remark.status, "#version": remark.version },
        onlyIf: "#version = :before",
        given: { ":before": remark.version - 1 },
      });
    }
    await update(keys.head(remark.reportId), {
      remove: ["#remarks.#thread"],
      onlyIf: "#remarks.#thread.#version = :version",
      given: { ":version": remark.version },
      named: { "#thread": remark.id },
    });
  }

  async function write(remark: Thread): Promise<Result<Thread, RemarkRefusal>> {
    const entry = remark.entries[0]?.id;
    for (let attempt = 1; attempt <= maxAttempts; attempt++) {
      if (!(await announce(remark))) {
        const head = await loadHead(remark.reportId);
        if (head === undefined || !commentable.includes(head.state.status)) {
          return err({ code: "not_commentable" });
        }
        const onTheirWay = head.remarks ?? {};
        const isOwn = onTheirWay[remark.id]?.entries[0]?.id === entry; // sent twice by the SDK
        if (!isOwn) {
          const inTheWay = onTheirWay[remark.id] ?? Object.values(onTheirWay)[0];
          if (inTheWay !== undefined) await settle(inTheWay);
          if (head.remarks === undefined) await giveRemarks(remark.reportId);
          continue;
        }
      }
      await settle(remark);
      const stored = await loadItem(remark);
      const isIn = stored?.entries[remark.version - 1]?.id === entry;
      return stored !== undefined && isIn ? ok(stored) : err({ code: "stale_version" });
    }
    throw new Error(`A remark on ${remark.reportId} found no way in ${maxAttempts} attempts`);
  }

  /** Heads stored before remarks went through them have no place for one. */
  const giveRemarks = (reportId: string) =>
    update(keys.head(reportId), {
      setOnce: { "#remarks": {} },
      onlyIf: "attribute_exists(#state)",
      given: {},
    });

  return {
    // The head first: what leaves it meanwhile is in the item by then.
    async load(reportId, id) {
      const head = await loadHead(reportId);
      return merged(await loadItem({ reportId, id }), head?.remarks?.[id]);
    },

    async list(reportId) {
      const head = await loadHead(reportId);
      const stored = await readPartition(access, { pk: reportId, prefix: "thread#" }, threadSchema);
      const byId = new Map<string, Thread>(stored.map((thread) => [thread.id, thread]));
      for (const remark of Object.values(head?.remarks ?? {})) {
        const thread = merged(byId.get(remark.id), remark);
        if (thread !== undefined) byId.set(thread.id, thread);
      }
      return [...byId.values()].sort((one, other) => (one.id < other.id ? -1 : 1));
    },

    async survey(reportId) {
      const partition = { pk: reportId, prefix: "thread#" };
      const [head] = await surveyPartition(
        access,
        { pk: reportId, prefix: "head" },
        headItemSchema,
      );
      const found = (await surveyPartition(access, partition, threadSchema)).map((one) => ({
        ...one,
        name: one.name.slice(partition.prefix.length),
      }));
      const remarks = head !== undefined && "value" in head ? (head.value.remarks ?? {}) : {};
      const opened = Object.values(remarks).filter(({ id }) =>
        found.every(({ name }) => name !== id),
      );
      return [
        ...found.map((one) =>
          "value" in one
            ? { ...one, value: merged(one.value, remarks[one.name]) ?? one.value }
            : one,
        ),
        ...opened.flatMap((remark) => {
          const value = merged(undefined, remark);
          return value === undefined ? [] : [{ name: remark.id, value }];
        }),
      ];
    },

    create: write,
    append: (thread, entry, status) =>
      write({ ...thread, status, version: thread.version + 1, entries: [entry] }),
  };
}

const commentable: readonly string[] = transitions.comment.from;

/** On their way at once; each is at most 15 KB, of the 400 KB that a head may have. */
const maxOnTheirWay = 8;

/** Each refusal finishes a remark that is in the way, so somebody gets in every time. */
const maxAttempts = 100;

/** A thread as it is read: its item, and the entry that the head still holds for it. */
function merged(stored: Thread | undefined, remark: Thread | undefined): Thread | undefined {
  if (remark === undefined || remark.version !== (stored?.version ?? 0) + 1) return stored;
  return { ...remark, entries: [...(stored?.entries ?? []), ...remark.entries] };
}
