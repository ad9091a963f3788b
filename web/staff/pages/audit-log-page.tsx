import { Link, useParams, useSearch } from "@tanstack/react-router";
import { Button } from "antd";
import { useState, type ReactNode } from "react";
import type { AuditEntry } from "../../../shared/audit/audit-entry.ts";
import { actingRoleName } from "../../../shared/workflow/names.ts";
import { useAuditLog, useRegistryVerification, useYears } from "../api/queries.ts";
import { DataTable } from "../app/data-table.tsx";
import { Failure, Loading } from "../app/placeholders.tsx";
import { localTime } from "../app/words.ts";
import { AuditExport } from "../audit/audit-export.tsx";
import { AuditFilters } from "../audit/audit-filters.tsx";
import { auditTypeName, withDays, type AuditSearch } from "../audit/audit-search.ts";
import "../season/season.css";

/** Everything that happened in a region, to be looked through, and whether its records are whole. */
export function AuditLogPage(): ReactNode {
  const { region } = useParams({ from: "/audit/$region" });
  const asked = useSearch({ from: "/audit/$region" });
  // The day does not change under somebody who reads.
  const [openedAt] = useState(() => new Date().toISOString());
  const search = withDays(asked, openedAt);
  return (
    <>
      <title>审计 · 决算编审</title>
      <h1 className="page-title">审计</h1>
      <Verifications region={region} />
      <section className="panel" aria-label="办理和变更记录">
        <h2>
          办理和变更记录
          <AuditExport region={region} search={search} />
        </h2>
        <AuditFilters search={search} />
        <Entries region={region} search={search} />
      </section>
    </>
  );
}

/** Whether the records are whole: the registry's here, a year's reports on a page of their own. */
function Verifications({ region }: { region: string }) {
  const registry = useRegistryVerification(region);
  const years = useYears(region);
  const verdict = registry.data;
  return (
    <section className="panel" aria-label="记录核对">
      <h2>记录核对</h2>
      <p>
        机构、人员和年度：
        {registry.isError ? (
          <Failure error={registry.error} />
        ) : verdict === undefined ? (
          <span className="quiet">正在核对……</span>
        ) : (
          <span className={`chip ${verdict.intact ? "passed" : "failed"}`}>
            {verdict.intact
              ? `记录完整，共 ${String(verdict.events)} 条`
              : `有 ${String(verdict.faultCount)} 处与记录不符`}
          </span>
        )}
      </p>
      {verdict?.intact === false && (
        <ul className="fault-list" role="alert">
          {verdict.faults.map(({ where, what }) => (
            <li key={where + what}>
              {where}：{what}
            </li>
          ))}
        </ul>
      )}
      <p>
        各年度报告：
        {years.data?.items
          .toSorted((a, b) => b.year - a.year)
          .map(({ year }) => (
            <span key={year} className="nowrap">
              <Link to="/audit/$region/$year" params={{ region, year: String(year) }}>
                核对 {year} 年度全部报告
              </Link>{" "}
            </span>
          ))}
      </p>
      <p className="quiet">
        每条记录都含前一条的校验码；核对时逐条重算，并与另行保存的校验点比对。删改、调换或补插任何一条，都会在这里指出位置。
      </p>
    </section>
  );
}

function Entries({ region, search }: { region: string; search: AuditSearch }) {
  const log = useAuditLog(region, search);
  if (log.data === undefined) {
    return log.isError ? <Failure error={log.error} /> : <Loading />;
  }
  const entries = log.data.pages.flatMap(({ items }) => items);
  const readTo = log.data.pages.at(-1)?.readTo;
  return (
    <>
      {entries.length === 0 && log.hasNextPage ? null : (
        <DataTable
          label="办理和变更记录"
          rows={entries}
          empty="这段时间没有符合条件的记录。"
          keyOf={({ reportId = "registry", seq }) => `${reportId}#${String(seq)}`}
          columns={[
            { title: "时间", width: 140, cell: ({ at }) => localTime(at) },
            { title: "人员", width: 170, cell: (entry) => <Who entry={entry} /> },
            { title: "事项", width: 120, cell: ({ type }) => auditTypeName[type] },
            { title: "单位或对象", width: 260, cell: (entry) => <About entry={entry} /> },
            { title: "内容", cell: ({ deed }) => deed },
          ]}
        />
      )}
      <p className="quiet" role="status">
        {log.hasNextPage
          ? `已列出 ${String(entries.length)} 条，已查到 ${readTo === undefined ? "" : localTime(readTo)}。`
          : `共 ${String(entries.length)} 条。`}
      </p>
      {log.hasNextPage && (
        <Button loading={log.isFetchingNextPage} onClick={() => void log.fetchNextPage()}>
          更早的记录
        </Button>
      )}
    </>
  );
}

function Who({ entry: { byName, byRole } }: { entry: AuditEntry }) {
  return (
    <>
      {byName}
      {byRole !== undefined && byRole !== "system" && (
        <span className="quiet"> {actingRoleName[byRole]}</span>
      )}
    </>
  );
}

function About({ entry: { reportId, about, orgCode, year } }: { entry: AuditEntry }) {
  if (reportId === undefined) return about ?? (year === undefined ? "—" : `${String(year)} 年度`);
  return (
    <>
      <Link to="/reports/$id/$part" params={{ id: reportId, part: "history" }}>
        {about ?? orgCode}
      </Link>{" "}
      <span className="quiet">{year} 年度</span>
    </>
  );
}
