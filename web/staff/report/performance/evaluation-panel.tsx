import { Button } from "antd";
import { percentHundredths, printHundredths } from "../../../../shared/money.ts";
import { gradeOf } from "../../../../shared/narrative/figures.ts";
import type { Performance } from "../../../../shared/report/sections.ts";
import { knownSum } from "../../../../shared/report/self-evaluation.ts";
import { afterRemoval } from "../../editing/entry-texts.ts";
import { sumOfParts, withEvaluation } from "../../editing/performance-edit.ts";
import { PointsBox, TextBox } from "../box-field.tsx";
import { AddByName } from "./add-by-name.tsx";
import { ChaptersList } from "./chapters-list.tsx";
import type { PerformanceDesk } from "./use-performance.ts";

type Evaluation = NonNullable<Performance["evaluation"]>;
type Part = Evaluation["dimensions"][number];

/** The outline (参考提纲) of such a report in 财预〔2020〕10号. */
const requiredHeadings = [
  "一、基本情况",
  "二、绩效评价工作开展情况",
  "三、综合评价情况及评价结论",
  "四、绩效评价指标分析",
  "五、主要经验及做法、存在的问题及原因分析",
  "六、有关建议",
  "七、其他需要说明的问题",
] as const;

const usualParts = ["决策", "过程", "产出", "效益"] as const;

/** 部门评价: the report on one key project, with its score by parts and its chapters. */
export function EvaluationPanel({ desk }: { desk: PerformanceDesk }) {
  const { performance, disabled } = desk;
  const { evaluation } = performance;
  const change = (by: (now: Evaluation) => Evaluation, undoWords?: string) => {
    const update = (now: Performance) => withEvaluation(now, by);
    if (undoWords === undefined) desk.update(update);
    else desk.updateUndoably(undoWords, update);
  };
  return (
    <section className="panel" aria-label="部门评价报告">
      <h2>
        部门评价报告
        {evaluation === undefined ? (
          <small className="quiet">本年度未开展的不用填</small>
        ) : (
          !disabled && (
            <Button
              className="beside"
              type="text"
              size="small"
              onClick={() =>
                desk.updateUndoably(`已移除“${evaluation.project}”的部门评价。`, (now) => ({
                  ...now,
                  evaluation: undefined,
                }))
              }
            >
              移除部门评价
            </Button>
          )
        )}
      </h2>
      {evaluation === undefined ? (
        disabled ? (
          <p className="nothing">没有部门评价。</p>
        ) : (
          <AddByName
            label="部门评价的项目名称"
            button="填写部门评价"
            field="performance.evaluation"
            offers={performance.projects.map(({ name }) => name)}
            onAdd={(project) =>
              desk.update((now) => ({
                ...now,
                evaluation: { project, chapters: [], dimensions: [] },
              }))
            }
          />
        )
      ) : (
        <>
          <ScoreTable desk={desk} evaluation={evaluation} onChange={change} />
          <h3>报告正文</h3>
          <ChaptersList
            desk={desk}
            place="evaluation/chapters"
            name="评价报告"
            chapters={evaluation.chapters}
            offers={requiredHeadings}
            blank={(heading) => ({ heading, level: 1, paragraphs: [] as string[] })}
            onChange={(by, undoWords) =>
              change((now) => ({ ...now, chapters: by(now.chapters) }), undoWords)
            }
          />
        </>
      )}
    </section>
  );
}

interface ScoreProps {
  readonly desk: PerformanceDesk;
  readonly evaluation: Evaluation;
  readonly onChange: (by: (now: Evaluation) => Evaluation, undoWords?: string) => void;
}

function ScoreTable({ desk, evaluation, onChange }: ScoreProps) {
  const { dimensions } = evaluation;
  return (
    <>
      <div className="paper-scroll">
        <table className="paper short" aria-label="部门评价得分">
          <tbody>
            <EvaluationHead {...{ desk, evaluation, onChange }} />
            <tr>
              <th scope="col">评价维度</th>
              <th scope="col">分值</th>
              <th scope="col">得分</th>
              <th scope="col">得分率</th>
            </tr>
            {dimensions.map((part, index) => (
              <PartRow key={index} {...{ desk, part, index, onChange }} />
            ))}
            {dimensions.length > 0 && <PartSums evaluation={evaluation} />}
          </tbody>
        </table>
      </div>
      {!desk.disabled && (
        <AddByName
          label="评价维度的名称"
          button="增加维度"
          field="performance.evaluation.dimensions"
          offers={usualParts.filter((usual) => !dimensions.some(({ name }) => name === usual))}
          onAdd={(name) =>
            onChange((now) => ({ ...now, dimensions: [...now.dimensions, { name }] }))
          }
        />
      )}
    </>
  );
}

function EvaluationHead({ desk, evaluation, onChange }: ScoreProps) {
  const { score, grade } = evaluation;
  const due = score === undefined ? undefined : gradeOf(score);
  return (
    <>
      <tr>
        <th scope="row">评价项目</th>
        <td colSpan={3}>
          <TextBox
            {...desk.field("evaluation/project")}
            label="部门评价的项目"
            text={evaluation.project}
            most={200}
            isRequired
            onChange={(project) => onChange((now) => ({ ...now, project }))}
          />
        </td>
      </tr>
      <tr>
        <th scope="row">评价得分</th>
        <td>
          <PointsBox
            {...desk.field("evaluation/score")}
            label="部门评价得分"
            points={score}
            onChange={(points) => onChange((now) => ({ ...now, score: points }))}
          />
        </td>
        <th scope="row">评价等级</th>
        <td className="computed" data-field="performance.evaluation.grade" tabIndex={-1}>
          {grade ?? due}
          {grade !== undefined && due !== undefined && grade !== due && !desk.disabled && (
            <Button
              type="link"
              size="small"
              onClick={() => onChange((now) => ({ ...now, grade: due }))}
            >
              改为“{due}”
            </Button>
          )}
        </td>
      </tr>
    </>
  );
}

function PartRow({
  desk,
  part,
  index,
  onChange,
}: Omit<ScoreProps, "evaluation"> & { part: Part; index: number }) {
  const place = (key: string) => desk.field(`evaluation/dimensions/${String(index)}/${key}`);
  const set = (change: Partial<Part>) =>
    onChange((now) => ({
      ...now,
      dimensions: now.dimensions.map((one, at) => (at === index ? { ...one, ...change } : one)),
    }));
  const remove = () => {
    onChange(
      (now) => ({ ...now, dimensions: now.dimensions.toSpliced(index, 1) }),
      `已移除“${part.name}”。`,
    );
    desk.moveTexts("evaluation/dimensions", afterRemoval(index));
  };
  return (
    <tr>
      <th scope="row">
        <TextBox
          {...place("name")}
          label={`第 ${String(index + 1)} 个维度的名称`}
          text={part.name}
          most={200}
          isRequired
          onChange={(name) => set({ name })}
        />
      </th>
      <td>
        <PointsBox
          {...place("weight")}
          label={`${part.name}：分值`}
          points={part.weight}
          onChange={(weight) => set({ weight })}
        />
      </td>
      <td>
        <PointsBox
          {...place("score")}
          label={`${part.name}：得分`}
          points={part.score}
          onChange={(score) => set({ score })}
        />
      </td>
      <td className="computed">
        {rateOf(part.score, part.weight)}
        {!desk.disabled && (
          <Button type="text" size="small" aria-label={`移除${part.name}`} onClick={remove}>
            移除
          </Button>
        )}
      </td>
    </tr>
  );
}

function PartSums({ evaluation }: { evaluation: Evaluation }) {
  const weight = knownSum(evaluation.dimensions.map((part) => part.weight));
  const score = sumOfParts(evaluation);
  return (
    <tr className="sum">
      <th scope="row">合计</th>
      <td className="computed">
        {printHundredths(weight, { trim: true })}
        {weight !== 100_00 && <small className="quiet">应为 100</small>}
      </td>
      <td className="computed">
        {score === undefined ? "" : printHundredths(score, { trim: true })}
      </td>
      <td className="computed">{rateOf(score, weight)}</td>
    </tr>
  );
}

function rateOf(part: number | undefined, whole: number | undefined): string {
  const rate =
    part === undefined || whole === undefined ? undefined : percentHundredths(part, whole);
  return rate === undefined ? "" : `${printHundredths(rate)}%`;
}
