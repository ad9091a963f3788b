import { Button, Modal } from "antd";
import { useEffect, useState } from "react";
import type { Attachment } from "../../../../shared/report/sections.ts";
import { refusalText } from "../../api/queries.ts";

/**
 * A PDF or a picture in a frame of its own, under the type that it was inspected as. The frame of a picture is
 * sandboxed; browsers show no PDF in such a frame, and a PDF that holds scripts was refused when it was uploaded.
 */
export function FilePreview({
  file,
  address,
  onClose,
}: {
  file: Attachment;
  /** A short-lived address of the file, to be shown or to be kept. */
  address: (file: Attachment, view?: "inline") => Promise<string>;
  onClose: () => void;
}) {
  const [shown, setShown] = useState<{ url: string } | { failure: string }>();
  useEffect(() => {
    let isGone = false;
    address(file, "inline").then(
      (url) => !isGone && setShown({ url }),
      (error: unknown) => !isGone && setShown({ failure: refusalText(error) }),
    );
    return () => {
      isGone = true;
    };
  }, [address, file]);
  return (
    <Modal
      open
      width="min(1080px, 94vw)"
      style={{ top: 24 }}
      title={file.name}
      onCancel={onClose}
      footer={
        <Button onClick={() => void address(file).then(keep)} aria-label={`下载${file.name}`}>
          下载
        </Button>
      }
    >
      {shown === undefined ? (
        <p role="status">正在打开…</p>
      ) : "failure" in shown ? (
        <p className="late" role="alert">
          {shown.failure}
        </p>
      ) : (
        <iframe
          className="file-preview"
          title={`${file.name}预览`}
          src={shown.url}
          {...(file.contentType === "application/pdf" ? {} : { sandbox: "" })}
        />
      )}
    </Modal>
  );
}

/** The address answers with a file to be kept, so that the page stays. */
const keep = (url: string) => {
  window.open(url, "_blank", "noreferrer");
};
