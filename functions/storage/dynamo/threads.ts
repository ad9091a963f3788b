import { UpdateCommand } from "@aws-sdk/lib-dynamodb";
import { err, ok } from "../../../shared/result.ts";
import type { ThreadStore } from "../ports.ts";
import { changes } from "./changes.ts";
import { keys, parseItem, threadSchema } from "./items.ts";
import {
  getItem,
  putIfNone,
  readPartition,
  surveyPartition,
  type TableAccess,
  unlessRefused,
} from "./table-access.ts";

/** 审核意见: one item a thread, beside its report's head; entries are only appended. */
export function createThreadStore(access: TableAccess): ThreadStore {
  const load = (reportId: string, threadId: string) =>
    getItem(access, keys.thread(reportId, threadId), threadSchema);

  return {
    load,

    list: (reportId) => readPartition(access, { pk: reportId, prefix: "thread#" }, threadSchema),

    async survey(reportId) {
      const partition = { pk: reportId, prefix: "thread#" };
      const found = await surveyPartition(access, partition, threadSchema);
      return found.map((one) => ({ ...one, name: one.name.slice(partition.prefix.length) }));
    },

    async create(thread) {
      const item = { ...keys.thread(thread.reportId, thread.id), ...thread };
      parseItem(threadSchema, item);
      return (await putIfNone(access, item)) ? ok(thread) : err({ code: "stale_version" });
    },

    async append(thread, entry, status) {
      const written = await unlessRefused(
        access.db.send(
          new UpdateCommand({
            TableName: access.table,
            Key: keys.thread(thread.reportId, thread.id),
            ReturnValues: "ALL_NEW",
            ...changes({
              set: { "#entries": [...thread.entries, entry], "#status": status },
              count: "#version",
              onlyIf: "#version = :read",
              given: { ":read": thread.version },
            }),
          }),
        ),
      );
      if (written !== undefined) return ok(parseItem(threadSchema, written.Attributes));
      const standing = await load(thread.reportId, thread.id);
      const isOwn = standing?.entries.at(-1)?.id === entry.id; // the SDK's retry of a lost answer
      return isOwn ? ok(standing) : err({ code: "stale_version" });
    },
  };
}
