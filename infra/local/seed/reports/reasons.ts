import type { FindingView } from "../../../../shared/contract/responses.ts";

/** Explanations of the seeded city's people for warnings that their narrative has no reason for. */
const answers: Readonly<Record<string, string>> = {
  R190: "上年决算批复后收回一笔已列支的往来款，经财政部门核定调增年初结转",
  R408: "代办中心与行政服务中心合署办公，该项目在单位自评中并入行政服务中心运转经费",
  S406: "成本控制率按合同价测算，与资金执行数的口径不同",
  S416: "部门评价另行扣除了分诊预约不足和资料归档不全的分值",
};

/** A reason for a warning of their report: as typed in its narrative, as known of the rule, or after its place. */
export const seedReason = ({
  rule,
  message,
  suggested,
}: Pick<FindingView, "rule" | "message" | "suggested">): string =>
  suggested ?? answers[rule] ?? `${placeOf(message)}已与记账凭证、合同逐笔核对，依据存入决算底稿`;

/** The words a finding quotes, else the place it begins with. */
const placeOf = (message: string): string =>
  /“[^”]+”/u.exec(message)?.[0] ?? message.split("：")[0] ?? "";
