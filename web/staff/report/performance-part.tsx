import { Button } from "antd";
import type { ReportView } from "../../../shared/contract/responses.ts";
import type { Edition } from "../../../shared/forms/form.ts";
import { printHundredths } from "../../../shared/money.ts";
import { memberName } from "../../../shared/report/member-name.ts";
import { DataTable } from "../app/data-table.tsx";
import { useSigned } from "../app/session-context.ts";
import { Loading } from "../app/placeholders.tsx";
import { unreadablePrefix } from "../editing/drafts.ts";
import { forgetEntry } from "../editing/kept-texts.ts";
import { AmountInput, FigureInput, NameInput } from "./amount-input.tsx";
import { PlaceFindings } from "./place-findings.tsx";
import { SaveStatus } from "./save-status.tsx";
import { ValueConflict } from "./section-conflict.tsx";
import { useSectionEditor } from "./use-section-editor.ts";

const noAmounts = { total: 0, general: 0, fund: 0, capital: 0 };
const amountNames = {
  total: "涉及资金",
  general: "其中：一般公共预算",
  fund: "政府性基金预算",
  capital: "国有资本经营预算",
} as const;

/** 得分 in hundredths of a point, as it is stored. */
function readScore(text: string): { ok: true; value: number } | { ok: false } {
  const plain = text.normalize("NFKC").trim();
  const score = Math.round(Number(plain) * 100);
  return /^\d+(?:\.\d{1,2})?$/u.test(plain) && score <= 10_000
    ? { ok: true, value: score }
    : { ok: false };
}

/** 预算绩效: the self-evaluated projects with their scores, the money they moved, the evaluation report. */
export function PerformancePart({ report, edition }: { report: ReportView; edition: Edition }) {
  const { drafts } = useSigned();
  const editor = useSectionEditor(report, "performance");
  const performance = editor.value;
  if (performance === undefined) return <Loading />;
  const disabled = !editor.editable;
  const { projects } = performance;
  const field = (place: string) =>
    ({ report: report.id, section: "performance", place, disabled }) as const;
  const setProject = (index: number, change: Partial<(typeof projects)[number]>) =>
    editor.change({
      ...performance,
      projects: projects.map((project, at) => (at === index ? { ...project, ...change } : project)),
    });
  const amounts = performance.amounts ?? noAmounts;
  return (
    <>
      <div className="part-bar">
        <h2>预算绩效</h2>
        <SaveStatus editor={editor} />
      </div>
      <PlaceFindings report={report} section="performance" />
      <section className="panel" aria-label="自评资金">
        <h2>自评资金（万元）</h2>
        <div className="fact-group">
          {(Object.keys(amountNames) as (keyof typeof amountNames)[]).map((key) => (
            <AmountInput
              key={key}
              {...field(`amounts/${key}`)}
              label={amountNames[key]}
              value={amounts[key]}
              unit="wan"
              onChange={(fen) =>
                editor.change({ ...performance, amounts: { ...amounts, [key]: fen ?? 0 } })
              }
            />
          ))}
        </div>
      </section>
      <section className="panel" aria-label="自评项目">
        <h2>自评项目 {projects.length} 个</h2>
        <DataTable
          label="自评项目"
          rows={projects}
          empty="还没有列入自评项目。"
          keyOf={(_, index) => String(index)}
          columns={[
            { title: "序号", width: 64, cell: (_, index) => index + 1 },
            {
              title: "项目名称",
              cell: (project, index) => (
                <NameInput
                  {...field(`projects/${String(index)}/name`)}
                  label={`第 ${String(index + 1)} 个项目名称`}
                  name={project.name}
                  onChange={(name) => setProject(index, { name })}
                />
              ),
            },
            {
              title: "得分",
              width: 130,
              cell: (project, index) => (
                <FigureInput
                  {...field(`projects/${String(index)}/score`)}
                  label={`第 ${String(index + 1)} 个项目得分`}
                  isLabelled
                  shown={printHundredths(project.score, { trim: true })}
                  inputMode="decimal"
                  fault="应为 0 至 100 分，尚未存入"
                  read={readScore}
                  onChange={(score) => setProject(index, { score })}
                />
              ),
            },
            ...(disabled
              ? []
              : [
                  {
                    title: "操作",
                    width: 80,
                    cell: ({ name }: (typeof projects)[number], index: number) => (
                      <Button
                        type="text"
                        size="small"
                        aria-label={`移除${name}`}
                        onClick={() => {
                          const list = `${unreadablePrefix("performance")}projects/`;
                          forgetEntry(drafts.texts, report.id, list, index);
                          editor.change({
                            ...performance,
                            projects: projects.filter((_project, at) => at !== index),
                          });
                        }}
                      >
                        移除
                      </Button>
                    ),
                  },
                ]),
          ]}
        />
        <Button
          style={{ marginTop: 10 }}
          hidden={disabled}
          onClick={() =>
            editor.change({
              ...performance,
              projects: [...projects, { name: "新项目", score: 10_000 }],
            })
          }
        >
          增加项目
        </Button>
      </section>
      {performance.evaluation !== undefined && (
        <section className="panel" aria-label="部门评价报告">
          <h2>
            部门评价：{performance.evaluation.project}（
            {printHundredths(performance.evaluation.score, { trim: true })} 分，
            {performance.evaluation.grade}）
          </h2>
          {performance.evaluation.chapters.map((chapter, index) => (
            <p
              key={index}
              style={{ paddingLeft: `${String(chapter.level - 1)}em`, margin: "2px 0" }}
            >
              {chapter.heading}
            </p>
          ))}
        </section>
      )}
      {editor.conflict !== undefined && (
        <ValueConflict
          conflict={editor.conflict}
          nameOf={(path) => memberName("performance", path, { edition, firstIs: 0 })}
          onSettle={editor.settle}
        />
      )}
    </>
  );
}
