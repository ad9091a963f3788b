import { App, Button, Checkbox, Skeleton, Table } from "antd";
import { useRef, useState } from "react";
import {
  downloadResponse,
  uploadResponse,
  type ReportView,
} from "../../../shared/contract/responses.ts";
import { attachmentSchema, type Attachment } from "../../../shared/report/sections.ts";
import { ApiRefusal } from "../api/client.ts";
import { useSigned } from "../app/session-context.ts";
import { SaveStatus } from "./save-status.tsx";
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
  const editor = useSectionEditor(report.id, "attachments");
  const input = useRef<HTMLInputElement>(null);
  const [busy, setBusy] = useState(false);
  const files = editor.value?.files;
  if (files === undefined) return <Skeleton active />;
  const editable = report.allowedActions.includes("edit");

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
          <SaveStatus state={editor.state} retry={editor.retry} />
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
        <Table
          size="small"
          rowKey="sha256"
          pagination={false}
          dataSource={files}
          locale={{ emptyText: "没有附件" }}
          columns={[
            {
              title: "文件",
              render: (_, file) => (
                <Button type="link" size="small" onClick={() => void open(file)}>
                  {file.name}
                </Button>
              ),
            },
            {
              title: "大小",
              width: 110,
              align: "right",
              render: (_, file) => `${(file.sizeBytes / 1024).toFixed(0)} KB`,
            },
            {
              title: "随报告公开",
              width: 120,
              render: (_, file) => (
                <Checkbox
                  aria-label={`${file.name} 随报告公开`}
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
            {
              title: "",
              width: 80,
              render: (_, file) =>
                editable && (
                  <Button
                    type="text"
                    size="small"
                    onClick={() =>
                      editor.change({ files: files.filter(({ sha256 }) => sha256 !== file.sha256) })
                    }
                  >
                    移除
                  </Button>
                ),
            },
          ]}
        />
      </section>
      <aside className="side">
        <ThreadsPanel
          report={report}
          anchor={{ kind: "section", section: "attachments" }}
          anchorLabel="附件"
          belongs={(anchor) =>
            anchor.kind === "attachment" ||
            (anchor.kind === "section" && anchor.section === "attachments")
          }
          onGo={() => undefined}
        />
      </aside>
    </div>
  );
}

async function sha256Of(file: File): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", await file.arrayBuffer());
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
