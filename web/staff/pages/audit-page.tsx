import { Link, useParams } from "@tanstack/react-router";
import { Button } from "antd";
import type { ReactNode } from "react";
import type { AuditRow } from "../../../shared/contract/responses.ts";
import { useAudit } from "../api/queries.ts";
import { DataTable } from "../app/data-table.tsx";
import { Failure, Loading } from "../app/placeholders.tsx";
import { localTime } from "../app/words.ts";

/** A year's reports, each with whether its records agree; its files are verified in its own history. */
export function AuditPage(): ReactNode {
  const { region, year } = useParams({ from: "/audit/$region/$year" });
  const audit = useAudit(region, Number(year));
  if (audit.data === undefined) {
    return audit.isError ? <Failure error={audit.error} /> : <Loading />;
  }
  const rows = audit.data.pages.flatMap(({ items }) => items);
  const damaged = rows.filter(({ intact }) => !intact).length;
  return (
    <>
      <title>{`${year} 年度记录核对`}</title>
      <h1 className="page-title">{year} 年度记录核对</h1>
      <p className="quiet">
        已核对 {rows.length} 份报告的办理记录、状态和校验点
        {damaged === 0 ? "，全部完整" : `，${String(damaged)} 份有问题`}
        。附件、审核意见和公开文件在每份报告的“办理记录”中核对。
      </p>
      <section className="panel">
        <DataTable
          label={`${year} 年度记录核对`}
          rows={rows}
          empty="本年度还没有报告。"
          keyOf={({ reportId }) => reportId}
          columns={[
            { title: "代码", width: 100, cell: ({ orgCode }) => orgCode },
            {
              title: "单位",
              cell: ({ reportId, orgName }) => (
                <Link to="/reports/$id/$part" params={{ id: reportId, part: "history" }}>
                  {orgName}
                </Link>
              ),
            },
            { title: "核对结果", cell: (row) => <Result row={row} /> },
            {
              title: "记录",
              width: 90,
              align: "right",
              cell: ({ events }) => `${String(events)} 条`,
            },
            {
              title: "最后办理",
              width: 230,
              cell: ({ last }) =>
                last === undefined ? "—" : `${last.byName}，${localTime(last.at)}`,
            },
          ]}
        />
        {audit.hasNextPage && (
          <Button loading={audit.isFetchingNextPage} onClick={() => void audit.fetchNextPage()}>
            核对后面的报告
          </Button>
        )}
      </section>
    </>
  );
}

function Result({ row: { intact, faults, faultCount } }: { row: AuditRow }) {
  if (intact) return <span className="chip passed">完整</span>;
  const [first] = faults;
  return (
    <>
      <span className="chip failed">{faultCount} 处问题</span>{" "}
      {first !== undefined && `${first.place}：${first.message}`}
    </>
  );
}
