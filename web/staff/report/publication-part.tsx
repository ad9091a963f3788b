import { Alert, Button, Spin } from "antd";
import { useEffect, useState } from "react";
import { previewResponse, type ReportView } from "../../../shared/contract/responses.ts";
import { usePublication } from "../api/queries.ts";
import { useSigned } from "../app/session-context.ts";
import { localTime } from "../app/words.ts";

const waitingText = {
  not_approved: "尚未批复。批复后自动生成 PDF 并公开。",
  rendering: "已批复，正在生成 PDF…",
  publishing: "PDF 已生成，正在公开…",
  published: "已公开",
  taken_down: "已撤下",
} as const;

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
        <Alert
          showIcon
          type={state.status === "published" ? "success" : state.overdue ? "error" : "info"}
          title={
            <>
              {waitingText[state.status]}
              {state.publishBy !== undefined && state.status !== "published" && (
                <>（须于 {state.publishBy} 前公开）</>
              )}
              {state.url !== undefined && state.status === "published" && (
                <>
                  ：
                  <a href={state.url} target="_blank" rel="noreferrer">
                    {state.url}
                  </a>
                  {state.at !== undefined && <>，{localTime(state.at)}</>}
                </>
              )}
            </>
          }
          style={{ marginBottom: 16 }}
        />
      )}
      <Preview key={report.editionHash} report={report} />
    </>
  );
}

/** Prints the report as it stands, on demand, and shows the PDF. */
function Preview({ report }: { report: ReportView }) {
  const { api } = useSigned();
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
      const preview = await api.send("POST", `/reports/${report.id}/previews`, {}, previewResponse);
      setHash(preview.hash);
      if (preview.status === "ready") setUrl(preview.url);
    } catch {
      setFailure("连接服务时出错，请重试。");
    }
  };
  return (
    <section className="panel" aria-label="PDF 预览">
      <h2>PDF 预览</h2>
      {url !== undefined ? (
        <>
          <p>
            <a href={url} target="_blank" rel="noreferrer">
              在新窗口打开
            </a>
          </p>
          <iframe className="pdf-frame" title="PDF 预览" src={url} />
        </>
      ) : hash !== undefined && failure === undefined ? (
        <Spin description="正在排版…">
          <div style={{ height: 120 }} />
        </Spin>
      ) : (
        <>
          {failure !== undefined && <p className="late">{failure}</p>}
          <Button type="primary" onClick={() => void start()}>
            生成预览
          </Button>
        </>
      )}
    </section>
  );
}
