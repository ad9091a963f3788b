import type { ClipboardEvent } from "react";
import type { PrintedTable } from "../../../shared/forms/layout.ts";
import { cellAddress } from "../../../shared/forms/cell.ts";
import { rangeIn, typed, type Grid, type GridState, type TypingAct } from "./grid-state.ts";
import { copyRange, layOver, parseClipboard, printClipboard } from "./paste.ts";
import { positionsIn } from "./positions.ts";

/** Copy, cut and paste of the selection, as with any spreadsheet. */
export function useGridClipboard(
  grid: Grid,
  state: GridState,
  { printed, onAct }: { readonly printed: PrintedTable; readonly onAct: (act: TypingAct) => void },
) {
  const range = state.mode === "editing" ? undefined : rangeIn(grid, state);
  const type = (acts: readonly TypingAct[]) => {
    for (const act of acts) onAct(act);
  };
  const chosen = () => (range === undefined ? [] : positionsIn(grid.rows, range));
  const onCopy = (event: ClipboardEvent) => {
    if (range === undefined) return;
    event.preventDefault();
    const texts = copyRange(printed.body, range, ({ ref }) => grid.textOf(cellAddress(ref)));
    event.clipboardData.setData("text/plain", printClipboard(texts));
  };
  const onCut = (event: ClipboardEvent) => {
    onCopy(event);
    if (range === undefined || !grid.editable) return;
    type(
      typed(
        grid,
        chosen().map((position) => ({ position, text: "" })),
      ),
    );
  };
  const onPaste = (event: ClipboardEvent) => {
    if (!grid.editable || range === undefined) return;
    event.preventDefault();
    const block = parseClipboard(event.clipboardData.getData("text/plain"));
    const [only] = block[0] ?? [];
    const isOne = block.length === 1 && block[0]?.length === 1;
    const cells = chosen();
    if (cells.length > 1 && isOne && only !== undefined) {
      type(
        typed(
          grid,
          cells.map((position) => ({ position, text: only })),
        ),
      );
      return;
    }
    const pasted = layOver(grid.rows, { row: range.top, column: range.left }, block);
    type(typed(grid, pasted.cells, pasted.skipped));
  };
  return { onCopy, onCut, onPaste };
}
