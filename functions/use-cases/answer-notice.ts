import { reportTitle } from "../../shared/document/titles.ts";
import { longestDetail, noticeId } from "../../shared/workflow/notices.ts";
import type { Thread } from "../../shared/workflow/thread.ts";
import type { NoticeStore, ReportHead } from "../storage/ports.ts";

/** Shows whoever made a remark (审核意见) that it was answered, taken up again or settled by somebody else. */
export async function noticeAnswer(
  { notices }: { readonly notices: Pick<NoticeStore, "put"> },
  head: ReportHead,
  { id, entries }: Thread,
): Promise<void> {
  const [opening] = entries;
  const last = entries.at(-1);
  if (opening === undefined || last === undefined || last.act === "open") return;
  if (last.by === opening.by) return;
  const { at, byName, text, act } = last;
  await notices.put(head.region, opening.by, {
    id: noticeId(at, `${head.id}.${id}.${String(entries.length)}`),
    ...{ at, kind: "answered", about: aboutOf[act], title: reportTitle(head), byName },
    detail: text.slice(0, longestDetail),
    path: `/reports/${head.id}/findings`,
  });
}

const aboutOf = {
  answer: "审核意见已答复",
  resolve: "审核意见已解决",
  reopen: "审核意见重新提出",
} as const;
