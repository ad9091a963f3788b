import { Link, useParams } from "@tanstack/react-router";
import { Badge, Skeleton, Tag } from "antd";
import { editionById } from "../../../shared/forms/editions.ts";
import type { ReportView } from "../../../shared/contract/responses.ts";
import { useFindings, useReport, useThreads } from "../api/queries.ts";
import { NotFound } from "../app/not-found.tsx";
import { roleName } from "../../../shared/workflow/names.ts";
import { standing } from "../app/words.ts";
import { Due } from "../pages/worklist-page.tsx";
import { AttachmentsPart } from "./attachments-part.tsx";
import { ChangesPart } from "./changes-part.tsx";
import { FactsPart } from "./facts-part.tsx";
import { FindingsPart } from "./findings-part.tsx";
import { HistoryPart } from "./history-part.tsx";
import { NarrativePart } from "./narrative-part.tsx";
import { partGroups, type Part } from "./parts.ts";
import { PerformancePart } from "./performance-part.tsx";
import { PublicationPart } from "./publication-part.tsx";
import { ReportActions } from "./report-actions.tsx";
import { TablePart } from "./table-part.tsx";
import "./report.css";

/** One report: what it says on the left, the part at hand in the middle, what may be done at the top. */
export function ReportPage() {
  const { id, part: partId } = useParams({ from: "/reports/$id/$part" });
  const report = useReport(id);
  if (report.data === undefined) return report.isError ? <NotFound /> : <Skeleton active />;
  const edition = editionById(report.data.edition);
  if (edition === undefined) return <NotFound />;
  const groups = partGroups(edition);
  const part = groups.flatMap((group) => group.parts).find((candidate) => candidate.id === partId);
  return (
    <>
      <header className="report-header">
        <div>
          <h1 className="page-title">
            {report.data.orgName} {report.data.year} 年度决算
          </h1>
          <p className="report-standing">
            <Tag>{standing(report.data)}</Tag>
            {report.data.turn !== undefined && (
              <span>
                等待{roleName[report.data.turn.role]}，期限 <Due date={report.data.turn.due} />
              </span>
            )}
            <span className="quiet">
              报告代码 {report.data.id} · 版本 {report.data.editionHash.slice(0, 8)}
            </span>
          </p>
          <ReturnNotice report={report.data} />
        </div>
        <ReportActions report={report.data} />
      </header>
      <div className="report-body">
        <PartNav report={report.data} groups={groups} current={partId} />
        <div className="report-part">
          {part === undefined ? <NotFound /> : <PartView report={report.data} part={part} />}
        </div>
      </div>
    </>
  );
}

function PartView({ report, part }: { report: ReportView; part: Part }) {
  switch (part.kind) {
    case "table":
      return <TablePart key={part.id} report={report} form={part.form} />;
    case "facts":
      return <FactsPart report={report} />;
    case "narrative":
      return <NarrativePart report={report} />;
    case "performance":
      return <PerformancePart report={report} />;
    case "attachments":
      return <AttachmentsPart report={report} />;
    case "findings":
      return <FindingsPart report={report} />;
    case "changes":
      return <ChangesPart report={report} />;
    case "history":
      return <HistoryPart report={report} />;
    case "publication":
      return <PublicationPart report={report} />;
  }
}

function ReturnNotice({ report }: { report: ReportView }) {
  if (report.state.status !== "draft") return null;
  const { returned, correcting } = report.state;
  if (returned !== undefined) {
    return (
      <p className="return-notice">
        <strong>{returned.byName} 退回：</strong>
        {returned.reason}
      </p>
    );
  }
  return correcting === undefined ? null : (
    <p className="return-notice">
      <strong>更正原因：</strong>
      {correcting.reason}
    </p>
  );
}

function PartNav({
  report,
  groups,
  current,
}: {
  report: ReportView;
  groups: ReturnType<typeof partGroups>;
  current: string;
}) {
  const findings = useFindings(report.id);
  const threads = useThreads(report.id);
  const errorsIn = (part: Part) =>
    findings.data?.findings.filter(
      (finding) =>
        finding.severity === "error" &&
        (part.kind === "findings" || finding.cells.some((cell) => cell.startsWith(`${part.id}/`))),
    ).length ?? 0;
  const openIn = (part: Part) =>
    threads.data?.items.filter(
      ({ anchor, status }) =>
        status !== "resolved" &&
        ((anchor.kind === "cell" && anchor.cell.startsWith(`${part.id}/`)) ||
          ((anchor.kind === "section" || anchor.kind === "row") && anchor.section === part.id) ||
          (anchor.kind === "sentence" && part.kind === "narrative") ||
          (anchor.kind === "attachment" && part.kind === "attachments")),
    ).length ?? 0;
  return (
    <nav className="part-nav" aria-label="报告目录">
      {groups.map((group) => (
        <section key={group.title}>
          <h2>{group.title}</h2>
          <ul>
            {group.parts.map((part) => (
              <li key={part.id}>
                <Link
                  to="/reports/$id/$part"
                  params={{ id: report.id, part: part.id }}
                  className={part.id === current ? "current" : ""}
                  aria-current={part.id === current ? "page" : undefined}
                >
                  <span>{part.title}</span>
                  <Badge count={errorsIn(part)} size="small" title="错误" />
                  <Badge count={openIn(part)} size="small" color="#8a5a00" title="未解决的意见" />
                </Link>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </nav>
  );
}
