/**
 * Free text as it comes out of a PDF, laid out again: words and numbers that a line or page break tore apart
 * are joined, spaces inside them dropped, full-width signs made plain. Every character keeps its line.
 */

export interface Block {
  readonly kind: "heading" | "paragraph";
  /** Without any white space; ，。；：（）are full-width, digits and % are not. */
  readonly text: string;
  /** Line of the source, from 1, of every character of `text`. */
  readonly lines: readonly number[];
}

/** Lines of a printed table, which are no sentences. */
export interface PrintedTable {
  /** Without white space, e.g. 项目支出绩效自评表. */
  readonly title: string;
  readonly rows: readonly SourceLine[];
}

export interface SourceLine {
  readonly line: number;
  /** Signs made plain, runs of white space made one space. */
  readonly text: string;
}

export interface Flow {
  readonly parts: readonly (Block | PrintedTable)[];
  /** All lines that say something, tables included. */
  readonly lines: readonly SourceLine[];
}

export const isBlock = (part: Block | PrintedTable): part is Block => "kind" in part;

export function layOut(source: string): Flow {
  const lines = withoutRunningHeads(
    source.split(/\r?\n/u).map((raw, index) => ({
      line: index + 1,
      text: plainSigns(raw),
      startsPage: raw.startsWith("\f"),
    })),
  );
  const parts: (Block | PrintedTable)[] = [];
  let open: { text: string; lines: number[]; starts: number[] } | undefined;
  let table: { title: string; rows: SourceLine[] } | undefined;
  const close = () => {
    if (open !== undefined) {
      open = withTailLast(open);
      // A number that a line tore behind its comma.
      const text = open.text.replace(/，(?<=\d，)(?<!\.\d+，)(?=\d{3}(?:[.,]\d|亿?万?元))/gu, ",");
      parts.push({ kind: "paragraph", text, lines: open.lines });
    }
    open = undefined;
  };
  for (const [index, entry] of lines.entries()) {
    const text = entry.text.replaceAll(" ", "");
    if (isTableTitle(text, lines.slice(index + 1, index + 14))) {
      close();
      table = { title: text.replace(/^附(?:件|表)\d*：?/u, ""), rows: [] };
      parts.push(table);
      continue;
    }
    if (table !== undefined) {
      if (!endsTable(text)) {
        table.rows.push(entry);
        continue;
      }
      table = undefined;
    }
    if (isStrayNumber(text, lines[index + 1])) continue;
    // …，占 before a heading lost the end of its line.
    const isTorn = open?.text.endsWith("占") === true && subheading.test(text);
    const isClosed = open === undefined || isTorn || "。；：！？".includes(open.text.slice(-1));
    if (isHeading(text, isClosed)) {
      close();
      parts.push({ kind: "heading", text, lines: Array<number>(text.length).fill(entry.line) });
      continue;
    }
    if (isClosed && (listMarker.test(text) || codeItem.test(text))) close();
    for (let from = 0; from < text.length; from += longestBlock) {
      if ((open?.text.length ?? 0) >= longestBlock) close();
      open ??= { text: "", lines: [], starts: [] };
      open.starts.push(open.text.length);
      const part = text.slice(from, from + longestBlock);
      open.text += part;
      for (let at = 0; at < part.length; at += 1) open.lines.push(entry.line);
    }
  }
  close();
  return { parts, lines };
}

/**
 * Characters after which a paragraph goes on as the next one: no sentence reaches as far, and its readers look back
 * over a whole paragraph.
 */
const longestBlock = 6_000;

/** A line that begins with a figure where a sentence begins: the end of the paragraph, set above it by extraction. */
const strayTail = /^\d[\d,.]*(?:万元|元|%)(?:，[^；。]*)?[；。]$/u;

function withTailLast<Open extends { text: string; lines: number[]; starts: number[] }>(
  open: Open,
): Open {
  const { text, lines, starts } = open;
  if (!/^[\p{Script=Han}，]$/u.test(text.slice(-1))) return open;
  const ends = [...starts.slice(1), text.length];
  const strays = starts.flatMap((from, index) => {
    const to = ends[index] ?? from;
    const isNew = from === 0 || "；。".includes(text.charAt(from - 1));
    return isNew && strayTail.test(text.slice(from, to)) ? [{ from, to }] : [];
  });
  const [stray, another] = strays;
  if (stray === undefined || another !== undefined) return open;
  const { from, to } = stray;
  return {
    ...open,
    text: text.slice(0, from) + text.slice(to) + text.slice(from, to),
    lines: [...lines.slice(0, from), ...lines.slice(to), ...lines.slice(from, to)],
  };
}

/** Lines at the head or foot of most pages: the report's name, with the page's number or without. */
function withoutRunningHeads(
  all: readonly (SourceLine & { readonly startsPage: boolean })[],
): SourceLine[] {
  const pages: SourceLine[][] = [[]];
  for (const { line, text, startsPage } of all) {
    if (startsPage) pages.push([]);
    if (text !== "" && !pageNumber.test(text.replaceAll(" ", "")))
      pages.at(-1)?.push({ line, text });
  }
  const ends = pages.map((page) => [...page.slice(0, 2), ...page.slice(-2)]);
  const shape = ({ text }: SourceLine) => text.replaceAll(" ", "").replace(/\d+/gu, "0");
  const counts = new Map<string, number>();
  for (const lines of ends) {
    for (const line of new Set(lines.map(shape))) counts.set(line, (counts.get(line) ?? 0) + 1);
  }
  const isRunning = (line: SourceLine) => {
    const count = counts.get(shape(line)) ?? 0;
    return count >= 3 && count * 3 >= pages.length && /\p{Script=Han}|^\d+$/u.test(line.text);
  };
  return pages.flatMap((page, index) => {
    const dropped = new Set(ends[index]?.filter(isRunning));
    return page.filter((line) => !dropped.has(line));
  });
}

/** 一、 （一） 1、 （1） 第一， at the beginning of a paragraph. */
export const listMarker =
  /^(?:[一二三四五六七八九十]{1,3}、|（[一二三四五六七八九十]{1,3}）|\d{1,3}[“”]?[、．.](?!\d)|（\d{1,3}）)/u;

/** An item of a list by code without a number: “教育支出（类）普通教育（款）…. */
const codeItem = /^“[\p{Script=Han}、]{2,30}（类）[\p{Script=Han}、]/u;

const chapterHeading =
  /^[一二三四五六七八九十]{1,3}、[^，。；：]{2,40}(?:情况说明|情况的说明|情况|说明|概况|职责|职能|解释)。?$/u;
const partHeading = /^第[一二三四五六七八九十]部分/u;
const datedHeading = /^\d{4}年度?[^，。；：]{2,60}(?:评价报告|自评报告)$/u;
const reportHeading = /^[^，。；：]{4,60}(?:评价报告|自评报告|自评总结)$/u;

const itemHeading =
  /^[^，。；：]{2,45}(?:情况|说明|结果|结论|概况|目标|内容|措施|建议|问题|分析|构成|职责|职能)。?$/u;

const subheading = /^（[一二三四五六七八九十]{1,3}）[^，。；：]{4,45}情况。?$/u;

function isHeading(text: string, isClosed: boolean): boolean {
  if (chapterHeading.test(text) || datedHeading.test(text)) return true;
  if (!isClosed || text.length > 60) return false;
  if (partHeading.test(text) || reportHeading.test(text)) return true;
  const title = text.replace(listMarker, "");
  return (
    title !== text && !/（[款项]）|\d(?:万元|元|%|分|个|辆)/u.test(title) && itemHeading.test(title)
  );
}

const tableTitle =
  /^(?:附(?:件|表)\d*：?)?(?:20\d\d年度?)?[^，。；：《》\d]{2,40}(?:决算总?表|占[有用](?:使用)?情况表|绩效自评表)$/u;
const tableHead = /(?:^|金额|\s)单位：|公开\d+表|编制单位|年度）|项目名/u;

const isTableTitle = (text: string, following: readonly SourceLine[]): boolean =>
  tableTitle.test(text) &&
  !listMarker.test(text) &&
  following.some((next) => tableHead.test(next.text.replace(/(?<=\d)\s|\s(?=\d)/gu, "")));

const endsTable = (text: string): boolean =>
  partHeading.test(text) || chapterHeading.test(text) || reportHeading.test(text);

const pageNumber = /^(?:第\d+页(?:[，、/]?共\d+页)?|[-—–·]+\d{1,4}[-—–·]+|\d{1,3}\/\d{1,3})$/u;

/** A page number, or a year that extraction lifted out of its line. */
function isStrayNumber(text: string, next: SourceLine | undefined): boolean {
  if (!/^\d{1,4}$/u.test(text)) return false;
  return next === undefined || !/^(?:万|元|%|个|人|辆|批|分|年|台)/u.test(next.text);
}

const halfWidth: { readonly [sign: string]: string } = {
  "(": "（",
  ")": "）",
  ";": "；",
  "?": "？",
  "﹪": "%",
  "％": "%",
  "．": ".",
  "－": "-",
  "−": "-",
};

function plainSigns(text: string): string {
  return text
    .replace(/[\u200b-\u200f\u2060\ufeff\u00ad]/gu, "")
    .replace(/[\uff10-\uff19\uff21-\uff3a\uff41-\uff5a\u2f00-\u2fdf]/gu, (sign) =>
      sign.normalize("NFKC"),
    )
    .replace(/[();?﹪％．－−]/gu, (sign) => halfWidth[sign] ?? sign)
    .replace(/[:：]/gu, "：")
    .replace(/，(?<=\d，)(?<!\.\d+，)(?=\d{3}(?:\.\d+)?\s*(?:万\s*)?元)/gu, ",")
    .replace(/,(?!\d{3}(?!\d))|(?<!\d),|,(?<=\.\d+,)/gu, "，")
    .replace(/\s+/gu, " ")
    .trim();
}
