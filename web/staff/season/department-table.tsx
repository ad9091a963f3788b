import { Link } from "@tanstack/react-router";
import { useState } from "react";
import type { Progress, ProgressRowView } from "../../../shared/contract/responses.ts";
import { progressStateName } from "../../../shared/progress/progress-names.ts";
import { progressStates } from "../../../shared/progress/progress.ts";
import { stageName } from "../../../shared/workflow/names.ts";
import { roleName } from "../../../shared/workflow/roles.ts";
import { useDepartmentProgress } from "../api/queries.ts";
import { Failure } from "../app/placeholders.tsx";
import { Count, DaysLeft, LastAct, Reminded, stateChip } from "./node-cells.tsx";
import { orderName, type SeasonOrder, type SeasonSearch } from "./season-search.ts";

export type Department = Progress["departments"][number];

/** So few departments are shown with their units from the start. */
const fewDepartments = 5;

/** Columns of departments and nodes alike; those with an order can be sorted by. */
const columns = [
  { title: "代码", width: 96, order: "code" },
  { title: "单位", width: 260 },
  { title: "状态", width: 130 },
  { title: "等谁处理", width: 100 },
  { title: "期限", width: 200, order: "due" },
  { title: "错误", width: 60, order: "errors" },
  { title: "警告", width: 60, order: "warnings" },
  { title: "未了意见", width: 84, order: "remarks" },
  { title: "退回", width: 60, order: "returns" },
  { title: "最后办理", width: 220, order: "last" },
] as const satisfies readonly { title: string; width: number; order?: SeasonOrder }[];

/** Departments, each with what adds up over it and its units, which are fetched when it is opened. */
export function DepartmentTable({
  region,
  year,
  departments,
  rows,
  sort,
}: {
  region: string;
  year: number;
  departments: readonly Department[];
  /** Nodes of the person's own in other departments. */
  rows: readonly ProgressRowView[];
  sort: SeasonSearch["sort"];
}) {
  return (
    <div className="data-table-frame">
      <table className="data-table season" aria-label={`${String(year)} 年度决算进度`}>
        <thead>
          <tr>
            {columns.map((column) => (
              <th
                key={column.title}
                scope="col"
                style={{ width: column.width }}
                {...("order" in column && isSorted(column.order, sort)
                  ? {
                      "aria-sort":
                        column.order === "code" || column.order === "due"
                          ? "ascending"
                          : "descending",
                    }
                  : {})}
              >
                {"order" in column ? (
                  <Link
                    from="/progress/$region/$year"
                    to="."
                    search={(before) => ({ ...before, sort: column.order })}
                    replace
                    title={`按${orderName[column.order]}排序`}
                  >
                    {column.title}
                  </Link>
                ) : (
                  column.title
                )}
              </th>
            ))}
          </tr>
        </thead>
        {departments.map((department) => (
          <DepartmentRows
            key={department.code}
            region={region}
            year={year}
            department={department}
            isFirstOpen={departments.length <= fewDepartments}
          />
        ))}
        <tbody>
          {rows.map((row) => (
            <NodeRow key={row.orgCode} row={row} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

const isSorted = (order: SeasonOrder, sort: SeasonSearch["sort"]): boolean =>
  order === (sort ?? "code");

function DepartmentRows({
  region,
  year,
  department,
  isFirstOpen,
}: {
  region: string;
  year: number;
  department: Department;
  isFirstOpen: boolean;
}) {
  const [isOpen, setIsOpen] = useState(isFirstOpen);
  const { code, name, own, counts, overdue, season } = department;
  const nodes = useDepartmentProgress({ region, year, department: code }, { enabled: isOpen });
  return (
    <tbody>
      <tr className="group">
        <td>{code}</td>
        <th scope="rowgroup">
          <button
            type="button"
            className="disclosure"
            aria-expanded={isOpen}
            onClick={() => {
              setIsOpen(!isOpen);
            }}
          >
            {name}
          </button>
          <div className="quiet counts">
            {summary(counts)}
            {overdue > 0 && <span className="late"> 逾期 {overdue}</span>}
          </div>
        </th>
        <td>
          {own !== undefined && (
            <span className={`chip ${own.endsWith("_failed") ? "failed" : own}`}>
              {progressStateName[own]}
            </span>
          )}
        </td>
        <td>{season?.stage === undefined ? "—" : stageName[season.stage]}</td>
        <td>
          <DaysLeft due={season?.due} />
        </td>
        <td>
          <Count count={season?.errors} tone="late" />
        </td>
        <td>
          <Count count={season?.warnings} />
        </td>
        <td>
          <Count count={season?.openRemarks} />
        </td>
        <td>
          <Count count={season?.returns} />
        </td>
        <td>
          <LastAct last={season?.last} />
        </td>
      </tr>
      {isOpen && nodes.isError && (
        <tr>
          <td colSpan={columns.length}>
            <Failure error={nodes.error} />
          </td>
        </tr>
      )}
      {isOpen && nodes.data?.rows.map((row) => <NodeRow key={row.orgCode} row={row} />)}
    </tbody>
  );
}

export function NodeRow({ row }: { row: ProgressRowView }) {
  return (
    <tr>
      <td>{row.orgCode}</td>
      <td className="unit" style={{ paddingLeft: row.kind === "unit" ? "3em" : "1.9em" }}>
        <NodeName row={row} />
      </td>
      <NodeCells row={row} />
    </tr>
  );
}

export function NodeName({ row: { report, orgName } }: { row: ProgressRowView }) {
  if (report === undefined) return orgName;
  return (
    <Link to="/reports/$id/$part" params={{ id: report.id, part: "findings" }}>
      {orgName}
    </Link>
  );
}

/** What is known of a node's report, from its state on. */
export function NodeCells({ row }: { row: ProgressRowView }) {
  const { report, check, openRemarks, returns, last, due, reminded } = row;
  return (
    <>
      <td>{stateChip(row)}</td>
      <td>{report?.turn === undefined ? "—" : roleName[report.turn.role]}</td>
      <td>
        <DaysLeft due={due} />
        <Reminded reminded={reminded} />
      </td>
      <td>
        <Count count={check?.errors} tone="late" />
      </td>
      <td>
        <Count count={check?.warnings} />
      </td>
      <td>
        <Count count={report === undefined ? undefined : (openRemarks ?? 0)} />
      </td>
      <td>
        <Count count={returns} />
      </td>
      <td>
        <LastAct last={last} />
      </td>
    </>
  );
}

/** 未开始 3 · 编制中 2: the states that there are, in the order a report goes through them. */
const summary = (counts: Department["counts"]): string =>
  progressStates
    .flatMap((state) => {
      const count = counts[state] ?? 0;
      return count === 0 ? [] : [`${progressStateName[state]} ${String(count)}`];
    })
    .join(" · ");
