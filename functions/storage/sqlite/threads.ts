import { err, ok, type Result } from "../../../shared/result.ts";
import { transitions } from "../../../shared/workflow/transitions.ts";
import { headItemOf, headItemSchema, headOf, keys, threadSchema } from "../items.ts";
import type { Thread } from "../../../shared/workflow/thread.ts";
import type { RemarkRefusal, ThreadStore } from "../ports.ts";
import type { ItemTable } from "./item-table.ts";

/** 审核意见: a remark and the count of its report's head are one transaction. */
export function createThreadStore(table: ItemTable): ThreadStore {
  const threadAt = (reportId: string, id: string): Thread | undefined =>
    table.get(keys.thread(reportId, id), threadSchema);

  /** `next` computes the thread from the stored one. */
  const remark = (
    { reportId, id }: Pick<Thread, "reportId" | "id">,
    next: (stored: Thread | undefined) => Result<Thread, RemarkRefusal>,
  ): Promise<Result<Thread, RemarkRefusal>> =>
    table.write(keys.thread(reportId, id), () => {
      const item = table.get(keys.head(reportId), headItemSchema);
      if (item === undefined || !commentable.includes(item.state.status)) {
        return err({ code: "not_commentable" });
      }
      const made = next(threadAt(reportId, id));
      if (!made.ok) return made;
      const head = headOf(item);
      const version = head.version + 1;
      table.put({ ...keys.thread(reportId, id), ...made.value });
      table.put(headItemOf({ ...head, version, remarkVersion: version }));
      return made;
    });

  return {
    load: async (reportId, id) => threadAt(reportId, id),
    list: async (reportId) => table.partition({ pk: reportId, prefix }, threadSchema),
    survey: async (reportId) =>
      table
        .surveyPartition({ pk: reportId, prefix }, threadSchema)
        .map((one) => ({ ...one, name: one.name.slice(prefix.length) })),
    create: (thread) =>
      remark(thread, (stored) =>
        stored === undefined ? ok(thread) : err({ code: "stale_version" }),
      ),
    append: (thread, entry, status) =>
      remark(thread, (stored) =>
        stored?.version === thread.version
          ? ok({
              ...stored,
              status,
              version: stored.version + 1,
              entries: [...stored.entries, entry],
            })
          : err({ code: "stale_version" }),
      ),
  };
}

const prefix = "thread#";
const commentable: readonly string[] = transitions.comment.from;
