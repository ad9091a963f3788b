import { assertNever } from "../../result.ts";
import type { Rule } from "../rule.ts";

/** A unit whose figures in the department's sums (汇总) are not those it has had approved. */
export interface OutdatedUnit {
  readonly orgCode: string;
  /** Absent when it was removed from the department. */
  readonly orgName?: string;
  readonly standing: "resubmitted" | "not_used" | "removed";
}

/** About the units as the registry has them today, which no stored version of the department's report holds. */
export const outdatedUnitsRule = {
  id: "R304",
  statement: "部门汇总所用的是各所属单位现行的批复版本，名单内的单位均已批复或免报",
  severity: "error",
  tolerance: "none",
  units: true,
} as const satisfies Rule;

/** What is wrong and how to mend it, a sentence a unit. */
export const outdatedUnitText = ({ orgCode, orgName, standing }: OutdatedUnit): string =>
  `所属单位 ${orgCode}${orgName === undefined ? "" : ` ${orgName}`}：${whatIsOutdated(standing)}。请在“汇总”中查看变动的数字，重新汇总。`;

function whatIsOutdated(standing: OutdatedUnit["standing"]): string {
  switch (standing) {
    case "resubmitted":
      return "汇总之后重新上报并批复，汇总所用的已不是其批复版本";
    case "not_used":
      return "决算在汇总之后批复，尚未汇总";
    case "removed":
      return "已不属于本部门，其数字仍在汇总之中";
    default:
      return assertNever(standing);
  }
}
