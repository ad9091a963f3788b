import type { ReportFigures } from "./report-figures.ts";
import { scopeOf, sentenceBook } from "./template/edition-sentences.ts";
import { writeChapters } from "./template/write-chapters.ts";
import type { Chapter } from "./written.ts";

/** The statutory chapters of the edition, in its own words throughout. */
export const writeStatutory = (figures: ReportFigures): Chapter[] =>
  writeChapters(sentenceBook(figures.report.edition).narrative, scopeOf(figures));
