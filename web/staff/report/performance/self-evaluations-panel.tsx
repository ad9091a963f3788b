import { Button } from "antd";
import { useState } from "react";
import type { ReportView } from "../../../../shared/contract/responses.ts";
import { printHundredths } from "../../../../shared/money.ts";
import { gradeOf } from "../../../../shared/narrative/figures.ts";
import type { Performance, SelfEvaluation } from "../../../../shared/report/sections.ts";
import { knownSum, pointsColumn } from "../../../../shared/report/self-evaluation.ts";
import { DataTable } from "../../app/data-table.tsx";
import { afterRemoval } from "../../editing/entry-texts.ts";
import { blankSelfEvaluation, tableOfProject, withTables } from "../../editing/performance-edit.ts";
import { useNamedField } from "../field-findings.tsx";
import { EvaluationFiles } from "./evaluation-files.tsx";
import { AddByName } from "./add-by-name.tsx";
import { SelfEvaluationForm } from "./self-evaluation-form.tsx";
import type { PerformanceDesk } from "./use-performance.ts";

/** 项目支出绩效自评表: every table with its sums and grade, one of them open to be filled in. */
export function SelfEvaluationsPanel({
  report,
  desk,
}: {
  report: ReportView;
  desk: PerformanceDesk;
}) {
  const { performance, disabled } = desk;
  const tables = performance.selfEvaluations;
  const [open, setOpen] = useOpenTable(tables.length);
  const opened = open === undefined ? undefined : tables[open];
  const add = (project: string) => {
    const existing = tableOfProject(performance, project);
    if (existing !== undefined) {
      setOpen(tables.indexOf(existing));
      return;
    }
    const { year, orgName: department } = report;
    desk.update((now) => withTables(now, [blankSelfEvaluation({ project, year, department })]));
    setOpen(tables.length);
  };
  const remove = (index: number, { project }: SelfEvaluation) => {
    desk.updateUndoably(`已移除“${project}”的自评表。`, (now) => ({
      ...now,
      selfEvaluations: now.selfEvaluations.filter((_, at) => at !== index),
    }));
    desk.moveTexts("selfEvaluations", afterRemoval(index));
    setOpen(undefined);
  };
  return (
    <section className="panel" aria-label="项目支出绩效自评表">
      <h2>
        项目支出绩效自评表 {tables.length} 张
        <EvaluationFiles report={report} desk={desk} />
      </h2>
      <TableList {...{ tables, open, disabled, setOpen }} onRemove={remove} />
      {!disabled && (
        <AddByName
          label="要填自评表的项目名称"
          button="增加自评表"
          field="performance.selfEvaluations"
          offers={unevaluated(performance)}
          onAdd={add}
        />
      )}
      {open !== undefined && opened !== undefined && (
        <SelfEvaluationForm key={open} desk={desk} index={open} table={opened} />
      )}
    </section>
  );
}

/** The table that is open: the one that the address names a field of, else the one chosen; a single one is open at once. */
function useOpenTable(count: number) {
  const named = useNamedField();
  const [open, setOpen] = useState(() => tableIn(named) ?? (count === 1 ? 0 : undefined));
  const [followed, setFollowed] = useState(named);
  if (named !== followed) {
    setFollowed(named);
    const index = tableIn(named);
    if (index !== undefined) setOpen(index);
  }
  return [open, setOpen] as const;
}

function tableIn(field: string | undefined): number | undefined {
  const index = /^performance\.selfEvaluations\.(\d+)/u.exec(field ?? "")?.[1];
  return index === undefined ? undefined : Number(index);
}

/** Projects of the list that have no 自评表 yet. */
const unevaluated = (performance: Performance): string[] =>
  performance.projects.flatMap(({ name }) =>
    tableOfProject(performance, name) === undefined ? [name] : [],
  );

function TableList({
  tables,
  open,
  disabled,
  setOpen,
  onRemove,
}: {
  tables: readonly SelfEvaluation[];
  open: number | undefined;
  disabled: boolean;
  setOpen: (index: number | undefined) => void;
  onRemove: (index: number, table: SelfEvaluation) => void;
}) {
  const points = (score: number | undefined) =>
    score === undefined ? "" : printHundredths(score, { trim: true });
  return (
    <DataTable
      label="项目支出绩效自评表"
      rows={tables}
      empty="还没有自评表。可以逐张填写，也可以导入填好的 Excel 表。"
      keyOf={(_, index) => String(index)}
      columns={[
        {
          title: "项目",
          cell: ({ project }, index) => (
            <button
              type="button"
              className="link project-name"
              aria-expanded={index === open}
              onClick={() => setOpen(index === open ? undefined : index)}
            >
              {project} <small className="quiet">{index === open ? "收起" : "打开"}</small>
            </button>
          ),
        },
        { title: "指标", width: 70, cell: ({ indicators }) => `${String(indicators.length)} 项` },
        {
          title: "分值合计",
          width: 90,
          cell: (table) => points(knownSum(pointsColumn(table, "weight"))),
        },
        { title: "总分", width: 80, cell: ({ totalScore }) => points(totalScore) || "未填完" },
        {
          title: "等级",
          width: 60,
          cell: ({ totalScore }) => (totalScore === undefined ? "" : gradeOf(totalScore)),
        },
        ...(disabled
          ? []
          : [
              {
                title: "操作",
                width: 70,
                cell: (table: SelfEvaluation, index: number) => (
                  <Button
                    type="text"
                    size="small"
                    aria-label={`移除${table.project}的自评表`}
                    onClick={() => onRemove(index, table)}
                  >
                    移除
                  </Button>
                ),
              },
            ]),
      ]}
    />
  );
}
