import { printedValue, type PrintedTable } from "../../../shared/forms/layout.ts";
import type { CellKind } from "../../../shared/forms/form.ts";
import { printExact, type AmountUnit } from "../../../shared/money.ts";
import { readCell } from "../editing/typed-cells.ts";

/** A table as it is shown to whoever types it in 元: amounts to the 分, where paper has 万元. */
export function inYuan(printed: PrintedTable): PrintedTable {
  return {
    ...printed,
    unitLabel: printed.unitLabel.replace("万元", "元"),
    body: printed.body.map((cells) =>
      cells.map((cell) =>
        cell.kind === "value" && cell.valueKind === "money" && cell.value !== undefined
          ? { ...cell, text: printExact(cell.value, "yuan", { thousands: true }) }
          : cell,
      ),
    ),
  };
}

/** 分 that are printed: a hundredth of 万元. */
const printedFen = 10_000;

/** What a text that is typed will be printed as, in 万元; undefined where it is printed just so, or is no amount. */
export function printedAs(kind: CellKind, text: string, unit: AmountUnit): string | undefined {
  if (kind !== "money") return undefined;
  const read = readCell(text, kind, unit);
  if (!read.ok || read.value === undefined) return undefined;
  const isOtherwise =
    unit === "yuan" || read.value % printedFen !== 0 || /[万元]/u.test(text.normalize("NFKC"));
  return isOtherwise ? `印出 ${printedValue(kind, read.value)} 万元` : undefined;
}
