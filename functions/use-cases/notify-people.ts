import { longestDetail, noticeId, type Notice } from "../../shared/workflow/notices.ts";
import { omitUndefined } from "../../shared/omit-undefined.ts";
import {
  type Letter,
  type MailCounts,
  type MailDeps,
  sendOnce,
} from "../platform/mail/send-once.ts";
import type { NoticeStore } from "../storage/ports.ts";

/** A letter with what the staff app shows of it. */
export interface NoticedLetter extends Letter {
  readonly notice: Pick<Notice, "kind" | "about" | "title" | "path"> & {
    readonly detail?: string | undefined;
    readonly byName?: string | undefined;
  };
}

export interface PeopleDeps extends MailDeps {
  readonly notices: Pick<NoticeStore, "put" | "book">;
}

/**
 * Shows each person a notice and mails them the letter about the same, unless they want none of its kind. `at`: when it
 * happened; the same occasion delivered twice is one notice and one mail.
 */
export async function notifyPeople(
  deps: PeopleDeps,
  { region, at }: { readonly region: string; readonly at: string },
  letters: readonly NoticedLetter[],
): Promise<MailCounts> {
  const mailed: Letter[] = [];
  for (const { notice, ...letter } of letters) {
    const { subject } = letter.to;
    const { detail, byName, ...rest } = notice;
    await deps.notices.put(region, subject, {
      ...{ id: noticeId(at, letter.occasion), at, ...rest },
      ...omitUndefined({ detail: detail?.slice(0, longestDetail), byName }),
    });
    const book = await deps.notices.book(region, subject, { consistent: false });
    if (book?.pageOnly.includes(notice.kind) !== true) mailed.push(letter);
  }
  return sendOnce(deps, mailed);
}
