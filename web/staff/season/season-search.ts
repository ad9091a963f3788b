import { progressStateName } from "../../../shared/progress/progress-names.ts";
import { stageName } from "../../../shared/workflow/names.ts";
import type { SeasonFilter } from "../../../shared/progress/season.ts";

/** What the progress page is asked for in its address: which nodes, and in which order the departments. */
export interface SeasonSearch {
  readonly state?: NonNullable<SeasonFilter["state"]>;
  readonly stage?: NonNullable<SeasonFilter["stage"]>;
  readonly having?: NonNullable<SeasonFilter["having"]>;
  readonly text?: string;
  readonly sort?: SeasonOrder;
}

export const stateChoices = { ...progressStateName, not_public: "尚未公开" } as const;
export const havingName = {
  overdue: "已逾期",
  errors: "有错误",
  warnings: "有警告",
  remarks: "有未了意见",
  returns: "被退回过",
} as const satisfies Record<NonNullable<SeasonFilter["having"]>, string>;
export const orderName = {
  code: "代码",
  due: "期限",
  errors: "错误",
  warnings: "警告",
  remarks: "未了意见",
  returns: "退回",
  last: "最后办理",
} as const;
export type SeasonOrder = keyof typeof orderName;

/** An address that asks for what there is not asks for nothing. */
export function seasonSearchOf(search: Record<string, unknown>): SeasonSearch {
  const { state, stage, having, text, sort } = search;
  return {
    ...(isOf(stateChoices, state) ? { state } : {}),
    ...(isOf(stageName, stage) ? { stage } : {}),
    ...(isOf(havingName, having) ? { having } : {}),
    ...(typeof text === "string" && text !== "" ? { text } : {}),
    ...(isOf(orderName, sort) ? { sort } : {}),
  };
}

const isOf = <Names extends object>(names: Names, value: unknown): value is keyof Names =>
  typeof value === "string" && Object.hasOwn(names, value);

/** Whether single nodes are looked for, rather than departments. */
export const isFiltered = ({ state, stage, having, text }: SeasonSearch): boolean =>
  [state, stage, having, text].some((one) => one !== undefined);
