import type { TextContext, FirstMention } from "../text/text-context.ts";
import { type TextFault, quoteAt } from "../text/text-finding.ts";
import { roundingEnvelope } from "../tolerance.ts";
import { exactWan } from "../../forms/place-name.ts";
import { equal } from "../relations/compare.ts";
import { cell } from "../relations/terms.ts";
import { neverTheCause, type Rule } from "../rule.ts";

export function unequalTotals({ firstMention }: TextContext): TextFault[] {
  const [income, expense] = [firstMention("income_sum"), firstMention("expense_sum")];
  if (income === undefined || expense === undefined) return [];
  const gap = Math.abs(income.figure.value - expense.figure.value);
  if (gap > roundingEnvelope(2)) {
    return [
      {
        ...quoteAt(expense.statement.block, expense.figure.start),
        actual: expense.figure.text,
        expected: income.figure.text,
        what: `支出总计${expense.figure.text}与收入总计${income.figure.text}不等，相差${exactWan(gap)}万元`,
        mend: "收支总计应当相等，核对后改正",
      },
    ];
  }
  const [by, other] = [changeOf(expense), changeOf(income)];
  if (by === undefined || other === undefined || by.signed === other.signed) return [];
  if (Math.abs(by.signed - other.signed) <= roundingEnvelope(2)) return [];
  return [
    {
      ...quoteAt(expense.statement.block, by.figure.start),
      actual: by.figure.text,
      expected: other.figure.text,
      what: `收入总计与支出总计两年都相等，增减额却不同：收入${other.figure.text}，支出${by.figure.text}`,
      mend: "核对两处的增减额和增减方向",
    },
  ];
}

/** By how much a statement says its amount differs from last year's, with its sign. */
export function changeOf({ statement }: FirstMention) {
  const change = statement.changes.find(({ base }) => base?.kind !== "budget");
  const { difference: figure, direction } = change ?? {};
  if (figure === undefined || (direction !== "up" && direction !== "down")) return undefined;
  return { figure, signed: direction === "up" ? figure.value : -figure.value };
}

export const totalOfBothSidesRules: readonly Rule[] = [
  {
    id: "R005",
    statement: "公开01表：收入总计 = 支出总计",
    severity: "error",
    cells: equal(cell("t01", "expense_sum", "final"), cell("t01", "income_sum", "final")),
    text: { amounts: { causeRank: neverTheCause }, run: unequalTotals },
  },
];
