import type { SeasonDays } from "../../../shared/contract/responses.ts";
import { shareOf, type Curve } from "../../../shared/progress/days.ts";
import { daysBetween, yearLater } from "../../../shared/workflow/deadlines.ts";

type Day = SeasonDays["days"][number];

const width = 760;
const height = 220;
const margin = { left: 44, right: 12, top: 10, bottom: 26 };

const curves = [
  { curve: "handed_in", name: "已提交", className: "handed-in" },
  { curve: "public", name: "已公开", className: "public" },
] as const satisfies readonly { curve: Curve; name: string; className: string }[];

/** How the share of what is handed in, and of what is public, went over time, with last year's below it. */
export function SeasonChart({ year, days, before }: { year: number } & SeasonDays) {
  const shifted = before.map((day) => ({ ...day, day: yearLater(day.day) }));
  const all = [...days, ...shifted].map(({ day }) => day).toSorted();
  const [from, to] = [all[0], all.at(-1)];
  if (from === undefined || to === undefined || from === to) return null;
  const x = (day: string) =>
    margin.left +
    (daysBetween(from, day) / daysBetween(from, to)) * (width - margin.left - margin.right);
  const y = (share: number) => margin.top + (1 - share) * (height - margin.top - margin.bottom);
  const line = (ofDays: readonly Day[], curve: Curve) =>
    ofDays
      .flatMap(({ day, counts }) => {
        const share = shareOf(curve, counts);
        return share === undefined ? [] : [`${x(day).toFixed(1)},${y(share).toFixed(1)}`];
      })
      .join(" ");
  const latest = days.at(-1);
  return (
    <section className="panel season-chart" aria-labelledby="season-chart-title">
      <h2 id="season-chart-title">
        进度曲线 <span className="quiet">占应报单位的比例，虚线为上年同期</span>
      </h2>
      <div className="frame">
        <svg
          viewBox={`0 0 ${String(width)} ${String(height)}`}
          role="img"
          aria-label={latest === undefined ? `${String(year)} 年度还没有记录` : inWords(latest)}
        >
          {[0, 0.25, 0.5, 0.75, 1].map((share) => (
            <g key={share} className="grid">
              <line x1={margin.left} x2={width - margin.right} y1={y(share)} y2={y(share)} />
              <text x={margin.left - 6} y={y(share) + 4} textAnchor="end">
                {percent(share)}
              </text>
            </g>
          ))}
          {[from, to].map((day, index) => (
            <text key={day} x={x(day)} y={height - 6} textAnchor={index === 0 ? "start" : "end"}>
              {day}
            </text>
          ))}
          {curves.map(({ curve, className }) => (
            <g key={curve} className={className}>
              <polyline className="before" points={line(shifted, curve)} />
              <polyline points={line(days, curve)} />
            </g>
          ))}
        </svg>
      </div>
      <ul className="legend">
        {curves.map(({ curve, name, className }) => (
          <li key={curve} className={className}>
            {name}
            {latest !== undefined && ` ${percent(shareOf(curve, latest.counts) ?? 0)}`}
          </li>
        ))}
      </ul>
      <details>
        <summary>按日数据</summary>
        <table className="data-table">
          <thead>
            <tr>
              <th scope="col">日期</th>
              <th scope="col">已提交</th>
              <th scope="col">已公开</th>
              <th scope="col">已逾期（个）</th>
            </tr>
          </thead>
          <tbody>
            {days.toReversed().map(({ day, counts, overdue }) => (
              <tr key={day}>
                <td>{day}</td>
                <td>{percent(shareOf("handed_in", counts) ?? 0)}</td>
                <td>{percent(shareOf("public", counts) ?? 0)}</td>
                <td>{overdue}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </section>
  );
}

const percent = (share: number): string => `${(share * 100).toFixed(0)}%`;

const inWords = ({ day, counts }: Day): string =>
  `截至 ${day}，${curves
    .map(({ curve, name }) => `${name} ${percent(shareOf(curve, counts) ?? 0)}`)
    .join("，")}`;
