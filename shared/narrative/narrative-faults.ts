import { canonicalJson, type Json } from "../canonical-json.ts";
import { parseCellAddress } from "../forms/cell.ts";
import { hasCell } from "../report/prior-year.ts";
import type { Report } from "../report/report.ts";
import type { Narrative } from "../report/sections.ts";
import { readFigures } from "./report-figures.ts";
import { figuresOf, isRewritable } from "./rewriting.ts";
import { sourceRoots } from "./sources.ts";
import type { Token } from "../report/token.ts";
import { writeStatutory } from "./write-statutory.ts";
import { sentenceText, type Sentence } from "./written.ts";

/** A place of a narrative that names what the report does not have. */
export interface NarrativeFault {
  /** The sentence or paragraph, in words. */
  readonly where: string;
  /** What is wrong and how to mend it. */
  readonly message: string;
}

/**
 * Why rewordings and added paragraphs cannot be kept. Those already kept are not judged again: their
 * sentence may have gone since, which is a finding, no fault.
 */
export function narrativeFaults(report: Report, given: Narrative): NarrativeFault[] {
  const { narrative: kept } = report.sections;
  const chapters = writeStatutory(readFigures(report));
  const sentences = new Map(
    chapters.flatMap(({ paragraphs }) =>
      paragraphs.flatMap((paragraph) =>
        paragraph.sentences
          .filter((sentence) => isRewritable(paragraph, sentence))
          .map((sentence) => [sentence.id, sentence] as const),
      ),
    ),
  );
  const headings = new Map(chapters.map(({ id, heading }) => [id, heading]));
  return [
    ...added(given.rewritten, kept.rewritten).flatMap(([id, { from, parts }]) => {
      const sentence = sentences.get(id);
      if (sentence === undefined) {
        const message = "文字说明中没有这一句，或者这一句不能改写。请刷新后从现有的句子改写。";
        return [{ where: `句子 ${id}`, message }];
      }
      const where = `句子“${beginningOf(sentenceText(sentence))}”`;
      return [
        ...cellFaults(report, where, [...from, ...parts]),
        ...slotFaults(where, sentence, parts),
      ];
    }),
    ...added(given.additions, kept.additions).flatMap(([chapter, paragraphs]) => {
      const heading = headings.get(chapter);
      if (heading === undefined) {
        const message = "文字说明中没有这一节。请在现有的各节后面补充。";
        return [{ where: `补充说明 ${chapter}`, message }];
      }
      return paragraphs.flatMap((paragraph, index) =>
        typeof paragraph === "string"
          ? []
          : cellFaults(report, `“${heading}”补充说明第${index + 1}段`, paragraph),
      );
    }),
  ];
}

/** Members that are new or other than before. */
const added = <Value extends Json>(
  given: { readonly [key: string]: Value } = {},
  kept: { readonly [key: string]: Value } = {},
): [string, Value][] =>
  Object.entries(given).filter(([key, value]) => {
    const before = kept[key];
    return before === undefined || canonicalJson(before) !== canonicalJson(value);
  });

const beginningOf = (text: string): string => (text.length > 20 ? `${text.slice(0, 20)}…` : text);

function cellFaults(
  { edition }: Report,
  where: string,
  tokens: Parameters<typeof figuresOf>[0],
): NarrativeFault[] {
  const cells = figuresOf(tokens)
    .flatMap(sourceRoots)
    .map((root) => root.replace(/^prior:/u, ""))
    .filter((root) => parseCellAddress(root) !== undefined && !hasCell(edition, root));
  return [...new Set(cells)].map((address) => ({
    where,
    message: `引用的单元格 ${address} 在本版式的报表中不存在。请改用报表中已有的单元格。`,
  }));
}

function slotFaults(
  where: string,
  { slots, parts }: Sentence,
  tokens: readonly Token[],
): NarrativeFault[] {
  const codes = parts.flatMap((part) => ("code" in part ? [part.code] : []));
  const foreign = tokens.flatMap((token) => {
    if ("reason" in token) {
      return slots.some(({ slot }) => slot === token.reason) ? [] : [`原因 ${token.reason}`];
    }
    return "purpose" in token && !codes.includes(token.purpose) ? [`用途 ${token.purpose}`] : [];
  });
  return foreign.map((name) => ({
    where,
    message: `${name} 不属于这一句。请只保留本句法定表述中的原因和用途。`,
  }));
}
