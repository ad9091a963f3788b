import { Button } from "antd";
import { useCallback, useRef, useState } from "react";
import type { ReportView } from "../../../../shared/contract/responses.ts";
import type { Attachment, Attachments } from "../../../../shared/report/sections.ts";
import { isShownType } from "../../../../shared/report/shown-type.ts";
import { refusalText } from "../../api/queries.ts";
import { message, modal } from "../../app/feedback.tsx";
import { lazyPart } from "../../app/lazy-part.tsx";
import { useSigned } from "../../app/session-context.ts";
import { Failure, Loading } from "../../app/placeholders.tsx";
import { withRestored } from "../../editing/attachment-edit.ts";
import { PlaceFindings } from "../place-findings.tsx";
import { SaveStatus } from "../save-status.tsx";
import { ValueConflict } from "../section-conflict.tsx";
import { ThreadsPanel } from "../threads-panel.tsx";
import { useSectionEditor } from "../use-section-editor.ts";
import { useUndoNotice } from "../use-undo-notice.tsx";
import { DropArea } from "./drop-area.tsx";
import { FilesTable } from "./files-table.tsx";
import { UploadsList } from "./uploads-list.tsx";
import { useUploads } from "./use-uploads.ts";
import "./attachments.css";

const FilePreview = lazyPart(
  async () => (await import("./file-preview.tsx")).FilePreview,
  "dialog",
);

/** Files that go with the report; each goes straight to the file store with a ticket of its own. */
export function AttachmentsPart({ report }: { report: ReportView }) {
  const editor = useSectionEditor(report, "attachments");
  const { queue, uploads } = useUploads(report.id, editor.update);
  const offerUndo = useUndoNotice();
  const addressOf = useFileAddress(report.id);
  const [previewed, setPreviewed] = useState<Attachment>();
  const files = editor.value?.files;
  if (files === undefined) return editor.error ? <Failure error={editor.error} /> : <Loading />;
  const { editable, update } = editor;
  const open = (file: Attachment) => {
    if (isShownType(file.contentType)) setPreviewed(file);
    else {
      addressOf(file).then(openAside, (error: unknown) => {
        modal.warning({ title: refusalText(error) });
      });
    }
  };
  const remove = (file: Attachment, index: number) => {
    update((now) => without(now, file));
    offerUndo(`已移除“${file.name}”。`, () => {
      update((now) => withRestored(now, file, index));
      return true;
    });
  };
  return (
    <div className="with-side">
      <section aria-label="附件">
        <div className="part-bar">
          <h2>附件</h2>
          <SaveStatus editor={editor} />
          {editable && <ChooseFiles onFiles={queue.add} />}
        </div>
        <DropArea
          disabled={!editable}
          onFiles={queue.add}
          onFolders={(names) =>
            message.warning(`“${names.join("”“")}”是文件夹，请打开后选择其中的文件。`)
          }
        >
          <UploadsList uploads={uploads} queue={queue} />
          <div className="panel">
            <FilesTable
              files={files}
              editable={editable}
              onOpen={open}
              onRemove={remove}
              onDisclose={(file, disclosed) => update((now) => withDisclosed(now, file, disclosed))}
            />
          </div>
        </DropArea>
      </section>
      <Aside report={report} files={files} />
      {previewed !== undefined && (
        <FilePreview file={previewed} address={addressOf} onClose={() => setPreviewed(undefined)} />
      )}
      {editor.conflict !== undefined && (
        <ValueConflict conflict={editor.conflict} nameOf={() => "附件"} onSettle={editor.settle} />
      )}
    </div>
  );
}

/** A short-lived address of an attached file, once the list that names it is saved. */
function useFileAddress(report: string) {
  const { api, drafts } = useSigned();
  return useCallback(
    async ({ sha256 }: Attachment, view?: "inline") => {
      await drafts.of(report, "attachments").flush();
      const query = view === undefined ? "" : `?view=${view}`;
      const path = `/reports/${report}/attachments/${sha256}${query}`;
      return (await api.get(path, "downloadResponse")).url;
    },
    [api, drafts, report],
  );
}

const openAside = (url: string) => {
  window.open(url, "_blank", "noreferrer");
};

const without = ({ files }: Attachments, { sha256 }: Attachment): Attachments => ({
  files: files.filter((other) => other.sha256 !== sha256),
});

const withDisclosed = (
  { files }: Attachments,
  { sha256 }: Attachment,
  disclosed: boolean,
): Attachments => ({
  files: files.map((other) => (other.sha256 === sha256 ? { ...other, disclosed } : other)),
});

function ChooseFiles({ onFiles }: { onFiles: (files: readonly File[]) => void }) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <input
        ref={input}
        type="file"
        hidden
        multiple
        aria-label="选择附件"
        onChange={(event) => {
          const chosen = [...(event.target.files ?? [])];
          event.target.value = "";
          onFiles(chosen);
        }}
      />
      <Button onClick={() => input.current?.click()}>上传附件</Button>
    </>
  );
}

function Aside({ report, files }: { report: ReportView; files: readonly Attachment[] }) {
  return (
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
  );
}
