import type { ClipboardEvent } from "react";
import type { PrintedTable } from "../../../shared/forms/layout.ts";
import { cellAddress } from "../../../shared/forms/cell.ts";
import {
  rangeIn,
  typed,
  type Grid,
  type GridState,
  type PasteAct,
  type TypingAct,
} from "./grid-state.ts";
import { tableInHtml } from "./clipboard-html.ts";
import { copyRange, parseClipboard, printClipboard } from "./paste.ts";
import { positionsIn } from "./positions.ts";

/** The cells on the clipboard: of the table that a spreadsheet leaves there, else of its text. */
function blockOf(data: DataTransfer): readonly (readonly string[])[] {
  return tableInHtml(data.getData("text/html")) ?? parseClipboard(data.getData("text/plain"));
}

/** Copy, cut and paste of the selection, as with any spreadsheet. */
export function useGridClipboard(
  grid: Grid,
  state: GridState,
  {
    printed,
    onAct,
  }: { readonly printed: PrintedTable; readonly onAct: (act: TypingAct | PasteAct) => void },
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
    const block = blockOf(event.clipboardData);
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
    onAct({ kind: "paste", block, at: { row: range.top, column: range.left } });
  };
  return { onCopy, onCut, onPaste };
}
