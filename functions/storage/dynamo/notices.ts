import { PutCommand } from "@aws-sdk/lib-dynamodb";
import { err, ok } from "../../../shared/result.ts";
import {
  keys,
  noticeBookSchema,
  noticeItemOf,
  noticePrefix,
  noticeSchema,
  parseItem,
} from "../items.ts";
import type { NoticeStore } from "../ports.ts";
import { getItem, pagePartition, putOverVersion, type TableAccess } from "./table-access.ts";

/** A partition a person: their notices by time, and their book. DynamoDB forgets notices by itself. */
export const createNoticeStore = (access: TableAccess): NoticeStore => ({
  async put(region, subject, notice) {
    const Item = noticeItemOf(region, subject, notice);
    await access.db.send(new PutCommand({ TableName: access.table, Item }));
  },

  list: (region, subject, page) =>
    pagePartition(
      access,
      {
        ...{ pk: keys.noticeBook(region, subject).pk, prefix: noticePrefix },
        ...{ newestFirst: true, consistent: false, page },
      },
      noticeSchema,
    ),

  book: (region, subject, reading) =>
    getItem(access, keys.noticeBook(region, subject), noticeBookSchema, reading),

  async putBook(region, subject, book) {
    const item = { ...keys.noticeBook(region, subject), ...book };
    parseItem(noticeBookSchema, item);
    return (await putOverVersion(access, item))
      ? ok({ ...book, version: book.version + 1 })
      : err({ code: "stale_version" });
  },
});
