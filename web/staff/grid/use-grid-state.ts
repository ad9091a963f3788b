import { useRef, useState, type RefObject } from "react";
import { flushSync } from "react-dom";
import type { CellAddress } from "../../../shared/forms/cell.ts";
import { useOpenEditor } from "../editing/use-open-editor.ts";
import {
  idle,
  selecting,
  step,
  typed,
  type Grid,
  type GridAct,
  type GridEvent,
  type GridState,
} from "./grid-state.ts";

/** What the page does for the grid. */
export interface GridActs {
  readonly onSelect: (address: CellAddress | undefined) => void;
  readonly onAct: (act: Exclude<GridAct, { kind: "focus" }>) => void;
}

/**
 * The modes of the grid on a page: which cell is selected is the page's to say, whether it is open for typing and how
 * far the selection goes is the grid's.
 */
export function useGridState(
  grid: Grid,
  selected: CellAddress | undefined,
  { table, onSelect, onAct }: GridActs & { readonly table: RefObject<HTMLElement | null> },
): { readonly state: GridState; readonly send: (event: GridEvent) => boolean } {
  const [own, setOwn] = useState(idle);
  /** As of the last event: leaving the editor takes the focus from it, which must not end the edit a second time. */
  const latest = useRef(own);
  const stateWith = (mine: GridState): GridState => {
    if (mine.mode === "editing" && grid.byAddress.has(mine.active)) return mine;
    if (selected === undefined || !grid.byAddress.has(selected)) return idle;
    return mine.mode === "range" && mine.active === selected ? mine : selecting(selected);
  };
  const run = (acts: readonly GridAct[]) => {
    for (const act of acts) {
      if (act.kind === "focus") table.current?.focus({ preventScroll: true });
      else onAct(act);
    }
  };
  const send = (event: GridEvent): boolean => {
    const before = stateWith(latest.current);
    const { state, acts, isTaken } = step(grid, before, event);
    if (state !== before) {
      latest.current = state;
      const active = state.mode === "idle" ? undefined : state.active;
      const show = () => {
        setOwn(state);
        if (active !== selected) onSelect(active);
      };
      // An input method writes into what has the focus when its first letter comes.
      if (state.mode === "editing" && before.mode !== "editing") flushSync(show);
      else show();
    }
    run(acts);
    return isTaken;
  };

  // Taken over at its cell, open or not: the tab may be closed, or another part opened, without a blur.
  const takenOver = useRef<GridState>(undefined);
  useOpenEditor(() => {
    const state = latest.current;
    if (state.mode !== "editing" || takenOver.current === state) return;
    const position = grid.byAddress.get(state.active);
    if (position === undefined || state.text === grid.textOf(state.active)) return;
    takenOver.current = state;
    run(typed(grid, [{ position, text: state.text }]));
  });
  return { state: stateWith(own), send };
}
