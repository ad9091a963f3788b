import { Checkbox, Modal } from "antd";
import { useState } from "react";
import type { EvaluationsReadView } from "../../../../shared/contract/responses.ts";
import { printHundredths } from "../../../../shared/money.ts";
import { knownSum, pointsColumn } from "../../../../shared/report/self-evaluation.ts";
import type { Performance, SelfEvaluation } from "../../../../shared/report/sections.ts";
import { DataTable } from "../../app/data-table.tsx";
import { placeOfTable, withProjects, withTables } from "../../editing/performance-edit.ts";
import type { PerformanceDesk } from "./use-performance.ts";

const points = (score: number | undefined): string =>
  score === undefined ? "未填" : printHundredths(score, { trim: true });

/** What a workbook would change, before anything is: each table may be left out. */
export function EvaluationsPreview({
  read,
  desk,
  year,
  onClose,
}: {
  read: EvaluationsReadView;
  desk: PerformanceDesk;
  year: number;
  onClose: () => void;
}) {
  const { performance } = desk;
  const [left, setLeft] = useState<ReadonlySet<SelfEvaluation>>(new Set());
  const chosen = read.tables.filter((table) => !left.has(table));
  const choose = (table: SelfEvaluation, isChosen: boolean) => {
    const next = new Set(left);
    if (isChosen) next.delete(table);
    else next.add(table);
    setLeft(next);
  };
  const apply = () => {
    const replaced = new Set(chosen.map((table) => placeOfTable(performance, table)));
    desk.updateUndoably(wordsOf(chosen.length, read.projects.length), (now) =>
      withProjects(withTables(now, chosen), read.projects),
    );
    desk.moveTexts("selfEvaluations", (index) => (replaced.has(index) ? undefined : index));
    onClose();
  };
  return (
    <Modal
      open
      width="min(920px, 94vw)"
      title="导入自评表：请核对将要改动的内容"
      okText="导入"
      okButtonProps={{ disabled: chosen.length + read.projects.length === 0 }}
      onOk={apply}
      onCancel={onClose}
    >
      {read.tables.length > 0 && (
        <DataTable
          label="读到的自评表"
          empty=""
          rows={read.tables}
          keyOf={(_, index) => String(index)}
          columns={[
            {
              title: "导入",
              width: 56,
              cell: (table) => (
                <Checkbox
                  aria-label={`导入${table.project}`}
                  checked={!left.has(table)}
                  onChange={({ target }) => choose(table, target.checked)}
                />
              ),
            },
            { title: "项目", cell: ({ project }) => project },
            {
              title: "年度",
              width: 110,
              cell: (table) =>
                table.year === year ? (
                  table.year
                ) : (
                  <span className="late">{table.year}，不是本年度</span>
                ),
            },
            {
              title: "指标",
              width: 70,
              cell: ({ indicators }) => `${String(indicators.length)} 项`,
            },
            {
              title: "分值合计",
              width: 90,
              cell: (table) => points(knownSum(pointsColumn(table, "weight"))),
            },
            { title: "总分", width: 80, cell: ({ totalScore }) => points(totalScore) },
            { title: "改动", width: 190, cell: (table) => changeOf(performance, table) },
          ]}
        />
      )}
      {read.projects.length > 0 && (
        <DataTable
          label="读到的项目清单"
          empty=""
          rows={read.projects}
          rowsAtOnce={20}
          keyOf={({ name }, index) => `${String(index)} ${name}`}
          columns={[
            { title: "项目", cell: ({ name }) => name },
            { title: "得分", width: 90, cell: ({ score }) => points(score) },
            {
              title: "改动",
              width: 190,
              cell: ({ name }) =>
                performance.projects.some((one) => one.name === name) ? "更新已列的项目" : "新增",
            },
          ]}
        />
      )}
      {read.ignored.length > 0 && (
        <p className="quiet">
          “{read.ignored.join("”“")}”不是自评表或项目清单、没有填写，或已隐藏，不导入。
        </p>
      )}
    </Modal>
  );
}

function changeOf(performance: Performance, table: SelfEvaluation): string {
  const before = performance.selfEvaluations[placeOfTable(performance, table)];
  return before === undefined
    ? "新增"
    : `替换已有的一张（总分 ${points(before.totalScore)} → ${points(table.totalScore)}）`;
}

const wordsOf = (tables: number, projects: number): string =>
  `已导入${[
    ...(tables > 0 ? [` ${String(tables)} 张自评表`] : []),
    ...(projects > 0 ? [` ${String(projects)} 个项目`] : []),
  ].join("、")}。`;
