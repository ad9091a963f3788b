import type { CellAddress } from "../../../shared/forms/cell.ts";
import {
  moveFrom,
  positionsIn,
  rangeOf,
  type Move,
  type Position,
  type Range,
} from "./positions.ts";

/**
 * What somebody does in the grid, without a browser: keys and the mouse lead from one mode to the next, and what the
 * page has to do besides comes out as acts.
 */
export type GridState =
  | { readonly mode: "idle" }
  | RangeState
  | {
      readonly mode: "editing";
      readonly active: CellAddress;
      readonly text: string;
      /** Typed over, not opened: arrows then leave the cell, as in a spreadsheet. */
      readonly isOver: boolean;
      readonly tabbedFrom?: CellAddress | undefined;
    };

interface RangeState {
  readonly mode: "range";
  readonly active: CellAddress;
  /** The corner opposite to the active cell; absent while a single cell is selected. */
  readonly corner?: CellAddress | undefined;
  /** Where a run of Tabs began: Enter returns below it. */
  readonly tabbedFrom?: CellAddress | undefined;
}

/** The grid as far as its modes need it. */
export interface Grid {
  readonly rows: readonly (readonly Position[])[];
  readonly byAddress: ReadonlyMap<CellAddress, Position>;
  readonly editable: boolean;
  /** Cells whose figure is computed: nobody types in them. */
  readonly locked: ReadonlySet<CellAddress>;
  /** The text an editor starts with. */
  readonly textOf: (address: CellAddress) => string;
}

export type GridEvent =
  | {
      readonly type: "key";
      readonly key: string;
      /** Ctrl, or ⌘ on a Mac. */
      readonly isCommand: boolean;
      readonly isShift: boolean;
      readonly isAlt: boolean;
    }
  /** The text in the editor changed. */
  | { readonly type: "write"; readonly text: string }
  /** The editor lost the focus. */
  | { readonly type: "leave" }
  | { readonly type: "press"; readonly address: CellAddress; readonly isShift: boolean }
  | { readonly type: "drag"; readonly address: CellAddress }
  | { readonly type: "open"; readonly address: CellAddress };

/** A text somebody typed or pasted for a cell; the page reads it as an amount or a count. */
export interface TypedCell {
  readonly position: Position;
  readonly text: string;
}

export type GridAct =
  | TypingAct
  | PasteAct
  | { readonly kind: "undo" | "redo" }
  /** The table takes the focus back from its editor. */
  | { readonly kind: "focus" };

export type TypingAct =
  /** `skipped`: texts that fell on names, computed cells or outside of the table. */
  | { readonly kind: "type"; readonly cells: readonly TypedCell[]; readonly skipped: number }
  /** Somebody began to type in a computed cell. */
  | { readonly kind: "locked"; readonly position: Position };

/** A block of texts was pasted at a cell; the page finds out what goes where. */
export interface PasteAct {
  readonly kind: "paste";
  readonly block: readonly (readonly string[])[];
  readonly at: { readonly row: number; readonly column: number };
}

export interface Step {
  readonly state: GridState;
  readonly acts: readonly GridAct[];
  /** The browser must not act on the event as well. */
  readonly isTaken: boolean;
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

export const idle: GridState = { mode: "idle" };

export const selecting = (active: CellAddress): GridState => ({ mode: "range", active });

/** Leads from one state to the next; `state` names cells of `grid` alone, and so does what comes out. */
export function step(grid: Grid, state: GridState, event: GridEvent): Step {
  switch (event.type) {
    case "key":
      return state.mode === "editing"
        ? editorKey(grid, state, event)
        : event.isCommand
          ? commandKey(grid, state, event)
          : plainKey(grid, state, event);
    case "write":
      return state.mode === "editing" ? taken({ ...state, text: event.text }) : ignored(state);
    case "leave":
      return state.mode === "editing" ? closed(grid, state) : ignored(state);
    case "press":
      return press(grid, state, event);
    case "drag":
      return state.mode === "range" &&
        grid.byAddress.has(event.address) &&
        event.address !== (state.corner ?? state.active)
        ? taken({ ...state, corner: event.address })
        : ignored(state);
    case "open": {
      const position = grid.byAddress.get(event.address);
      const isOpen = state.mode === "editing" && state.active === event.address;
      return position === undefined || isOpen
        ? ignored(state)
        : opened(grid, state, { position, text: grid.textOf(position.address) });
    }
  }
}

/** The cells selected, as a rectangle of the printed body; undefined while none is. */
export function rangeIn(grid: Pick<Grid, "byAddress">, state: GridState): Range | undefined {
  if (state.mode === "idle") return undefined;
  const active = grid.byAddress.get(state.active);
  if (active === undefined) return undefined;
  const corner = state.mode === "range" ? state.corner : undefined;
  return rangeOf(active, grid.byAddress.get(corner ?? active.address) ?? active);
}

/** What falls on computed cells is left out, and counted with what fell beside the table. */
export function typed(
  { locked }: Pick<Grid, "locked">,
  cells: readonly TypedCell[],
  skipped = 0,
): readonly TypingAct[] {
  const free = cells.filter(({ position }) => !locked.has(position.address));
  const [first] = cells;
  if (first !== undefined && free.length === 0)
    return [{ kind: "locked", position: first.position }];
  return [{ kind: "type", cells: free, skipped: skipped + cells.length - free.length }];
}

const ignored = (state: GridState): Step => ({ state, acts: [], isTaken: false });
const taken = (state: GridState, acts: readonly GridAct[] = []): Step => ({
  state,
  acts,
  isTaken: true,
});

type Editing = Extract<GridState, { mode: "editing" }>;
type Key = Extract<GridEvent, { type: "key" }>;

function opened(
  grid: Grid,
  state: GridState,
  {
    position,
    text,
    isOver = false,
  }: { readonly position: Position; readonly text: string; readonly isOver?: boolean },
): Step {
  if (!grid.editable) return ignored(state);
  const { address } = position;
  if (grid.locked.has(address)) return taken(selecting(address), [{ kind: "locked", position }]);
  const tabbedFrom = state.mode === "idle" ? undefined : state.tabbedFrom;
  return taken({ mode: "editing", active: address, text, isOver, tabbedFrom });
}

/** The editor closes, and what was typed is taken over; `then` leads on from its cell. */
function closed(grid: Grid, state: Editing, then?: Move): Step {
  const position = grid.byAddress.get(state.active);
  if (position === undefined) return taken(idle);
  const acts =
    state.text === grid.textOf(state.active) ? [] : typed(grid, [{ position, text: state.text }]);
  const { active, tabbedFrom } = state;
  const left: RangeState = { mode: "range", active, tabbedFrom };
  return then === undefined
    ? taken(left, acts)
    : taken(stepped(grid, left, then), [...acts, { kind: "focus" }]);
}

/** By Tab and Enter: Enter goes below where the Tabs began. */
function stepped({ rows, byAddress }: Grid, state: RangeState, move: Move): GridState {
  const active = byAddress.get(state.active);
  if (active === undefined) return idle;
  const begun = byAddress.get(state.tabbedFrom ?? state.active) ?? active;
  if (move === "next") {
    const { address } = moveFrom(rows, active, move);
    return { mode: "range", active: address, tabbedFrom: begun.address };
  }
  return selecting(moveFrom(rows, move === "down" ? begun : active, move).address);
}

function moved(grid: Grid, state: GridState, move: Move, isExtending: boolean): GridState {
  const [first] = grid.rows.flat();
  if (state.mode === "idle") return first === undefined ? idle : selecting(first.address);
  const corner = state.mode === "range" ? state.corner : undefined;
  const from = grid.byAddress.get((isExtending ? corner : undefined) ?? state.active);
  if (from === undefined) return first === undefined ? idle : selecting(first.address);
  const { address } = moveFrom(grid.rows, from, move);
  return isExtending
    ? { mode: "range", active: state.active, corner: address }
    : selecting(address);
}

function editorKey(grid: Grid, state: Editing, { key, isShift }: Key): Step {
  if (key === "Escape") {
    const { active, tabbedFrom } = state;
    return taken({ mode: "range", active, tabbedFrom }, [{ kind: "focus" }]);
  }
  if (key === "Enter") return closed(grid, state, isShift ? "up" : "down");
  if (key === "Tab") return closed(grid, state, isShift ? "previous" : "next");
  const move = key.startsWith("Arrow") ? moves[key] : undefined;
  return state.isOver && move !== undefined ? closed(grid, state, move) : ignored(state);
}

function commandKey(grid: Grid, state: GridState, { key, isShift }: Key): Step {
  const far = farMoves[key];
  if (far !== undefined) return taken(moved(grid, state, far, isShift));
  const letter = key.toLowerCase();
  if (letter === "a") {
    const all = grid.rows.flat();
    const [first, last] = [all[0], all.at(-1)];
    if (first === undefined || last === undefined) return ignored(state);
    return taken({ mode: "range", active: first.address, corner: last.address });
  }
  if (!grid.editable) return ignored(state);
  if (letter === "z") return taken(state, [{ kind: isShift ? "redo" : "undo" }]);
  if (letter === "y") return taken(state, [{ kind: "redo" }]);
  const range = rangeIn(grid, state);
  if (range === undefined) return ignored(state);
  if (letter === "d") return taken(state, filled(grid, range, "down"));
  if (letter === "r") return taken(state, filled(grid, range, "right"));
  return ignored(state);
}

/** Ctrl+D and Ctrl+R: the first row or column of a selection over the rest; a single cell takes from its neighbour. */
function filled(grid: Grid, range: Range, way: "down" | "right"): readonly GridAct[] {
  const chosen = positionsIn(grid.rows, range);
  const [only] = chosen;
  const neighbour =
    chosen.length === 1 && only !== undefined
      ? moveFrom(grid.rows, only, way === "down" ? "up" : "left")
      : undefined;
  const isFirst = ({ row, column }: Position) =>
    way === "down" ? row === range.top : column === range.left;
  const line = ({ row, column }: Position) => (way === "down" ? column : row);
  const sources = new Map(
    (neighbour === undefined ? chosen.filter(isFirst) : [neighbour]).map((one) => [line(one), one]),
  );
  const cells = chosen.flatMap((position): TypedCell[] => {
    const source = sources.get(line(position));
    return source === undefined || source === position
      ? []
      : [{ position, text: grid.textOf(source.address) }];
  });
  return cells.length === 0 ? [] : typed(grid, cells);
}

function plainKey(grid: Grid, state: GridState, { key, isShift, isAlt }: Key): Step {
  const move = moves[key];
  if (move !== undefined) return taken(moved(grid, state, move, isShift));
  const active = state.mode === "idle" ? undefined : grid.byAddress.get(state.active);
  if (state.mode !== "range" || active === undefined || isAlt) return ignored(state);
  if (key === "Escape") {
    const isSeveral = (state.corner ?? state.active) !== state.active;
    return taken(isSeveral ? selecting(state.active) : idle);
  }
  if (key === "Tab") {
    const way = isShift ? "previous" : "next";
    // From the last cell on, the keyboard leaves the grid.
    if (moveFrom(grid.rows, active, way) === active) return ignored(state);
    return taken(stepped(grid, state, way));
  }
  if (key === "Enter") return taken(stepped(grid, state, isShift ? "up" : "down"));
  if (key === "F2") {
    return {
      ...opened(grid, state, { position: active, text: grid.textOf(active.address) }),
      isTaken: true,
    };
  }
  if ((key === "Delete" || key === "Backspace") && grid.editable) {
    const range = rangeIn(grid, state);
    const chosen = range === undefined ? [] : positionsIn(grid.rows, range);
    return taken(
      state,
      typed(
        grid,
        chosen.map((position) => ({ position, text: "" })),
      ),
    );
  }
  if (key === "Process") {
    // An input method begins: the editor must have the focus before the first letter comes, and the letter is its own.
    return { ...opened(grid, state, { position: active, text: "", isOver: true }), isTaken: false };
  }
  if (key.length === 1 && key !== " ") {
    return { ...opened(grid, state, { position: active, text: key, isOver: true }), isTaken: true };
  }
  return ignored(state);
}

function press(
  grid: Grid,
  state: GridState,
  { address, isShift }: Extract<GridEvent, { type: "press" }>,
): Step {
  if (!grid.byAddress.has(address)) return ignored(state);
  if (state.mode === "editing" && state.active === address) return ignored(state);
  const left = state.mode === "editing" ? closed(grid, state) : taken(state);
  const next: GridState =
    isShift && left.state.mode === "range"
      ? { mode: "range", active: left.state.active, corner: address }
      : selecting(address);
  return taken(next, [...left.acts, { kind: "focus" }]);
}
