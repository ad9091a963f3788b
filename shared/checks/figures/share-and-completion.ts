import type { ShareClaim, Statement, CompletionClaim } from "../../narrative/read/statements.ts";
import type { TextContext } from "../text/text-context.ts";
import type { PrintedFigure } from "../../narrative/read/printed-figure.ts";
import { cleanSubject, conceptOf } from "../../narrative/read/concepts.ts";
import { type TextFault, quoteAt } from "../text/text-finding.ts";
import { rounded, agreement, percentOf, type Rounded, plus } from "../text/ratio.ts";
import { exactWan } from "../../forms/place-name.ts";
import type { Rule } from "../rule.ts";

/** Totals that a loose name may mean. */
const looseWholes: readonly (readonly [RegExp, readonly string[]])[] = [
  [
    /^(?:全部|年度|全年|当年|本年)?(?:总支出|支出总额|支出|支出总数)$/u,
    ["expense_total", "expense_sum"],
  ],
  [
    /^(?:全部|年度|全年|当年|本年)?(?:总收入|收入总额|收入|收入总数)$/u,
    ["income_total", "income_sum"],
  ],
];

/** Figures that the whole of a share may be. */
function wholesOf(
  share: ShareClaim,
  { chapter, concept }: Statement,
  context: TextContext,
): PrintedFigure[] {
  if (share.wholeFigure !== undefined) return [share.wholeFigure];
  if (share.wholeStatement?.amount !== undefined) return [share.wholeStatement.amount];
  if (share.whole === "" && concept !== undefined) {
    const total = isIn(concept.id, "income.")
      ? "income_total"
      : isIn(concept.id, "expense.")
        ? "expense_total"
        : "";
    return [context.firstMention(total)?.figure].filter((figure) => figure !== undefined);
  }
  const name = cleanSubject(share.whole);
  const loose = looseWholes.find(([names]) => names.test(name))?.[1];
  const ids =
    loose ??
    [conceptOf(name, chapter)?.id ?? conceptOf(name, "other")?.id].filter((id) => id !== undefined);
  return ids.flatMap((id) => context.firstMention(id)?.figure ?? []);
}

export const isIn = (id: string | undefined, prefix: string) => id?.startsWith(prefix) === true;

export function wrongShare(
  statement: Statement,
  share: ShareClaim,
  context: TextContext,
): TextFault[] {
  const wholes = wholesOf(share, statement, context);
  const [first] = wholes;
  if (first === undefined) return [];
  const at = quoteAt(statement.block, share.percent.start);
  const actual = share.percent.text;
  const name = share.whole === "" ? "合计" : share.whole;
  if (wholes.every(({ value }) => value === 0)) {
    const isNothing = statement.amount === undefined || statement.amount.value === 0;
    return [
      {
        ...at,
        actual,
        expected: "不适用",
        what: isNothing
          ? `${name}为0，占比${actual}没有意义（0÷0）`
          : `${name}为0，占比${actual}无从计算`,
        mend: "写“不适用”，不写百分比",
      },
    ];
  }
  const part = statement.amount && rounded(statement.amount);
  if (part === undefined) return wholeGoesToSmall(statement, share, context);
  const verdicts = wholes.map((whole) => agreement(share.percent, part, rounded(whole)));
  if (verdicts.includes("same")) return [];
  const expected = percentOf(part.value, first.value);
  const isTail = verdicts.includes("truncated");
  const points = Math.abs(share.percent.value - (part.value / first.value) * 100);
  return [
    {
      ...at,
      ...(isTail ? { severity: "hint" as const } : {}),
      // A whole that the clause does not name may be another one where the two differ little.
      ...(!isTail && !share.isNamed && points < 1 ? { severity: "warning" as const } : {}),
      actual,
      expected,
      what: isTail
        ? `占比${actual}应为${expected}，为截位或四舍五入尾差`
        : `占比${actual}不对，应为${expected}（${exactWan(part.value)}÷${name}${exactWan(first.value)}）`,
      mend: isTail ? "按四舍五入保留两位小数" : `将${actual}改为${expected}，或核对两个金额`,
    },
  ];
}

/** R212: where 中小企业 were granted everything, they were granted all of each kind. */
function wholeGoesToSmall(
  statement: Statement,
  share: ShareClaim,
  { firstMention }: TextContext,
): TextFault[] {
  if (!isIn(statement.concept?.id, "procurement.sme_")) return [];
  const total = firstMention("procurement.total");
  const small = firstMention("procurement.sme");
  if (total === undefined || small === undefined || total.figure.value === 0) return [];
  if (total.figure.value !== small.figure.value || share.percent.value === 100) return [];
  return [
    {
      ...quoteAt(statement.block, share.percent.start),
      actual: share.percent.text,
      expected: "100%",
      what: `政府采购全部（${small.figure.text}）授予了中小企业，${share.whole}又不为0，占比应为100%，不是${share.percent.text}`,
      mend: "将占比改为100%，或核对授予中小企业合同金额",
    },
  ];
}

function wrongCompletion(
  statement: Statement,
  claim: CompletionClaim,
  context: TextContext,
): TextFault[] {
  const { percent } = claim;
  const at = quoteAt(statement.block, percent.start);
  const [only, another] = statement.budgets;
  const named = statement.budgets.find(({ which }) => which === claim.which);
  const budget = named ?? (another === undefined && claim.which === "unnamed" ? only : undefined);
  const table = budget === undefined ? tableBudget(statement, claim, context) : undefined;
  const planned: Rounded | undefined = budget
    ? rounded(budget.figure)
    : (table ?? budgetBeforeDifference(statement));
  const final = statement.amount && rounded(statement.amount);
  if (planned === undefined || final === undefined) return [];
  const other = statement.budgets.find(
    (one) =>
      one !== budget &&
      one.which !== claim.which &&
      one.figure.value > 0 &&
      agreement(percent, final, rounded(one.figure)) !== "apart",
  );
  const isApart = planned.value === 0 || agreement(percent, final, planned) === "apart";
  if (other !== undefined && isApart) {
    return [
      {
        ...at,
        actual: `完成${budgetName[claim.which]}的${percent.text}`,
        expected: `完成${budgetName[other.which]}的${percent.text}`,
        what: `${percent.text}是完成${budgetName[other.which]}${other.figure.text}的比例，不是完成${budgetName[claim.which]}的`,
        mend: `将“完成${budgetName[claim.which]}”改为“完成${budgetName[other.which]}”`,
      },
    ];
  }
  if (planned.value === 0) {
    return [
      {
        ...at,
        ...(budget === undefined || final.value === 0 ? { severity: "warning" as const } : {}),
        actual: percent.text,
        expected: "不写百分比",
        what:
          final.value === 0
            ? `预算数和决算数均为0，完成${percent.text}没有意义${zeroByZero}`
            : `预算数为0，不能计算完成率，却写完成${percent.text}`,
        mend:
          final.value === 0
            ? "写“本年无此项预算和支出”，不写百分比"
            : "写“年初无预算”，并说明支出来源",
      },
    ];
  }
  const verdict = agreement(percent, final, planned);
  if (verdict === "same") return [];
  const expected = percentOf(final.value, planned.value);
  return [
    {
      ...at,
      ...(verdict === "truncated" ? { severity: "hint" as const } : {}),
      actual: percent.text,
      expected,
      what:
        verdict === "truncated"
          ? `完成率${percent.text}应为${expected}，为截位或四舍五入尾差`
          : `完成率${percent.text}不对，应为${expected}（${exactWan(final.value)}÷${exactWan(planned.value)}）`,
      mend:
        verdict === "truncated"
          ? "按四舍五入保留两位小数"
          : `将${percent.text}改为${expected}，或核对预算数与决算数`,
    },
  ];
}

const zeroByZero = "（0÷0）";

/** 因公出国（境）费和公务接待费均完成预算的0%: of one paragraph, one finding. */
function zeroesInOne(faults: readonly TextFault[]): TextFault[] {
  const kept: TextFault[] = [];
  for (const fault of faults) {
    const before = kept.findLast(({ what }) => what.includes(zeroByZero));
    const isAgain =
      fault.what.endsWith(zeroByZero) &&
      before !== undefined &&
      Math.abs(fault.line - before.line) <= 3 &&
      !/预算(?:数)?为0/u.test(fault.quote);
    if (!isAgain) kept.push(fault);
    else {
      kept[kept.indexOf(before)] = {
        ...before,
        what: `${before.what}；“${fault.quote}”同样`,
      };
    }
  }
  return kept;
}

const budgetName = {
  initial: "年初预算",
  full: "全年预算",
  adjusted: "调整预算",
  unnamed: "预算",
} as const;

/** 完成年初预算100%，决算数大于预算数15万元: the budget is the final less what it exceeds it by. */
function budgetBeforeDifference({ amount, budgets, changes }: Statement): Rounded | undefined {
  const change = changes.find(({ base, difference }) => base?.kind === "budget" && difference);
  const { difference, direction } = change ?? {};
  if (amount === undefined || difference === undefined || budgets.length > 0) return undefined;
  if (direction !== "up" && direction !== "down") return undefined;
  return plus(rounded(amount), rounded(difference), direction === "up" ? -1 : 1);
}

function tableBudget(
  { concept }: Statement,
  { which }: CompletionClaim,
  { tables }: TextContext,
): Rounded | undefined {
  const address = which === "full" ? concept?.budgets?.full : concept?.budgets?.initial;
  if (address === undefined || tables === undefined || !tables.has(address)) return undefined;
  return { value: tables.value(address) ?? 0, slack: 5_000 };
}

export const shareAndCompletionRules: readonly Rule[] = [
  {
    id: "R206",
    statement: "占比＝部分÷总数×100%，总数为0时写不适用",
    severity: "error",
    tolerance: "ratio",
    text: {
      amounts: { causeRank: 6 },
      run: (context) =>
        context.text.statements
          .filter(({ concept }) => !isIn(concept?.id, "procurement."))
          .flatMap((one) => one.shares.flatMap((share) => wrongShare(one, share, context))),
    },
  },
  {
    id: "R207",
    statement: "完成预算%＝决算数÷所称的预算数×100%，预算数为0时不写百分比",
    severity: "error",
    tolerance: "ratio",
    text: {
      amounts: { causeRank: 5 },
      run: (context) =>
        zeroesInOne(
          context.text.statements.flatMap((one) =>
            one.completions.flatMap((claim) => wrongCompletion(one, claim, context)),
          ),
        ),
    },
  },
];
