import { useQueryClient } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { App, Button } from "antd";
import { useState, type ReactNode } from "react";
import type { ReportSummary } from "../../../shared/workflow/report-summary.ts";
import { openedResponse, type Worklist } from "../../../shared/contract/responses.ts";
import { roleName } from "../../../shared/workflow/roles.ts";
import { refusalText, useWorklist, useYears } from "../api/queries.ts";
import { DataTable } from "../app/data-table.tsx";
import { Due } from "../app/due.tsx";
import { keepFile } from "../app/keep-file.ts";
import { useSigned } from "../app/session-context.ts";
import { Failure, Loading, Nothing } from "../app/placeholders.tsx";
import { stateText, stateTone } from "../app/words.ts";

/** What waits for me, what I may begin, and what I follow; earliest deadline first. */
export function WorklistPage(): ReactNode {
  const { me } = useSigned();
  return (
    <>
      <title>待办 · 决算编审</title>
      <h1 className="page-title">待办</h1>
      {me.regions.map(({ region, regionName }) => (
        <RegionWorklist
          key={region}
          region={region}
          name={me.regions.length > 1 ? `${regionName} ` : ""}
        />
      ))}
    </>
  );
}

function RegionWorklist({ region, name }: { region: string; name: string }) {
  const worklist = useWorklist(region);
  if (worklist.data === undefined) {
    return worklist.isError ? <Failure error={worklist.error} /> : <Loading />;
  }
  const { pages } = worklist.data;
  const mine = pages.flatMap((page) => page.mine);
  const damaged = [...new Set(pages.flatMap((page) => page.damaged))];
  const { toOpen = [], following = [] } = pages[0] ?? {};
  return (
    <>
      {damaged.length > 0 && (
        <section className="panel" role="alert">
          <h2>数据损坏</h2>
          <p>{damaged.join("、")} 存储的内容已经损坏，暂时不能办理，请联系系统管理员从备份恢复。</p>
        </section>
      )}
      <section className="panel" aria-label={`${name}等我处理`}>
        <h2>
          {name}等我处理{" "}
          <span className="quiet">
            {mine.length}
            {worklist.hasNextPage && " 份以上"}
          </span>
        </h2>
        {mine.length === 0 ? (
          <Nothing>现在没有等您处理的报告。</Nothing>
        ) : (
          <Reports label="等我处理" reports={mine} />
        )}
        {worklist.hasNextPage && (
          <p>
            <Button
              loading={worklist.isFetchingNextPage}
              onClick={() => void worklist.fetchNextPage()}
            >
              更多
            </Button>
          </p>
        )}
      </section>
      {toOpen.length > 0 && <ToOpen entries={toOpen} />}
      {following.length > 0 && (
        <section className="panel" aria-label="其他报告">
          <h2>
            其他报告 <span className="quiet">{following.length}</span>
          </h2>
          <Reports label="其他报告" reports={following} />
        </section>
      )}
      {following.length === 0 && toOpen.length === 0 && <WholeYears region={region} />}
    </>
  );
}

/** For people of the bureau, who follow every report: the progress of the years. */
function WholeYears({ region }: { region: string }) {
  const years = useYears(region);
  const open = years.data?.items.filter(({ status }) => status === "open") ?? [];
  if (open.length === 0) return null;
  return (
    <section className="panel" aria-label="全部报告">
      <h2>全部报告</h2>
      <p className="links">
        {open.map(({ year }) => (
          <Link key={year} to="/progress/$region/$year" params={{ region, year: String(year) }}>
            {year} 年度各单位进度
          </Link>
        ))}
      </p>
    </section>
  );
}

function Reports({ label, reports }: { label: string; reports: readonly ReportSummary[] }) {
  return (
    <DataTable
      label={label}
      rows={reports}
      empty=""
      keyOf={({ id }) => id}
      columns={[
        {
          title: "单位",
          cell: (report) => (
            <Link
              to="/reports/$id/$part"
              params={{
                id: report.id,
                part: report.failure === undefined ? "t01" : "publication",
              }}
            >
              {report.orgName}
            </Link>
          ),
        },
        { title: "年度", width: 90, cell: ({ year }) => year },
        {
          title: "状态",
          width: 150,
          cell: (report) => (
            <>
              <span className={`chip ${stateTone(report)}`}>{stateText(report)}</span>
              {report.failure !== undefined && <div className="late">{report.failure.cause}</div>}
            </>
          ),
        },
        {
          title: "等谁处理",
          width: 140,
          cell: ({ turn }) => (turn === undefined ? "—" : roleName[turn.role]),
        },
        {
          title: "期限",
          width: 170,
          cell: ({ turn, status, publishBy }) => (
            <Due date={turn?.due ?? (status === "approved" ? publishBy : undefined)} />
          ),
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
  const [opening, setOpening] = useState<string>();
  const keyOf = ({ year, orgCode }: Worklist["toOpen"][number]) => `${String(year)}-${orgCode}`;
  const open = async (entry: Worklist["toOpen"][number]) => {
    const { region, year, orgCode } = entry;
    setOpening(keyOf(entry));
    try {
      const { id, notRolled } = await api.send(
        "POST",
        "/reports",
        { region, year, orgCode },
        openedResponse.pick({ id: true, notRolled: true }),
      );
      if (notRolled !== undefined) void message.info(notRolled, 10);
      await queries.invalidateQueries({ queryKey: ["worklist"] });
      await navigate({ to: "/reports/$id/$part", params: { id, part: "t01" } });
    } catch (error) {
      void message.error(refusalText(error));
    } finally {
      setOpening(undefined);
    }
  };
  const template = async ({ region, year, orgCode, orgName }: Worklist["toOpen"][number]) => {
    try {
      const path = `/regions/${region}/years/${String(year)}/orgs/${orgCode}/workbook`;
      keepFile(await api.file(path), `${orgName}${String(year)}年度决算表（模板）.xlsx`);
    } catch (error) {
      void message.error(refusalText(error));
    }
  };
  return (
    <section className="panel" aria-label="待开始">
      <h2>
        待开始 <span className="quiet">{entries.length}</span>
      </h2>
      <DataTable
        label="待开始"
        rows={entries}
        empty=""
        keyOf={keyOf}
        columns={[
          { title: "单位", cell: ({ orgName }) => orgName },
          { title: "年度", width: 90, cell: ({ year }) => year },
          { title: "期限", width: 170, cell: ({ due }) => <Due date={due} /> },
          {
            title: "操作",
            width: 220,
            cell: (entry) => (
              <span className="nowrap">
                <Button
                  type="primary"
                  size="small"
                  loading={opening === keyOf(entry)}
                  onClick={() => void open(entry)}
                >
                  开始编制
                </Button>{" "}
                <Button size="small" onClick={() => void template(entry)}>
                  下载 Excel 模板
                </Button>
              </span>
            ),
          },
        ]}
      />
    </section>
  );
}
