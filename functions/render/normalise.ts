import { createHash } from "node:crypto";
import {
  ParseSpeeds,
  PDFDict,
  PDFDocument,
  PDFHexString,
  PDFName,
  PDFString,
} from "@cantoo/pdf-lib";
import { hasMissingGlyph } from "./glyphs.ts";
import { type Layout, readLayout } from "./layout.ts";
import { makeTextSearchable } from "./searchable-text.ts";

/** What a reader's "document properties" show, and what a search finds. */
export type PdfMetadata = {
  title: string;
  author?: string | undefined;
  subject?: string | undefined;
  keywords?: readonly string[] | undefined;
  /** ISO instants; the PDF never sees the clock. */
  createdAt: string;
  modifiedAt?: string | undefined;
  /** BCP 47; `zh-CN` by default. */
  lang?: string | undefined;
};

export type NormalisedPdf = Layout & {
  bytes: Uint8Array;
  /** Pages on which a character is printed as an empty box, since no font of ours has it. */
  pagesWithMissingGlyphs: readonly number[];
};

const PRODUCER = "Juesuan 决算";

export function parsePdf(bytes: Uint8Array): Promise<PDFDocument> {
  return PDFDocument.load(bytes, { parseSpeed: ParseSpeeds.Fastest, updateMetadata: false });
}

/**
 * Makes the bytes depend on the document alone: times are handed in, structure ids are counted from
 * one, the file identifier is a hash of the content. Outline and structure tree stay as they are.
 */
export async function normalisePdf(
  printed: Uint8Array,
  metadata: PdfMetadata,
): Promise<NormalisedPdf> {
  const steady = withoutTraces(printed);
  const pdf = await parsePdf(steady);
  const created = new Date(metadata.createdAt);
  const modified = metadata.modifiedAt === undefined ? created : new Date(metadata.modifiedAt);
  pdf.setTitle(metadata.title);
  if (metadata.author !== undefined) pdf.setAuthor(metadata.author);
  if (metadata.subject !== undefined) pdf.setSubject(metadata.subject);
  if (metadata.keywords !== undefined) pdf.setKeywords([metadata.keywords.join("; ")]);
  pdf.setCreator(PRODUCER);
  pdf.setProducer(PRODUCER);
  pdf.setCreationDate(created);
  pdf.setModificationDate(modified);
  const { catalog, context } = pdf;
  catalog.set(PDFName.of("Lang"), PDFString.of(metadata.lang ?? "zh-CN"));
  catalog.set(PDFName.of("ViewerPreferences"), context.obj({ DisplayDocTitle: true }));
  if (catalog.lookup(PDFName.of("Outlines")) instanceof PDFDict) {
    catalog.set(PDFName.of("PageMode"), PDFName.of("UseOutlines"));
  }
  const identifier = PDFHexString.of(identifierOf(steady, metadata));
  context.trailerInfo.ID = context.obj([identifier, identifier]);
  makeTextSearchable(pdf);
  const layout = readLayout(pdf);
  const pagesWithMissingGlyphs = pdf
    .getPages()
    .flatMap((page, index) => (hasMissingGlyph(page) ? [index + 1] : []));
  const bytes = await pdf.save({
    // Halves the file: a tagged report has thousands of small structure objects.
    useObjectStreams: true,
    objectsPerTick: Infinity,
    addDefaultPage: false,
    updateFieldAppearances: false,
  });
  return { ...layout, pagesWithMissingGlyphs, bytes };
}

function identifierOf(content: Uint8Array, metadata: PdfMetadata): string {
  const { title, author, subject, keywords, createdAt, modifiedAt, lang } = metadata;
  const spoken = [title, author, subject, keywords, createdAt, modifiedAt, lang];
  const hash = createHash("sha256").update(content).update(JSON.stringify(spoken));
  return hash.digest("hex").slice(0, 32);
}

/**
 * Wipes what differs from print to print, each in its own width so no offset moves: the times of
 * the information dictionary, and structure ids (`node00000085`), which Chromium counts per process.
 */
function withoutTraces(printed: Uint8Array): Uint8Array {
  const steady = Buffer.from(printed);
  const text = steady.toString("latin1");
  for (const { 0: date, index } of text.matchAll(/(?<=\/(?:Creation|Mod)Date \()D:[^)]*(?=\))/g)) {
    steady.fill("0", index, index + date.length, "latin1");
  }
  const ids = [...text.matchAll(/(?<=\(node)\d{8}(?=\))/g)];
  const rankOf = new Map(
    [...new Set(ids.map(([id]) => id))].sort().map((id, rank) => [id, rank + 1] as const),
  );
  for (const { 0: id, index } of ids) {
    steady.write(String(rankOf.get(id)).padStart(8, "0"), index, "latin1");
  }
  return steady;
}
