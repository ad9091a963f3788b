import type { Report } from "../report/report.ts";
import { plain, sentence } from "./phrase.ts";
import { readFigures, type ReportFigures } from "./report-figures.ts";
import { printTokens, rewritings, withRewritings } from "./rewriting.ts";
import { writeStatutory } from "./write-statutory.ts";
import type { Chapter, WrittenNarrative } from "./written.ts";

/**
 * 第三部分 决算情况说明: the statutory chapters of the edition, in people's words where they reworded a
 * sentence and that still holds, each followed by what people added.
 */
export function writeNarrative(report: Report): WrittenNarrative {
  const figures = readFigures(report);
  const chapters = writeStatutory(figures);
  const reworded = new Map(rewritings(figures, chapters).map((one) => [one.sentence, one]));
  return {
    chapters: chapters.map((chapter) =>
      withAdditions(figures, withRewritings(figures, chapter, reworded)),
    ),
  };
}

function withAdditions(figures: ReportFigures, chapter: Chapter): Chapter {
  const added = figures.report.sections.narrative.additions[chapter.id] ?? [];
  return {
    ...chapter,
    paragraphs: [
      ...chapter.paragraphs,
      ...added.map((own, index) =>
        plain(
          sentence(
            `${chapter.id}.addition.${index + 1}`,
            typeof own === "string" ? own.trim() : printTokens(figures, own),
          ),
        ),
      ),
    ],
  };
}
