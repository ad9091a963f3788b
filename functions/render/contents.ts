import type { PdfMetadata } from "./normalise.ts";
import type { PrintedPdf, Printer } from "./print.ts";

/**
 * The document, given the page of every id it links to. With an empty map it puts a placeholder of
 * the usual width (`00`), so that filling in the numbers moves nothing.
 */
export type Paginated = (pageOf: ReadonlyMap<string, number>) => string;

/**
 * Prints a document whose contents name their own pages: lay out, fill in, print, and see that
 * nothing moved. Throws when a link leads nowhere or the pages do not come to rest.
 */
export async function printWithContents(
  printer: Pick<Printer, "print" | "layOut">,
  document: Paginated,
  metadata: PdfMetadata,
): Promise<PrintedPdf> {
  let pageOf = (await printer.layOut(document(new Map()))).pageOf;
  // The numbers may be wider than the placeholder and push a line over, once.
  for (const isLastTry of [false, true]) {
    const html = document(pageOf);
    const printed = await printer.print(html, metadata);
    const lost = [...linkedIds(html)].filter((id) => !printed.pageOf.has(id));
    if (lost.length > 0) {
      throw new Error(`The document links to ids that no element bears: ${lost.join(", ")}.`);
    }
    if (isSame(printed.pageOf, pageOf)) return printed;
    if (isLastTry) break;
    pageOf = printed.pageOf;
  }
  throw new Error("The page numbers of the contents do not come to rest after three printings.");
}

function linkedIds(html: string): ReadonlySet<string> {
  return new Set([...html.matchAll(/<a\b[^>]*\shref="#([^"]+)"/g)].map(([, id]) => id ?? ""));
}

function isSame(left: ReadonlyMap<string, number>, right: ReadonlyMap<string, number>): boolean {
  return left.size === right.size && [...left].every(([id, page]) => right.get(id) === page);
}
