import type { ChangeClaim, Statement } from "../../narrative/read/statements.ts";
import type { PrintedFigure } from "../../narrative/read/printed-figure.ts";
import { plus, rounded, type Rounded } from "../text/ratio.ts";
import type { TextContext } from "../text/text-context.ts";
import { isOutOfBounds } from "./bounds.ts";

/** A change that a text states, with the figures that it follows from. */
export interface StatedChange {
  readonly statement: Statement;
  readonly change: ChangeClaim;
  /** −1 of a decrease. */
  readonly sign?: 1 | -1;
  readonly current?: Rounded;
  readonly difference?: Rounded;
  readonly base?: Rounded;
}

const signOf = { up: 1, down: -1, unresolved: undefined } as const;

/** Every change that the text states, but of amounts that another amount proves wrong. */
export function changesIn(context: TextContext): StatedChange[] {
  return context.text.statements.flatMap((statement) =>
    (isOutOfBounds(statement, context) ? [] : statement.changes).map((change): StatedChange => {
      const { difference, direction, rateDirection } = change;
      const sign =
        signOf[direction ?? rateDirection ?? "unresolved"] ?? signOf[rateDirection ?? "unresolved"];
      const amount = statement.amount ?? amountElsewhere(statement, context);
      const current = amount && rounded(amount);
      const by = difference && rounded(difference);
      const base =
        change.base?.kind === "budget"
          ? (budgetOf(statement) ??
            (statement.budgets.length > 0 ? undefined : beforeChange({ current, by, sign })))
          : baseOf(statement, { current, by, sign });
      // Where no amount is given, the change is the difference of both years.
      const prior = statement.priorAmount !== undefined && by === undefined ? base : undefined;
      const between = prior && current && plus(current, prior, -1);
      const apart = by ?? (between && { ...between, value: Math.abs(between.value) });
      return {
        statement,
        change,
        ...(sign && { sign }),
        ...(current && { current }),
        ...(apart && { difference: apart }),
        ...(base && { base }),
      };
    }),
  );
}

/** A change in another sentence than its amount: “三公”经费决算数比2023年度减少…. */
function amountElsewhere({ concept, chapter }: Statement, context: TextContext) {
  if (concept === undefined) return undefined;
  const stated = [concept.id, ...(oneSideOf[concept.id] ?? [])]
    .map((id) => firstAmounts(context).get(`${chapter}|${id}`))
    .filter((one) => one !== undefined);
  return stated.toSorted((a, b) => a.index - b.index)[0]?.amount;
}

interface FirstAmount {
  readonly index: number;
  readonly amount: PrintedFigure;
}

/** The first amount of every concept in every chapter, with the place of its statement; looked up once a text. */
const amounts = new WeakMap<TextContext, ReadonlyMap<string, FirstAmount>>();

function firstAmounts(context: TextContext): ReadonlyMap<string, FirstAmount> {
  const known = amounts.get(context);
  if (known !== undefined) return known;
  const first = new Map<string, FirstAmount>();
  for (const [index, { chapter, concept, amount }] of context.text.statements.entries()) {
    const key = `${chapter}|${concept?.id ?? ""}`;
    if (amount !== undefined && !first.has(key)) first.set(key, { index, amount });
  }
  amounts.set(context, first);
  return first;
}

/** 收、支总计 may be given as 收入总计 or 支出总计, which are equal. */
const oneSideOf: { readonly [concept: string]: readonly string[] } = {
  both_sum: ["income_sum", "expense_sum"],
  fiscal_sum: ["fiscal_income_sum", "fiscal_expense_sum"],
};

/** The one budget that a statement names beside its amount. */
export function budgetOf({ budgets }: Statement): Rounded | undefined {
  const [only, another] = budgets;
  return only === undefined || another !== undefined ? undefined : rounded(only.figure);
}

interface Change {
  readonly current: Rounded | undefined;
  readonly by: Rounded | undefined;
  readonly sign: 1 | -1 | undefined;
}

const baseOf = ({ priorAmount }: Statement, change: Change): Rounded | undefined =>
  priorAmount === undefined ? beforeChange(change) : rounded(priorAmount);

/** What it was before the change: the amount less its increase. */
function beforeChange({ current, by, sign }: Change): Rounded | undefined {
  if (current === undefined || by === undefined) return undefined;
  if (by.value === 0) return current;
  return sign === undefined ? undefined : plus(current, by, sign === 1 ? -1 : 1);
}
