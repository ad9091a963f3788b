import { useNavigate } from "@tanstack/react-router";
import { Skeleton, Table, Tag } from "antd";
import { outcomeName } from "../../../shared/checks/finding-text.ts";
import type { ReportView } from "../../../shared/contract/responses.ts";
import { useFindings } from "../api/queries.ts";
import { FindingList } from "./finding-list.tsx";

/** All findings of the report, and the ledger of every rule: what was checked, and what came of it. */
export function FindingsPart({ report }: { report: ReportView }) {
  const navigate = useNavigate();
  const checked = useFindings(report.id);
  if (checked.data === undefined) return <Skeleton active />;
  const { findings, ledger, blocking } = checked.data;
  return (
    <>
      <div className="part-bar">
        <h2>审核结果</h2>
        <span className={blocking > 0 ? "late" : "quiet"}>
          {blocking > 0 ? `${String(blocking)} 处错误须改正后才能提交` : "没有阻止提交的问题"}
        </span>
      </div>
      <FindingList
        findings={findings}
        onGo={(cell) => {
          const [table] = cell.split("/");
          if (table !== undefined) {
            void navigate({
              href: `/reports/${report.id}/${table}?cell=${encodeURIComponent(cell)}`,
            });
          }
        }}
      />
      <section className="panel" aria-label="审核公式清单">
        <h2>审核公式清单</h2>
        <Table
          size="small"
          rowKey="rule"
          pagination={false}
          dataSource={ledger}
          columns={[
            { title: "编号", dataIndex: "rule", width: 90 },
            { title: "公式", dataIndex: "title" },
            {
              title: "结果",
              width: 180,
              filters: Object.entries(outcomeName).map(([value, text]) => ({ value, text })),
              onFilter: (value, entry) => entry.outcome === value,
              render: (_, entry) => (
                <>
                  <Tag color={entry.outcome === "failed" ? "red" : "default"}>
                    {outcomeName[entry.outcome]}
                  </Tag>
                  <span className="quiet">{entry.reason}</span>
                </>
              ),
            },
          ]}
        />
      </section>
    </>
  );
}
