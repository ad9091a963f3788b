import { Link, useParams } from "@tanstack/react-router";
import { Button } from "antd";
import { useState, type ReactNode } from "react";
import type { Me, Progress, ProgressRowView } from "../../../shared/contract/responses.ts";
import { progressStateName } from "../../../shared/progress/progress-names.ts";
import { roleName, roleOf } from "../../../shared/workflow/roles.ts";
import { progressStates, type ProgressState } from "../../../shared/progress/progress.ts";
import { useDepartmentProgress, useProgress } from "../api/queries.ts";
import { Due } from "../app/due.tsx";
import { useSigned } from "../app/session-context.ts";
import { Failure, Loading } from "../app/placeholders.tsx";
import { stateText, stateTone } from "../app/words.ts";

type Department = Progress["departments"][number];

/** So few departments are shown with their units from the start. */
const fewDepartments = 5;

/** A year of the region at a glance: every department with its units, and who holds what. */
export function ProgressPage(): ReactNode {
  const { region, year } = useParams({ from: "/progress/$region/$year" });
  const { me } = useSigned();
  const progress = useProgress(region, Number(year));
  if (progress.data === undefined) {
    return progress.isError ? <Failure error={progress.error} /> : <Loading />;
  }
  const [first] = progress.data.pages;
  const departments = progress.data.pages.flatMap((page) => page.departments);
  const rows = first?.rows ?? [];
  return (
    <>
      <title>{`${year} 年度决算进度`}</title>
      <h1 className="page-title">{year} 年度决算进度</h1>
      {maySeeAudit(me, region) && (
        <p>
          <Link to="/audit/$region/$year" params={{ region, year }}>
            核对全部报告的记录
          </Link>
        </p>
      )}
      <dl className="tallies">
        {tallies(first?.counts ?? {}, first?.overdue ?? 0).map(({ name, count, tone }) => (
          <div key={name} className={tone}>
            <dt>{name}</dt>
            <dd>{count}</dd>
          </div>
        ))}
      </dl>
      <section className="panel">
        {departments.length + rows.length === 0 ? (
          <p className="nothing">没有可以查看的单位。</p>
        ) : (
          <div className="data-table-frame">
            <table className="data-table" aria-label={`${year} 年度决算进度`}>
              <thead>
                <tr>
                  <th style={{ width: 110 }}>代码</th>
                  <th>单位</th>
                  <th style={{ width: 220 }}>状态</th>
                  <th style={{ width: 130 }}>等谁处理</th>
                  <th style={{ width: 170 }}>期限</th>
                </tr>
              </thead>
              {departments.map((department) => (
                <DepartmentRows
                  key={department.code}
                  region={region}
                  year={Number(year)}
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
        )}
        {progress.hasNextPage && (
          <p>
            <Button
              loading={progress.isFetchingNextPage}
              onClick={() => void progress.fetchNextPage()}
            >
              更多部门
            </Button>
          </p>
        )}
      </section>
    </>
  );
}

/** A department's line; its nodes are fetched when it is opened. */
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
  const { code, name, counts, overdue } = department;
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
            onClick={() => setIsOpen(!isOpen)}
          >
            {name}
          </button>
        </th>
        <td colSpan={3}>
          <span className="quiet">{summary(counts)}</span>
          {overdue > 0 && <span className="late"> 逾期 {overdue}</span>}
        </td>
      </tr>
      {isOpen && nodes.isError && (
        <tr>
          <td colSpan={5}>
            <Failure error={nodes.error} />
          </td>
        </tr>
      )}
      {isOpen && nodes.data?.rows.map((row) => <NodeRow key={row.orgCode} row={row} />)}
    </tbody>
  );
}

function NodeRow({ row }: { row: ProgressRowView }) {
  const { report } = row;
  return (
    <tr>
      <td>{row.orgCode}</td>
      <td style={{ paddingLeft: row.kind === "unit" ? "3em" : "1.9em" }}>
        {report === undefined ? (
          row.orgName
        ) : (
          <Link to="/reports/$id/$part" params={{ id: report.id, part: "t01" }}>
            {row.orgName}
          </Link>
        )}
      </td>
      <td>{stateChip(row)}</td>
      <td>{report?.turn === undefined ? "—" : roleName[report.turn.role]}</td>
      <td>
        <Due date={row.report === undefined ? undefined : row.due} />
      </td>
    </tr>
  );
}

function stateChip({ damaged, exempt, report }: ProgressRowView) {
  if (damaged) return <span className="chip failed">{progressStateName.damaged}</span>;
  if (exempt) return <span className="chip absent">{progressStateName.exempt}</span>;
  if (report === undefined) {
    return <span className="chip absent">{progressStateName.not_opened}</span>;
  }
  return <span className={`chip ${stateTone(report)}`}>{stateText(report)}</span>;
}

/** 未开始 3 · 编制中 2: the states that there are, in the order a report goes through them. */
const summary = (counts: Department["counts"]): string =>
  progressStates
    .flatMap((state) => {
      const count = counts[state] ?? 0;
      return count === 0 ? [] : [`${progressStateName[state]} ${String(count)}`];
    })
    .join(" · ");

/** The bureau's people and the auditor verify a whole year; the server decides the same. */
const maySeeAudit = ({ regions }: Me, region: string): boolean =>
  regions.some(
    (one) =>
      one.region === region && one.memberships.some(({ role }) => roleOf(role).reach === "region"),
  );

/** States with a number of their own at the head of the page; failures only where there are any. */
const headStates = [
  ["not_opened", "absent"],
  ["draft", "draft"],
  ["in_review", "in_review"],
  ["approved", "approved"],
  ["print_failed", "failed"],
  ["publish_failed", "failed"],
  ["published", "published"],
] as const satisfies readonly (readonly [ProgressState, string])[];

function tallies(counts: Department["counts"], overdue: number) {
  const all = Object.entries(counts)
    .filter(([state]) => state !== "exempt")
    .reduce((sum, [, count]) => sum + count, 0);
  return [
    { name: "应报单位", count: all, tone: "all" },
    ...headStates
      .map(([state, tone]) => ({ name: progressStateName[state], count: counts[state] ?? 0, tone }))
      .filter(({ count, tone }) => count > 0 || tone !== "failed"),
    { name: "已逾期", count: overdue, tone: "overdue" },
  ];
}
