import type { Edition } from "../../forms/form.ts";
import type { ReportFigures } from "../report-figures.ts";
import type { SentenceBook } from "./book.ts";
import { compileSentences } from "./compile.ts";
import { faultText } from "./compiler.ts";
import { openScope, type Scope } from "./scope.ts";

const compiled = new WeakMap<Edition, SentenceBook>();

/** The sentences of an edition, compiled once. That they have no faults is shown when an edition is accepted. */
export function sentenceBook(edition: Edition): SentenceBook {
  const kept = compiled.get(edition);
  if (kept !== undefined) return kept;
  const book = compileSentences(edition.sentences, edition);
  if (!book.ok) {
    throw new Error([`The sentences of ${edition.id}:`, ...book.error.map(faultText)].join("\n"));
  }
  compiled.set(edition, book.value);
  return book.value;
}

/** Where an edition's templates are written for one report. */
export const scopeOf = (figures: ReportFigures): Scope =>
  openScope(sentenceBook(figures.report.edition), figures);
