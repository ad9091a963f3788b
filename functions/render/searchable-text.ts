import {
  decodePDFRawStream,
  PDFDict,
  type PDFDocument,
  PDFName,
  PDFRawStream,
  PDFRef,
} from "@cantoo/pdf-lib";

/**
 * Chinese fonts draw a radical and the character it looks like (⼊ and 入) with one glyph, and Chromium
 * maps the glyph to the first of the two: whoever then searches for 收入, or copies
 * it, gets nothing or ⼊. No report means a radical, so every text map gets the character.
 */
export function makeTextSearchable(pdf: PDFDocument): void {
  for (const [, font] of pdf.context.enumerateIndirectObjects()) {
    if (!(font instanceof PDFDict)) continue;
    const ref = font.get(PDFName.of("ToUnicode"));
    const map = pdf.context.lookup(ref);
    if (!(ref instanceof PDFRef) || !(map instanceof PDFRawStream)) continue;
    const text = Buffer.from(decodePDFRawStream(map).decode()).toString("latin1");
    const unified = unifiedMap(text);
    if (unified !== text) pdf.context.assign(ref, pdf.context.flateStream(unified));
  }
}

/** One `<glyph> <UTF-16>` a line, or `<first> <last> <UTF-16>` for glyphs and characters in step. */
const unifiedMap = (map: string): string =>
  map.replaceAll(
    /^<(\w{4})> (?:<(\w{4})> )?<(\w{4})>$/gm,
    (line, first: string, last: string | undefined, target: string) => {
      const from = Number.parseInt(target, 16);
      const count = Number.parseInt(last ?? first, 16) - Number.parseInt(first, 16) + 1;
      const characters = Array.from({ length: count }, (_, step) => from + step);
      if (!characters.some(isRadical)) return line;
      const targets = characters.map((point) => `<${utf16(unifiedOf(point))}>`).join(" ");
      return last === undefined ? `<${first}> ${targets}` : `<${first}> <${last}> [${targets}]`;
    },
  );

/** CJK Radicals Supplement and Kangxi Radicals. */
const isRadical = (point: number): boolean => point >= 0x2e80 && point <= 0x2fd5;

const unifiedOf = (point: number): string => {
  const radical = String.fromCodePoint(point);
  return supplement.get(radical) ?? radical.normalize("NFKC");
};

const utf16 = (text: string): string =>
  Buffer.from(text, "utf16le").swap16().toString("hex").toUpperCase();

/** What Unicode's own folding leaves out: each radical and the character that shares its glyph. */
const supplement: ReadonlyMap<string, string> = new Map(
  (
    "⺂乛 ⺃乚 ⺅亻 ⺇𠘨 ⺉刂 ⺋㔾 ⺍𭕄 ⺎兀 ⺏尣 ⺐尢 ⺒巳 ⺓幺 ⺔彑 ⺕彐 ⺖忄 ⺘扌 ⺙攵 ⺛旡 ⺞歺 ⺟母 ⺠民 ⺡氵 ⺣灬 ⺤爫 " +
    "⺦丬 ⺨犭 ⺩𤣩 ⺫罒 ⺭礻 ⺮𥫗 ⺯糹 ⺰纟 ⺱罓 ⺲罒 ⺳㓁 ⺹耂 ⺺肀 ⺽𦥑 ⺾艹 ⻁虎 ⻂衤 ⻃覀 ⻅见 ⻆角 ⻇𧢲 ⻈讠 ⻉贝 ⻊𧾷 " +
    "⻋车 ⻌辶 ⻐钅 ⻑長 ⻒镸 ⻓长 ⻔门 ⻕𨸏 ⻖阝 ⻘青 ⻙韦 ⻚页 ⻛风 ⻜飞 ⻝食 ⻞𩙿 ⻟飠 ⻠饣 ⻡𩠐 ⻢马 ⻣骨 ⻤鬼 ⻥鱼 ⻦鸟 " +
    "⻧卤 ⻨麦 ⻩黄 ⻪黾 ⻫斉 ⻬齐 ⻮齿 ⻯竜 ⻰龙 ⻱龜 ⻲亀 ⻳龟 ⼾户"
  )
    .split(" ")
    .map((pair) => Array.from(pair))
    .map(([radical = "", character = ""]) => [radical, character]),
);
