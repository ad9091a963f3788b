import { statusName } from "../workflow/names.ts";
import type { ProgressState } from "./progress.ts";

/** States of a node in the year's progress (进度). */
export const progressStateName = {
  exempt: "免报",
  damaged: "数据损坏",
  not_opened: "未开始",
  draft: statusName.draft,
  in_review: statusName.in_review,
  approved: statusName.approved,
  print_failed: "排印失败",
  publish_failed: "公开失败",
  published: statusName.published,
  taken_down: statusName.taken_down,
} as const satisfies Record<ProgressState, string>;
