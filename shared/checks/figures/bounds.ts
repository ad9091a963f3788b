import type { Statement } from "../../narrative/read/statements.ts";
import type { TextContext } from "../text/text-context.ts";
import { roundingEnvelope } from "../tolerance.ts";

/** Quantities of which one can never be more than the other. */
export const bounds: readonly (readonly [part: string, whole: string])[] = [
  ["income.fiscal", "fiscal_sum"],
  ["general_expense", "fiscal_sum"],
  ["fiscal_expense", "fiscal_sum"],
  ["fiscal_sum", "both_sum"],
  ["fiscal_sum", "income_sum"],
  ["income_total", "both_sum"],
  ["expense_total", "both_sum"],
  ["general_expense", "expense_total"],
  ["fiscal_expense", "expense_total"],
  ["general_basic", "general_expense"],
];

/** Whether another amount proves that this one is wrong; what is calculated from it is wrong as well. */
export function isOutOfBounds(
  statement: Statement,
  { firstMention, tables }: TextContext,
): boolean {
  return (
    tables === undefined &&
    bounds.some(([small, large]) => {
      const [part, whole] = [firstMention(small), firstMention(large)];
      return (
        part !== undefined &&
        whole?.statement === statement &&
        part.figure.value - whole.figure.value > roundingEnvelope(4)
      );
    })
  );
}
