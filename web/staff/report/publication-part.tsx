import { Button, Spin } from "antd";
import { useEffect, useState } from "react";
import {
  previewResponse,
  type PublicationView,
  type ReportView,
} from "../../../shared/contract/responses.ts";
import { failureName } from "../../../shared/workflow/names.ts";
import { refusalText, usePublication } from "../api/queries.ts";
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

/** Prints the current report on demand and shows the PDF. */
function Preview({ report }: { report: ReportView }) {
  const { api, drafts } = useSigned();
  const [hash, setHash] = useState<string>();
  const [url, setUrl] = useState<string>();
  const [failure, setFailure] = useState<string>();
  useEffect(() => {
    if (hash === undefined || url !== undefined || failure !== undefined) return undefined;
    const ask = async () => {
      const preview = await api.get(`/reports/${report.id}/previews/${hash}`, previewResponse);
      if (preview.status === "ready") setUrl(preview.url);
      if (preview.status === "failed") setFailure(preview.message ?? "生成失败，请重试。");
    };
    const timer = setInterval(() => {
      ask().catch(() => setFailure("连接服务时出错，请重试。"));
    }, 800);
    return () => clearInterval(timer);
  }, [api, failure, hash, report.id, url]);
  const start = async () => {
    setFailure(undefined);
    setUrl(undefined);
    try {
      await drafts.flush(report.id);
      const preview = await api.send("POST", `/reports/${report.id}/previews`, {}, previewResponse);
      setHash(preview.hash);
      if (preview.status === "ready") setUrl(preview.url);
    } catch (error) {
      setFailure(refusalText(error));
    }
  };
  return (
    <section className="panel" aria-label="PDF 预览">
      <h2>
        PDF 预览
        {hash !== undefined && hash !== report.editionHash && (
          <Button size="small" className="beside" onClick={() => void start()}>
            内容已改动，重新生成
          </Button>
        )}
        {url !== undefined && (
          <a className="beside" href={url} target="_blank" rel="noreferrer">
            在新窗口打开
          </a>
        )}
      </h2>
      {url !== undefined ? (
        <iframe className="pdf-frame" title="PDF 预览" src={url} />
      ) : hash !== undefined && failure === undefined ? (
        <p role="status">
          <Spin size="small" /> 正在排印，通常需要几秒钟…
        </p>
      ) : (
        <>
          {failure !== undefined && <p className="late">{failure}</p>}
          <p className="quiet">按现在的内容排印成正式版面：封面、目录、十张报表、说明和附件。</p>
          <Button onClick={() => void start()}>生成预览</Button>
        </>
      )}
    </section>
  );
}
