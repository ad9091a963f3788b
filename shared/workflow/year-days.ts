import { addDays, publicationDays, publishByDay, unitApprovalDays } from "./deadlines.ts";
import type { YearDeadlines } from "./turn.ts";

/** A last day of a year's season (年度日程), YYYY-MM-DD in Asia/Shanghai. */
export interface YearDay {
  readonly name: string;
  readonly day: string;
  /** How the law counts it from the approval (预算法), where no bureau sets it. */
  readonly law?: string;
}

/**
 * The last days of a year: those the bureau sets, and those that the law counts from the approval, here from its last
 * day. A report that is approved earlier is published earlier as well.
 */
export const daysOfYear = ({
  unitDue,
  departmentDue,
  bureauDue,
  publishDue,
}: YearDeadlines): readonly YearDay[] => [
  { name: "单位报送", day: unitDue },
  { name: "部门报送", day: departmentDue },
  { name: "财政批复", day: bureauDue },
  {
    name: "部门批复所属单位",
    day: addDays(bureauDue, unitApprovalDays),
    law: `批复后 ${String(unitApprovalDays)} 日内`,
  },
  publishDue === undefined
    ? {
        name: "公开",
        day: publishByDay(bureauDue),
        law: `批复后 ${String(publicationDays)} 日内`,
      }
    : { name: "公开", day: publishDue },
];

/** The days of a month (YYYY-MM) by week, Monday first; days of other months are absent. */
export function weeksOf(month: string): readonly (readonly (string | undefined)[])[] {
  const first = `${month}-01`;
  // 1970-01-05 was a Monday.
  const weekday = (((Date.parse(first) / 86_400_000 - 4) % 7) + 7) % 7;
  const weeks: (string | undefined)[][] = [];
  for (let day = addDays(first, -weekday); day.slice(0, 7) <= month; day = addDays(day, 7)) {
    weeks.push(
      Array.from({ length: 7 }, (_, at) => addDays(day, at)).map((one) =>
        one.startsWith(month) ? one : undefined,
      ),
    );
  }
  return weeks;
}
