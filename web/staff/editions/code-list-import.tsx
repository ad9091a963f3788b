import { Button, Modal } from "antd";
import { useRef, useState } from "react";
import type { CodeListView } from "../../../shared/contract/responses.ts";
import type { EditionData } from "../../../shared/editions/edition-data.ts";
import { ApiRefusal } from "../api/client.ts";
import { refusalText } from "../api/queries.ts";
import { DataTable } from "../app/data-table.tsx";
import { modal } from "../app/feedback.tsx";
import { fileInBase64 } from "../app/file-base64.ts";
import { useSigned } from "../app/session-context.ts";
import { faultsOf } from "../report/faults.ts";

/** What the API takes of a workbook, as one request. */
const workbookBytes = 4 * 1024 * 1024;
/** Changes listed before they are taken over. */
const mostListed = 100;

/** Takes the bureau's own list of 科目 from a workbook: what it changes is shown before it is taken over. */
export function CodeListImport({
  region,
  classification,
  codes,
  onTake,
}: {
  region: string;
  classification: "functional" | "economic";
  codes: EditionData["functionCodes"];
  onTake: (changed: Readonly<Record<string, string>>) => void;
}) {
  const { api } = useSigned();
  const picker = useRef<HTMLInputElement>(null);
  const [busy, setBusy] = useState(false);
  const [read, setRead] = useState<CodeListView>();
  const take = async (file: File) => {
    if (file.size > workbookBytes) {
      modal.warning({
        title: "没有导入",
        content: "文件超过 4 MB。请删去图片和无关的工作表后再导入。",
      });
      return;
    }
    setBusy(true);
    try {
      setRead(
        await api.send(
          "POST",
          `/regions/${region}/code-lists`,
          { classification, current: codes, content: await fileInBase64(file) },
          "codeListResponse",
        ),
      );
    } catch (error) {
      const faults = error instanceof ApiRefusal ? faultsOf(error.details) : [];
      modal.warning({
        title: "没有导入",
        content:
          faults.length === 0 ? (
            refusalText(error)
          ) : (
            <ul className="fault-list">
              {faults.map(({ where, message }) => (
                <li key={`${where} ${message}`}>
                  <strong>{where}</strong> {message}
                </li>
              ))}
            </ul>
          ),
      });
    } finally {
      setBusy(false);
    }
  };
  const changes = read === undefined ? [] : changesOf(read);
  return (
    <>
      <input
        ref={picker}
        type="file"
        accept=".xlsx,.xls"
        hidden
        aria-label={`选择${classification === "functional" ? "功能" : "经济"}分类科目表`}
        onChange={({ target }) => {
          const [file] = target.files ?? [];
          target.value = "";
          if (file !== undefined) void take(file);
        }}
      />
      <Button loading={busy} onClick={() => picker.current?.click()}>
        导入科目表
      </Button>
      {read !== undefined && (
        <Modal
          open
          width={720}
          title="科目表的变化"
          okText="采用"
          cancelText="不采用"
          okButtonProps={{ disabled: changes.length === 0 }}
          onCancel={() => setRead(undefined)}
          onOk={() => {
            onTake(read.codes);
            setRead(undefined);
          }}
        >
          <p>
            新增 {read.added.length} 个、改名 {read.renamed.length} 个科目；版式中另有{" "}
            {read.notListed.length} 个不在这份科目表里，予以保留。
          </p>
          <DataTable
            label="科目表的变化"
            rows={changes.slice(0, mostListed)}
            empty="与版式的科目相同，没有要改的。"
            keyOf={({ code }) => code}
            columns={[
              { title: "编码", width: 100, cell: ({ code }) => <code>{code}</code> },
              { title: "原名称", cell: ({ before }) => before ?? "（新增）" },
              { title: "现名称", cell: ({ after }) => after },
            ]}
          />
          {changes.length > mostListed && (
            <p className="quiet">另有 {changes.length - mostListed} 个。</p>
          )}
        </Modal>
      )}
    </>
  );
}

interface CodeChange {
  readonly code: string;
  readonly before?: string;
  readonly after: string;
}

const changesOf = ({ codes, added, renamed }: CodeListView): CodeChange[] =>
  [...added.map((code) => ({ code, after: codes[code] ?? "" })), ...renamed].sort((a, b) =>
    a.code < b.code ? -1 : 1,
  );
