import {
  decodePDFRawStream,
  PDFArray,
  PDFDict,
  PDFName,
  PDFRawStream,
  type PDFPage,
} from "@cantoo/pdf-lib";

/**
 * Whether a page shows glyph 0, the box drawn for a missing character. Chromium writes all
 * text in fonts of two-byte glyph numbers (Identity-H), as hexadecimal or literal strings.
 */
export function hasMissingGlyph(page: PDFPage): boolean {
  return streamsOf(page.node).some((stream) => {
    const operators = Buffer.from(decodePDFRawStream(stream).decode()).toString("latin1");
    return [...operators.matchAll(SHOWN_STRING)].some(([, hexadecimal, literal]) =>
      hasGlyphZero(
        hexadecimal === undefined
          ? literalBytes(literal ?? "")
          : Buffer.from(hexadecimal.replaceAll(/\s/g, ""), "hex"),
      ),
    );
  });
}

const SHOWN_STRING = /(?:<([0-9A-Fa-f\s]*)>|\(((?:\\[^]|[^\\()])*)\))\s*Tj/g;

function hasGlyphZero(glyphs: Buffer): boolean {
  for (let at = 0; at + 1 < glyphs.length; at += 2) {
    if (glyphs.readUInt16BE(at) === 0) return true;
  }
  return false;
}

const ESCAPED: Readonly<Record<string, string>> = { n: "\n", r: "\r", t: "\t", b: "\b", f: "\f" };

/** The bytes of a literal string (ISO 32000-1 §7.3.4.2). */
function literalBytes(literal: string): Buffer {
  const plain = literal.replaceAll(/\\([0-7]{1,3}|[^])/g, (_whole, escaped: string) =>
    /^[0-7]/.test(escaped)
      ? String.fromCharCode(Number.parseInt(escaped, 8) & 0xff)
      : (ESCAPED[escaped] ?? escaped),
  );
  return Buffer.from(plain, "latin1");
}

/** The page's own operators and those of the forms it draws, however deep. */
function streamsOf(node: PDFDict, seen = new Set<PDFDict>()): readonly PDFRawStream[] {
  if (seen.has(node)) return [];
  seen.add(node);
  const contents = node.lookup(PDFName.of("Contents"));
  const own =
    contents instanceof PDFArray
      ? Array.from({ length: contents.size() }, (_, index) => contents.lookup(index))
      : [contents];
  const forms = node
    .lookupMaybe(PDFName.of("Resources"), PDFDict)
    ?.lookupMaybe(PDFName.of("XObject"), PDFDict);
  const drawn = (forms?.values() ?? []).map((form) => node.context.lookup(form));
  return [
    ...own.filter((stream) => stream instanceof PDFRawStream),
    ...drawn
      .filter((stream) => stream instanceof PDFRawStream)
      .filter(({ dict }) => dict.get(PDFName.of("Subtype")) === PDFName.of("Form"))
      .flatMap((form) => [form, ...streamsOf(form.dict, seen)]),
  ];
}
