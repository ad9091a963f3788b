import {
  useEffect,
  useId,
  useLayoutEffect,
  useMemo,
  useRef,
  type KeyboardEvent,
  type MouseEvent,
  type RefObject,
} from "react";
import type { CellAddress } from "../../../shared/forms/cell.ts";
import type { PrintedTable } from "../../../shared/forms/layout.ts";
import { frozenColumns, headPlaces, usualWidths, widthOf } from "./columns.ts";
import { BodyRow, cellId, HeadRow, type CellMark } from "./grid-row.tsx";
import { rangeIn, type Grid, type GridEvent, type GridState } from "./grid-state.ts";
import { positionsIn, type Position } from "./positions.ts";
import { SelectionSummary } from "./selection-summary.tsx";
import { useColumnWidths, type ColumnWidths } from "./use-column-widths.ts";
import { useGridClipboard } from "./use-grid-clipboard.ts";
import { useGridState, type GridActs } from "./use-grid-state.ts";
import type { RowRuns } from "./row-runs.ts";
import { doubleRowPx, plainRowPx, useRowWindow } from "./use-row-window.ts";
import "./form-grid.css";

interface FormGridProps extends GridActs {
  readonly printed: PrintedTable;
  /** The cells of it that take a value, row by row. */
  readonly rows: readonly (readonly Position[])[];
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
  /** The cell that the address of the page names: whoever followed it types there at once. */
  readonly focusedFor?: CellAddress | undefined;
  /** Last year's figures as printed, where they are shown under this year's. */
  readonly lastYear?: ReadonlyMap<CellAddress, string> | undefined;
  /** What a text typed for a cell will be printed as; undefined where it is printed as typed. */
  readonly printedAs: (position: Position, text: string) => string | undefined;
  /** A cell in words, for its editor's label. */
  readonly nameOf: (address: CellAddress) => string;
  /** The text an editor starts with, in the unit of entry. */
  readonly editText: (address: CellAddress) => string;
}

/** How the grid is worked by keyboard, announced to the components below it. */
const keyHelp =
  "方向键移动（Ctrl 到头），按住 Shift 选取；直接输入或按 F2 修改，Tab 右移，Enter 下移、连按 Tab 之后回到起始列；" +
  "Ctrl+D、Ctrl+R 向下、向右填充，Ctrl+C、Ctrl+V 与表格软件互贴，Ctrl+Z 撤销；按 Esc 后再按 Tab 离开表格。";

/** The statutory form itself as an entry grid: same head, lines and notes as on paper, keys as in a spreadsheet. */
export function FormGrid(props: FormGridProps) {
  const { printed, rows, label, editable, unread, locked, editText, lastYear } = props;
  const gridId = useId();
  const frame = useRef<HTMLDivElement>(null);
  const table = useRef<HTMLTableElement>(null);
  const byAddress = useMemo(
    () => new Map(rows.flat().map((position) => [position.address, position])),
    [rows],
  );
  const textOf = (address: CellAddress) => unread.get(address) ?? editText(address);
  const grid: Grid = { rows, byAddress, editable, locked, textOf };
  const { onSelect, onAct } = props;
  const { state, send } = useGridState(grid, props.selected, { table, onSelect, onAct });
  const clipboard = useGridClipboard(grid, state, { printed, onAct });
  const range = rangeIn(grid, state);
  const chosen = range === undefined ? [] : positionsIn(rows, range);
  const active = state.mode === "idle" ? undefined : byAddress.get(state.active);
  useEffect(() => {
    if (props.focusedFor !== undefined) table.current?.focus({ preventScroll: true });
  }, [props.focusedFor]);
  const rowPx = lastYear === undefined ? plainRowPx : doubleRowPx;
  const { isLong, runs, onScroll } = useRowWindow(frame, {
    ...{ count: printed.body.length, active: active?.row, rowPx },
  });
  useRevealed(frame, active && cellId(gridId, active));
  const width = widthOf(printed);
  const usual = useMemo(() => (isLong ? usualWidths(printed.body) : undefined), [isLong, printed]);
  const { widths, edge } = useColumnWidths(table, printed.id, { count: width, usual });
  const frozen = useMemo(() => frozenColumns(printed), [printed]);
  useFirstColumn(table, { frozen, widths, printed });
  const headRows = printed.head.length + (printed.columnNumbers === undefined ? 0 : 1);

  return (
    <>
      <div className="form-grid-frame" ref={frame} onScroll={onScroll}>
        <table
          ref={table}
          className={[
            "form-grid",
            width > 10 && "wide",
            isLong && "long",
            widths !== undefined && "fixed",
            lastYear !== undefined && "with-last-year",
          ]
            .filter((name) => name !== false)
            .join(" ")}
          style={widths && { width: widths.reduce((sum, one) => sum + one, 0) }}
          role="grid"
          tabIndex={0}
          aria-label={label}
          aria-describedby={editable ? `${gridId}-keys` : undefined}
          aria-readonly={!editable}
          aria-multiselectable
          aria-rowcount={headRows + printed.body.length}
          aria-activedescendant={active === undefined ? undefined : cellId(gridId, active)}
          {...clipboard}
          {...listeners(state, send)}
        >
          <colgroup>
            {Array.from({ length: width }, (_, column) => (
              <col key={column} style={widths && { width: widths[column] }} />
            ))}
          </colgroup>
          <GridHead {...{ printed, frozen, edge }} />
          <GridBody
            {...props}
            {...{ gridId, state, send, active, headRows, runs, rowPx, frozen, width }}
            range={chosen.length > 1 ? range : undefined}
          />
          <tfoot>
            {printed.notes.map((note) => (
              <tr key={note}>
                <td colSpan={width}>{note}</td>
              </tr>
            ))}
          </tfoot>
        </table>
      </div>
      {range !== undefined && chosen.length > 1 && (
        <SelectionSummary printed={printed} range={range} />
      )}
      {editable && (
        <p className="form-grid-keys" id={`${gridId}-keys`}>
          {keyHelp}
        </p>
      )}
    </>
  );
}

function GridHead({
  printed: { head, columnNumbers },
  frozen,
  edge,
}: {
  printed: PrintedTable;
  frozen: number;
  edge: ColumnWidths["edge"];
}) {
  const places = useMemo(
    () => headPlaces(columnNumbers === undefined ? head : [...head, columnNumbers]),
    [head, columnNumbers],
  );
  return (
    <thead>
      {head.map((cells, row) => (
        <HeadRow
          key={row}
          index={row + 1}
          places={places[row] ?? []}
          {...{ cells, frozen, edge }}
        />
      ))}
      {columnNumbers && (
        <HeadRow
          index={head.length + 1}
          cells={columnNumbers}
          places={places.at(-1) ?? []}
          {...{ frozen, edge }}
          numbers
        />
      )}
    </thead>
  );
}

interface BodyProps extends FormGridProps {
  readonly gridId: string;
  readonly state: GridState;
  readonly send: (event: GridEvent) => boolean;
  readonly active: Position | undefined;
  readonly headRows: number;
  readonly range: ReturnType<typeof rangeIn>;
  readonly runs: RowRuns;
  readonly rowPx: number;
  readonly frozen: number;
  readonly width: number;
}

/** The rows in sight, and as much empty space as those that are not. */
function GridBody(props: BodyProps) {
  const { printed, runs, rowPx, width } = props;
  const gap = (from: number, to: number) =>
    to > from && (
      <tr key={`gap-${String(from)}`} aria-hidden>
        <td colSpan={width} style={{ height: (to - from) * rowPx, padding: 0 }} />
      </tr>
    );
  return (
    <tbody>
      {runs.flatMap(([from, to], index) => [
        gap(runs[index - 1]?.[1] ?? 0, from),
        ...printed.body
          .slice(from, to)
          .map((cells, offset) => (
            <GridRow key={from + offset} of={props} cells={cells} row={from + offset} />
          )),
      ])}
      {gap(runs.at(-1)?.[1] ?? 0, printed.body.length)}
    </tbody>
  );
}

function GridRow({
  of: props,
  cells,
  row,
}: {
  of: BodyProps;
  cells: PrintedTable["body"][number];
  row: number;
}) {
  const { marks, unread, locked, editable, pale, gridId, rows, state, active, range } = props;
  const { headRows, frozen, lastYear } = props;
  return (
    <BodyRow
      {...{ gridId, row, cells, marks, unread, locked, editable, frozen, lastYear }}
      ariaRow={headRows + row + 1}
      pale={pale?.has(rows[row]?.[0]?.ref.row ?? "") === true}
      active={active?.row === row ? active.address : undefined}
      range={range !== undefined && row >= range.top && row <= range.bottom ? range : undefined}
      editor={
        state.mode === "editing" && active?.row === row ? (
          <CellEditor of={props} text={state.text} position={active} />
        ) : undefined
      }
      edited={state.mode === "editing" ? state.active : undefined}
    />
  );
}

/** What is typed, and beside it what will be printed where that is not the same. */
function CellEditor({
  of: { nameOf, printedAs, send },
  text,
  position,
}: {
  of: BodyProps;
  text: string;
  position: Position;
}) {
  const printed = printedAs(position, text);
  return (
    <>
      <input
        autoFocus
        aria-label={nameOf(position.address)}
        inputMode="decimal"
        autoComplete="off"
        value={text}
        onChange={(event) => void send({ type: "write", text: event.target.value })}
        onBlur={() => void send({ type: "leave" })}
      />
      {printed !== undefined && <span className="will-print">{printed}</span>}
    </>
  );
}

/** Keys and the mouse of the browser as events of the grid. */
function listeners(state: GridState, send: (event: GridEvent) => boolean) {
  const addressUnder = (event: MouseEvent): CellAddress | undefined => {
    const cell = event.target instanceof Element ? event.target.closest("[data-cell]") : null;
    return (cell?.getAttribute("data-cell") ?? undefined) as CellAddress | undefined;
  };
  return {
    onKeyDown: (event: KeyboardEvent) => {
      if (event.nativeEvent.isComposing) return;
      const { key, shiftKey: isShift, altKey: isAlt } = event;
      const isCommand = event.ctrlKey || event.metaKey;
      if (send({ type: "key", key, isCommand, isShift, isAlt })) event.preventDefault();
    },
    onMouseDown: (event: MouseEvent) => {
      const address = addressUnder(event);
      if (address === undefined) return;
      if (send({ type: "press", address, isShift: event.shiftKey })) event.preventDefault();
    },
    onMouseMove: (event: MouseEvent) => {
      if (event.buttons !== 1 || state.mode !== "range") return;
      const address = addressUnder(event);
      if (address !== undefined) send({ type: "drag", address });
    },
    onDoubleClick: (event: MouseEvent) => {
      const address = addressUnder(event);
      if (address !== undefined) send({ type: "open", address });
    },
  };
}

/** Scrolls the frame so far that the cell at hand can be seen. */
function useRevealed(frame: RefObject<HTMLElement | null>, id: string | undefined): void {
  useEffect(() => {
    const cell = id === undefined ? null : document.getElementById(id);
    if (frame.current !== null && cell !== null) reveal(frame.current, cell);
  }, [frame, id]);
}

/** The frame alone, and so far that the cell clears the fixed head. */
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

/** How far the second frozen column stands from the left; the browser alone knows, unless somebody set the widths. */
function useFirstColumn(
  table: RefObject<HTMLTableElement | null>,
  {
    frozen,
    widths,
    printed,
  }: { frozen: number; widths: readonly number[] | undefined; printed: PrintedTable },
): void {
  useLayoutEffect(() => {
    if (frozen < 2 || table.current === null) return;
    const first = table.current.querySelector("col")?.getBoundingClientRect().width ?? 0;
    table.current.style.setProperty("--first-column", `${String(first)}px`);
  }, [table, frozen, widths, printed]);
}
