import { Button } from "antd";
import { gradeOf } from "../../../../shared/narrative/figures.ts";
import { printHundredths, printWan } from "../../../../shared/money.ts";
import type { Performance } from "../../../../shared/report/sections.ts";
import { DataTable } from "../../app/data-table.tsx";
import { afterRemoval } from "../../editing/entry-texts.ts";
import { tableOfProject } from "../../editing/performance-edit.ts";
import { NameInput } from "../amount-input.tsx";
import { PointsBox, WanBox } from "../box-field.tsx";
import { AddByName } from "./add-by-name.tsx";
import type { PerformanceDesk } from "./use-performance.ts";

type Project = Performance["projects"][number];

/** 自评项目: every project that was evaluated, with its score; one that has a 自评表 takes its score from there. */
export function ProjectsPanel({ desk }: { desk: PerformanceDesk }) {
  const { performance, disabled } = desk;
  const { projects } = performance;
  const set = (index: number, change: Partial<Project>) =>
    desk.update((now) => ({
      ...now,
      projects: now.projects.map((one, at) => (at === index ? { ...one, ...change } : one)),
    }));
  const remove = (index: number, name: string) => {
    desk.updateUndoably(`已移除“${name}”。`, (now) => ({
      ...now,
      projects: now.projects.filter((_, at) => at !== index),
    }));
    desk.moveTexts("projects", afterRemoval(index));
  };
  const place = (index: number, key: string) => desk.field(`projects/${String(index)}/${key}`);
  const nth = (index: number) => `第 ${String(index + 1)} 个项目`;
  return (
    <section className="panel" aria-label="自评项目">
      <h2>
        自评项目 {projects.length} 个 <small className="quiet">{sumsOf(projects)}</small>
      </h2>
      <DataTable
        label="自评项目"
        rows={projects}
        empty="还没有列入自评项目。"
        keyOf={(_, index) => String(index)}
        columns={[
          { title: "序号", width: 56, cell: (_, index) => index + 1 },
          {
            title: "项目名称",
            cell: ({ name }, index) => (
              <NameInput
                {...place(index, "name")}
                label={`${nth(index)}名称`}
                name={name}
                onChange={(typed) => set(index, { name: typed })}
              />
            ),
          },
          {
            title: "涉及资金（万元）",
            width: 150,
            cell: ({ amount }, index) => (
              <WanBox
                {...place(index, "amount")}
                label={`${nth(index)}涉及资金（万元）`}
                fen={amount}
                onChange={(fen) => set(index, { amount: fen })}
              />
            ),
          },
          {
            title: "得分",
            width: 120,
            cell: ({ name, score }, index) =>
              isFollowed(performance, name, score) ? (
                <span className="computed" title="取自这个项目的自评表">
                  {printHundredths(score ?? 0, { trim: true })} <small>取自自评表</small>
                </span>
              ) : (
                <PointsBox
                  {...place(index, "score")}
                  label={`${nth(index)}得分`}
                  points={score}
                  onChange={(points) => set(index, { score: points })}
                />
              ),
          },
          {
            title: "等级",
            width: 56,
            cell: ({ score }) => (score === undefined ? "" : gradeOf(score)),
          },
          ...(disabled
            ? []
            : [
                {
                  title: "操作",
                  width: 70,
                  cell: ({ name }: Project, index: number) => (
                    <Button
                      type="text"
                      size="small"
                      aria-label={`移除${name}`}
                      onClick={() => remove(index, name)}
                    >
                      移除
                    </Button>
                  ),
                },
              ]),
        ]}
      />
      {!disabled && (
        <AddByName
          label="项目名称"
          button="增加项目"
          field="performance.projects"
          onAdd={(name) =>
            desk.update((now) => {
              const score = tableOfProject(now, name)?.totalScore;
              return { ...now, projects: [...now.projects, { name, score }] };
            })
          }
        />
      )}
    </section>
  );
}

/** The score is that of the project's 自评表; one that differs may be put right here. */
function isFollowed(performance: Performance, name: string, score: number | undefined): boolean {
  const total = tableOfProject(performance, name)?.totalScore;
  return total !== undefined && total === score;
}

/** What the projects that are filled in come to. */
function sumsOf(projects: readonly Project[]): string {
  const amounts = projects.flatMap(({ amount }) => amount ?? []);
  const blank = projects.filter(({ score }) => score === undefined).length;
  return [
    ...(amounts.length > 0
      ? [`涉及资金合计 ${printWan(amounts.reduce((sum, amount) => sum + amount, 0))} 万元`]
      : []),
    ...(blank > 0 ? [`${String(blank)} 个没有填得分`] : []),
  ].join("，");
}
