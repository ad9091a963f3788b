import type { ChapterKind } from "../../narrative/read/chapters.ts";
import type { Statement } from "../../narrative/read/statements.ts";
import type { TextContext } from "../text/text-context.ts";
import { type TextFault, quoteAt, listedLines } from "../text/text-finding.ts";
import type { Block } from "../../narrative/read/flow.ts";
import { isStockPhrase } from "../stock-phrases.ts";
import type { Rule } from "../rule.ts";

/** Chapters whose sentences must account for a change. */
export const accountable = new Set<ChapterKind>([
  ...(["overall", "income", "expense", "fiscal", "fiscal_overall", "general", "basic"] as const),
  ...(["three_public", "operating_cost"] as const),
]);

/** A change of 10 % or more, or a completion outside 80–120 %, on an amount that matters. */
const leastChange = 10;

const leastAmount = 10_000_000;

const reasonCue = /(?:主要)?原因|主要是|主要系|主要因|由于/u;

/** A reason follows: its own, one of 其中, or one for several; not that of another change behind a ，. */
function isAccountedFor(
  { block }: Statement,
  from: number,
  ofBlock: readonly Statement[],
): boolean {
  const rest = block.text.slice(from);
  const cue = reasonCue.exec(rest)?.index;
  if (cue === undefined) return false;
  const between = rest.slice(0, cue);
  if (!/[。；]/u.test(between) || /[。；]$/u.test(between) || between.includes("其中")) return true;
  return !ofBlock.some((other) =>
    other.changes.some(
      ({ start, rate }) => rate !== undefined && start > from && start < from + cue,
    ),
  );
}

/** The reasons follow item by item, or, of “三公”经费, in the next paragraph. */
function isAccountedBelow(
  { block, chapter }: Statement,
  [next, second]: readonly (string | undefined)[],
): boolean {
  if (/情况如下[：。]$/u.test(block.text) && reasonCue.test(next ?? "")) return true;
  return (
    chapter === "three_public" &&
    [next, second].some((words) => /预算数?的?(?:主要)?原因/u.test(words ?? ""))
  );
}

function withoutReason({ text }: TextContext): TextFault[] {
  const places = new Map(text.blocks.map(({ block }, index) => [block, index]));
  const ofBlocks = new Map<Block, Statement[]>();
  for (const statement of text.statements) {
    const others = ofBlocks.get(statement.block);
    if (others) others.push(statement);
    else ofBlocks.set(statement.block, [statement]);
  }
  return text.statements.flatMap((statement): TextFault[] => {
    const { block, chapter, reasons, amount, changes, completions } = statement;
    if (!accountable.has(chapter) || reasons.length > 0 || (amount?.value ?? 0) < leastAmount)
      return [];
    const change = changes.find(
      ({ rate }) => rate !== undefined && rate.value >= leastChange,
    )?.rate;
    const done = completions.find(
      ({ percent }) => percent.value < 80 || percent.value > 120,
    )?.percent;
    const figure = change ?? done;
    if (figure === undefined || isAccountedFor(statement, figure.end, ofBlocks.get(block) ?? []))
      return [];
    const at = places.get(block) ?? 0;
    const below = [text.blocks[at + 1]?.block.text, text.blocks[at + 2]?.block.text];
    if (/^(?:主要)?原因|^增减|^变动/u.test(below[0] ?? "") || isAccountedBelow(statement, below))
      return [];
    return [
      {
        ...quoteAt(block, figure.start),
        actual: figure.text,
        expected: "主要原因",
        what: `${statement.subject}${change ? "增减" : "完成预算"}${figure.text}，没有说明主要原因`,
        mend: "补写主要原因",
      },
    ];
  });
}

function reusedReasons({ text }: TextContext): TextFault[] {
  const places = new Map<string, { block: Block; at: number }[]>();
  for (const { block, reasons } of text.statements) {
    for (const reason of reasons) {
      if (reason.length < 5 && !isStockPhrase(reason)) continue;
      // True of every figure of a unit that had none before.
      if (/(?:新)?(?:成立|组建|设立|合并|撤销)|机构改革/u.test(reason)) continue;
      const at = Math.max(0, block.text.indexOf(reason));
      const known = places.get(reason);
      if (known) known.push({ block, at });
      else places.set(reason, [{ block, at }]);
    }
  }
  return [...places].flatMap(([reason, found]): TextFault[] => {
    const [first] = found;
    const isStock = isStockPhrase(reason);
    if (first === undefined || (found.length < 3 && !isStock)) return [];
    const lines = found.map(({ block, at }) => block.lines[at] ?? 0);
    return [
      {
        ...quoteAt(first.block, first.at),
        severity: isStock ? "warning" : "hint",
        actual: reason,
        what:
          found.length > 1
            ? `同一原因“${reason}”用了${found.length}次（第${listedLines(lines)}行），不能说明各项的变动`
            : `“${reason}”放在哪里都适用，没有说明变动的原因`,
        mend: "分别写明各项增减的具体原因",
      },
    ];
  });
}

export const reasonRules: readonly Rule[] = [
  {
    id: "R217",
    statement: "增减或完成预算偏离较大的写明原因，各项原因各不相同",
    basis: "《地方预决算公开操作规程》（财预〔2016〕143号）",
    severity: "warning",
    tolerance: "none",
    text: {
      amounts: "none",
      notOfOwnText:
        "Reasons have slots: a missing one is a gap, a stock phrase is refused where it is typed.",
      run: (context) => [...withoutReason(context), ...reusedReasons(context)],
    },
  },
];
