import { noticesKept } from "../../../shared/workflow/notices.ts";
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
import type { ItemTable } from "./item-table.ts";

/** A partition a person: their notices by time, and their book. What comes in takes the place of the oldest. */
export const createNoticeStore = (table: ItemTable): NoticeStore => ({
  put: (region, subject, notice) => {
    const key = keys.notice(region, subject, notice.id);
    const at = { pk: key.pk, prefix: noticePrefix };
    return table.write(key, () => {
      table.put(noticeItemOf(region, subject, notice));
      const kept = table.partition(at, noticeSchema);
      const oldest = kept.at(-noticesKept);
      if (kept.length > noticesKept && oldest !== undefined) {
        table.removeBelow(at, keys.notice(region, subject, oldest.id).sk);
      }
    });
  },

  list: async (region, subject, page) =>
    table.page(
      {
        ...{ pk: keys.noticeBook(region, subject).pk, prefix: noticePrefix },
        ...{ newestFirst: true, page },
      },
      noticeSchema,
    ),

  book: async (region, subject) => table.get(keys.noticeBook(region, subject), noticeBookSchema),

  putBook: (region, subject, book) => {
    const key = keys.noticeBook(region, subject);
    return table.write(key, () => {
      const next = { ...book, version: book.version + 1 };
      parseItem(noticeBookSchema, { ...key, ...next });
      if ((table.get(key, noticeBookSchema)?.version ?? 0) !== book.version) {
        return err({ code: "stale_version" });
      }
      table.put({ ...key, ...next });
      return ok(next);
    });
  },
});
