import type { TextContext, FirstMention } from "../text/text-context.ts";
import { type TextFault, quoteAt, listedLines } from "../text/text-finding.ts";
import type { PrintedFigure } from "../../narrative/read/printed-figure.ts";
import { agreement, rounded } from "../text/ratio.ts";
import { roundingEnvelope } from "../tolerance.ts";
import type { Rule } from "../rule.ts";

/** …（项）180万元，…支出决算为170万元: the rate that follows shows which of the two is right. */
function restatedOtherwise({ text }: TextContext): TextFault[] {
  return text.statements.flatMap((statement): TextFault[] => {
    const { amount, restated, budgets, completions, block } = statement;
    if (amount === undefined || restated === undefined) return [];
    const [budget] = budgets;
    const [done] = completions;
    const fits = (figure: PrintedFigure) =>
      budget !== undefined &&
      done !== undefined &&
      agreement(done.percent, rounded(figure), rounded(budget.figure)) === "same";
    const right = fits(amount) === fits(restated) ? undefined : fits(amount) ? amount : restated;
    const wrong = right === amount ? restated : amount;
    return [
      {
        ...quoteAt(block, wrong.start),
        ...(right === undefined ? {} : { severity: "error" as const }),
        actual: wrong.text,
        expected: (right ?? amount).text,
        what: `同一项前写${amount.text}，后写支出决算${restated.text}${right === undefined || done === undefined ? "" : `（完成率${done.percent.text}与${right.text}相符）`}`,
        mend:
          right === undefined
            ? "核对报表，改正有误的一处"
            : `将${wrong.text}改为${right.text}，或核对报表`,
      },
    ];
  });
}

/** The same quantity printed otherwise: one finding, at the figure that most of the text contradicts. */
function printedTwice({ text, tables }: TextContext): TextFault[] {
  const byConcept = new Map<string, (FirstMention & { readonly name: string })[]>();
  for (const statement of text.statements) {
    const { concept, amount: figure, chapter } = statement;
    // Performance chapters speak of parts of a sum under its name.
    if (concept === undefined || figure === undefined || chapter === "performance") continue;
    const known = byConcept.get(concept.id);
    if (known) known.push({ statement, figure, name: concept.name });
    else byConcept.set(concept.id, [{ statement, figure, name: concept.name }]);
  }
  return [...byConcept.values()].flatMap((all): TextFault[] => {
    const [first] = all;
    if (first === undefined) return [];
    const others = new Map<number, typeof all>();
    for (const one of all) {
      const { value } = one.figure;
      if (value === first.figure.value) continue;
      const alike = others.get(value);
      if (alike) alike.push(one);
      else others.set(value, [one]);
    }
    const agreeing = all.filter(({ figure }) => figure.value === first.figure.value);
    return [...others.values()].flatMap((alike): TextFault[] => {
      const [other] = alike;
      if (other === undefined) return [];
      const isFirstOdd = agreeing.length < alike.length;
      const [odd, usual] = isFirstOdd ? [first, alike] : [other, agreeing];
      const [right] = usual;
      if (right === undefined) return [];
      const plan = odd.statement.concept?.budgets?.initial;
      const isPlan =
        plan !== undefined && odd.figure.value > 0 && tables?.value(plan) === odd.figure.value;
      const isTail = Math.abs(odd.figure.value - right.figure.value) <= roundingEnvelope(1);
      const rest = isFirstOdd ? [] : alike.slice(1);
      return [
        {
          ...quoteAt(odd.statement.block, odd.figure.start),
          ...(isTail ? { severity: "hint" as const } : {}),
          actual: odd.figure.text,
          expected: right.figure.text,
          what: `${first.name}${isFirstOdd ? "后文" : "前文"}写${right.figure.text}（第${linesOf(usual)}行），此处${rest.length === 0 ? "" : `和第${linesOf(rest)}行`}写${odd.figure.text}${isPlan ? "，这是预算数" : ""}`,
          mend: "同一数字前后应当一致，核对后改正",
        },
      ];
    });
  });
}

const linesOf = (mentions: readonly FirstMention[]): string =>
  listedLines(mentions.map(({ statement, figure }) => statement.block.lines[figure.start] ?? 0));

export const sameFigureRules: readonly Rule[] = [
  {
    id: "R209",
    statement: "同一数字在各处一致",
    severity: "warning",
    tolerance: "rounding",
    text: {
      amounts: { causeRank: 2 },
      run: (context) => [...printedTwice(context), ...restatedOtherwise(context)],
    },
  },
];
