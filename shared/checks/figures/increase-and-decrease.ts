import type { Statement, ChangeClaim, VerdictClaim } from "../../narrative/read/statements.ts";
import { type Rounded, rounded, plus, agreement, percentOf } from "../text/ratio.ts";
import type { TextContext } from "../text/text-context.ts";
import { isOutOfBounds } from "./bounds.ts";
import type { PrintedFigure } from "../../narrative/read/printed-figure.ts";
import { type TextFault, quoteAt } from "../text/text-finding.ts";
import { exactWan } from "../../forms/place-name.ts";
import type { CellAddress } from "../../forms/cell.ts";
import { wrongDirections } from "../wording/rewording.ts";
import { neverTheCause, type Rule } from "../rule.ts";

/** A change with the figures it is reckoned from. */
interface Reckoned {
  readonly statement: Statement;
  readonly change: ChangeClaim;
  /** −1 of a decrease. */
  readonly sign?: 1 | -1;
  readonly current?: Rounded;
  readonly difference?: Rounded;
  readonly base?: Rounded;
}

const signOf = { up: 1, down: -1, unresolved: undefined } as const;

function reckoned(context: TextContext): Reckoned[] {
  return context.text.statements.flatMap((statement) =>
    (isOutOfBounds(statement, context) ? [] : statement.changes).map((change): Reckoned => {
      const { difference, direction, rateDirection } = change;
      const sign =
        signOf[direction ?? rateDirection ?? "unresolved"] ?? signOf[rateDirection ?? "unresolved"];
      const amount = statement.amount ?? amountElsewhere(statement, context);
      const current = amount && rounded(amount);
      const by = difference && rounded(difference);
      const base =
        change.base?.kind === "budget"
          ? (budgetOf(statement) ??
            (statement.budgets.length > 0 ? undefined : reckonedBack({ current, by, sign })))
          : baseOf(statement, { current, by, sign });
      // Told without its amount, the change is the difference of both years.
      const told = statement.priorAmount !== undefined && by === undefined ? base : undefined;
      const between = told && current && plus(current, told, -1);
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

/** A change that is told apart from its amount: “三公”经费决算数比2023年度减少…. */
function amountElsewhere({ concept, chapter }: Statement, context: TextContext) {
  if (concept === undefined) return undefined;
  const told = [concept.id, ...(oneSideOf[concept.id] ?? [])]
    .map((id) => firstAmounts(context).get(`${chapter}|${id}`))
    .filter((one) => one !== undefined);
  return told.toSorted((a, b) => a.index - b.index)[0]?.amount;
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

/** 收、支总计 is told as 收入总计 and 支出总计, which are equal. */
const oneSideOf: { readonly [concept: string]: readonly string[] } = {
  both_sum: ["income_sum", "expense_sum"],
  fiscal_sum: ["fiscal_income_sum", "fiscal_expense_sum"],
};

function budgetOf({ budgets }: Statement): Rounded | undefined {
  const [only, another] = budgets;
  return only === undefined || another !== undefined ? undefined : rounded(only.figure);
}

function baseOf(
  { priorAmount }: Statement,
  told: { current: Rounded | undefined; by: Rounded | undefined; sign: 1 | -1 | undefined },
): Rounded | undefined {
  return priorAmount === undefined ? reckonedBack(told) : rounded(priorAmount);
}

/** What it was before the change: the amount less its increase. */
function reckonedBack(told: {
  current: Rounded | undefined;
  by: Rounded | undefined;
  sign: 1 | -1 | undefined;
}): Rounded | undefined {
  const { current, by, sign } = told;
  if (current === undefined || by === undefined) return undefined;
  if (by.value === 0) return current;
  return sign === undefined ? undefined : plus(current, by, sign === 1 ? -1 : 1);
}

const word = { up: "增长", down: "下降", unresolved: "增减" } as const;

function wrongRate({ statement, change, current, difference, base }: Reckoned): TextFault[] {
  const { rate } = change;
  if (rate === undefined || difference === undefined || base === undefined) return [];
  if (difference.value === 0) return [];
  if (base.value < -base.slack && current !== undefined && current.value >= 0) {
    return [
      {
        ...quoteAt(statement.block, rate.start),
        actual: change.difference?.text ?? rate.text,
        expected: `不超过${exactWan(current.value)}万元`,
        what: `增加${exactWan(difference.value)}万元，比本年数${exactWan(current.value)}万元还多，上年数成了负数`,
        mend: "核对增减方向、单位和本年数，改正有误的一处",
      },
    ];
  }
  if (base.value <= 0) return [];
  const verdict = agreement(rate, difference, base);
  if (verdict === "same") return [];
  const expected = percentOf(difference.value, base.value);
  const by = exactWan(difference.value);
  const against = change.base?.kind === "budget" ? "预算数" : "上年数";
  const byCurrent =
    current !== undefined && current.value > 0 && agreement(rate, difference, current) !== "apart";
  const cause =
    byCurrent && verdict === "apart" ? `（误除以了本年数${exactWan(current.value)}万元）` : "";
  return [
    {
      ...quoteAt(statement.block, rate.start),
      ...(verdict === "truncated" ? { severity: "hint" as const } : {}),
      actual: rate.text,
      expected,
      what:
        verdict === "truncated"
          ? `${rate.text}应为${expected}，为截位或四舍五入尾差`
          : `${word[change.rateDirection ?? "unresolved"]}率${rate.text}不对${cause}，应为${expected}（${by}÷${against}${exactWan(base.value)}）`,
      mend:
        verdict === "truncated"
          ? "按四舍五入保留两位小数"
          : `将${rate.text}改为${expected}，或核对增减额与决算数`,
    },
  ];
}

function beyondHundred({ statement, change, difference, base }: Reckoned): TextFault[] {
  const { rate, rateDirection } = change;
  if (rate === undefined || rateDirection !== "down" || rate.value <= 100) return [];
  if (difference !== undefined && base !== undefined) return [];
  return [
    {
      ...quoteAt(statement.block, rate.start),
      actual: rate.text,
      expected: "不超过100%",
      what: `下降${rate.text}，下降率不可能超过100%，分母应为上年数`,
      mend: "按 增减额÷上年数 重新计算",
    },
  ];
}

function rateOnZero({ statement, change, difference, base, current }: Reckoned): TextFault[] {
  const { rate } = change;
  if (rate === undefined || difference === undefined || base === undefined) return [];
  const against = change.base?.kind === "budget" ? "预算数" : "上年数";
  const at = quoteAt(statement.block, rate.start);
  if (difference.value === 0 && current?.value === 0) {
    return [
      {
        ...at,
        severity: "warning",
        actual: rate.text,
        expected: "持平（不写百分比）",
        what: `${statement.subject}本年与上年均为0，${word[change.rateDirection ?? "unresolved"]}${rate.text}没有意义（0÷0）`,
        mend: "写“与上年持平”，不写增减率",
      },
    ];
  }
  if (difference.value === 0 && rate.value !== 0) {
    return [
      {
        ...at,
        actual: rate.text,
        expected: "0%",
        what: `增减额为0，增减率不应为${rate.text}`,
        mend: "写“持平”，或核对增减额",
      },
    ];
  }
  if (base.value === 0 && difference.value !== 0) {
    return [
      {
        ...at,
        actual: rate.text,
        expected: "不可比（不写百分比）",
        what: `${against}为0，不能计算增减率`,
        mend: `写“${against === "上年数" ? "上年无此项" : "无预算"}”，不写百分比`,
      },
    ];
  }
  return [];
}

function contrary({ statement, change }: Reckoned): TextFault[] {
  const { direction, rateDirection, rate } = change;
  if (rate === undefined || direction === undefined || rateDirection === undefined) return [];
  if (direction === rateDirection || direction === "unresolved" || rateDirection === "unresolved")
    return [];
  const right = direction === "up" ? "增长" : "下降";
  return [
    {
      ...quoteAt(statement.block, rate.start),
      actual: word[rateDirection],
      expected: right,
      what: `增减额与增减率的方向相反：一处${direction === "up" ? "增加" : "减少"}，一处${word[rateDirection]}`,
      mend: "核对增减方向，改正有误的一处",
    },
  ];
}

/** The difference against a figure that stands beside it: a budget, or last year's amount. */
function wrongDifference({ statement, change, current, difference, sign }: Reckoned): TextFault[] {
  if (difference === undefined || current === undefined) return [];
  const base =
    change.base?.kind === "budget"
      ? budgetOf(statement)
      : statement.priorAmount && rounded(statement.priorAmount);
  if (base === undefined) return [];
  const gap = current.value - base.value;
  const at = quoteAt(statement.block, change.difference?.start ?? change.start);
  const slack = current.slack + base.slack + difference.slack;
  const right = exactWan(Math.abs(gap));
  const side = gap < 0 ? "减少" : "增加";
  if (Math.abs(Math.abs(gap) - difference.value) > slack) {
    return [
      {
        ...at,
        actual: change.difference?.text ?? "",
        expected: `${right}万元`,
        what: `增减额应为${right}万元（${exactWan(current.value)}−${exactWan(base.value)}）`,
        mend: `改为${side}${right}万元，或核对决算数`,
      },
    ];
  }
  if (sign === undefined || Math.abs(gap) <= slack || gap > 0 === sign > 0) return [];
  return [
    {
      ...at,
      actual: sign > 0 ? "增加" : "减少",
      expected: side,
      what: `方向写反，应为${side}`,
      mend: `改为${side}`,
    },
  ];
}

/** 与上年持平 beside a change, or beside another figure of last year. */
function notLevel(statement: Statement): TextFault[] {
  const { amount, priorAmount, changes } = statement;
  const change = changes.find(
    ({ base, difference }) => base?.kind !== "budget" && (difference?.value ?? 0) !== 0,
  )?.difference;
  const gap =
    amount === undefined || priorAmount === undefined
      ? 0
      : Math.abs(amount.value - priorAmount.value);
  const by = change?.value ?? gap;
  if (by === 0) return [];
  return statement.verdicts.flatMap(({ isOfYears, start }): TextFault[] =>
    isOfYears === true
      ? [
          {
            ...quoteAt(statement.block, start),
            actual: "持平",
            expected: `相差${exactWan(by)}万元`,
            what: `写与上年持平，同一句的增减额却是${exactWan(by)}万元`,
            mend: "删去“持平”，或核对增减额",
          },
        ]
      : [],
  );
}

/** The budget and the final of a verdict, as the sentence tells them or as the table prints them. */
function comparedIn(statement: Statement, { tables }: TextContext) {
  const { amount, budgets, concept } = statement;
  const told = budgetOf(statement);
  if (amount !== undefined && told !== undefined) return { budget: told, final: rounded(amount) };
  const [cell, another] = concept?.cells ?? [];
  const planned = concept?.budgets?.full ?? concept?.budgets?.initial;
  if (budgets.length > 0 || tables === undefined || cell === undefined || another !== undefined)
    return undefined;
  if (planned === undefined || !tables.has(cell) || !tables.has(planned)) return undefined;
  const read = (address: CellAddress) => ({ value: tables.value(address) ?? 0, slack: 5_000 });
  return { budget: read(planned), final: read(cell) };
}

function wrongVerdict(statement: Statement, context: TextContext): TextFault[] {
  const compared = comparedIn(statement, context);
  if (compared === undefined) return [];
  const { budget, final } = compared;
  const gap = final.value - budget.value;
  if (Math.abs(gap) <= final.slack + budget.slack && gap !== 0) return [];
  return statement.verdicts.flatMap((verdict): TextFault[] => {
    const { word: said, start, isOfYears, isRough = false, orOf } = verdict;
    if (isOfYears === true || (orOf !== undefined && agrees(said, orOf, context))) return [];
    const printed =
      /大于|小于|高于|低于|多于|少于|等于|持平|相等|一致|相同/u.exec(
        statement.block.text.slice(start),
      )?.[0] ?? verdictName[said];
    const right = gap > 0 ? "above" : gap < 0 ? "below" : "equal";
    if (said === right) return [];
    const isNearlyEqual = isRough && Math.abs(gap) <= Math.abs(budget.value) * 0.05;
    if (isNearlyEqual) return [];
    return [
      {
        ...quoteAt(statement.block, start),
        ...(said === "equal" ? { severity: "warning" as const } : {}),
        actual: printed,
        expected: right === "equal" ? "等于" : verdictName[right],
        what: `决算数${exactWan(final.value)}万元${right === "equal" ? "等于" : verdictName[right]}预算数${exactWan(budget.value)}万元，文字却写“${printed}”`,
        mend: "按两数大小改正，并核对原因",
      },
    ];
  });
}

/** Whether the words are true of that statement, or cannot be held against it. */
function agrees(said: VerdictClaim["word"], statement: Statement, context: TextContext): boolean {
  const compared = comparedIn(statement, context);
  if (compared === undefined) return true;
  const gap = compared.final.value - compared.budget.value;
  return said === (gap > 0 ? "above" : gap < 0 ? "below" : "equal");
}

const verdictName = { above: "大于", below: "小于", equal: "持平" } as const;

export const increaseAndDecreaseRules: readonly Rule[] = [
  {
    id: "R202",
    statement: "增减额＝本年数－上年数，增加、减少、持平与两数大小一致",
    severity: "error",
    tolerance: "rounding",
    text: {
      amounts: { causeRank: neverTheCause },
      run: (context) => [
        ...reckoned(context).flatMap((change) => [...contrary(change), ...wrongDifference(change)]),
        ...context.text.statements.flatMap((one) => [
          ...wrongVerdict(one, context),
          ...notLevel(one),
        ]),
      ],
    },
    rewording: wrongDirections,
  },
  {
    id: "R203",
    statement: "增长、下降率＝增减额÷上年数×100%，保留两位小数",
    severity: "error",
    tolerance: "ratio",
    text: { amounts: { causeRank: 4 }, run: (context) => reckoned(context).flatMap(wrongRate) },
  },
  {
    id: "R204",
    statement: "下降率不超过100%",
    severity: "error",
    tolerance: "ratio",
    text: {
      amounts: { causeRank: neverTheCause },
      run: (context) => reckoned(context).flatMap(beyondHundred),
    },
  },
  {
    id: "R205",
    statement: "上年数为0时不计算增减率",
    severity: "error",
    tolerance: "none",
    text: { amounts: "none", run: (context) => reckoned(context).flatMap(rateOnZero) },
  },
];
