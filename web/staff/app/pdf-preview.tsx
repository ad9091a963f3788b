import { Button, Spin } from "antd";
import { useEffect, useState, type ReactNode } from "react";
import { refusalText } from "../api/queries.ts";
import { useSigned } from "./session-context.ts";

/** A PDF printed on demand: requested, waited for, shown. */
export function PdfPreview({
  path,
  before,
  isOutdated,
  startText = "生成预览",
  children,
}: {
  /** Where prints are requested: `/reports/{id}/previews`. */
  path: string;
  /** Stores what is to be printed; false where that was refused, which has been shown then. */
  before: () => Promise<boolean>;
  /** Whether what was printed under this hash is no longer what there is. */
  isOutdated: (hash: string) => boolean;
  startText?: string;
  /** What will be printed, before it is. */
  children: ReactNode;
}) {
  const { api } = useSigned();
  const [hash, setHash] = useState<string>();
  const [url, setUrl] = useState<string>();
  const [failure, setFailure] = useState<string>();
  useEffect(() => {
    if (hash === undefined || url !== undefined || failure !== undefined) return undefined;
    const ask = async () => {
      const preview = await api.get(`${path}/${hash}`, "previewResponse");
      if (preview.status === "ready") setUrl(preview.url);
      if (preview.status === "failed") setFailure(preview.message ?? "生成失败，请重试。");
    };
    const timer = setInterval(() => {
      ask().catch(() => setFailure("连接服务时出错，请重试。"));
    }, 800);
    return () => clearInterval(timer);
  }, [api, failure, hash, path, url]);
  const start = async () => {
    setFailure(undefined);
    setUrl(undefined);
    try {
      if (!(await before())) return;
      const preview = await api.send("POST", path, {}, "previewResponse");
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
        {hash !== undefined && isOutdated(hash) && (
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
          <p className="quiet">{children}</p>
          <Button onClick={() => void start()}>{startText}</Button>
        </>
      )}
    </section>
  );
}
