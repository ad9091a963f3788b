import {
  decodePDFRawStream,
  PDFArray,
  PDFDict,
  type PDFDocument,
  PDFHexString,
  PDFName,
  PDFNumber,
  type PDFObject,
  type PDFPage,
  PDFRawStream,
  PDFRef,
  PDFString,
} from "@cantoo/pdf-lib";

/** Reads a printed report as a reader's program does: what is painted, and what the tags say it is. */

interface Painted {
  /** Marked content the text belongs to; undefined for running heads and page numbers. */
  readonly mcid: number | undefined;
  readonly text: string;
}

/** An element of the structure tree with all text below it, whitespace taken out. */
export interface Element {
  readonly type: string;
  readonly text: string;
  readonly children: readonly Element[];
}

interface Bookmark {
  readonly title: string;
  readonly depth: number;
  /** From 1. */
  readonly page: number;
}

/** White space means nothing between Chinese letters, and lines break anywhere. */
export const bare = (text: string): string => text.replaceAll(/\s/gu, "");

/** Everything painted on a page in the order it was painted, whitespace taken out. */
export const paintedText = (page: PDFPage): string =>
  bare(
    paintedOn(page)
      .map(({ text }) => text)
      .join(""),
  );

export function readStructure(pdf: PDFDocument): Element {
  const pages = new Map(pdf.getPages().map((page) => [page.ref, page]));
  const textOf = new Map<PDFRef, ReadonlyMap<number, string>>();
  const markedText = (page: PDFRef, mcid: number): string => {
    let texts = textOf.get(page);
    if (texts === undefined) {
      const drawn = pages.get(page);
      texts = textsByMark(drawn === undefined ? [] : paintedOn(drawn));
      textOf.set(page, texts);
    }
    return texts.get(mcid) ?? "";
  };
  const read = (node: PDFDict, inherited: PDFRef | undefined): Element => {
    const page = refOf(node.get(PDFName.of("Pg"))) ?? inherited;
    const children: Element[] = [];
    let text = "";
    for (const kid of kidsOf(node)) {
      const mark = markOf(kid);
      if (mark !== undefined) {
        const on = mark.page ?? page;
        if (on !== undefined) text += bare(markedText(on, mark.mcid));
      } else if (kid instanceof PDFDict && kid.has(PDFName.of("S"))) {
        const child = read(kid, page);
        children.push(child);
        text += child.text;
      }
    }
    return { type: nameOf(node.lookup(PDFName.of("S"))), text, children };
  };
  return read(pdf.catalog.lookup(PDFName.of("StructTreeRoot"), PDFDict), undefined);
}

/** Elements of a type anywhere below, in reading order; none inside one already found. */
export const elements = (of: Element, type: string): readonly Element[] =>
  of.children.flatMap((child) => (child.type === type ? [child] : elements(child, type)));

/** Text of each cell of each row of a table. */
export const cellTexts = (table: Element): readonly (readonly string[])[] =>
  elements(table, "TR").map((row) => row.children.map(({ text }) => text));

export function readBookmarks(pdf: PDFDocument): readonly Bookmark[] {
  const numberOf = new Map(pdf.getPages().map((page, index) => [page.ref, index + 1]));
  const found: Bookmark[] = [];
  const walk = (parent: PDFDict | undefined, depth: number) => {
    let item = parent?.lookupMaybe(PDFName.of("First"), PDFDict);
    while (item) {
      const target = item.lookup(PDFName.of("Dest"));
      const page = target instanceof PDFArray ? refOf(target.get(0)) : undefined;
      found.push({
        title: textOfString(item.lookup(PDFName.of("Title"))),
        depth,
        page: (page === undefined ? undefined : numberOf.get(page)) ?? 0,
      });
      walk(item, depth + 1);
      item = item.lookupMaybe(PDFName.of("Next"), PDFDict);
    }
  };
  walk(pdf.catalog.lookupMaybe(PDFName.of("Outlines"), PDFDict), 0);
  return found;
}

const refOf = (value: unknown): PDFRef | undefined => (value instanceof PDFRef ? value : undefined);
const nameOf = (value: unknown): string => (value instanceof PDFName ? value.decodeText() : "");
const textOfString = (value: unknown): string =>
  value instanceof PDFString || value instanceof PDFHexString ? value.decodeText() : "";

function kidsOf(node: PDFDict): readonly (PDFObject | undefined)[] {
  const kids = node.lookup(PDFName.of("K"));
  if (!(kids instanceof PDFArray)) return [kids];
  return Array.from({ length: kids.size() }, (_, index) => kids.lookup(index));
}

function markOf(kid: PDFObject | undefined) {
  if (kid instanceof PDFNumber) return { mcid: kid.asNumber(), page: undefined };
  if (!(kid instanceof PDFDict) || nameOf(kid.get(PDFName.of("Type"))) !== "MCR") return undefined;
  const mcid = kid.lookup(PDFName.of("MCID"), PDFNumber).asNumber();
  return { mcid, page: refOf(kid.get(PDFName.of("Pg"))) };
}

function textsByMark(painted: readonly Painted[]): ReadonlyMap<number, string> {
  const texts = new Map<number, string>();
  for (const { mcid, text } of painted) {
    if (mcid !== undefined) texts.set(mcid, (texts.get(mcid) ?? "") + text);
  }
  return texts;
}

const operator =
  /\/(\w+) [\d.]+ Tf|(?:\/MCID (\d+)[^]{0,40}?)?\b(BDC|BMC)\b|>>\s*(BDC)|\b(EMC)\b|<([0-9A-Fa-f\s]+)>\s*Tj|\(((?:\\[^]|[^\\()])*)\)\s*Tj/g;

function paintedOn(page: PDFPage): readonly Painted[] {
  const maps = textMapsOf(page);
  const painted: Painted[] = [];
  const marks: (number | undefined)[] = [];
  let map: ReadonlyMap<number, string> = new Map();
  for (const match of contentOf(page).matchAll(operator)) {
    const [, font, mcid, opens, opensToo, closes, hexadecimal, literal] = match;
    if (font !== undefined) map = maps.get(font) ?? new Map();
    else if (opens !== undefined || opensToo !== undefined) {
      marks.push(mcid === undefined ? marks.at(-1) : Number(mcid));
    } else if (closes !== undefined) marks.pop();
    else {
      const glyphs =
        hexadecimal === undefined
          ? literalBytes(literal ?? "")
          : Buffer.from(hexadecimal.replaceAll(/\s/g, ""), "hex");
      painted.push({ mcid: marks.at(-1), text: written(glyphs, map) });
    }
  }
  return painted;
}

function contentOf(page: PDFPage): string {
  const contents = page.node.Contents();
  const streams =
    contents instanceof PDFArray
      ? Array.from({ length: contents.size() }, (_, index) => contents.lookup(index))
      : [contents];
  return streams
    .filter((stream) => stream instanceof PDFRawStream)
    .map((stream) => Buffer.from(decodePDFRawStream(stream).decode()).toString("latin1"))
    .join("\n");
}

function textMapsOf(page: PDFPage): ReadonlyMap<string, ReadonlyMap<number, string>> {
  const fonts = page.node.Resources()?.lookupMaybe(PDFName.of("Font"), PDFDict);
  return new Map(
    (fonts?.keys() ?? []).map((name) => [
      name.decodeText(),
      textMap(fonts?.lookup(name, PDFDict).lookup(PDFName.of("ToUnicode"))),
    ]),
  );
}

function textMap(stream: unknown): ReadonlyMap<number, string> {
  const map = new Map<number, string>();
  if (!(stream instanceof PDFRawStream)) return map;
  const text = Buffer.from(decodePDFRawStream(stream).decode()).toString("latin1");
  const utf16 = (hex: string) => Buffer.from(hex, "hex").swap16().toString("utf16le");
  const line = /^<(\w{4})> (?:<(\w{4})> )?(?:<(\w+)>|\[([^\]]*)\])$/gm;
  for (const [, first = "", last = first, target = "", list] of text.matchAll(line)) {
    const from = Number.parseInt(first, 16);
    const count = Number.parseInt(last, 16) - from + 1;
    const targets = list === undefined ? [] : [...list.matchAll(/<(\w+)>/g)];
    for (let step = 0; step < count; step += 1) {
      const letter = targets[step]?.[1];
      const start = letter === undefined ? utf16(target) : "";
      map.set(
        from + step,
        letter === undefined
          ? start.length > 0 && step > 0
            ? String.fromCodePoint((start.codePointAt(0) ?? 0) + step)
            : start
          : utf16(letter),
      );
    }
  }
  return map;
}

function written(glyphs: Buffer, map: ReadonlyMap<number, string>): string {
  let text = "";
  for (let at = 0; at + 1 < glyphs.length; at += 2) {
    text += map.get(glyphs.readUInt16BE(at)) ?? "\u{fffd}";
  }
  return text;
}

/** The bytes of a literal string (ISO 32000-1 §7.3.4.2). */
function literalBytes(literal: string): Buffer {
  const escaped: Readonly<Record<string, string>> = { n: "\n", r: "\r", t: "\t", b: "\b", f: "\f" };
  const plain = literal.replaceAll(/\\([0-7]{1,3}|[^])/g, (_whole, code: string) =>
    /^[0-7]/.test(code)
      ? String.fromCharCode(Number.parseInt(code, 8) & 0xff)
      : (escaped[code] ?? code),
  );
  return Buffer.from(plain, "latin1");
}
