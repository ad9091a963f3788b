import { Fragment } from "react";
import { daysBetween, shanghaiDay } from "../../../shared/workflow/deadlines.ts";
import type { YearDeadlines } from "../../../shared/workflow/turn.ts";
import { daysOfYear, weeksOf } from "../../../shared/workflow/year-days.ts";
import "./year-calendar.css";

const weekdays = ["一", "二", "三", "四", "五", "六", "日"];

/** The last days of a year (年度日程) in words, with the days left, and in the months they are in. */
export function YearCalendar({ due }: { due: YearDeadlines }) {
  const days = daysOfYear(due);
  const names = new Map<string, string[]>();
  for (const { name, day } of days) names.set(day, [...(names.get(day) ?? []), name]);
  const months = [...new Set(days.map(({ day }) => day.slice(0, 7)))].toSorted();
  const now = shanghaiDay(new Date().toISOString());
  return (
    <div className="year-calendar">
      <dl>
        {days.map(({ name, day, law }) => (
          <Fragment key={name}>
            <dt>{name}</dt>
            <dd>
              {day} <span className="quiet">{law ?? leftText(daysBetween(now, day))}</span>
            </dd>
          </Fragment>
        ))}
      </dl>
      <div className="months">
        {months.map((month) => (
          <Month key={month} month={month} names={names} now={now} />
        ))}
      </div>
    </div>
  );
}

function Month({
  month,
  names,
  now,
}: {
  month: string;
  names: ReadonlyMap<string, readonly string[]>;
  now: string;
}) {
  return (
    <table>
      <caption>
        {month.slice(0, 4)}年{Number(month.slice(5))}月
      </caption>
      <thead>
        <tr>
          {weekdays.map((day) => (
            <th key={day} scope="col">
              {day}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {weeksOf(month).map((week, index) => (
          <tr key={index}>
            {week.map((day, at) => {
              const name = day === undefined ? undefined : names.get(day)?.join("、");
              return (
                <td key={at} className={dayClass(name, day === now)} title={name}>
                  {day === undefined ? "" : Number(day.slice(8))}
                  {name !== undefined && <span className="unseen">{name}</span>}
                </td>
              );
            })}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

const dayClass = (name: string | undefined, isToday: boolean): string | undefined =>
  [...(name === undefined ? [] : ["last-day"]), ...(isToday ? ["today"] : [])].join(" ") ||
  undefined;

function leftText(left: number): string {
  if (left === 0) return "今天到期";
  return left > 0 ? `还有 ${String(left)} 天` : `已过 ${String(-left)} 天`;
}
