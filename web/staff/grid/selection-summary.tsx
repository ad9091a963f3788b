import { cellAddress } from "../../../shared/forms/cell.ts";
import type { PrintedTable } from "../../../shared/forms/layout.ts";
import { printWan } from "../../../shared/money.ts";
import type { Position } from "./positions.ts";

/** Count, sum and average of the figures selected, as at the foot of a spreadsheet. */
export function SelectionSummary({
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
