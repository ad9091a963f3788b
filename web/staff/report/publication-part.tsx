import type { PublicationView, ReportView } from "../../../shared/contract/responses.ts";
import { takeDownNotice } from "../../../shared/disclosure/public-notices.ts";
import { failureName } from "../../../shared/workflow/names.ts";
import type { ReportState, Stamp } from "../../../shared/workflow/report-state.ts";
import { takeDownAskedOf } from "../../../shared/workflow/transitions.ts";
import { usePublication, usePublicNotice } from "../api/queries.ts";
import { PdfPreview } from "../app/pdf-preview.tsx";
import { Failure } from "../app/placeholders.tsx";
import { useSigned } from "../app/session-context.ts";
import { localTime } from "../app/words.ts";
import { PublicNoticeBox } from "./public-notice.tsx";

const waitingText = {
  not_approved: "尚未批复，批复后自动排印并公开",
  rendering: "已批复，正在排印",
  publishing: "已排印，正在公开",
  published: "已公开",
  taken_down: "已撤下",
} as const;

/** The state of a report on its way to the portal; one that failed names the step. */
const headline = (state: PublicationView): string =>
  state.status === "failed"
    ? `已批复，${failureName[state.failure?.step ?? "publish"]}`
    : waitingText[state.status];

/** The report as the public will read it: the PDF before approval, the public page afterwards. */
export function PublicationPart({ report }: { report: ReportView }) {
  const publication = usePublication(report.id, report.status === "approved");
  const { state } = report;
  return (
    <>
      <div className="part-bar">
        <h2>预览与公开</h2>
      </div>
      {publication.data !== undefined && <Progress state={publication.data} />}
      <TakeDownRequest report={report} />
      {state.status === "taken_down" && <TakenDown state={state} />}
      {report.correcting && <CorrectionToCome report={report} />}
      <Preview report={report} />
    </>
  );
}

function Progress({ state }: { state: PublicationView }) {
  const { failure, publishBy, url, status } = state;
  const tone = state.overdue || status === "failed" ? "error" : status;
  return (
    <div className={`notice ${tone}`} role="status">
      <strong>{headline(state)}</strong>
      {publishBy !== undefined && status !== "published" && <>，须于 {publishBy} 前公开</>}
      {failure !== undefined && (
        <>
          <p>
            原因：{failure.cause}。{localTime(failure.since)}，共尝试 {failure.attempts} 次。
          </p>
          <p>办法：{failure.remedy}。</p>
        </>
      )}
      {url !== undefined && status === "published" && (
        <>
          {state.at !== undefined && <>（{localTime(state.at)}）</>}：
          <a href={url} target="_blank" rel="noreferrer">
            {url}
          </a>{" "}
          <a href={`${url}report.pdf`} target="_blank" rel="noreferrer">
            公开的 PDF
          </a>
        </>
      )}
      {url !== undefined && status === "taken_down" && (
        <>
          ，公开网站上的撤下说明：
          <a href={url} target="_blank" rel="noreferrer">
            {url}
          </a>
        </>
      )}
    </div>
  );
}

const who = ({ byName, at }: Stamp) => `${byName}，${localTime(at)}`;

/** 撤下申请: who asked, on what grounds, and what the public would read. */
function TakeDownRequest({ report }: { report: ReportView }) {
  const asked = takeDownAskedOf(report.state);
  if (asked === undefined) return null;
  const mayDecide = report.allowedActions.includes("take_down");
  const { legalBasis, summary } = asked;
  return (
    <section className="panel" aria-label="撤下申请">
      <h2>撤下申请</h2>
      <p className="notice warning">
        {asked.byName}于 {localTime(asked.at)}{" "}
        申请撤下，等财政部门的另一人确认；确认以前报告继续公开。
        {mayDecide && "请核对后在页首选择“确认撤下”或“不同意撤下”。"}
      </p>
      <PublicNoticeBox
        heading="确认后公众将看到"
        notice={takeDownNotice({ legalBasis, summary })}
      />
    </section>
  );
}

function TakenDown({
  state: { tombstone },
}: {
  state: Extract<ReportState, { status: "taken_down" }>;
}) {
  const { asked } = tombstone;
  return (
    <section className="panel" aria-label="撤下情况">
      <h2>撤下情况</h2>
      <dl className="done-facts">
        {asked !== undefined && (
          <>
            <dt>提出</dt>
            <dd>{who(asked)}</dd>
          </>
        )}
        <dt>{asked === undefined ? "撤下" : "确认"}</dt>
        <dd>{who(tombstone)}</dd>
      </dl>
      <PublicNoticeBox heading="公众看到的内容" notice={takeDownNotice(tombstone)} />
    </section>
  );
}

/** The correction under way as the public page will list it, with what the draft holds now. */
function CorrectionToCome({ report }: { report: ReportView }) {
  const notice = usePublicNotice(report);
  if (notice.data === undefined) {
    return notice.isError ? <Failure error={notice.error} /> : null;
  }
  return (
    <section className="panel" aria-label="更正公告">
      <h2>更正公告</h2>
      <PublicNoticeBox
        heading="更正版本公开后，公众将看到"
        notice={notice.data.notice}
        changes={notice.data.changes}
      />
    </section>
  );
}

/** The current report as a PDF, with what was typed last. */
function Preview({ report }: { report: ReportView }) {
  const { drafts } = useSigned();
  return (
    <PdfPreview
      path={`/reports/${report.id}/previews`}
      before={async () => {
        await drafts.flush(report.id);
        return true;
      }}
      isOutdated={(hash) => hash !== report.editionHash}
    >
      按现在的内容排印成正式版面：封面、目录、报表、说明和附件。
    </PdfPreview>
  );
}
