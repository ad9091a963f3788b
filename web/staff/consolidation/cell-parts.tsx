import { Link } from "@tanstack/react-router";
import type { ConsolidatedCell, ReportView } from "../../../shared/contract/responses.ts";
import type { CellAddress } from "../../../shared/forms/cell.ts";
import { useConsolidatedCell } from "../api/queries.ts";
import { DataTable } from "../app/data-table.tsx";
import { Failure, Loading } from "../app/placeholders.tsx";
import type { Figures } from "./figures.tsx";
import { isStale, type Unit } from "./unit-groups.ts";

/** From a figure of the department to those of its units, and on to the cell in a unit's report. */
export function CellParts({
  report,
  cell,
  units,
  figures,
}: {
  report: ReportView;
  cell: CellAddress | undefined;
  units: readonly Unit[];
  figures: Figures;
}) {
  const parts = useConsolidatedCell(report.id, cell);
  if (cell === undefined) {
    return (
      <section className="panel">
        <h2>汇总数的组成</h2>
        <p className="quiet">
          点选一个数字，查看它由哪些单位的数字组成。在各表中选中一格，也可以由“由哪些单位组成”到这里。
        </p>
      </section>
    );
  }
  if (parts.data === undefined) {
    return parts.isError ? <Failure error={parts.error} /> : <Loading />;
  }
  const { label, actual, expected } = parts.data;
  const [table = ""] = cell.split("/");
  return (
    <section className="panel">
      <h2>汇总数的组成</h2>
      <p>
        <Link to="/reports/$id/$part" params={{ id: report.id, part: table }} search={{ cell }}>
          {label}
        </Link>
      </p>
      <DataTable
        label={`${label}的组成`}
        rows={rowsOf(parts.data, cell, units)}
        empty="没有单位填列这个数。"
        keyOf={({ key }) => key}
        columns={[
          { title: "单位或调整", cell: ({ name }) => name },
          {
            title: "金额",
            align: "right",
            cell: ({ value }) => <span className="nowrap">{figures.text(value, cell)}</span>,
          },
        ]}
      />
      <p>
        合计 {figures.text(expected, cell)}
        {actual !== expected && (
          <span className="late">，本部门填列 {figures.text(actual, cell)}</span>
        )}
      </p>
    </section>
  );
}

/** Units and entries that make up the figure; a unit that changed since it was pulled in is marked. */
function rowsOf({ units, entries }: ConsolidatedCell, cell: string, all: readonly Unit[]) {
  const stale = new Set(all.filter(isStale).map(({ orgCode }) => orgCode));
  const [part = ""] = cell.split("/");
  return [
    ...units.map(({ orgCode, orgName, reportId, value }) => ({
      key: orgCode,
      value,
      name: (
        <>
          <Link to="/reports/$id/$part" params={{ id: reportId, part }} search={{ cell }}>
            {orgName}
          </Link>
          {stale.has(orgCode) && <div className="late">汇总之后有变化</div>}
        </>
      ),
    })),
    ...entries.map(({ id, reason, value }) => ({ key: id, value, name: <>{reason}</> })),
  ];
}
