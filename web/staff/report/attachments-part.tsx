import { App, Button, Checkbox } from "antd";
import { useRef, useState } from "react";
import {
  downloadResponse,
  uploadResponse,
  type ReportView,
} from "../../../shared/contract/responses.ts";
import { attachmentSchema, type Attachment } from "../../../shared/report/sections.ts";
import { ApiRefusal } from "../api/client.ts";
import { useSigned } from "../app/session-context.ts";
import { DataTable } from "../app/data-table.tsx";
import { Loading } from "../app/standing-in.tsx";
import { PlaceFindings } from "./place-findings.tsx";
import { SaveStatus } from "./save-status.tsx";
import { ValueConflict } from "./section-conflict.tsx";
import { ThreadsPanel } from "./threads-panel.tsx";
import { useSectionEditor } from "./use-section-editor.ts";

const typeByEnding: Readonly<Record<string, Attachment["contentType"]>> = {
  pdf: "application/pdf",
  png: "image/png",
  jpg: "image/jpeg",
  jpeg: "image/jpeg",
  csv: "text/csv",
  xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
  docx: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
};

/** Files that go with the report; each goes straight to the file store with a ticket of its own. */
export function AttachmentsPart({ report }: { report: ReportView }) {
  const { api } = useSigned();
  const { modal } = App.useApp();
  const editor = useSectionEditor(report, "attachments");
  const input = useRef<HTMLInputElement>(null);
  const [busy, setBusy] = useState(false);
  const files = editor.value?.files;
  if (files === undefined) return <Loading />;
  const { editable } = editor;

  const upload = async (file: File) => {
    const described = attachmentSchema.safeParse({
      sha256: await sha256Of(file),
      name: file.name,
      contentType: typeByEnding[file.name.split(".").at(-1)?.toLowerCase() ?? ""],
      sizeBytes: file.size,
      disclosed: false,
    });
    if (!described.success) {
      modal.warning({
        title: "这个文件不能上传",
        content: "可以上传 PDF、PNG、JPG、CSV、XLSX、DOCX，每个不超过 20 MB，且不能为空。",
      });
      return;
    }
    setBusy(true);
    try {
      const { sha256, name, contentType, sizeBytes } = described.data;
      const { ticket } = await api.send(
        "POST",
        `/reports/${report.id}/uploads`,
        { sha256, name, contentType, sizeBytes },
        uploadResponse,
      );
      if (ticket !== undefined) {
        const form = new FormData();
        for (const [name, value] of Object.entries(ticket.fields)) form.set(name, value);
        form.set("file", file);
        const sent = await fetch(ticket.url, { method: ticket.method, body: form });
        if (!sent.ok) throw new Error(`Upload answered ${String(sent.status)}`);
      }
      editor.change({
        files: [...files.filter((other) => other.sha256 !== sha256), described.data],
      });
    } catch (error) {
      modal.error({
        title: "没有上传",
        content: error instanceof ApiRefusal ? error.message : "传输中断，请重试。",
      });
    } finally {
      setBusy(false);
    }
  };
  const open = async (file: Attachment) => {
    const { url } = await api.get(
      `/reports/${report.id}/attachments/${file.sha256}`,
      downloadResponse,
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
            aria-label="选择附件"
            onChange={(event) => {
              const file = event.target.files?.[0];
              event.target.value = "";
              if (file !== undefined) void upload(file);
            }}
          />
          {editable && (
            <Button loading={busy} onClick={() => input.current?.click()}>
              上传附件
            </Button>
          )}
        </div>
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

async function sha256Of(file: File): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", await file.arrayBuffer());
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
