import { parseCellAddress, type CellAddress } from "../../forms/cell.ts";
import { exactWan } from "../../forms/place-name.ts";
import { printHundredths } from "../../money.ts";
import type { TableId } from "../../forms/form.ts";
import { cellValue, type Report } from "../../report/report.ts";
import type { Sections } from "../../report/sections.ts";
import { roundingsOf } from "../context.ts";
import { closeness } from "../tolerance.ts";

/** How rules over the sections compare and print amounts. */

/** Further apart than roundings explain; `terms` as in `closeness`: of both sides together but one. */
export const isApart = (report: Report, left: number, right: number, terms = 1): boolean =>
  closeness(Math.abs(left - right), terms, roundingsOf(report)) === "apart";

/** Above a limit by more than rounding explains. */
export const isAbove = (report: Report, amount: number, limit: number, terms = 1): boolean =>
  amount > limit && isApart(report, amount, limit, terms);

export const wan = (fen: number): string => `${exactWan(fen)}万元`;

/** Hundredths of a point: 96.02. */
export const points = (hundredths: number): string => printHundredths(hundredths, { trim: true });

export const sumOf = (amounts: readonly number[]): number =>
  amounts.reduce((sum, amount) => sum + amount, 0);

/** A cell of a report, or of a unit's edition; `undefined` when empty. */
export function valueAt(
  { sections }: { readonly sections: Pick<Sections, TableId> },
  cell: CellAddress,
): number | undefined {
  const ref = parseCellAddress(cell);
  return ref && cellValue(sections, ref);
}
