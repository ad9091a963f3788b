/**
 * 通知: what the staff app lets a person know, beside the letters (邮件) about the same. Each is written for the people
 * an event concerns, once, and what they have read is kept for them alone.
 */

/** Kinds of notices, by what they ask for, in the order of a list of preferences. */
export const noticeKinds = {
  turn: { name: "轮到我办理", mailed: true },
  returned: { name: "退回和撤销批复", mailed: true },
  second: { name: "请我确认", mailed: true },
  answered: { name: "审核意见得到答复", mailed: false },
  deadline: { name: "期限提醒", mailed: true },
  outcome: { name: "批复、公开、更正和撤下", mailed: true },
  progress: { name: "其他进展", mailed: true },
} as const satisfies Readonly<
  Record<
    string,
    { readonly name: string; /** Letters go out about it, too. */ readonly mailed: boolean }
  >
>;

export type NoticeKind = keyof typeof noticeKinds;
export const noticeKindIds = Object.keys(noticeKinds) as readonly NoticeKind[];

/** Notices of a person that are kept at least; older ones may be gone. */
export const noticesKept = 200;
/** What is counted as unread at most: 99+. */
export const unreadCounted = 99;

export interface Notice {
  /** When what it tells of happened, and the occasion: later ones sort later, and the same one is one. */
  readonly id: string;
  /** ISO UTC. */
  readonly at: string;
  readonly kind: NoticeKind;
  /** What it is about in a few words: 已退回，请修改. */
  readonly about: string;
  /** Of which report. */
  readonly title: string;
  /** What comes first for whoever reads it: the reason of a return, an answer. */
  readonly detail?: string;
  /** Who did it. */
  readonly byName?: string;
  /** Where it leads within the staff app. */
  readonly path: string;
}

/** What a person has read, and which kinds they want no letters about. */
export interface NoticeBook {
  /** Everything up to this id is read. */
  readonly readTo: string;
  /** Ids after it that are read. */
  readonly readIds: readonly string[];
  /** Kinds shown in the app alone (仅在页面). */
  readonly pageOnly: readonly NoticeKind[];
  /** Counts every write; 0 for one never stored. */
  readonly version: number;
}

export const emptyBook: NoticeBook = { readTo: "", readIds: [], pageOnly: [], version: 0 };

export const noticeId = (at: string, occasion: string): string => `${at}#${occasion}`;

/** Longest detail that is kept, in characters: a list shows the beginning, the report all of it. */
export const longestDetail = 300;

export const isRead = ({ readTo, readIds }: NoticeBook, id: string): boolean =>
  id <= readTo || readIds.includes(id);

/**
 * Notices may arrive late, letters of an outage an hour and reminders of a day by its end; what is read is therefore kept
 * one by one for two days before it is summed up.
 */
const settledAfterMs = 2 * 86_400_000;

/**
 * The book after some more notices were read. `latest`: the newest notices, newest first, all that are kept or more than a
 * book may name; what is older than they are counts as read.
 */
export function withRead(
  book: NoticeBook,
  ids: readonly string[],
  { latest, now }: { readonly latest: readonly Pick<Notice, "id" | "at">[]; readonly now: string },
): NoticeBook {
  const wanted = new Set([...book.readIds, ...ids]);
  const settled = new Date(Date.parse(now) - settledAfterMs).toISOString();
  const after = latest.filter(({ id }) => id > book.readTo).toReversed();
  const firstUnread = after.findIndex(({ id, at }) => !wanted.has(id) || at >= settled);
  const summedUp = firstUnread < 0 ? after : after.slice(0, firstUnread);
  const readTo = summedUp.at(-1)?.id ?? book.readTo;
  const readIds = after.flatMap(({ id }) => (id > readTo && wanted.has(id) ? [id] : []));
  return { ...book, readTo, readIds };
}
