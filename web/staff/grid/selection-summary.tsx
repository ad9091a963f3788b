import type { PrintedTable } from "../../../shared/forms/layout.ts";
import { printExact, printWan } from "../../../shared/money.ts";
import { columnsOfRow, type Range } from "./positions.ts";

/** Count, sum and average of the figures selected, as at the foot of a spreadsheet. */
export function SelectionSummary({
  printed: { body, unitLabel },
  range,
}: {
  printed: PrintedTable;
  range: Range;
}) {
  const chosen = body.slice(range.top, range.bottom + 1).flatMap((cells) => {
    const columns = columnsOfRow(cells);
    return cells.flatMap((cell, index) => {
      const column = columns[index] ?? 0;
      return cell.kind === "value" && column >= range.left && column <= range.right ? [cell] : [];
    });
  });
  const figures = chosen.flatMap(({ valueKind: kind, value }) =>
    value === undefined ? [] : [{ kind, value }],
  );
  const kinds = new Set(figures.map(({ kind }) => kind));
  const sum = figures.reduce((all, { value }) => all + value, 0);
  const print = (value: number) => {
    if (!kinds.has("money")) return String(value);
    return unitLabel.includes("万元")
      ? printWan(value)
      : printExact(value, "yuan", { thousands: true });
  };
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
