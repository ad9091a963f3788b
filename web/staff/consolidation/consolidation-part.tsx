import { useSearch } from "@tanstack/react-router";
import { useState } from "react";
import type { ConsolidationView, ReportView } from "../../../shared/contract/responses.ts";
import { cellAddress, parseCellAddress, type CellAddress } from "../../../shared/forms/cell.ts";
import type { Edition } from "../../../shared/forms/form.ts";
import { reportTypes } from "../../../shared/report/report-type.ts";
import { useConsolidation } from "../api/queries.ts";
import { Failure, Loading } from "../app/placeholders.tsx";
import { Differences, Entries } from "./adjustments.tsx";
import { CellParts } from "./cell-parts.tsx";
import { ConsolidateButton } from "./consolidate-button.tsx";
import { figuresOf } from "./figures.tsx";
import { Pairs, Unmatched } from "./flows.tsx";
import { MovedCells } from "./moved-cells.tsx";
import { isOutdating } from "./unit-groups.ts";
import { UnitMatrix } from "./unit-matrix.tsx";
import { usePendingEntries } from "./use-pending-entries.ts";
import "./consolidation.css";

/** 汇总: a department's units, the flows between them, and its draft added up from their approved submissions. */
export function ConsolidationPart({ report, edition }: { report: ReportView; edition: Edition }) {
  const read = useConsolidation(report.id);
  const view = read.data;
  const { cell: cellInAddress = "" } = useSearch({ from: "/reports/$id/$part" });
  const ref = parseCellAddress(cellInAddress);
  const [cell, setCell] = useState(ref && cellAddress(ref));
  const pending = usePendingEntries(report.id, view);
  if (view === undefined) return read.isError ? <Failure error={read.error} /> : <Loading />;
  const editable = report.allowedActions.includes("edit");
  const figures = figuresOf(edition, (at) => setCell(at as CellAddress));
  const { units } = view;
  return (
    <div className="with-side">
      <section aria-label="汇总">
        <div className="part-bar">
          <h2>汇总</h2>
          {editable && (
            <ConsolidateButton
              report={report}
              view={view}
              confirmed={[...pending.confirmed]}
              adjustments={pending.byHand}
              onDone={pending.clear}
            />
          )}
        </div>
        <ReportType view={view} />
        <OutdatedNotice view={view} />
        <UnitMatrix units={units} />
        <MovedCells moved={view.moved} figures={figures} />
        <Pairs
          pairs={view.pairs}
          units={units}
          editable={editable}
          confirmed={pending.confirmed}
          onConfirm={pending.confirm}
        />
        <Unmatched view={view} />
        <Entries
          entries={pending.byHand}
          editable={editable}
          figures={figures}
          onRemove={pending.remove}
        />
        {isComparable(view) && (
          <Differences
            key={view.editionHash}
            reportId={report.id}
            differences={view.differences}
            editable={editable}
            figures={figures}
            onAdjust={pending.add}
          />
        )}
      </section>
      <aside className="side" aria-label="汇总数的组成">
        <CellParts report={report} cell={cell} units={units} figures={figures} />
      </aside>
    </div>
  );
}

const ReportType = ({ view: { reportType, units, entries } }: { view: ConsolidationView }) => (
  <p className="quiet">
    报表类型：{reportTypes[reportType]}
    {reportType === "stacked" &&
      `（单户表 ${String(units.filter(({ used }) => used !== undefined).length)} 份，调整表分录 ${String(entries.length)} 笔）`}
  </p>
);

/** Before all units are approved, a draft that was typed in differs from their sum nearly everywhere. */
const isComparable = ({ consolidated, units }: ConsolidationView): boolean =>
  consolidated || units.every(({ standing }) => standing !== "outstanding");

/** Names so many of the units that have changed; of more it says how many. */
const unitsNamed = 5;

function OutdatedNotice({ view }: { view: ConsolidationView }) {
  const outdated = view.units.filter(isOutdating).map(({ orgName }) => orgName);
  if (!view.consolidated) {
    return (
      <p className="notice">本部门各表尚未由所属单位汇总生成。只有已批复的单位决算计入汇总。</p>
    );
  }
  if (outdated.length === 0) return null;
  return (
    <p className="notice warning" role="status">
      汇总已过期：{outdated.slice(0, unitsNamed).join("、")}
      {outdated.length > unitsNamed && `等 ${String(outdated.length)} 个单位`}
      在汇总之后有变化，涉及 {view.moved.count} 个数字，须重新汇总后才能提交。
    </p>
  );
}
