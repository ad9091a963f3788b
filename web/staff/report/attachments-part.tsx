import { Button, Checkbox } from "antd";
import { useEffect, useRef, useState } from "react";
import type { ReportView } from "../../../shared/contract/responses.ts";
import type { Attachment } from "../../../shared/report/sections.ts";
import { useSigned } from "../app/session-context.ts";
import { DataTable } from "../app/data-table.tsx";
import { Loading } from "../app/placeholders.tsx";
import { PlaceFindings } from "./place-findings.tsx";
import { postForm } from "./post-form.ts";
import { SaveStatus } from "./save-status.tsx";
import { ValueConflict } from "./section-conflict.tsx";
import { ThreadsPanel } from "./threads-panel.tsx";
import { uploadFile } from "./upload-file.ts";
import { UploadsList, type PendingUpload } from "./uploads-list.tsx";
import { useSectionEditor } from "./use-section-editor.ts";

/** Files that go with the report; each goes straight to the file store with a ticket of its own. */
export function AttachmentsPart({ report }: { report: ReportView }) {
  const { api } = useSigned();
  const editor = useSectionEditor(report, "attachments");
  const latest = useRef(editor);
  useEffect(() => {
    latest.current = editor;
  });
  const input = useRef<HTMLInputElement>(null);
  const queue = useRef(Promise.resolve());
  const nextId = useRef(0);
  const [pending, setPending] = useState<readonly PendingUpload[]>([]);
  const files = editor.value?.files;
  if (files === undefined) return <Loading />;
  const { editable } = editor;

  const put = (upload: PendingUpload) =>
    setPending((all) => all.map((one) => (one.id === upload.id ? upload : one)));
  const remove = ({ id }: PendingUpload) => setPending((all) => all.filter((one) => one.id !== id));
  const carryOut = async (upload: PendingUpload) => {
    const outcome = await uploadFile({ api, post: postForm }, report.id, upload.file, (progress) =>
      put({ id: upload.id, file: upload.file, progress }),
    );
    if (!outcome.ok) {
      put({ ...upload, refusal: outcome });
      return;
    }
    remove(upload);
    const { value, change } = latest.current;
    const { attachment } = outcome;
    const listed = value?.files ?? [];
    // Sent once more under another name it stays one file, disclosed or not as it was.
    const before = listed.find(({ sha256 }) => sha256 === attachment.sha256);
    change({
      files: [
        ...listed.filter(({ sha256 }) => sha256 !== attachment.sha256),
        { ...attachment, disclosed: before?.disclosed ?? false },
      ],
    });
  };
  /** One after the other: each is added to the list as the one before has left it. */
  const enqueue = (upload: PendingUpload) => {
    queue.current = queue.current.then(() => carryOut(upload));
  };
  const choose = (chosen: readonly File[]) => {
    const uploads = chosen.map((file): PendingUpload => {
      nextId.current += 1;
      return { id: nextId.current, file, progress: { step: "hashing" } };
    });
    setPending((all) => [...all, ...uploads]);
    uploads.forEach(enqueue);
  };
  const retry = ({ id, file }: PendingUpload) => {
    const again: PendingUpload = { id, file, progress: { step: "hashing" } };
    put(again);
    enqueue(again);
  };
  const open = async (file: Attachment) => {
    const { url } = await api.get(
      `/reports/${report.id}/attachments/${file.sha256}`,
      "downloadResponse",
    );
    window.open(url, "_blank", "noreferrer");
  };
  return (
    <div className="with-side">
      <section aria-label="附件">
        <div className="part-bar">
          <h2>附件</h2>
          <SaveStatus editor={editor} />
          <input
            ref={input}
            type="file"
            hidden
            multiple
            aria-label="选择附件"
            onChange={(event) => {
              const chosen = [...(event.target.files ?? [])];
              event.target.value = "";
              choose(chosen);
            }}
          />
          {editable && <Button onClick={() => input.current?.click()}>上传附件</Button>}
        </div>
        <UploadsList uploads={pending} onRetry={retry} onRemove={remove} />
        <div className="panel">
          <DataTable
            label="附件"
            rows={files}
            empty="还没有附件。可以上传 PDF、图片、表格和文档，每个不超过 20 MB。"
            keyOf={({ sha256 }) => sha256}
            columns={[
              {
                title: "文件",
                cell: (file) => (
                  <button type="button" className="link" onClick={() => void open(file)}>
                    {file.name}
                  </button>
                ),
              },
              {
                title: "大小",
                width: 100,
                align: "right",
                cell: ({ sizeBytes }) => size(sizeBytes),
              },
              {
                title: "随报告公开",
                width: 110,
                cell: (file) => (
                  <Checkbox
                    aria-label={`${file.name}随报告公开`}
                    checked={file.disclosed}
                    disabled={!editable}
                    onChange={(event) =>
                      editor.change({
                        files: files.map((other) =>
                          other.sha256 === file.sha256
                            ? { ...other, disclosed: event.target.checked }
                            : other,
                        ),
                      })
                    }
                  />
                ),
              },
              ...(editable
                ? [
                    {
                      title: "操作",
                      width: 80,
                      cell: (file: Attachment) => (
                        <Button
                          type="text"
                          size="small"
                          aria-label={`移除${file.name}`}
                          onClick={() =>
                            editor.change({
                              files: files.filter(({ sha256 }) => sha256 !== file.sha256),
                            })
                          }
                        >
                          移除
                        </Button>
                      ),
                    },
                  ]
                : []),
            ]}
          />
        </div>
      </section>
      <aside className="side">
        <PlaceFindings report={report} section="attachments" />
        <ThreadsPanel
          report={report}
          anchor={{ kind: "section", section: "attachments" }}
          placeOf={(anchor) =>
            (anchor.kind === "attachment" &&
              files.find(({ sha256 }) => sha256 === anchor.sha256)?.name) ||
            "附件"
          }
          belongs={(anchor) =>
            anchor.kind === "attachment" ||
            (anchor.kind === "section" && anchor.section === "attachments")
          }
          onGo={() => undefined}
        />
      </aside>
      {editor.conflict !== undefined && (
        <ValueConflict conflict={editor.conflict} nameOf={() => "附件"} onSettle={editor.settle} />
      )}
    </div>
  );
}

const size = (bytes: number): string =>
  bytes < 1_048_576
    ? `${String(Math.max(1, Math.round(bytes / 1024)))} KB`
    : `${(bytes / 1_048_576).toFixed(1)} MB`;
