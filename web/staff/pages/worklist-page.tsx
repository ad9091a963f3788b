import { useQueryClient } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { App, Button, Empty, Skeleton, Table, Tag } from "antd";
import { z } from "zod";
import type { ReportSummary, Worklist } from "../../../shared/contract/responses.ts";
import { ApiRefusal } from "../api/client.ts";
import { useWorklist } from "../api/queries.ts";
import { useSigned } from "../app/session-context.ts";
import { roleName } from "../../../shared/workflow/names.ts";
import { standing } from "../app/words.ts";

/** What waits for me, what I may begin, and what I follow; earliest deadline first. */
export function WorklistPage() {
  const { me } = useSigned();
  return (
    <>
      <h1 className="page-title">待办</h1>
      {me.regions.map(({ region, regionName }) => (
        <RegionWorklist
          key={region}
          region={region}
          name={me.regions.length > 1 ? regionName : ""}
        />
      ))}
    </>
  );
}

function RegionWorklist({ region, name }: { region: string; name: string }) {
  const worklist = useWorklist(region);
  if (worklist.data === undefined) {
    return worklist.isError ? (
      <section className="panel">{worklist.error.message}</section>
    ) : (
      <Skeleton active />
    );
  }
  const { mine, toOpen, following } = worklist.data;
  return (
    <>
      <section className="panel" aria-label={`${name}等我处理`}>
        <h2>
          {name}等我处理 <span className="quiet">{mine.length}</span>
        </h2>
        {mine.length === 0 ? (
          <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description="没有等您处理的报告" />
        ) : (
          <Reports reports={mine} />
        )}
      </section>
      {toOpen.length > 0 && <ToOpen entries={toOpen} />}
      {following.length > 0 && (
        <section className="panel" aria-label="我可查看的">
          <h2>
            我可查看的 <span className="quiet">{following.length}</span>
          </h2>
          <Reports reports={following} />
        </section>
      )}
    </>
  );
}

function Reports({ reports }: { reports: readonly ReportSummary[] }) {
  return (
    <Table
      size="small"
      rowKey="id"
      pagination={reports.length > 20 ? { pageSize: 20 } : false}
      dataSource={[...reports]}
      columns={[
        {
          title: "单位",
          dataIndex: "orgName",
          render: (orgName: string, report) => (
            <Link to="/reports/$id/$part" params={{ id: report.id, part: "t01" }}>
              {orgName}
            </Link>
          ),
        },
        { title: "年度", dataIndex: "year", width: 80 },
        {
          title: "状态",
          width: 150,
          render: (_, report) => <Tag color={tagColor(report)}>{standing(report)}</Tag>,
        },
        {
          title: "等谁处理",
          width: 150,
          render: (_, report) => (report.turn === undefined ? "—" : roleName[report.turn.role]),
        },
        {
          title: "期限",
          width: 130,
          render: (_, report) => <Due date={report.turn?.due} />,
        },
      ]}
    />
  );
}

function ToOpen({ entries }: { entries: Worklist["toOpen"] }) {
  const { api } = useSigned();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const open = async ({ region, year, orgCode }: Worklist["toOpen"][number]) => {
    try {
      const { id } = await api.send(
        "POST",
        "/reports",
        { region, year, orgCode },
        z.object({ id: z.string() }),
      );
      await queries.invalidateQueries({ queryKey: ["worklist"] });
      await navigate({ to: "/reports/$id/$part", params: { id, part: "t01" } });
    } catch (error) {
      void message.error(error instanceof ApiRefusal ? error.message : "连接服务时出错，请重试。");
    }
  };
  return (
    <section className="panel" aria-label="待开始">
      <h2>待开始</h2>
      <Table
        size="small"
        rowKey={(entry) => `${String(entry.year)}-${entry.orgCode}`}
        pagination={false}
        dataSource={entries}
        columns={[
          { title: "单位", dataIndex: "orgName" },
          { title: "年度", dataIndex: "year", width: 80 },
          { title: "期限", width: 130, render: (_, entry) => <Due date={entry.due} /> },
          {
            title: "",
            width: 120,
            render: (_, entry) => (
              <Button type="primary" size="small" onClick={() => void open(entry)}>
                开始编制
              </Button>
            ),
          },
        ]}
      />
    </section>
  );
}

/** A deadline; overdue ones say so in words, not by colour alone. */
export function Due({ date }: { date: string | undefined }) {
  if (date === undefined) return "—";
  const today = new Intl.DateTimeFormat("sv-SE", { timeZone: "Asia/Shanghai" }).format(new Date());
  return date < today ? <span className="late">{date} 已逾期</span> : date;
}

function tagColor(report: ReportSummary): string {
  if (report.status === "published") return "green";
  if (report.returned) return "volcano";
  return report.status === "draft" ? "default" : "blue";
}
