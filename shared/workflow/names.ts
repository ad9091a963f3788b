import type { FailureStep } from "./failure.ts";
import type { ActingRole, SignOffKind, Stage, Status } from "./report-state.ts";
import { roleName } from "./roles.ts";

/** The workflow's terms as people know them, for every screen, mail and page. */
export const stageName = {
  unit: "单位审核",
  department: "部门审核",
  bureau: "财政审核",
} as const satisfies Record<Stage, string>;

/** The role of an act as the history prints it. */
export const actingRoleName = {
  ...roleName,
  system: "系统",
} satisfies Record<ActingRole, string>;

export const signOffName = {
  secrecy: "保密审查",
  principal: "负责人审签",
} as const satisfies Record<SignOffKind, string>;

export const statusName = {
  absent: "未编制",
  draft: "编制中",
  in_review: "审核中",
  approved: "已批复",
  published: "已公开",
  taken_down: "已撤下",
} as const satisfies Record<Status, string>;

/** Name of the state of an approved report whose printing or publishing failed. */
export const failureName = {
  print: "排印失败",
  publish: "公开失败",
} as const satisfies Record<FailureStep, string>;
