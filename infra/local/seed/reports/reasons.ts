import type { FindingView } from "../../../../shared/contract/responses.ts";

/** What the people of the city answer when a warning asks and their narrative has no reason for it. */
const answers: Readonly<Record<string, string>> = {
  R190: "上年决算批复后收回一笔已列支的往来款，经财政部门核定调增年初结转",
};

/** A reason for a warning of their report: as typed in its narrative, as known of the rule, or after its place. */
export const seedReason = ({
  rule,
  message,
  suggested,
}: Pick<FindingView, "rule" | "message" | "suggested">): string =>
  suggested ?? answers[rule] ?? `${placeOf(message)}已与记账凭证、合同逐笔核对，依据存入决算底稿`;

const placeOf = (message: string): string => message.split("：")[0] ?? "";
