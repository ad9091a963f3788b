import { PlusOutlined } from "@ant-design/icons";
import { useRouterState } from "@tanstack/react-router";
import { App, Button } from "antd";
import { useCallback, useMemo, useRef, useState } from "react";
import type { ReportView } from "../../../shared/contract/responses.ts";
import { cellAddress, parseCellAddress, type CellAddress } from "../../../shared/forms/cell.ts";
import type { Edition, Form } from "../../../shared/forms/form.ts";
import { lineageOfCode } from "../../../shared/forms/codes/code-table.ts";
import { isByCode } from "../../../shared/forms/canonical-table.ts";
import { entryForm, layoutForm } from "../../../shared/forms/layout.ts";
import { cellName, isCount } from "../../../shared/forms/place-name.ts";
import { parseTyped, printExact, unitName, type AmountUnit } from "../../../shared/money.ts";
import type { TableData } from "../../../shared/forms/table-data.ts";
import { refusalText, useFindings, usePriorYear, useSection, useThreads } from "../api/queries.ts";
import { lazyPart } from "../app/lazy-part.tsx";
import { Failure, Loading } from "../app/placeholders.tsx";
import { useSigned } from "../app/session-context.ts";
import { withCell, withCode, withEmptyRows, withoutCode } from "../editing/edit-table.ts";
import { lockedCells, useComputedTable } from "../editing/use-computed-table.ts";
import { FormGrid, type CellMark, type TypedCell } from "../grid/form-grid.tsx";
import { positionsOf, type Position } from "../grid/positions.ts";
import { CellBar } from "./cell-bar.tsx";
import { AccountsNotice } from "./accounts-notice.tsx";
import { ExportButton } from "./export-button.tsx";
import { FindingList } from "./finding-list.tsx";
import { faultsOf } from "./faults.ts";
import { stateOf } from "./finding-place.ts";
import { ImportButton } from "./import-button.tsx";
import { SaveStatus } from "./save-status.tsx";
import { ThreadsPanel } from "./threads-panel.tsx";
import { useSectionEditor } from "./use-section-editor.ts";

const AddCode = lazyPart(async () => (await import("./add-code.tsx")).AddCode, "dialog");
const TableConflict = lazyPart(
  async () => (await import("./section-conflict.tsx")).TableConflict,
  "dialog",
);

const nothingUnread: ReadonlyMap<CellAddress, string> = new Map();
const nothingLocked: ReadonlySet<CellAddress> = new Set();

/** A step that can be taken back. */
interface Entry {
  readonly table: TableData;
  readonly unread: ReadonlyMap<CellAddress, string>;
}

/** One statutory table: the form to fill in, its findings at their cells, its comments beside it. */
export function TablePart({
  report,
  form,
  edition,
}: {
  report: ReportView;
  form: Form;
  edition: Edition;
}) {
  const { message } = App.useApp();
  const { drafts } = useSigned();
  const editor = useSectionEditor(report, form.id);
  const facts = useSection(report.id, "facts");
  const findings = useFindings(report.id);
  const threads = useThreads(report.id);
  const named = cellIn(useRouterState({ select: ({ location }) => location.searchStr }));
  const [selected, setSelected] = useState(named);
  const [followed, setFollowed] = useState(named);
  if (named !== followed) {
    setFollowed(named);
    if (named !== undefined) setSelected(named);
  }
  const { unreadable } = editor;
  /** Typed texts that are no figure, by cell; kept on this machine until mended. */
  const unread = useMemo(
    () =>
      !editor.editable || unreadable.size === 0
        ? nothingUnread
        : new Map(
            [...unreadable].map(([place, text]): [CellAddress, string] => [
              `${form.id}/${place}` as CellAddress,
              text,
            ]),
          ),
    [editor.editable, unreadable, form.id],
  );
  const history = useRef<{ past: Entry[]; future: Entry[] }>({ past: [], future: [] });
  const { editable, value } = editor;
  const unit: AmountUnit = facts.data?.value.enteredIn ?? "wan";
  const own = useMemo(
    () =>
      findings.data?.findings.filter((finding) =>
        finding.cells.some((cell) => cell.startsWith(`${form.id}/`)),
      ),
    [findings.data, form.id],
  );
  const marks = useMemo(() => {
    const marked = new Map<CellAddress, CellMark>();
    for (const finding of [...(own ?? [])].reverse()) {
      const [cell] = finding.cells;
      if (cell === undefined || finding.explanation !== undefined) continue;
      marked.set(cell as CellAddress, { severity: stateOf(finding), message: finding.message });
    }
    for (const thread of threads.data?.items ?? []) {
      if (thread.anchor.kind !== "cell" || thread.status === "resolved") continue;
      const cell = thread.anchor.cell;
      const mark = marked.get(cell);
      marked.set(cell, { ...mark, comments: (mark?.comments ?? 0) + 1 });
    }
    return marked;
  }, [own, threads.data]);
  const { year, orgName } = report;
  const coded = isByCode(form);
  const lastYear = usePriorYear(report.id, editable).data;
  const lastCodes = useMemo(
    () => (editable && coded ? (lastYear?.stored?.codes[form.id] ?? []) : []),
    [editable, coded, lastYear, form.id],
  );
  const lastFigures: Readonly<Record<string, number>> = {
    ...lastYear?.stored?.figures,
    ...facts.data?.value.prior,
  };
  const [showsOffered, setShowsOffered] = useState(true);
  const [isAdding, setAdding] = useState(false);
  const computed = useComputedTable(report.id, { edition, form, value, editable });
  /** Computed cells that somebody chose to type in. */
  const [unlocked, setUnlocked] = useState<ReadonlySet<CellAddress>>(nothingLocked);
  const { codesElsewhere } = computed;
  const offered = useMemo(
    () => (editable ? [...lastCodes, ...codesElsewhere.flatMap(lineageOfCode).map(asCode)] : []),
    [editable, lastCodes, codesElsewhere],
  );
  const { shown, empty } = useMemo(
    () => withEmptyRows(value ?? { rows: [] }, showsOffered ? offered : []),
    [value, offered, showsOffered],
  );
  const printed = useMemo(
    () =>
      value === undefined
        ? undefined
        : layoutForm(editable ? entryForm(form) : form, shown, { year, unit: orgName }),
    [form, value, shown, editable, year, orgName],
  );
  const locked = useMemo(
    () =>
      editable && printed !== undefined
        ? lockedCells(
            computed,
            positionsOf(printed).flatMap((row) => row.map(({ ref }) => ref)),
            unlocked,
          )
        : nothingLocked,
    [editable, printed, computed, unlocked],
  );
  const nameOf = useCallback((address: CellAddress) => cellName(address, edition), [edition]);
  if (value === undefined || printed === undefined) {
    return editor.error ? <Failure error={editor.error} /> : <Loading />;
  }

  const cell = selected === undefined ? undefined : parseCellAddress(selected);
  const figureOf = (address: CellAddress): number | undefined => {
    const ref = parseCellAddress(address);
    return value.rows.find((row) => row.key === ref?.row)?.cells[ref?.column ?? ""];
  };
  const editText = (address: CellAddress): string => {
    const figure = figureOf(address);
    if (figure === undefined) return "";
    return isCount(address, edition) ? String(figure) : printExact(figure, unit);
  };
  const put = (now: Entry) => {
    for (const address of new Set([...unread.keys(), ...now.unread.keys()])) {
      drafts.texts.set(report.id, `value/${address}`, now.unread.get(address));
    }
    if (now.table !== value) editor.change(now.table);
  };
  const change = (table: TableData, nowUnread = unread) => {
    history.current = {
      past: [...history.current.past.slice(-99), { table: value, unread }],
      future: [],
    };
    put({ table, unread: nowUnread });
  };
  const undo = () => {
    const { past, future } = history.current;
    const before = past.at(-1);
    if (before === undefined) return;
    history.current = { past: past.slice(0, -1), future: [{ table: value, unread }, ...future] };
    put(before);
  };
  const redo = () => {
    const { past, future } = history.current;
    const [after, ...rest] = future;
    if (after === undefined) return;
    history.current = { past: [...past, { table: value, unread }], future: rest };
    put(after);
  };
  const onType = (cells: readonly TypedCell[], skipped = 0) => {
    const stillUnread = new Map(unread);
    let table = value;
    const lastNames = new Map(lastCodes.flatMap(({ code, name }) => (name ? [[code, name]] : [])));
    for (const { position, text } of cells) {
      const read = readCell(text, position, unit);
      if (read.ok) {
        stillUnread.delete(position.address);
        if (read.value !== figureOf(position.address)) {
          const { row } = position.ref;
          const whole = coded && row !== "total" ? withCode(table, row, lastNames) : table;
          table = withCell(whole, position.ref, read.value);
        }
      } else stillUnread.set(position.address, text);
    }
    change(table === value ? table : computed.follow(table), stillUnread);
    if (cells.length + skipped > 1) {
      void message.info(
        `已填入 ${String(cells.length)} 格${skipped > 0 ? `，${String(skipped)} 处落在项目名称、自动计算或不填列的格或表外，已跳过` : ""}。`,
      );
    }
  };
  const [firstUnread] = unread.keys();

  return (
    <div className="with-side">
      <section className="table-part" aria-label={form.title}>
        <div className="part-bar">
          <h2>
            {form.number !== undefined && <small>{form.number}</small>} {form.title}
          </h2>
          <SaveStatus editor={editor} />
          {editable && coded && !isAdding && (
            <Button icon={<PlusOutlined />} onClick={() => setAdding(true)}>
              增加科目
            </Button>
          )}
          {editable && coded && isAdding && (
            <AddCode
              codes={edition.functionCodes}
              onAdd={(code) => {
                change(withCode(value, code));
                const [column] = form.blocks[0]?.columns ?? [];
                if (column) setSelected(`${form.id}/${code}/${column.key}`);
              }}
            />
          )}
          {offered.length > 0 && (
            <label className="choice">
              <input
                type="checkbox"
                checked={showsOffered}
                onChange={(event) => setShowsOffered(event.target.checked)}
              />{" "}
              显示待填科目
            </label>
          )}
          <ExportButton report={report} form={form} table={value} unit={unit} />
          {editable && <ImportButton report={report} />}
        </div>
        {editable && <AccountsNotice report={report} />}
        {editor.state.kind === "refused" && (
          <div className="notice error" role="alert">
            <p>未保存：{editor.state.message}</p>
            <Faults details={editor.state.details} />
            <Button size="small" onClick={editor.discard}>
              放弃未保存的改动
            </Button>
          </div>
        )}
        {firstUnread !== undefined && (
          <p className="notice error" role="alert">
            有 {unread.size} 格不是{isCount(firstUnread, edition) ? "整数" : "金额"}
            ，已保留原文，尚未存入：
            <Button type="link" size="small" onClick={() => setSelected(firstUnread)}>
              {nameOf(firstUnread)}
            </Button>
          </p>
        )}
        {empty.size > 0 && (
          <p className="quiet" style={{ margin: 0 }}>
            上年决算或本年其他报表有、本表尚未填列的 {empty.size}{" "}
            个科目以灰色列出，不填的不会保存，也不会印出。
          </p>
        )}
        <CellBar
          {...{ report, edition, cell, editable, computed }}
          hint={editable ? `点选单元格开始填写，按${unitName[unit]}录入` : "点选单元格查看"}
          unitLabel={printed.unitLabel}
          figure={cell && figureOf(cellAddress(cell))}
          lastYear={cell && lastFigures[cellAddress(cell)]}
          onUnlock={() => {
            if (selected !== undefined) setUnlocked(new Set([...unlocked, selected]));
          }}
          onFollow={(figure) => {
            if (cell !== undefined) change(computed.follow(withCell(value, cell, figure)));
          }}
          onRemoveCode={
            editable && coded && cell !== undefined && cell.row !== "total" && !empty.has(cell.row)
              ? () => {
                  setSelected(undefined);
                  change(computed.follow(withoutCode(value, cell.row)));
                }
              : undefined
          }
        />
        <FormGrid
          printed={printed}
          label={form.title}
          editable={editable}
          marks={marks}
          unread={unread}
          locked={locked}
          pale={empty}
          selected={selected}
          nameOf={nameOf}
          editText={editText}
          onSelect={setSelected}
          onType={onType}
          onLocked={(position) => {
            setSelected(position.address);
            void message.info("这一格由其他格计算得出，不用填写；确需手填的，请先按“改为手填”。");
          }}
          onUndo={undo}
          onRedo={redo}
        />
      </section>
      <aside className="side" aria-label="审核结果和审核意见">
        <FindingList
          report={report}
          findings={own}
          failed={findings.isError ? refusalText(findings.error) : undefined}
          here={selected}
          onGo={(address) => setSelected(address as CellAddress)}
        />
        <ThreadsPanel
          report={report}
          anchor={
            selected === undefined
              ? { kind: "section", section: form.id }
              : { kind: "cell", cell: selected }
          }
          placeOf={(anchor) => (anchor.kind === "cell" ? nameOf(anchor.cell) : form.title)}
          belongs={(anchor) =>
            (anchor.kind === "cell" && anchor.cell.startsWith(`${form.id}/`)) ||
            ((anchor.kind === "section" || anchor.kind === "row") && anchor.section === form.id)
          }
          onGo={(anchor) => anchor.kind === "cell" && setSelected(anchor.cell)}
        />
      </aside>
      {editor.conflict !== undefined && (
        <TableConflict
          tableId={form.id}
          edition={edition}
          conflict={editor.conflict}
          onSettle={editor.settle}
        />
      )}
    </div>
  );
}

const asCode = (code: string) => ({ code });

/** A finding leads to its cell by `?cell=`, from elsewhere and from the same table. */
function cellIn(search: string): CellAddress | undefined {
  const ref = parseCellAddress(new URLSearchParams(search).get("cell") ?? "");
  return ref && cellAddress(ref);
}

function readCell(
  text: string,
  { kind }: Position,
  unit: AmountUnit,
): { ok: true; value: number | undefined } | { ok: false } {
  if (kind === "money") {
    const amount = parseTyped(text, unit);
    return amount.ok ? amount : { ok: false };
  }
  const plain = text.normalize("NFKC").replace(/[\s,]/gu, "");
  if (/^[─—-]*$/u.test(plain)) return { ok: true, value: undefined };
  return /^\d{1,9}$/u.test(plain) ? { ok: true, value: Number(plain) } : { ok: false };
}

/** Why the server would not keep a table, fault by fault. */
function Faults({ details }: { details: unknown }) {
  const faults = faultsOf(details);
  return (
    faults.length > 0 && (
      <ul>
        {faults.map((fault, index) => (
          <li key={index}>
            {fault.where}：{fault.message}
          </li>
        ))}
      </ul>
    )
  );
}
