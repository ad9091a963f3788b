import { chapterOf, type ChapterKind } from "./chapters.ts";
import { isBlock, listMarker, type Block, type Flow } from "./flow.ts";
import { readBlock } from "./read-block.ts";
import type { Draft, Statements, UnitlessClaim } from "./statements.ts";

/** The statements of a whole text, chapter by chapter; items of a numbered list belong to what opens it. */
export function readStatements({ parts }: Flow): Statements {
  const statements: Draft[] = [];
  const unitless: UnitlessClaim[] = [];
  const blocks: { block: Block; chapter: ChapterKind }[] = [];
  let chapter: ChapterKind = "other";
  let list: { lead: Draft; style?: string; isOfCodes?: boolean } | undefined;
  for (const part of parts) {
    if (!isBlock(part)) {
      list = undefined;
      continue;
    }
    if (part.kind === "heading") {
      chapter = chapterOf(part.text, chapter);
      list = undefined;
      blocks.push({ block: part, chapter });
      continue;
    }
    blocks.push({ block: part, chapter });
    if (chapter === "glossary" || chapter === "evaluation") continue;
    const marked = markerStyle(part.text);
    const isCode = codeTitle.test(part.text);
    const style = marked ?? (isCode && list?.isOfCodes !== false ? list?.style : undefined);
    if (list !== undefined && style !== undefined) list.style ??= style;
    const lead = style !== undefined && list?.style === style ? list.lead : undefined;
    if (list !== undefined && lead !== undefined) list.isOfCodes ??= isCode;
    if (lead !== undefined) lead.listedBlocks += 1;
    const read = readBlock(part, chapter, lead);
    statements.push(...read.statements);
    unitless.push(...read.unitless);
    const last = read.statements.at(-1);
    const opensList = /(?:其中|如下|以下方面|包括)：$/u.test(part.text);
    if (opensList && last !== undefined && lead === undefined) list = { lead: last };
    else if (style === undefined) list = undefined;
  }
  return { statements, unitless, blocks };
}

/** “教育支出（类）普通教育（款）小学教育（项）”. */
const codeTitle =
  /^(?:\d{1,3}[“”]?[、．.])?“?[^，。；：]{2,30}（类）[^，。；：]{2,30}（款）[^，。；：]{2,30}（项）/u;

function markerStyle(text: string): string | undefined {
  const marker = listMarker.exec(text)?.[0];
  return marker
    ?.replace(/[一二三四五六七八九十]+/u, "一")
    .replace(/\d+/u, "1")
    .replace(/[“”]/u, "");
}
