import { PDFArray, PDFDict, type PDFDocument, PDFName, PDFRef } from "@cantoo/pdf-lib";

/** Where things landed on paper. Pages count from 1, the cover included. */
export type Layout = {
  pageCount: number;
  /** The page of every element that a link of the document points at (`href="#id"`), by id. */
  pageOf: ReadonlyMap<string, number>;
};

/** Chromium writes a named destination for every id that is linked to: no need to match titles. */
export function readLayout(pdf: PDFDocument): Layout {
  const pages = pdf.getPages();
  const numberOf = new Map(pages.map((page, index) => [page.ref, index + 1]));
  const pageOf = new Map<string, number>();
  const destinations = pdf.catalog.lookupMaybe(PDFName.of("Dests"), PDFDict);
  for (const [name, value] of destinations?.entries() ?? []) {
    const target = pdf.context.lookup(value);
    const page = target instanceof PDFArray ? target.get(0) : undefined;
    const number = page instanceof PDFRef ? numberOf.get(page) : undefined;
    if (number !== undefined) pageOf.set(idOf(name.decodeText()), number);
  }
  return { pageCount: pages.length, pageOf };
}

function idOf(fragment: string): string {
  try {
    return decodeURIComponent(fragment);
  } catch {
    return fragment;
  }
}
