import type { CellAddress } from "../../forms/cell.ts";
import { exactWan } from "../../forms/place-name.ts";
import type { Statement, VerdictClaim } from "../../narrative/read/statements.ts";
import { neverTheCause, type Rule } from "../rule.ts";
import { rounded } from "../text/ratio.ts";
import type { TextContext } from "../text/text-context.ts";
import { quoteAt, type TextFault } from "../text/text-finding.ts";
import { wrongDirections } from "../wording/rewording.ts";
import { rateWord } from "./change-rates.ts";
import { budgetOf, changesIn, type StatedChange } from "./stated-changes.ts";

function contrary({ statement, change }: StatedChange): TextFault[] {
  const { direction, rateDirection, rate } = change;
  if (rate === undefined || direction === undefined || rateDirection === undefined) return [];
  if (direction === rateDirection || direction === "unresolved" || rateDirection === "unresolved")
    return [];
  const right = direction === "up" ? "增长" : "下降";
  return [
    {
      ...quoteAt(statement.block, rate.start),
      actual: rateWord[rateDirection],
      expected: right,
      what: `增减额与增减率的方向相反：一处${direction === "up" ? "增加" : "减少"}，一处${rateWord[rateDirection]}`,
      mend: "核对增减方向，改正有误的一处",
    },
  ];
}

/** The difference from a figure of the same sentence: a budget, or last year's amount. */
function wrongDifference({
  statement,
  change,
  current,
  difference,
  sign,
}: StatedChange): TextFault[] {
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

/** The budget and the final of a verdict, of the sentence or else of the table. */
function comparedIn(statement: Statement, { tables }: TextContext) {
  const { amount, budgets, concept } = statement;
  const stated = budgetOf(statement);
  if (amount !== undefined && stated !== undefined)
    return { budget: stated, final: rounded(amount) };
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
    const { word: verdictWord, start, isOfYears, isRough = false, orOf } = verdict;
    if (isOfYears === true || (orOf !== undefined && agrees(verdictWord, orOf, context))) return [];
    const printed =
      /大于|小于|高于|低于|多于|少于|等于|持平|相等|一致|相同/u.exec(
        statement.block.text.slice(start),
      )?.[0] ?? verdictName[verdictWord];
    const right = gap > 0 ? "above" : gap < 0 ? "below" : "equal";
    if (verdictWord === right) return [];
    const isNearlyEqual = isRough && Math.abs(gap) <= Math.abs(budget.value) * 0.05;
    if (isNearlyEqual) return [];
    return [
      {
        ...quoteAt(statement.block, start),
        ...(verdictWord === "equal" ? { severity: "warning" as const } : {}),
        actual: printed,
        expected: right === "equal" ? "等于" : verdictName[right],
        what: `决算数${exactWan(final.value)}万元${right === "equal" ? "等于" : verdictName[right]}预算数${exactWan(budget.value)}万元，文字却写“${printed}”`,
        mend: "按两数大小改正，并核对原因",
      },
    ];
  });
}

/** Whether the words are true of that statement, or cannot be compared with it. */
function agrees(
  verdictWord: VerdictClaim["word"],
  statement: Statement,
  context: TextContext,
): boolean {
  const compared = comparedIn(statement, context);
  if (compared === undefined) return true;
  const gap = compared.final.value - compared.budget.value;
  return verdictWord === (gap > 0 ? "above" : gap < 0 ? "below" : "equal");
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
        ...changesIn(context).flatMap((change) => [
          ...contrary(change),
          ...wrongDifference(change),
        ]),
        ...context.text.statements.flatMap((one) => [
          ...wrongVerdict(one, context),
          ...notLevel(one),
        ]),
      ],
    },
    rewording: wrongDirections,
  },
];
