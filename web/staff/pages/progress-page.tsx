import { Link, useParams } from "@tanstack/react-router";
import type { ReactNode } from "react";
import type { Me, Progress } from "../../../shared/contract/responses.ts";
import { failureName, roleName } from "../../../shared/workflow/names.ts";
import { useProgress } from "../api/queries.ts";
import { DataTable } from "../app/data-table.tsx";
import { Due } from "../app/due.tsx";
import { useSigned } from "../app/session-context.ts";
import { Failure, Loading } from "../app/standing-in.tsx";
import { standing, standingTone } from "../app/words.ts";

type Row = Progress["rows"][number];

/** A year of the region at a glance: every department with its units, and who holds what. */
export function ProgressPage(): ReactNode {
  const { region, year } = useParams({ from: "/progress/$region/$year" });
  const { me } = useSigned();
  const progress = useProgress(region, Number(year));
  if (progress.data === undefined) {
    return progress.isError ? <Failure error={progress.error} /> : <Loading />;
  }
  const { rows } = progress.data;
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
        {tallies(rows).map(({ name, count, tone }) => (
          <div key={name} className={tone}>
            <dt>{name}</dt>
            <dd>{count}</dd>
          </div>
        ))}
      </dl>
      <section className="panel">
        <DataTable
          label={`${year} 年度决算进度`}
          rows={inTreeOrder(rows)}
          empty="没有可以查看的单位。"
          keyOf={({ orgCode }) => orgCode}
          columns={[
            { title: "代码", width: 100, cell: ({ orgCode }) => orgCode },
            {
              title: "单位",
              cell: (row) => (
                <span style={{ paddingLeft: row.kind === "unit" ? "1.5em" : 0 }}>
                  {row.report === undefined ? (
                    row.orgName
                  ) : (
                    <Link to="/reports/$id/$part" params={{ id: row.report.id, part: "t01" }}>
                      {row.orgName}
                    </Link>
                  )}
                </span>
              ),
            },
            {
              title: "状态",
              width: 150,
              cell: ({ exempt, damaged, report }) =>
                damaged ? (
                  <span className="chip failed">数据损坏</span>
                ) : (
                  <span
                    className={`chip ${report === undefined ? "absent" : standingTone(report)}`}
                  >
                    {exempt ? "免报" : report === undefined ? "未开始" : standing(report)}
                  </span>
                ),
            },
            {
              title: "等谁处理",
              width: 130,
              cell: ({ report }) => (report?.turn === undefined ? "—" : roleName[report.turn.role]),
            },
            { title: "期限", width: 170, cell: ({ report }) => <Due date={dueOf(report)} /> },
          ]}
        />
      </section>
    </>
  );
}

/** The bureau's people and the auditor verify a whole year; the server decides the same. */
const maySeeAudit = ({ regions }: Me, region: string): boolean =>
  regions.some(
    (one) =>
      one.region === region &&
      one.memberships.some(
        ({ role }) => role === "bureau_admin" || role === "bureau_reviewer" || role === "auditor",
      ),
  );

/** Of an approved report the day by which it must be public. */
const dueOf = (report: Row["report"]): string | undefined =>
  report?.status === "published" ? undefined : (report?.turn?.due ?? report?.publishBy);

function tallies(rows: readonly Row[]): { name: string; count: number; tone: string }[] {
  const wanted = rows.filter(({ exempt }) => !exempt);
  const count = (is: (row: Row) => boolean) => wanted.filter(is).length;
  return [
    { name: "应报单位", count: wanted.length, tone: "all" },
    {
      name: "未开始",
      count: count(({ report, damaged }) => report === undefined && !damaged),
      tone: "absent",
    },
    { name: "编制中", count: count(({ report }) => report?.status === "draft"), tone: "draft" },
    {
      name: "审核中",
      count: count(({ report }) => report?.status === "in_review"),
      tone: "in_review",
    },
    {
      name: "已批复",
      count: count(({ report }) => report?.status === "approved" && report.failure === undefined),
      tone: "approved",
    },
    ...failed(wanted),
    {
      name: "已公开",
      count: count(({ report }) => report?.status === "published"),
      tone: "published",
    },
    { name: "已逾期", count: count(({ overdue }) => overdue), tone: "overdue" },
  ];
}

/** Shown only where something failed: on most days nothing has. */
const failed = (rows: readonly Row[]) =>
  (["print", "publish"] as const)
    .map((step) => ({
      name: failureName[step],
      count: rows.filter(({ report }) => report?.failure?.step === step).length,
      tone: "failed",
    }))
    .filter(({ count }) => count > 0);

/** Departments, each with its units behind it; nodes without a listed parent stand at the top. */
function inTreeOrder(rows: readonly Row[]): Row[] {
  const codes = new Set(rows.map((row) => row.orgCode));
  const below = (row: Row): Row[] => [
    row,
    ...rows.filter((child) => child.parent === row.orgCode).flatMap(below),
  ];
  return rows.filter((row) => row.parent === undefined || !codes.has(row.parent)).flatMap(below);
}
