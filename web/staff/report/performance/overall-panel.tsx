import { gradeOf } from "../../../../shared/narrative/figures.ts";
import type { Performance } from "../../../../shared/report/sections.ts";
import { PointsBox, WanBox } from "../box-field.tsx";
import type { PerformanceDesk } from "./use-performance.ts";

type Overall = NonNullable<Performance["overall"]>;

/** 部门整体支出绩效评价: its score and the money it is about; with nothing filled in there was none. */
export function OverallPanel({ desk }: { desk: PerformanceDesk }) {
  const { overall } = desk.performance;
  const set = (part: Partial<Overall>) =>
    desk.update((now) => {
      const next = { ...now.overall, ...part };
      const isBlank = Object.values(next).every((figure) => figure === undefined);
      return { ...now, overall: isBlank ? undefined : next };
    });
  const score = overall?.score;
  return (
    <section className="panel" aria-label="部门整体支出绩效评价">
      <h2>
        部门整体支出绩效评价{" "}
        <small className="quiet">
          {overall === undefined ? "都不填即为本年度未开展" : "金额单位：万元，没有的填 0"}
        </small>
      </h2>
      <div className="paper-scroll">
        <table className="paper short" aria-label="部门整体支出绩效评价">
          <tbody>
            <tr>
              <th scope="row">自评得分</th>
              <td>
                <PointsBox
                  {...desk.field("overall/score")}
                  label="部门整体支出绩效自评得分"
                  points={score}
                  onChange={(points) => set({ score: points })}
                />
              </td>
              <th scope="row">绩效等级</th>
              <td className="computed">{score === undefined ? "" : gradeOf(score)}</td>
            </tr>
            <tr>
              <th scope="row">涉及一般公共预算支出</th>
              <td>
                <WanBox
                  {...desk.field("overall/general")}
                  label="整体支出评价涉及一般公共预算支出（万元）"
                  fen={overall?.general}
                  onChange={(general) => set({ general })}
                />
              </td>
              <th scope="row">涉及政府性基金预算支出</th>
              <td>
                <WanBox
                  {...desk.field("overall/fund")}
                  label="整体支出评价涉及政府性基金预算支出（万元）"
                  fen={overall?.fund}
                  onChange={(fund) => set({ fund })}
                />
              </td>
            </tr>
          </tbody>
        </table>
      </div>
    </section>
  );
}
