import { Alert, Button, Progress, Space } from "antd";
import type { UploadProgress } from "./upload-file.ts";
import type { PendingUpload, UploadQueue } from "./upload-queue.ts";

/** Each file with how far it has come; a refusal stays beside its file until it is tried again or removed. */
export function UploadsList({
  uploads,
  queue,
}: {
  uploads: readonly PendingUpload[];
  queue: UploadQueue;
}) {
  return uploads.map(({ id, file: { name }, progress, refusal }) =>
    refusal === undefined ? (
      <Alert
        key={id}
        className="upload"
        type="info"
        title={`${name}：${stepName[progress.step]}`}
        description={
          <Progress
            percent={progress.step === "sending" ? progress.percent : stepPercent[progress.step]}
            size="small"
            aria-label={`${name}上传进度`}
          />
        }
        action={
          <Button
            size="small"
            type="text"
            aria-label={`取消上传${name}`}
            onClick={() => queue.cancel(id)}
          >
            取消
          </Button>
        }
      />
    ) : (
      <Alert
        key={id}
        className="upload"
        type={refusal.retry === "online" ? "warning" : "error"}
        showIcon
        title={`${name}没有上传`}
        description={refusal.message}
        action={
          <Space>
            {refusal.retry !== false && (
              <Button size="small" onClick={() => queue.retry(id)}>
                重试
              </Button>
            )}
            <Button size="small" type="text" onClick={() => queue.cancel(id)}>
              不再提示
            </Button>
          </Space>
        }
      />
    ),
  );
}

const stepName = {
  waiting: "等待上传…",
  hashing: "正在计算校验值…",
  sending: "正在上传…",
  verifying: "正在核对内容…",
} as const satisfies Record<UploadProgress["step"], string>;

const stepPercent = { waiting: 0, hashing: 0, verifying: 100 } as const;
