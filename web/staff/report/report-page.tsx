import { useQueryClient } from "@tanstack/react-query";
import { CatchBoundary, Link, useParams } from "@tanstack/react-router";
import { useEffect, type ReactNode } from "react";
import type { ReportView } from "../../../shared/contract/responses.ts";
import type { Edition } from "../../../shared/forms/form.ts";
import { recordIds, type SectionId } from "../../../shared/report/section-ids.ts";
import { roleName } from "../../../shared/workflow/roles.ts";
import { failureName } from "../../../shared/workflow/names.ts";
import { useEdition, useFindings, useReport, useSection, useThreads } from "../api/queries.ts";
import { ApiRefusal } from "../api/client.ts";
import { useSigned } from "../app/session-context.ts";
import { Due } from "../app/due.tsx";
import { lazyPart } from "../app/lazy-part.tsx";
import { NotFound } from "../app/not-found.tsx";
import { PageFailure } from "../app/page-failure.tsx";
import { Failure, Loading } from "../app/placeholders.tsx";
import { stateText, stateTone } from "../app/words.ts";
import { openCounts, openWords, partOfFinding } from "./finding-place.ts";
import { partGroups, type ReportPart } from "./parts.ts";
import { ReportActions } from "./report-actions.tsx";
import { FirstSteps } from "./first-steps.tsx";
import { EditionNotice } from "./edition-notice.tsx";
import { UnsentNotice } from "./unsent-notice.tsx";
import { partOfSection } from "./unsent-lines.ts";
import { useUnsent } from "./use-unsent.ts";
import { writtenTexts } from "./text-places.ts";
import { useKeptTexts } from "../editing/use-kept-text.ts";
import { ReturnNotice, SignOffLine, TakeDownNotice } from "../review/report-notices.tsx";
import { isReviewing, useMarkSeen, useReview } from "../review/use-review.ts";
import "./report.css";
import "../review/review.css";

const AttachmentsPart = lazyPart(
  async () => (await import("./attachments/attachments-part.tsx")).AttachmentsPart,
);
const ChangesPart = lazyPart(async () => (await import("../review/changes-part.tsx")).ChangesPart);
const ConsolidationPart = lazyPart(
  async () => (await import("../consolidation/consolidation-part.tsx")).ConsolidationPart,
);
const ReviewBar = lazyPart(
  async () => (await import("../review/review-bar.tsx")).ReviewBar,
  "dialog",
);
const FactsPart = lazyPart(async () => (await import("./facts/facts-part.tsx")).FactsPart);
const FindingsPart = lazyPart(async () => (await import("./findings-part.tsx")).FindingsPart);
const HistoryPart = lazyPart(async () => (await import("./history-part.tsx")).HistoryPart);
const NarrativePart = lazyPart(
  async () => (await import("../narrative/narrative-part.tsx")).NarrativePart,
);
const PerformancePart = lazyPart(
  async () => (await import("./performance/performance-part.tsx")).PerformancePart,
);
const PublicationPart = lazyPart(
  async () => (await import("./publication-part.tsx")).PublicationPart,
);

const TablePart = lazyPart(async () => (await import("./table-part.tsx")).TablePart);

/** One report: its parts on the left, the chosen part in the middle, the allowed actions at the top. */
export function ReportPage(): ReactNode {
  const { id, part: partId } = useParams({ from: "/reports/$id/$part" });
  const report = useReport(id);
  const edition = useEdition(report.data?.edition);
  useFreshSections(id, report.data?.editionHash);
  const { drafts } = useSigned();
  const mayEdit = report.data?.allowedActions.includes("edit");
  useEffect(() => {
    if (mayEdit !== undefined) drafts.open(id, mayEdit);
  }, [drafts, id, mayEdit]);
  useMarkSeen(report.data);
  if (report.data === undefined) {
    if (!report.isError) return <Loading />;
    const isUnknown = report.error instanceof ApiRefusal && report.error.code === "not_found";
    return isUnknown ? <NotFound /> : <Failure error={report.error} />;
  }
  if (edition.data === undefined) {
    return edition.isError ? <Failure error={edition.error} /> : <Loading />;
  }
  const groups = partGroups(edition.data, report.data.kind);
  const part = groups.flatMap((group) => group.parts).find((candidate) => candidate.id === partId);
  return (
    <div className="report-page">
      <title>{`${part?.title ?? "没有这一页"} · ${report.data.orgName} ${String(report.data.year)}`}</title>
      <ReportHeader report={report.data} />
      <FirstSteps report={report.data} edition={edition.data} />
      <UnsentNotice report={report.data} edition={edition.data} part={partId} />
      <div className="report-body">
        <PartNav report={report.data} groups={groups} current={partId} />
        <div className={`report-part ${part?.kind ?? ""}`}>
          {part === undefined ? (
            <NotFound />
          ) : (
            <CatchBoundary getResetKey={() => part.id} errorComponent={PageFailure}>
              {isReviewing(report.data) && (
                <ReviewBar report={report.data} edition={edition.data} part={part} />
              )}
              <DamageNotice report={report.data} part={part} />
              <PartView report={report.data} edition={edition.data} part={part} />
            </CatchBoundary>
          )}
        </div>
      </div>
    </div>
  );
}

/** When the content changed under somebody else's hands, what is shown of it is read again. */
function useFreshSections(id: string, editionHash: string | undefined) {
  const queries = useQueryClient();
  useEffect(() => {
    if (editionHash === undefined) return;
    void queries.invalidateQueries({
      queryKey: ["report", id],
      predicate: ({ queryKey, state }) => queryKey[2] === "section" && state.data !== undefined,
    });
  }, [queries, id, editionHash]);
}

function ReportHeader({ report }: { report: ReportView }) {
  return (
    <header className="report-header">
      <div className="report-title">
        <h1>
          {report.orgName} {report.year} 年度决算
        </h1>
        <p>
          <span className={`chip ${stateTone(report)}`}>{stateText(report)}</span>
          {report.turn !== undefined && (
            <span>
              等待{roleName[report.turn.role]}处理，期限 <Due date={report.turn.due} />
            </span>
          )}
          <span className="quiet">
            报告编号 {report.id}，版本 {report.editionHash.slice(0, 8)}
          </span>
        </p>
        <SignOffLine report={report} />
      </div>
      <ReportActions report={report} />
      <ReturnNotice report={report} />
      <FailureNotice report={report} />
      <TakeDownNotice report={report} />
      <EditionNotice report={report} />
    </header>
  );
}

/** A part of a draft whose content is damaged is shown empty, with the reason. */
function DamageNotice({ report, part }: { report: ReportView; part: ReportPart }) {
  const section =
    part.kind === "table" ? part.form.id : recordIds.find((id) => partOfSection(id) === part.id);
  return report.state.status !== "draft" || section === undefined ? null : (
    <SectionDamage id={report.id} section={section} />
  );
}

function SectionDamage({ id, section }: { id: string; section: SectionId }) {
  const damage = useSection(id, section).data?.damage;
  return damage === undefined ? null : (
    <p className="notice error" role="alert">
      {damage}
    </p>
  );
}

function PartView({
  report,
  edition,
  part,
}: {
  report: ReportView;
  edition: Edition;
  part: ReportPart;
}) {
  switch (part.kind) {
    case "table":
      return <TablePart key={part.id} report={report} form={part.form} edition={edition} />;
    case "consolidation":
      return <ConsolidationPart report={report} edition={edition} />;
    case "facts":
      return <FactsPart report={report} />;
    case "narrative":
      return <NarrativePart report={report} />;
    case "performance":
      return <PerformancePart report={report} edition={edition} />;
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

/** An approved report that could not be made public shows that on every part, with the way to what can be done. */
function FailureNotice({ report }: { report: ReportView }) {
  const { failure } = report;
  return failure === undefined ? null : (
    <p className="notice error" role="status">
      <strong>{failureName[failure.step]}：</strong>
      {failure.cause}。报告已经批复，尚未公开。{" "}
      <Link to="/reports/$id/$part" params={{ id: report.id, part: "publication" }}>
        查看办法
      </Link>
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
  const unsent = useUnsent(report.id);
  const { viewed = [] } = useReview(report).data ?? {};
  const isViewed = ({ id }: ReportPart) => isReviewing(report) && viewed.some((one) => one === id);
  const texts = writtenTexts(useKeptTexts(report.id, ""));
  const hasDraft = (part: ReportPart) =>
    unsent.some(({ section }) => partOfSection(section) === part.id) ||
    texts.some((text) => text.part === part.id);
  const openIn = (part: ReportPart) =>
    openCounts(
      findings.data?.findings.filter(
        (finding) => part.kind === "findings" || partOfFinding(finding) === part.id,
      ) ?? [],
    );
  const remarksOn = (part: ReportPart) =>
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
            {group.parts.map((part, index) => (
              <li key={part.id}>
                <Link
                  to="/reports/$id/$part"
                  params={{ id: report.id, part: part.id }}
                  className={part.id === current ? "current" : ""}
                  aria-current={part.id === current ? "page" : undefined}
                >
                  {part.kind === "table" && <span className="ordinal">{index + 1}</span>}
                  <span className="title">{part.title}</span>
                  {isViewed(part) && (
                    <span className="viewed-mark">
                      ✓<span className="unseen"> 已阅</span>
                    </span>
                  )}
                  {hasDraft(part) && (
                    <span className="draft-mark" title="有没有发出的内容">
                      <span className="unseen"> 有没有发出的内容</span>
                    </span>
                  )}
                  <OpenCount counts={openIn(part)} />
                  <Count kind="comment" count={remarksOn(part)} meaning="条未解决的意见" />
                </Link>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </nav>
  );
}

/** All that is open in a part, in the colour of the worst: red is wrong, amber to be explained, grey not filled in. */
function OpenCount({ counts }: { counts: ReturnType<typeof openCounts> }) {
  const all = counts.error + counts.warning + counts.unfilled;
  const worst = (["error", "warning", "unfilled"] as const).find((state) => counts[state] > 0);
  if (worst === undefined) return null;
  return (
    <span className={`count ${worst}`} title={openWords(counts)}>
      {all}
      <span className="unseen"> {openWords(counts)}</span>
    </span>
  );
}

function Count({ kind, count, meaning }: { kind: string; count: number; meaning: string }) {
  return (
    count > 0 && (
      <span className={`count ${kind}`} title={`${String(count)} ${meaning}`}>
        {count}
        <span className="unseen"> {meaning}</span>
      </span>
    )
  );
}
