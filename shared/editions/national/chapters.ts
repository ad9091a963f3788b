import type { ChapterTemplate } from "../../forms/sentences-schema.ts";
import { nationalSentences } from "./sentences.ts";

/** Chapters and paragraphs of the national narrative, for editions that place them elsewhere. */

type Paragraphs = ChapterTemplate["paragraphs"];

export function nationalParagraphs(chapter: string): Paragraphs {
  const found = [...nationalSentences.overview, ...nationalSentences.narrative].find(
    ({ id }) => id === chapter,
  );
  if (found === undefined) throw new Error(`The national sentences have no chapter ${chapter}.`);
  return found.paragraphs;
}

/** What is under a subheading, up to the next one. */
function under(subheading: string): Paragraphs {
  const paragraphs = nationalParagraphs("other");
  const from = paragraphs.findIndex((one) => "id" in one && one.id === subheading);
  if (from < 0) throw new Error(`The national sentences have no subheading ${subheading}.`);
  const rest = paragraphs.slice(from + 1);
  const end = rest.findIndex((one) => "subheading" in one);
  return end < 0 ? rest : rest.slice(0, end);
}

/** 机关运行经费, 政府采购 and 国有资产, which the nation has in one chapter and some regions in three. */
export const operatingCost = under("other.heading.operating_cost");
export const procurement = under("other.heading.procurement");
export const assets = under("other.heading.assets");
