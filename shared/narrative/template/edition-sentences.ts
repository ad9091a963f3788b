import type { Edition } from "../../forms/form.ts";
import type { ReportFigures } from "../report-figures.ts";
import type { SentenceBook } from "./book.ts";
import { ok, type Result } from "../../result.ts";
import type { FactLookup } from "./check-places.ts";
import { compileSentences } from "./compile.ts";
import { faultText, type SentencesFault } from "./compiler.ts";
import { openScope, type Scope } from "./scope.ts";

const compiled = new WeakMap<Edition, SentenceBook>();

/**
 * The sentences of an edition, compiled once for as long as the edition is in use; or all their faults. What people fill
 * in is compared by `facts` when the edition is loaded; the schemas it needs are no part of writing a sentence.
 */
export function compileOnce(
  edition: Edition,
  facts?: FactLookup,
): Result<SentenceBook, readonly SentencesFault[]> {
  const known = compiled.get(edition);
  if (known !== undefined) return ok(known);
  const book = compileSentences(edition.sentences, edition, facts);
  if (book.ok) compiled.set(edition, book.value);
  return book;
}

/** Of an edition that was loaded, whose sentences have no faults: else it throws. */
export function sentenceBook(edition: Edition): SentenceBook {
  const book = compileOnce(edition);
  if (book.ok) return book.value;
  throw new Error([`The sentences of ${edition.id}:`, ...book.error.map(faultText)].join("\n"));
}

/** Where an edition's templates are written for one report. */
export const scopeOf = (figures: ReportFigures): Scope =>
  openScope(sentenceBook(figures.report.edition), figures);
