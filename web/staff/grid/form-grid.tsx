import {
  memo,
  useEffect,
  useId,
  useMemo,
  useRef,
  useState,
  type ClipboardEvent,
  type KeyboardEvent,
  type MouseEvent,
  type ReactNode,
} from "react";
import { flushSync } from "react-dom";
import { cellAddress, type CellAddress } from "../../../shared/forms/cell.ts";
import type { HeadCell } from "../../../shared/forms/form.ts";
import type { PrintedCell, PrintedTable } from "../../../shared/forms/layout.ts";
import { printWan } from "../../../shared/money.ts";
import { useOpenEditor } from "../editing/use-open-editor.ts";
import { copyRange, layOver, parseClipboard, printClipboard } from "./paste.ts";
import {
  columnsOfRow,
  moveFrom,
  positionsIn,
  positionsOf,
  rangeOf,
  type Move,
  type Position,
  type Range,
} from "./positions.ts";
import "./form-grid.css";

/** What the grid shows on a cell besides its value. */
export interface CellMark {
  readonly severity?: "error" | "warning" | "unfilled" | "hint";
  readonly message?: string;
  readonly comments?: number;
}

/** A text somebody typed or pasted for a cell; the page reads it as an amount or a count. */
export interface TypedCell {
  readonly position: Position;
  readonly text: string;
}

interface FormGridProps {
  readonly printed: PrintedTable;
  readonly label: string;
  readonly editable: boolean;
  readonly marks: ReadonlyMap<CellAddress, CellMark>;
  /** Typed texts that could not be read; shown as they are until mended. */
  readonly unread: ReadonlyMap<CellAddress, string>;
  /** Cells whose figure is computed: nobody types in them. */
  readonly locked: ReadonlySet<CellAddress>;
  /** Keys of rows that are offered and hold nothing. */
  readonly pale?: ReadonlySet<string>;
  readonly selected: CellAddress | undefined;
  /** A cell in words, for its editor's label. */
  readonly nameOf: (address: CellAddress) => string;
  /** The text an editor starts with, in the unit of entry. */
  readonly editText: (address: CellAddress) => string;
  readonly onSelect: (address: CellAddress | undefined) => void;
  readonly onType: (cells: readonly TypedCell[], skipped?: number) => void;
  /** Somebody began to type in a computed cell. */
  readonly onLocked: (position: Position) => void;
  readonly onUndo: () => void;
  readonly onRedo: () => void;
}

const moves: Readonly<Partial<Record<string, Move>>> = {
  ArrowUp: "up",
  ArrowDown: "down",
  ArrowLeft: "left",
  ArrowRight: "right",
  Home: "row_start",
  End: "row_end",
  PageUp: "page_up",
  PageDown: "page_down",
};

/** With Ctrl: to the end of the table that way. */
const farMoves: Readonly<Partial<Record<string, Move>>> = {
  ArrowUp: "column_start",
  ArrowDown: "column_end",
  ArrowLeft: "row_start",
  ArrowRight: "row_end",
  Home: "first",
  End: "last",
};

/** How the grid is worked by keyboard, announced to the components below it. */
const keyHelp =
  "方向键移动（Ctrl 到头），按住 Shift 选取；直接输入或按 F2 修改，Tab 右移，Enter 下移、连按 Tab 之后回到起始列；" +
  "Ctrl+C、Ctrl+V 与表格软件互贴，Ctrl+Z 撤销；按 Esc 后再按 Tab 离开表格。";

/** The statutory form itself as an entry grid: same head, lines and notes as on paper, keys as in a spreadsheet. */
export function FormGrid(props: FormGridProps) {
  const { printed, label, editable, marks, unread, selected, nameOf, editText } = props;
  const { locked, pale, onSelect, onLocked } = props;
  const gridId = useId();
  const frame = useRef<HTMLDivElement>(null);
  const table = useRef<HTMLTableElement>(null);
  const [editing, setEditing] = useState<{
    address: CellAddress;
    text: string;
    /** Typed over, not opened: arrows then leave the cell, as in a spreadsheet. */
    isOver: boolean;
  }>();
  /** Where a run of Tabs began: Enter returns below it. */
  const tabbedFrom = useRef<Position>(undefined);
  /** Leaving the editor takes the focus from it, which must not end the edit a second time. */
  const isOpen = useRef(false);
  const [corner, setCorner] = useState<CellAddress>();
  const rows = useMemo(() => positionsOf(printed), [printed]);
  const byAddress = useMemo(
    () => new Map(rows.flat().map((position) => [position.address, position])),
    [rows],
  );
  const active = selected === undefined ? undefined : byAddress.get(selected);
  const opposite = (corner === undefined ? undefined : byAddress.get(corner)) ?? active;
  const range =
    active === undefined || opposite === undefined ? undefined : rangeOf(active, opposite);
  const chosen = range === undefined ? [] : positionsIn(rows, range);
  const isRange = chosen.length > 1;
  const headRows = printed.head.length + (printed.columnNumbers === undefined ? 0 : 1);

  useEffect(() => {
    if (active === undefined || frame.current === null) return;
    const cell = document.getElementById(cellId(gridId, active));
    if (cell !== null) reveal(frame.current, cell);
  }, [active, gridId]);

  const select = (position: Position, isTabbed = false) => {
    if (!isTabbed) tabbedFrom.current = undefined;
    setCorner(undefined);
    onSelect(position.address);
  };
  /** By Tab and Enter: Enter goes below where the Tabs began. */
  const step = (from: Position, move: Move) => {
    if (move === "next") {
      tabbedFrom.current ??= from;
      select(moveFrom(rows, from, move), true);
    } else select(moveFrom(rows, move === "down" ? (tabbedFrom.current ?? from) : from, move));
  };
  const go = (move: Move, extend: boolean) => {
    const first = rows.flat()[0];
    if (active === undefined) {
      if (first !== undefined) select(first);
    } else if (extend) setCorner(moveFrom(rows, opposite ?? active, move).address);
    else select(moveFrom(rows, active, move));
  };
  const textOf = (address: CellAddress) => unread.get(address) ?? editText(address);
  /** What falls on computed cells is left out, and counted with what fell beside the table. */
  const onType = (cells: readonly TypedCell[], skipped = 0) => {
    const free = cells.filter(({ position }) => !locked.has(position.address));
    const [first] = cells;
    if (free.length > 0 || first === undefined) {
      props.onType(free, skipped + cells.length - free.length);
    } else onLocked(first.position);
  };
  const startEditing = (position: Position, text: string, isOver = false) => {
    if (!editable) return;
    if (locked.has(position.address)) {
      onLocked(position);
      return;
    }
    setCorner(undefined);
    isOpen.current = true;
    flushSync(() => setEditing({ address: position.address, text, isOver }));
  };
  const finish = (then?: Move) => {
    if (!isOpen.current) return;
    isOpen.current = false;
    const position = editing === undefined ? undefined : byAddress.get(editing.address);
    setEditing(undefined);
    if (editing === undefined || position === undefined) return;
    if (editing.text !== textOf(editing.address)) onType([{ position, text: editing.text }]);
    if (then === undefined) return;
    table.current?.focus({ preventScroll: true });
    step(position, then);
  };

  // Taken over at its cell, open or not: the tab may be closed, or another part opened, without a blur.
  const takenOver = useRef<typeof editing>(undefined);
  useOpenEditor(() => {
    const position = editing === undefined ? undefined : byAddress.get(editing.address);
    if (!isOpen.current || editing === undefined || position === undefined) return;
    if (takenOver.current === editing || editing.text === textOf(editing.address)) return;
    takenOver.current = editing;
    onType([{ position, text: editing.text }]);
  });

  const onEditorKey = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === "Escape") {
      isOpen.current = false;
      setEditing(undefined);
      table.current?.focus({ preventScroll: true });
    } else if (event.key === "Enter") finish(event.shiftKey ? "up" : "down");
    else if (event.key === "Tab") finish(event.shiftKey ? "previous" : "next");
    else if (editing?.isOver === true && event.key.startsWith("Arrow")) finish(moves[event.key]);
    else return;
    event.preventDefault();
  };
  const onCommandKey = (event: KeyboardEvent) => {
    const key = event.key.toLowerCase();
    const far = farMoves[event.key];
    if (far !== undefined) go(far, event.shiftKey);
    else if (key === "a") {
      const all = rows.flat();
      const [first, last] = [all[0], all.at(-1)];
      if (first === undefined || last === undefined) return;
      select(first);
      setCorner(last.address);
    } else if (!editable) return;
    else if (key === "z") (event.shiftKey ? props.onRedo : props.onUndo)();
    else if (key === "y") props.onRedo();
    else if (key === "d" && range !== undefined) {
      const top = positionsIn(rows, { ...range, bottom: range.top });
      onType(
        chosen.flatMap((position) => {
          const source = top.find(({ column }) => column === position.column);
          return source === undefined || source.row === position.row
            ? []
            : [{ position, text: textOf(source.address) }];
        }),
      );
    } else return;
    event.preventDefault();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (editing !== undefined) {
      onEditorKey(event);
      return;
    }
    if (event.ctrlKey || event.metaKey) {
      onCommandKey(event);
      return;
    }
    const move = moves[event.key];
    if (move !== undefined) go(move, event.shiftKey);
    else if (active === undefined || event.altKey) return;
    else if (event.key === "Escape") {
      setCorner(undefined);
      if (!isRange) onSelect(undefined);
    } else if (event.key === "Tab") {
      const move = event.shiftKey ? "previous" : "next";
      if (moveFrom(rows, active, move) === active) return;
      step(active, move);
    } else if (event.key === "Enter") step(active, event.shiftKey ? "up" : "down");
    else if (event.key === "F2") startEditing(active, textOf(active.address));
    else if ((event.key === "Delete" || event.key === "Backspace") && editable) {
      onType(chosen.map((position) => ({ position, text: "" })));
    } else if (event.key === "Process") {
      // An input method begins: the editor must have the focus before the first letter comes.
      startEditing(active, "", true);
      return;
    } else if (event.key.length === 1 && event.key !== " ") startEditing(active, event.key, true);
    else return;
    event.preventDefault();
  };

  const onCopy = (event: ClipboardEvent, cut: boolean) => {
    if (editing !== undefined || range === undefined) return;
    event.preventDefault();
    const texts = copyRange(printed.body, range, ({ ref }) =>
      textOf(`${ref.table}/${ref.row}/${ref.column}`),
    );
    event.clipboardData.setData("text/plain", printClipboard(texts));
    if (cut && editable) onType(chosen.map((position) => ({ position, text: "" })));
  };
  const onPaste = (event: ClipboardEvent) => {
    if (!editable || editing !== undefined || range === undefined) return;
    event.preventDefault();
    const block = parseClipboard(event.clipboardData.getData("text/plain"));
    const [only] = block[0] ?? [];
    if (isRange && block.length === 1 && block[0]?.length === 1 && only !== undefined) {
      onType(chosen.map((position) => ({ position, text: only })));
      return;
    }
    const pasted = layOver(rows, { row: range.top, column: range.left }, block);
    onType(pasted.cells, pasted.skipped);
  };

  const positionUnder = (event: MouseEvent): Position | undefined => {
    const cell = event.target instanceof Element ? event.target.closest("[data-cell]") : null;
    return byAddress.get((cell?.getAttribute("data-cell") ?? "") as CellAddress);
  };
  const onMouseDown = (event: MouseEvent) => {
    const position = positionUnder(event);
    if (position === undefined || position.address === editing?.address) return;
    if (editing !== undefined) finish();
    if (event.shiftKey && active !== undefined) setCorner(position.address);
    else select(position);
    table.current?.focus({ preventScroll: true });
    event.preventDefault();
  };
  const onMouseMove = (event: MouseEvent) => {
    if (event.buttons !== 1 || active === undefined || editing !== undefined) return;
    const position = positionUnder(event);
    if (position !== undefined && position.address !== (corner ?? active.address)) {
      setCorner(position.address);
    }
  };

  return (
    <>
      <div className="form-grid-frame" ref={frame}>
        <table
          ref={table}
          className={widthOf(printed) > 10 ? "form-grid wide" : "form-grid"}
          role="grid"
          tabIndex={0}
          aria-label={label}
          aria-describedby={editable ? `${gridId}-keys` : undefined}
          aria-readonly={!editable}
          aria-multiselectable
          aria-rowcount={headRows + printed.body.length}
          aria-activedescendant={active === undefined ? undefined : cellId(gridId, active)}
          onKeyDown={onKeyDown}
          onCopy={(event) => onCopy(event, false)}
          onCut={(event) => onCopy(event, true)}
          onPaste={onPaste}
          onMouseDown={onMouseDown}
          onMouseMove={onMouseMove}
          onDoubleClick={(event) => {
            const position = positionUnder(event);
            if (position !== undefined && position.address !== editing?.address) {
              startEditing(position, textOf(position.address));
            }
          }}
        >
          <thead>
            {printed.head.map((cells, row) => (
              <HeadRow key={row} index={row + 1} cells={cells} />
            ))}
            {printed.columnNumbers && (
              <HeadRow index={headRows} cells={printed.columnNumbers} numbers />
            )}
          </thead>
          <tbody>
            {printed.body.map((cells, row) => (
              <BodyRow
                key={row}
                gridId={gridId}
                row={row}
                ariaRow={headRows + row + 1}
                cells={cells}
                marks={marks}
                unread={unread}
                locked={locked}
                editable={editable}
                pale={pale?.has(rows[row]?.[0]?.ref.row ?? "") === true}
                active={active?.row === row ? active.address : undefined}
                range={
                  isRange && range !== undefined && row >= range.top && row <= range.bottom
                    ? range
                    : undefined
                }
                editor={
                  editing !== undefined && byAddress.get(editing.address)?.row === row ? (
                    <input
                      autoFocus
                      aria-label={nameOf(editing.address)}
                      inputMode="decimal"
                      autoComplete="off"
                      value={editing.text}
                      onChange={(event) => setEditing({ ...editing, text: event.target.value })}
                      onBlur={() => finish()}
                    />
                  ) : undefined
                }
                edited={editing?.address}
              />
            ))}
          </tbody>
          <tfoot>
            {printed.notes.map((note) => (
              <tr key={note}>
                <td colSpan={widthOf(printed)}>{note}</td>
              </tr>
            ))}
          </tfoot>
        </table>
      </div>
      {isRange && <SelectionSummary printed={printed} chosen={chosen} />}
      {editable && (
        <p className="form-grid-keys" id={`${gridId}-keys`}>
          {keyHelp}
        </p>
      )}
    </>
  );
}

/** Count, sum and average of the figures selected, as at the foot of a spreadsheet. */
function SelectionSummary({
  printed,
  chosen,
}: {
  printed: PrintedTable;
  chosen: readonly Position[];
}) {
  const addresses = new Set(chosen.map(({ address }) => address));
  const figures = printed.body
    .flat()
    .flatMap((cell) =>
      cell.kind === "value" && cell.value !== undefined && addresses.has(cellAddress(cell.ref))
        ? [{ kind: cell.valueKind, value: cell.value }]
        : [],
    );
  const kinds = new Set(figures.map(({ kind }) => kind));
  const sum = figures.reduce((all, { value }) => all + value, 0);
  const print = (value: number) => (kinds.has("money") ? printWan(value) : String(value));
  return (
    <p className="form-grid-sum" role="status">
      已选 {chosen.length} 格，有数 {figures.length} 格
      {kinds.size === 1 && (
        <>
          ，合计 <strong>{print(sum)}</strong>，平均 {print(Math.round(sum / figures.length))}
        </>
      )}
    </p>
  );
}

interface BodyRowProps {
  readonly gridId: string;
  readonly row: number;
  readonly ariaRow: number;
  readonly cells: readonly PrintedCell[];
  readonly marks: ReadonlyMap<CellAddress, CellMark>;
  readonly unread: ReadonlyMap<CellAddress, string>;
  readonly locked: ReadonlySet<CellAddress>;
  readonly editable: boolean;
  readonly pale: boolean;
  readonly active: CellAddress | undefined;
  readonly range: Range | undefined;
  readonly editor: ReactNode;
  readonly edited: CellAddress | undefined;
}

/** Drawn again only when its own cells, marks or selection change: moving about touches two rows. */
const BodyRow = memo(
  function BodyRow({
    gridId,
    row,
    ariaRow,
    cells,
    marks,
    unread,
    locked,
    editable,
    pale,
    active,
    range,
    editor,
    edited,
  }: BodyRowProps) {
    const columns = columnsOfRow(cells);
    return (
      <tr aria-rowindex={ariaRow} className={pale ? "pale" : undefined}>
        {cells.map((cell, index) => {
          const column = columns[index] ?? 0;
          if (cell.kind !== "value") return <LabelCell key={index} cell={cell} />;
          const address: CellAddress = `${cell.ref.table}/${cell.ref.row}/${cell.ref.column}`;
          const mark = marks.get(address);
          const isIn = range !== undefined && column >= range.left && column <= range.right;
          return (
            <td
              key={index}
              id={cellId(gridId, { row, column })}
              data-cell={address}
              title={mark?.message}
              className={cellClass(mark, {
                active: address === active,
                chosen: isIn,
                total: cell.total === true,
                unread: unread.has(address),
                computed: editable && locked.has(address),
              })}
              aria-colindex={column + 1}
              aria-selected={isIn || address === active}
              aria-invalid={mark?.severity === "error" || unread.has(address)}
              aria-readonly={!editable || locked.has(address)}
            >
              {address === edited ? editor : (unread.get(address) ?? cell.text)}
            </td>
          );
        })}
      </tr>
    );
  },
  (before, after) =>
    before.editor === undefined &&
    after.editor === undefined &&
    before.cells === after.cells &&
    before.marks === after.marks &&
    before.unread === after.unread &&
    hasSameLocks(before, after) &&
    before.editable === after.editable &&
    before.pale === after.pale &&
    before.active === after.active &&
    before.range === after.range &&
    before.ariaRow === after.ariaRow,
);

const hasSameLocks = (before: BodyRowProps, after: BodyRowProps): boolean =>
  before.locked === after.locked ||
  after.cells.every((cell) => {
    if (cell.kind !== "value") return true;
    const address = cellAddress(cell.ref);
    return before.locked.has(address) === after.locked.has(address);
  });

function HeadRow({
  cells,
  index,
  numbers = false,
}: {
  cells: readonly HeadCell[];
  index: number;
  numbers?: boolean;
}) {
  return (
    <tr className={numbers ? "column-numbers" : undefined} aria-rowindex={index}>
      {cells.map((cell, at) => (
        <th
          key={at}
          scope={(cell.colspan ?? 1) > 1 ? "colgroup" : "col"}
          colSpan={cell.colspan}
          rowSpan={cell.rowspan}
        >
          {cell.text}
        </th>
      ))}
    </tr>
  );
}

function LabelCell({ cell }: { cell: Exclude<PrintedCell, { kind: "value" }> }) {
  if (cell.kind === "dash") return <td className="dash">{cell.text}</td>;
  const total = cell.total === true ? " total" : "";
  if (cell.kind !== "name") {
    return (
      <td className={`${cell.kind}${total}`} colSpan={cell.colspan}>
        {cell.text}
      </td>
    );
  }
  return (
    <th
      scope="row"
      className={`name${total}`}
      colSpan={cell.colspan}
      style={{ paddingLeft: `${0.6 + (cell.indent ?? 0)}em` }}
    >
      {cell.text}
    </th>
  );
}

/** Scrolls the frame alone, and so far that the cell clears the fixed head. */
function reveal(frame: HTMLElement, cell: HTMLElement): void {
  const head = frame.querySelector("thead")?.getBoundingClientRect().height ?? 0;
  const outer = frame.getBoundingClientRect();
  const inner = cell.getBoundingClientRect();
  const above = outer.top + head - inner.top;
  const below = inner.bottom - (outer.top + frame.clientHeight);
  if (above > 0) frame.scrollTop -= above;
  else if (below > 0) frame.scrollTop += below;
  const before = outer.left - inner.left;
  const behind = inner.right - (outer.left + frame.clientWidth);
  if (before > 0) frame.scrollLeft -= before;
  else if (behind > 0) frame.scrollLeft += behind;
}

const widthOf = ({ body }: PrintedTable): number =>
  Math.max(
    1,
    ...body.map((cells) =>
      cells.reduce((sum, cell) => sum + ("colspan" in cell ? (cell.colspan ?? 1) : 1), 0),
    ),
  );

const cellId = (gridId: string, { row, column }: Pick<Position, "row" | "column">) =>
  `${gridId}-${String(row)}-${String(column)}`;

function cellClass(
  mark: CellMark | undefined,
  {
    active,
    chosen,
    total,
    unread,
    computed,
  }: { active: boolean; chosen: boolean; total: boolean; unread: boolean; computed: boolean },
): string {
  return [
    "value",
    total && "total",
    computed && "computed",
    (mark?.severity === "error" || unread) && "has-error",
    mark?.severity === "warning" && "has-warning",
    mark?.severity === "unfilled" && "unfilled",
    (mark?.comments ?? 0) > 0 && "commented",
    chosen && "chosen",
    active && "active",
  ]
    .filter((name) => name !== false)
    .join(" ");
}
