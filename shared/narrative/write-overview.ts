import type { Report } from "../report/report.ts";
import { readFigures } from "./report-figures.ts";
import { scopeOf, sentenceBook } from "./template/edition-sentences.ts";
import { writeChapters } from "./template/write-chapters.ts";
import type { WrittenNarrative } from "./written.ts";

/** 第一部分 概况: 主要职责 and 基本情况, as the edition words them. */
export const writeOverview = (report: Report): WrittenNarrative => ({
  chapters: writeChapters(sentenceBook(report.edition).overview, scopeOf(readFigures(report))),
});
