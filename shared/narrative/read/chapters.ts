/** What a chapter of a published report speaks of, whatever number it has there. */
export type ChapterKind =
  | "people"
  | "overall"
  | "income"
  | "expense"
  | "fiscal_overall"
  | "fiscal"
  | "general"
  | "basic"
  | "three_public"
  | "fund"
  | "capital"
  | "operating_cost"
  | "procurement"
  | "assets"
  | "performance"
  | "glossary"
  | "evaluation"
  | "other";

/** In this order: the narrower name before the wider one it contains. */
const names: readonly (readonly [RegExp, ChapterKind])[] = [
  [/评价报告|自评报告|自评总结/u, "evaluation"],
  [/名词解释/u, "glossary"],
  [/“?三公”?经费/u, "three_public"],
  [/基本支出决算/u, "basic"],
  [/政府性基金/u, "fund"],
  [/国有资本经营/u, "capital"],
  [/机关运行经费/u, "operating_cost"],
  [/政府采购/u, "procurement"],
  [/国有资产|资产占[有用]/u, "assets"],
  [/绩效/u, "performance"],
  [/财政拨款收[入、]*支(?:出)?决算/u, "fiscal_overall"],
  [/一般公共预算(?:财政拨款)?支出/u, "general"],
  [/财政拨款支出/u, "fiscal"],
  [/收[入、]*支(?:出)?决算/u, "overall"],
  [/收入决算|收入情况/u, "income"],
  [/支出决算|支出情况/u, "expense"],
  [/基本情况|单位构成|机构设置/u, "people"],
];

const chapterMark = /^(?:[一二三四五六七八九十]{1,3}、|第[一二三四五六七八九十]部分)/u;
const subchapterMark = /^（[一二三四五六七八九十]{1,3}）/u;

/** Chapters that some editions set as sub-headings under 其他重要事项. */
const asSubchapter = new Set<ChapterKind>(["operating_cost", "procurement", "assets"]);

/** The chapter a heading opens, given the one that was open. */
export function chapterOf(heading: string, open: ChapterKind): ChapterKind {
  const kind = names.find(([name]) => name.test(heading))?.[1];
  // A report of an evaluation has numbered chapters of its own, to its end.
  if (open === "evaluation" || kind === "evaluation")
    return kind === "glossary" ? kind : "evaluation";
  if (chapterMark.test(heading)) return kind ?? "other";
  if (
    subchapterMark.test(heading) &&
    kind !== undefined &&
    (open === "other" || asSubchapter.has(open))
  ) {
    return asSubchapter.has(kind) ? kind : open;
  }
  return open;
}
