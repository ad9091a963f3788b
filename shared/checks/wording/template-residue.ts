import type { TextContext } from "../text/text-context.ts";
import type { Block } from "../../narrative/read/flow.ts";
import { type TextFault, quoteAt, listedLines } from "../text/text-finding.ts";
import { mostAtAPlace } from "../few-at-a-place.ts";
import type { Rule } from "../rule.ts";

export type Blocks = TextContext["text"]["blocks"];

/** One fault a match, in paragraphs and headings alike. */
export function matches(
  blocks: Blocks,
  pattern: RegExp,
  fault: (
    found: string,
    at: { block: Block; start: number },
  ) => Omit<TextFault, "quote" | "line"> | undefined,
): TextFault[] {
  const faults: TextFault[] = [];
  for (const { block } of blocks) {
    let quoted: ReturnType<typeof quoteAt> | undefined;
    let count = 0;
    for (const match of block.text.matchAll(pattern)) {
      const found = fault(match[0], { block, start: match.index });
      if (found === undefined) continue;
      count += 1;
      // Those beyond what is reported at one place are only counted.
      if (quoted === undefined || count <= mostAtAPlace) quoted = quoteAt(block, match.index);
      faults.push({ ...quoted, ...found });
    }
  }
  return faults;
}

const choice = "(?:增加|增长|上升|提高|减少|下降|降低|大于|小于|高于|低于|持平)";

const opposites = new RegExp(`${choice}(?:（${choice}(?:[、/]${choice})*）|[/／]${choice})`, "gu");

const torn = /增下降|减增长|增减少|减增加|大小于|高低于|无增增减|增增[加长减]|减减[少]|增长下降/gu;

const blanks =
  /(?<![XＸ×xｘ])[XＸ×xｘ]{2,}(?=[%年个万元辆人批次项、，。；：）（]|部门|单位|[局委办院处]|$)|[（(]如持平作持平表述[）)]|（不涉及的不列）|请填写|此处填|\*{3,}万?元?|_{3,}|〔待填/gu;

/** A text with more blanks than these was not filled in at all. */
const mostResidue = 30;

function residue(context: TextContext): TextFault[] {
  const faults = residueOf(context);
  const [first] = faults;
  if (first === undefined || faults.length <= mostResidue) return faults;
  const lines = [...new Set(faults.map(({ line }) => line))].sort((a, b) => a - b);
  return [
    {
      ...first,
      what: `全文有${faults.length}处模板的空白、备选词或填写提示没有填写、选定（第${lines.slice(0, 10).join("、")}行等），像是没有填写的模板`,
      mend: "逐处填写、选定后再检查",
    },
  ];
}

function residueOf({ text }: TextContext): TextFault[] {
  return [
    ...onePerSentence(
      matches(text.blocks, opposites, (found) => ({
        actual: found,
        expected: "按实际情况保留一个词",
        what: `“${found}”是模板的备选词，没有选定`,
        mend: "按增减的实际情况选定一个词；持平的写“持平”",
      })),
    ),
    ...matches(text.blocks, torn, (found) => ({
      actual: found,
      what: `“${found}”是修改模板留下的残字`,
      mend: "删去多余的字",
    })),
    ...matches(text.blocks, /列明(?=(?:国内)?公务接待)/gu, (found) => ({
      actual: found,
      what: `“${found}”是模板的填写提示`,
      mend: "删去",
    })),
    ...matches(
      text.blocks,
      /(?<=[局处委办院会府心厅社])部门（单位）(?=共有|20\d\d年)/gu,
      (found) => ({
        severity: "warning",
        actual: found,
        what: `单位名称后面的“${found}”是模板的备选词`,
        mend: "删去",
      }),
    ),
    ...keptInstructions(text.flow.lines),
    ...onePerBlock(text.blocks, blanks, (found) => ({
      actual: found,
      what: `“${found}”是模板的空白或填写提示`,
      mend: "填入实际内容或删去",
    })),
  ];
}

/** 无…的，仍保留该表格式，并在本表下方作下述说明：… below a table. */
function keptInstructions(lines: TextContext["text"]["flow"]["lines"]): TextFault[] {
  const found = lines.filter(({ text: row }) =>
    /仍保留该表格式|在本表下方作[下如]述?说明/u.test(row),
  );
  // One instruction may run over two lines.
  const each = found.filter(({ line }, at) => line !== (found[at - 1]?.line ?? -1) + 1);
  const [first, ...others] = each;
  if (first === undefined) return [];
  return [
    {
      quote: first.text,
      line: first.line,
      actual: first.text,
      what: `表下留着模板的填写说明${others.length === 0 ? "" : `，第${listedLines(others.map(({ line }) => line))}行同样`}`,
      mend: "删去填写说明，只留对本表的说明",
    },
  ];
}

/** 增加（减少）0万元，增长（下降）0%: one sentence left as the template had it. */
function onePerSentence(faults: readonly TextFault[]): TextFault[] {
  const first: (TextFault & { readonly words: Set<string> })[] = [];
  /** The last sentence of those words. */
  const known = new Map<string, (typeof first)[number]>();
  for (const fault of faults) {
    const { quote, line, actual = "" } = fault;
    const other = known.get(quote);
    if (other !== undefined && Math.abs(other.line - line) < 8) {
      other.words.add(actual);
      continue;
    }
    const sentence = { ...fault, words: new Set([actual]) };
    first.push(sentence);
    known.set(quote, sentence);
  }
  return first.map(({ words, ...fault }) => ({
    ...fault,
    actual: [...words].join("、"),
    what: `${[...words].map((word) => `“${word}”`).join("")}是模板的备选词，没有选定`,
  }));
}

/** Blanks come in rows; a sentence makes one finding. */
export function onePerBlock(
  blocks: Blocks,
  pattern: RegExp,
  fault: (found: string) => Omit<TextFault, "quote" | "line">,
): TextFault[] {
  const seen = new Set<string>();
  return matches(blocks, pattern, fault).filter(({ quote, line }) => {
    const key = `${line}|${quote}`;
    return !seen.has(key) && seen.add(key);
  });
}

export const templateResidueRules: readonly Rule[] = [
  {
    id: "R216",
    statement: "没有模板残留和备选词",
    severity: "error",
    tolerance: "none",
    text: { amounts: "none", run: residue },
  },
];
