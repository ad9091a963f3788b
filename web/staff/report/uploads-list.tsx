import { Alert, Button, Progress, Space } from "antd";
import type { UploadProgress } from "./upload-file.ts";

/** A chosen file that is not attached yet: under way, or refused with its reason. */
export interface PendingUpload {
  readonly id: number;
  readonly file: File;
  readonly progress: UploadProgress;
  readonly refusal?: { readonly message: string; readonly retry: boolean };
}

/** Each file with how far it has come; a refusal stays beside its file until it is tried again or removed. */
export function UploadsList({
  uploads,
  onRetry,
  onRemove,
}: {
  uploads: readonly PendingUpload[];
  onRetry: (upload: PendingUpload) => void;
  onRemove: (upload: PendingUpload) => void;
}) {
  return uploads.map((upload) => {
    const { id, file, progress, refusal } = upload;
    return refusal === undefined ? (
      <Alert
        key={id}
        type="info"
        title={`${file.name}：${stepName[progress.step]}`}
        description={
          progress.step === "sending" && <Progress percent={progress.percent} size="small" />
        }
      />
    ) : (
      <Alert
        key={id}
        type="error"
        showIcon
        title={`${file.name}没有上传`}
        description={refusal.message}
        action={
          <Space>
            {refusal.retry && (
              <Button size="small" onClick={() => onRetry(upload)}>
                重试
              </Button>
            )}
            <Button size="small" type="text" onClick={() => onRemove(upload)}>
              不再提示
            </Button>
          </Space>
        }
      />
    );
  });
}

const stepName = {
  hashing: "正在计算校验值…",
  sending: "正在上传…",
  verifying: "正在核对内容…",
} as const satisfies Record<UploadProgress["step"], string>;
