import type { Performance } from "../../../../shared/report/sections.ts";
import { CountBox, LinesBox, WanBox } from "../box-field.tsx";
import type { PerformanceDesk } from "./use-performance.ts";

type Management = NonNullable<Performance["management"]>;

const blank: Management = { rules: [], goals: {}, tracking: {}, problems: {} };
const problemNames = { found: "发现问题", mended: "已经整改", mending: "正在整改" } as const;

/** 预算绩效管理: rules in force, projects with goals and under tracking, problems found and mended. */
export function ManagementPanel({ desk }: { desk: PerformanceDesk }) {
  const { management = blank } = desk.performance;
  const set = (by: (now: Management) => Management) =>
    desk.update((now) => {
      const next = by(now.management ?? blank);
      return { ...now, management: isBlank(next) ? undefined : next };
    });
  const projects = (key: "goals" | "tracking", label: string) => (
    <tr>
      <th scope="row">{label}的项目（个）</th>
      <td>
        <CountBox
          {...desk.field(`management/${key}/projects`)}
          label={`${label}的项目数`}
          count={management[key].projects}
          onChange={(count) => set((now) => ({ ...now, [key]: { ...now[key], projects: count } }))}
        />
      </td>
      <th scope="row">涉及预算金额（万元）</th>
      <td colSpan={3}>
        <WanBox
          {...desk.field(`management/${key}/amount`)}
          label={`${label}涉及预算金额（万元）`}
          fen={management[key].amount}
          onChange={(amount) => set((now) => ({ ...now, [key]: { ...now[key], amount } }))}
        />
      </td>
    </tr>
  );
  return (
    <section className="panel" aria-label="预算绩效管理">
      <h2>
        预算绩效管理 <small className="quiet">没有的填 0</small>
      </h2>
      <div className="paper-scroll">
        <table className="paper short" aria-label="预算绩效管理">
          <tbody>
            <tr>
              <th scope="row">管理制度</th>
              <td colSpan={5}>
                <LinesBox
                  {...desk.field("management/rules")}
                  label="管理制度，每行一项"
                  lines={management.rules}
                  onChange={(rules) => set((now) => ({ ...now, rules }))}
                />
              </td>
            </tr>
            {projects("goals", "编报绩效目标")}
            {projects("tracking", "绩效跟踪评价")}
            <tr>
              {(Object.keys(problemNames) as (keyof typeof problemNames)[]).map((key) => [
                <th key={`${key} name`} scope="row">
                  {problemNames[key]}（个）
                </th>,
                <td key={key}>
                  <CountBox
                    {...desk.field(`management/problems/${key}`)}
                    label={`${problemNames[key]}（个）`}
                    count={management.problems[key]}
                    onChange={(count) =>
                      set((now) => ({ ...now, problems: { ...now.problems, [key]: count } }))
                    }
                  />
                </td>,
              ])}
            </tr>
          </tbody>
        </table>
      </div>
    </section>
  );
}

const isBlank = ({ rules, goals, tracking, problems }: Management): boolean =>
  rules.length === 0 &&
  [goals, tracking, problems].every((group) =>
    Object.values(group).every((figure) => figure === undefined),
  );
