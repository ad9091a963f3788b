import type { ReactNode } from "react";
import type { ProgressRowView } from "../../../shared/contract/responses.ts";
import { progressStateName } from "../../../shared/progress/progress-names.ts";
import { daysBetween, shanghaiDay } from "../../../shared/workflow/deadlines.ts";
import { deedName } from "../../../shared/workflow/deeds.ts";
import { localTime, stateText, stateTone } from "../app/words.ts";

/** Cells that departments and nodes have in common. */

export function stateChip({ damaged, exempt, report }: ProgressRowView): ReactNode {
  if (damaged) return <span className="chip failed">{progressStateName.damaged}</span>;
  if (exempt) return <span className="chip absent">{progressStateName.exempt}</span>;
  if (report === undefined) {
    return <span className="chip absent">{progressStateName.not_opened}</span>;
  }
  return <span className={`chip ${stateTone(report)}`}>{stateText(report)}</span>;
}

/** A last day and how far it is; one that has passed says so in words. */
export function DaysLeft({ due }: { due: string | undefined }) {
  if (due === undefined) return "—";
  const left = daysBetween(shanghaiDay(new Date().toISOString()), due);
  if (left < 0) {
    return (
      <span className="late">
        {due}，逾期 {-left} 天
      </span>
    );
  }
  return (
    <>
      {due} <span className="quiet">{left === 0 ? "今天截止" : `剩 ${String(left)} 天`}</span>
    </>
  );
}

/** When the people of a node were last reminded, and by whom. */
export function Reminded({ reminded }: { reminded: ProgressRowView["reminded"] }) {
  if (reminded === undefined) return null;
  return (
    <div className="quiet small">
      {localTime(reminded.at)} {reminded.byName}催办
    </div>
  );
}

/** A count that matters only where it is not zero; unknown ones say so. */
export function Count({ count, tone }: { count: number | undefined; tone?: "late" }) {
  if (count === undefined) return <span className="quiet">—</span>;
  return <span className={count === 0 ? "quiet" : tone}>{count}</span>;
}

export function LastAct({ last }: { last: ProgressRowView["last"] }) {
  if (last === undefined) return "—";
  return (
    <>
      {last.byName} {deedName[last.type]} <span className="quiet">{localTime(last.at)}</span>
    </>
  );
}
