import { Link, useParams } from "@tanstack/react-router";
import { Skeleton, Table, Tag } from "antd";
import type { Progress } from "../../../shared/contract/responses.ts";
import { useProgress } from "../api/queries.ts";
import { roleName } from "../../../shared/workflow/names.ts";
import { standing } from "../app/words.ts";
import { Due } from "./worklist-page.tsx";

type Row = Progress["rows"][number] & { readonly children?: Row[] };

/** A year of the region at a glance: every department with its units, and who holds what. */
export function ProgressPage() {
  const { region, year } = useParams({ from: "/progress/$region/$year" });
  const progress = useProgress(region, Number(year));
  if (progress.data === undefined) {
    return progress.isError ? (
      <p className="panel">{progress.error.message}</p>
    ) : (
      <Skeleton active />
    );
  }
  return (
    <>
      <h1 className="page-title">{year} 年度决算进度</h1>
      <section className="panel">
        <Table
          size="small"
          rowKey="orgCode"
          pagination={false}
          expandable={{ defaultExpandAllRows: true }}
          dataSource={tree(progress.data.rows)}
          columns={[
            {
              title: "单位",
              render: (_, row) =>
                row.report === undefined ? (
                  row.orgName
                ) : (
                  <Link to="/reports/$id/$part" params={{ id: row.report.id, part: "t01" }}>
                    {row.orgName}
                  </Link>
                ),
            },
            { title: "代码", dataIndex: "orgCode", width: 120 },
            {
              title: "状态",
              width: 160,
              render: (_, row) => {
                if (row.exempt) return <Tag>免报</Tag>;
                return row.report === undefined ? (
                  <Tag>未开始</Tag>
                ) : (
                  <Tag>{standing(row.report)}</Tag>
                );
              },
            },
            {
              title: "等谁处理",
              width: 150,
              render: (_, row) =>
                row.report?.turn === undefined ? "—" : roleName[row.report.turn.role],
            },
            { title: "期限", width: 150, render: (_, row) => <Due date={row.report?.turn?.due} /> },
          ]}
        />
      </section>
    </>
  );
}

/** Departments with their units under them; nodes without a listed parent stand at the top. */
function tree(rows: Progress["rows"]): Row[] {
  const codes = new Set(rows.map((row) => row.orgCode));
  return rows
    .filter((row) => row.parent === undefined || !codes.has(row.parent))
    .map((row) => {
      const children = rows.filter((child) => child.parent === row.orgCode);
      return children.length > 0 ? { ...row, children } : row;
    });
}
