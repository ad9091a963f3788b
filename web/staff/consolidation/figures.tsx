import type { CellAddress } from "../../../shared/forms/cell.ts";
import type { Edition } from "../../../shared/forms/form.ts";
import { cellName, printFigure } from "../../../shared/forms/place-name.ts";

/** How the desk words figures, and what it does when one is pressed. */
export interface Figures {
  readonly text: (value: number | undefined, cell: string) => string;
  /** An amount that a cell is adjusted by. */
  readonly change: (adjusted: { readonly cell: string; readonly fen: number }) => string;
  /** Shows what a cell is made of. */
  readonly open: (cell: string) => void;
}

export function figuresOf(edition: Edition, open: Figures["open"]): Figures {
  const text: Figures["text"] = (value, cell) =>
    value === undefined ? "（空）" : printFigure(value, cell as CellAddress, edition);
  return {
    text,
    open,
    change: ({ cell, fen }) =>
      `${cellName(cell as CellAddress, edition)} ${fen > 0 ? "+" : ""}${text(fen, cell)}`,
  };
}

/** A cell of the department by its name; pressed, it shows what it is made of. */
export const CellButton = ({
  at: { cell, label },
  figures: { open },
}: {
  at: { readonly cell: string; readonly label: string };
  figures: Pick<Figures, "open">;
}) => (
  <button type="button" className="link" onClick={() => open(cell)}>
    {label}
  </button>
);
