import type { Result } from "../../shared/result.ts";
import {
  emptyBook,
  isRead,
  noticesKept,
  unreadCounted,
  withRead,
  type Notice,
  type NoticeBook,
  type NoticeKind,
} from "../../shared/workflow/notices.ts";
import type { CommitRefusal, NoticeStore, Page, PageRequest } from "../storage/ports.ts";
import { pagesOf } from "../storage/pages.ts";

/** A person in a region, whose notices (通知) nobody else reads. */
export interface Addressee {
  readonly region: string;
  readonly subject: string;
}

type Notices = { readonly notices: NoticeStore };

/** A page of a person's notices, latest first, each with whether they have read it. */
export async function noticesOf(
  { notices }: Notices,
  { region, subject }: Addressee,
  page: PageRequest,
): Promise<Page<Notice & { readonly read: boolean }> & { readonly book: NoticeBook }> {
  const [found, book = emptyBook] = await Promise.all([
    notices.list(region, subject, page),
    notices.book(region, subject),
  ]);
  return {
    ...found,
    items: found.items.map((notice) => ({ ...notice, read: isRead(book, notice.id) })),
    book,
  };
}

const countPage = 25;

/** Unread notices of a person, at most one more than are counted. Reads only as far as something may be unread. */
export async function unreadOf(
  { notices }: Notices,
  { region, subject }: Addressee,
): Promise<number> {
  const book = (await notices.book(region, subject, { consistent: false })) ?? emptyBook;
  let unread = 0;
  for await (const { items } of pagesOf((page) => notices.list(region, subject, page), countPage)) {
    for (const { id } of items) {
      if (id <= book.readTo) return unread;
      if (!isRead(book, id)) unread += 1;
      if (unread > unreadCounted) return unread;
    }
  }
  return unread;
}

/** Marks notices as read: those named, or all that are kept. */
export async function markRead(
  deps: Notices & { readonly now: () => string },
  { region, subject }: Addressee,
  wanted: readonly string[] | "all",
): Promise<Result<NoticeBook, CommitRefusal>> {
  const latest: Notice[] = [];
  for await (const { items } of pagesOf((page) => deps.notices.list(region, subject, page), 100)) {
    latest.push(...items);
    if (latest.length >= noticesKept) break;
  }
  const ids = wanted === "all" ? latest.map(({ id }) => id) : wanted;
  return changeBook(deps, { region, subject }, (book) =>
    withRead(book, ids, { latest, now: deps.now() }),
  );
}

/** Kinds about which a person wants no letters. */
export const choosePageOnly = (
  deps: Notices,
  who: Addressee,
  pageOnly: readonly NoticeKind[],
): Promise<Result<NoticeBook, CommitRefusal>> =>
  changeBook(deps, who, (book) => ({ ...book, pageOnly: [...new Set(pageOnly)].sort() }));

/** Two tabs of one person may write at once. */
const attempts = 3;

async function changeBook(
  { notices }: Notices,
  { region, subject }: Addressee,
  change: (book: NoticeBook) => NoticeBook,
): Promise<Result<NoticeBook, CommitRefusal>> {
  for (let attempt = 1; ; attempt += 1) {
    const book = (await notices.book(region, subject)) ?? emptyBook;
    const put = await notices.putBook(region, subject, change(book));
    if (put.ok || attempt === attempts) return put;
  }
}
