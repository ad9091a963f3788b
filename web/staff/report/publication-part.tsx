import type { PublicationView, ReportView } from "../../../shared/contract/responses.ts";
import { failureName } from "../../../shared/workflow/names.ts";
import { usePublication } from "../api/queries.ts";
import { PdfPreview } from "../app/pdf-preview.tsx";
import { useSigned } from "../app/session-context.ts";
import { localTime } from "../app/words.ts";

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
  const state = publication.data;
  return (
    <>
      <div className="part-bar">
        <h2>预览与公开</h2>
      </div>
      {state !== undefined && (
        <div
          className={`notice ${state.overdue || state.status === "failed" ? "error" : state.status}`}
          role="status"
        >
          <strong>{headline(state)}</strong>
          {state.publishBy !== undefined && state.status !== "published" && (
            <>，须于 {state.publishBy} 前公开</>
          )}
          {state.failure !== undefined && (
            <>
              <p>
                原因：{state.failure.cause}。{localTime(state.failure.since)}，共尝试{" "}
                {state.failure.attempts} 次。
              </p>
              <p>办法：{state.failure.remedy}。</p>
            </>
          )}
          {state.url !== undefined && state.status === "published" && (
            <>
              {state.at !== undefined && <>（{localTime(state.at)}）</>}：
              <a href={state.url} target="_blank" rel="noreferrer">
                {state.url}
              </a>{" "}
              <a href={`${state.url}report.pdf`} target="_blank" rel="noreferrer">
                公开的 PDF
              </a>
            </>
          )}
        </div>
      )}
      <Preview report={report} />
    </>
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
