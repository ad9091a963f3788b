import {
  useEffect,
  useId,
  useMemo,
  useRef,
  type KeyboardEvent,
  type MouseEvent,
  type RefObject,
} from "react";
import type { CellAddress } from "../../../shared/forms/cell.ts";
import type { PrintedTable } from "../../../shared/forms/layout.ts";
import { BodyRow, cellId, HeadRow, type CellMark } from "./grid-row.tsx";
import { rangeIn, type Grid, type GridEvent, type GridState } from "./grid-state.ts";
import { positionsIn, type Position } from "./positions.ts";
import { SelectionSummary } from "./selection-summary.tsx";
import { useGridClipboard } from "./use-grid-clipboard.ts";
import { useGridState, type GridActs } from "./use-grid-state.ts";
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
  const { printed, rows, label, editable, unread, locked, editText } = props;
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
  useRevealed(frame, active && cellId(gridId, active));
  const headRows = printed.head.length + (printed.columnNumbers === undefined ? 0 : 1);

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
          {...clipboard}
          {...listeners(state, send)}
        >
          <thead>
            {printed.head.map((cells, row) => (
              <HeadRow key={row} index={row + 1} cells={cells} />
            ))}
            {printed.columnNumbers && (
              <HeadRow index={headRows} cells={printed.columnNumbers} numbers />
            )}
          </thead>
          <GridBody
            {...props}
            {...{ gridId, state, send, active, headRows }}
            range={chosen.length > 1 ? range : undefined}
          />
          <tfoot>
            {printed.notes.map((note) => (
              <tr key={note}>
                <td colSpan={widthOf(printed)}>{note}</td>
              </tr>
            ))}
          </tfoot>
        </table>
      </div>
      {chosen.length > 1 && <SelectionSummary printed={printed} chosen={chosen} />}
      {editable && (
        <p className="form-grid-keys" id={`${gridId}-keys`}>
          {keyHelp}
        </p>
      )}
    </>
  );
}

function GridBody({
  printed,
  marks,
  unread,
  locked,
  editable,
  pale,
  nameOf,
  gridId,
  rows,
  state,
  send,
  active,
  headRows,
  range,
}: FormGridProps & {
  readonly gridId: string;
  readonly state: GridState;
  readonly send: (event: GridEvent) => boolean;
  readonly active: Position | undefined;
  readonly headRows: number;
  readonly range: ReturnType<typeof rangeIn>;
}) {
  return (
    <tbody>
      {printed.body.map((cells, row) => (
        <BodyRow
          key={row}
          {...{ gridId, row, cells, marks, unread, locked, editable }}
          ariaRow={headRows + row + 1}
          pale={pale?.has(rows[row]?.[0]?.ref.row ?? "") === true}
          active={active?.row === row ? active.address : undefined}
          range={range !== undefined && row >= range.top && row <= range.bottom ? range : undefined}
          editor={
            state.mode === "editing" && active?.row === row ? (
              <input
                autoFocus
                aria-label={nameOf(state.active)}
                inputMode="decimal"
                autoComplete="off"
                value={state.text}
                onChange={(event) => void send({ type: "write", text: event.target.value })}
                onBlur={() => void send({ type: "leave" })}
              />
            ) : undefined
          }
          edited={state.mode === "editing" ? state.active : undefined}
        />
      ))}
    </tbody>
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

const widthOf = ({ body }: PrintedTable): number =>
  Math.max(
    1,
    ...body.map((cells) =>
      cells.reduce((sum, cell) => sum + ("colspan" in cell ? (cell.colspan ?? 1) : 1), 0),
    ),
  );
