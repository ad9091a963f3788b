import { DeleteOutlined } from "@ant-design/icons";
import { App, AutoComplete, Button, Input, Skeleton } from "antd";
import { useMemo, useState } from "react";
import { cellName } from "../../../shared/forms/place-name.ts";
import { importRefusedDetails } from "../../../shared/contract/responses.ts";
import type { ReportView } from "../../../shared/contract/responses.ts";
import { cellAddress, parseCellAddress, type CellAddress } from "../../../shared/forms/cell.ts";
import { editionById } from "../../../shared/forms/editions.ts";
import type { Form } from "../../../shared/forms/form.ts";
import { entryForm, layoutForm } from "../../../shared/forms/layout.ts";
import { parseAmount, printHundredths, printWan, type AmountUnit } from "../../../shared/money.ts";
import { useFindings, useSection, useThreads } from "../api/queries.ts";
import { FormGrid, type CellMark, type TypedCell } from "../grid/form-grid.tsx";
import type { Position } from "../grid/positions.ts";
import { ConflictDialog } from "./conflict-dialog.tsx";
import { withCell, withCode, withoutRow } from "./edit-table.ts";
import { FindingList } from "./finding-list.tsx";
import { ImportButton } from "./import-button.tsx";
import { SaveStatus } from "./save-status.tsx";
import { ThreadsPanel } from "./threads-panel.tsx";
import { useSectionEditor } from "./use-section-editor.ts";

/** One statutory table: the form to fill in, its findings at their cells, its comments beside it. */
export function TablePart({ report, form }: { report: ReportView; form: Form }) {
  const { message } = App.useApp();
  const editor = useSectionEditor(report.id, form.id);
  const facts = useSection(report.id, "facts");
  const findings = useFindings(report.id);
  const threads = useThreads(report.id);
  const [selected, setSelected] = useState(cellInAddress);
  const [unread, setUnread] = useState<ReadonlyMap<CellAddress, string>>(new Map());
  const editable = report.allowedActions.includes("edit");
  const unit: AmountUnit = facts.data?.value.enteredIn ?? "wan";
  const own = useMemo(
    () =>
      (findings.data?.findings ?? []).filter((finding) =>
        finding.cells.some((cell) => cell.startsWith(`${form.id}/`)),
      ),
    [findings.data, form.id],
  );
  const marks = useMemo(() => {
    const marked = new Map<CellAddress, CellMark>();
    for (const finding of [...own].reverse()) {
      for (const cell of finding.cells) {
        marked.set(cell as CellAddress, { severity: finding.severity, message: finding.message });
      }
    }
    for (const thread of threads.data?.items ?? []) {
      if (thread.anchor.kind !== "cell" || thread.status === "resolved") continue;
      const cell = thread.anchor.cell;
      const mark = marked.get(cell);
      marked.set(cell, { ...mark, comments: (mark?.comments ?? 0) + 1 });
    }
    return marked;
  }, [own, threads.data]);

  const value = editor.value;
  const edition = editionById(report.edition);
  const printed = useMemo(
    () =>
      value === undefined
        ? undefined
        : layoutForm(editable ? entryForm(form) : form, value, {
            year: report.year,
            unit: report.orgName,
          }),
    [form, value, editable, report],
  );
  if (value === undefined || printed === undefined) {
    return editor.error ? <p className="panel">{editor.error.message}</p> : <Skeleton active />;
  }

  const editText = ({ ref, kind }: Position) => {
    const fen = value.rows.find((row) => row.key === ref.row)?.cells[ref.column];
    if (fen === undefined) return "";
    if (kind === "count") return String(fen);
    return unit === "wan" ? plainWan(fen) : printHundredths(fen);
  };
  const onType = (cells: readonly TypedCell[]) => {
    const stillUnread = new Map(unread);
    let table = value;
    for (const { position, text } of cells) {
      const read = readCell(text, position, unit);
      if (read.ok) {
        stillUnread.delete(position.address);
        table = withCell(table, position.ref, read.value);
      } else stillUnread.set(position.address, text);
    }
    setUnread(stillUnread);
    if (table !== value) editor.change(table);
    if (cells.length > 1) void message.info(`已填入 ${String(cells.length)} 格。`);
  };
  const coded = form.blocks.some((block) => block.rows === "by-function-code");
  const cell = selected === undefined ? undefined : parseCellAddress(selected);
  const cellLabel =
    selected === undefined || edition === undefined ? form.title : cellName(selected, edition);

  return (
    <div className="with-side">
      <section aria-label={form.title}>
        <div className="part-bar">
          <h2>{form.title}</h2>
          <SaveStatus state={editor.state} retry={editor.retry} />
          <span className="quiet">
            {editable ? `按${unit === "wan" ? "万元" : "元"}录入，` : ""}
            {printed.unitLabel}
          </span>
          {editable && <ImportButton report={report} onImported={() => void editor.reload()} />}
        </div>
        {editor.state.kind === "refused" && <RefusedFaults details={editor.state.details} />}
        {unread.size > 0 && (
          <p className="late" role="alert">
            有 {unread.size} 格不是数字，已保留原文但尚未存入，请改正。
          </p>
        )}
        <FormGrid
          printed={printed}
          label={form.title}
          editable={editable}
          marks={marks}
          unread={unread}
          selected={selected}
          editText={editText}
          onSelect={(position) => setSelected(position.address)}
          onType={onType}
        />
        {editable && coded && edition !== undefined && (
          <CodeRows
            codes={edition.functionCodes}
            selectedRow={cell?.row}
            onAdd={(code) => editor.change(withCode(value, code))}
            onRemove={(row) => editor.change(withoutRow(value, row))}
          />
        )}
      </section>
      <aside className="side">
        <FindingList findings={own} onGo={(address) => setSelected(address as CellAddress)} />
        <ThreadsPanel
          report={report}
          anchor={
            selected === undefined
              ? { kind: "section", section: form.id }
              : { kind: "cell", cell: selected }
          }
          anchorLabel={cellLabel}
          belongs={(anchor) =>
            (anchor.kind === "cell" && anchor.cell.startsWith(`${form.id}/`)) ||
            ((anchor.kind === "section" || anchor.kind === "row") && anchor.section === form.id)
          }
          onGo={(anchor) => anchor.kind === "cell" && setSelected(anchor.cell)}
        />
      </aside>
      {editor.conflict !== undefined && (
        <ConflictDialog
          tableId={form.id}
          conflict={editor.conflict}
          nameOf={(address) => (edition === undefined ? address : cellName(address, edition))}
          onSettle={editor.settle}
        />
      )}
    </div>
  );
}

/** A finding elsewhere leads to its cell by `?cell=`. */
function cellInAddress(): CellAddress | undefined {
  const ref = parseCellAddress(new URLSearchParams(location.search).get("cell") ?? "");
  return ref && cellAddress(ref);
}

/** 万元 without losing 分 that two decimals would hide. */
const plainWan = (fen: number): string =>
  fen % 10_000 === 0
    ? printWan(fen)
    : (fen / 1_000_000).toFixed(6).replace(/0+$/u, "").replace(/\.$/u, "");

function readCell(
  text: string,
  { kind }: Position,
  unit: AmountUnit,
): { ok: true; value: number | undefined } | { ok: false } {
  if (kind === "money") {
    const amount = parseAmount(text, unit);
    return amount.ok ? amount : { ok: false };
  }
  const plain = text.normalize("NFKC").replace(/[\s,]/gu, "");
  if (/^[─—-]*$/u.test(plain)) return { ok: true, value: undefined };
  return /^\d{1,9}$/u.test(plain) ? { ok: true, value: Number(plain) } : { ok: false };
}

function CodeRows({
  codes,
  selectedRow,
  onAdd,
  onRemove,
}: {
  codes: ReadonlyMap<string, string>;
  selectedRow: string | undefined;
  onAdd: (code: string) => void;
  onRemove: (row: string) => void;
}) {
  const [text, setText] = useState("");
  const options = useMemo(
    () =>
      [...codes]
        .filter(([code, name]) => text !== "" && (code.startsWith(text) || name.includes(text)))
        .slice(0, 30)
        .map(([code, name]) => ({ value: code, label: `${code} ${name}` })),
    [codes, text],
  );
  return (
    <div className="part-bar" style={{ marginTop: 10 }}>
      <AutoComplete
        style={{ width: 320 }}
        value={text}
        options={options}
        showSearch={{ onSearch: setText }}
        onSelect={(code: string) => {
          onAdd(code);
          setText("");
        }}
      >
        <Input aria-label="增加支出功能分类科目" placeholder="增加科目：输入编码或名称" />
      </AutoComplete>
      {selectedRow !== undefined && selectedRow !== "total" && (
        <Button icon={<DeleteOutlined />} onClick={() => onRemove(selectedRow)}>
          删除 {selectedRow} 行
        </Button>
      )}
    </div>
  );
}

function RefusedFaults({ details }: { details: unknown }) {
  const faults = importRefusedDetails.safeParse(details);
  if (!faults.success) return null;
  return (
    <ul className="late">
      {faults.data.faults.map((fault) => (
        <li key={`${fault.where}${fault.message}`}>
          {fault.where}：{fault.message}
        </li>
      ))}
    </ul>
  );
}
