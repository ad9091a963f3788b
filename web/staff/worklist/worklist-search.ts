import { daysBetween, shanghaiDay } from "../../../shared/workflow/deadlines.ts";
import type { WorklistRow } from "../../../shared/workflow/worklist-row.ts";

/** What a worklist is asked for in its address: which list, which of its reports, in which order. */
export interface WorklistSearch {
  readonly list?: ListName;
  readonly having?: keyof typeof havingName;
  /** Part of a code or name. */
  readonly text?: string;
  readonly sort?: keyof typeof orderName;
}

export const listName = { mine: "等我处理", others: "等别人", done: "已完成" } as const;
export type ListName = keyof typeof listName;
export const havingName = {
  unseen: "没看过",
  changed: "看过后有变动",
  overdue: "已逾期",
  errors: "有错误",
  warnings: "有警告",
  remarks: "有未了意见",
  returns: "被退回过",
  correcting: "更正",
} as const;
/** Without one of these, the earliest deadline comes first. */
export const orderName = {
  risk: "风险大的在前",
  first: "初次提交的在前",
  waiting: "等得久的在前",
  changed: "变动多的在前",
  code: "单位代码",
} as const;

/** An address that asks for what there is not asks for nothing. */
export function worklistSearchOf(search: Record<string, unknown>): WorklistSearch {
  const { list, having, text, sort } = search;
  return {
    ...(isOf(listName, list) ? { list } : {}),
    ...(isOf(havingName, having) ? { having } : {}),
    ...(typeof text === "string" && text !== "" ? { text } : {}),
    ...(isOf(orderName, sort) ? { sort } : {}),
  };
}

const isOf = <Names extends object>(names: Names, value: unknown): value is keyof Names =>
  typeof value === "string" && Object.hasOwn(names, value);

/** Whether somebody must still act on what is followed. */
export const isDone = ({ status, takeDownAsked }: WorklistRow): boolean =>
  (status === "published" && takeDownAsked === undefined) || status === "taken_down";

/** Days (Asia/Shanghai) that a report has waited for whoever's turn it is; undefined where that is not known. */
export const daysWaiting = ({ since, turn }: WorklistRow, today: string): number | undefined =>
  since === undefined || turn === undefined ? undefined : daysBetween(shanghaiDay(since), today);

export const isLate = (row: WorklistRow, today: string): boolean => (dueOf(row) ?? today) < today;

/** Last day for whoever must act. */
export const dueOf = ({ turn, status, publishBy }: WorklistRow): string | undefined =>
  turn?.due ?? (status === "approved" ? publishBy : undefined);

/** The reports that match, in the order asked for; `today` is a day (YYYY-MM-DD). */
export function arranged(
  rows: readonly WorklistRow[],
  { having, text = "", sort }: WorklistSearch,
  today: string,
): readonly WorklistRow[] {
  const wanted = text.trim().toLowerCase();
  return rows
    .filter(
      (row) =>
        (having === undefined || has[having](row, today)) &&
        [row.orgCode, row.orgName].some((one) => one.toLowerCase().includes(wanted)),
    )
    .toSorted((one, other) => {
      const [ranks, others] = [rankOf(sort, one, today), rankOf(sort, other, today)];
      const differing = ranks.findIndex((rank, index) => rank !== others[index]);
      const [rank = 0, otherRank = 0] = [ranks[differing], others[differing]];
      return rank === otherRank
        ? compareTexts(`${dueOf(one) ?? "9"} ${one.id}`, `${dueOf(other) ?? "9"} ${other.id}`)
        : otherRank - rank;
    });
}

/** Reports that wait for a verdict or signature of this person, in the order of their worklist. */
export function reportsInOrder(
  mine: readonly WorklistRow[],
  search: WorklistSearch,
  today: string,
): readonly WorklistRow[] {
  const waiting = mine.filter(({ status }) => status === "in_review");
  const matching = arranged(waiting, search, today);
  // Where nothing is left of what was filtered, the rest goes on.
  return matching.length > 0 ? matching : arranged(waiting, sortOf(search), today);
}

const sortOf = ({ sort }: WorklistSearch): WorklistSearch => (sort === undefined ? {} : { sort });

const compareTexts = (one: string, other: string): number =>
  one < other ? -1 : one > other ? 1 : 0;

const has: Record<
  NonNullable<WorklistSearch["having"]>,
  (row: WorklistRow, today: string) => boolean
> = {
  unseen: ({ changedParts }) => changedParts === null,
  changed: ({ changedParts }) => (changedParts ?? 0) > 0,
  overdue: isLate,
  errors: ({ check }) => (check?.errors ?? 0) > 0,
  warnings: ({ check }) => (check?.warnings ?? 0) > 0,
  remarks: ({ openRemarks = 0 }) => openRemarks > 0,
  returns: ({ returns = 0 }) => returns > 0,
  correcting: ({ correcting }) => correcting,
};

/** Numbers by which a report comes before another, the first that differs deciding, the greater first. */
function rankOf(sort: WorklistSearch["sort"], row: WorklistRow, today: string): readonly number[] {
  const failed = row.failure === undefined ? 0 : 1;
  const { check, openRemarks = 0, returns = 0, changedParts } = row;
  switch (sort) {
    case undefined:
      return [failed];
    case "risk":
      return [
        failed,
        check?.errors ?? 0,
        isLate(row, today) ? 1 : 0,
        openRemarks,
        returns,
        check?.warnings ?? 0,
      ];
    case "first":
      return [changedParts === null && returns === 0 ? 1 : 0, changedParts === null ? 1 : 0];
    case "waiting":
      return [daysWaiting(row, today) ?? -1];
    case "changed":
      return [changedParts ?? -1];
    case "code":
      return [-Number.parseInt(row.orgCode.padEnd(12, "0").slice(0, 12), 36)];
  }
}
