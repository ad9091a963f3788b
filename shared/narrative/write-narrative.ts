import type { NarrativeStyle } from "../forms/form.ts";
import type { Report } from "../report/report.ts";
import { assetsChapter } from "./jiangxi/assets.ts";
import { basicChapter } from "./jiangxi/basic.ts";
import { expenseChapter } from "./jiangxi/expense.ts";
import { fiscalChapter } from "./jiangxi/fiscal.ts";
import { incomeChapter } from "./jiangxi/income.ts";
import { operatingCostChapter } from "./jiangxi/operating-cost.ts";
import { performanceChapter } from "./jiangxi/performance.ts";
import { procurementChapter } from "./jiangxi/procurement.ts";
import { threePublicChapter } from "./jiangxi/three-public.ts";
import { plain, sentence, takePen, type Pen } from "./pen.ts";
import { basicChapter as shanghaiBasicChapter } from "./shanghai/basic.ts";
import { generalChapter } from "./shanghai/general.ts";
import {
  expenseChapter as shanghaiExpenseChapter,
  incomeChapter as shanghaiIncomeChapter,
} from "./shanghai/income-and-expense.ts";
import { capitalChapter, fundChapter } from "./shanghai/other-budgets.ts";
import { otherChapter } from "./shanghai/other.ts";
import { fiscalOverallChapter, overallChapter } from "./shanghai/overall.ts";
import { performanceChapter as shanghaiPerformanceChapter } from "./shanghai/performance.ts";
import { threePublicChapter as shanghaiThreePublicChapter } from "./shanghai/three-public.ts";
import { fact } from "./sources.ts";
import type { Chapter, WrittenNarrative } from "./written.ts";

const chaptersOf: Record<NarrativeStyle, readonly ((pen: Pen) => Chapter)[]> = {
  jiangxi: [
    incomeChapter,
    expenseChapter,
    fiscalChapter,
    basicChapter,
    threePublicChapter,
    operatingCostChapter,
    procurementChapter,
    assetsChapter,
    performanceChapter,
  ],
  shanghai: [
    overallChapter,
    shanghaiIncomeChapter,
    shanghaiExpenseChapter,
    fiscalOverallChapter,
    generalChapter,
    shanghaiBasicChapter,
    shanghaiThreePublicChapter,
    fundChapter,
    capitalChapter,
    shanghaiPerformanceChapter,
    otherChapter,
  ],
};

/** 第三部分 决算情况说明: the statutory chapters of the edition, each followed by what people added. */
export function writeNarrative(report: Report): WrittenNarrative {
  const pen = takePen(report);
  const chapters = chaptersOf[report.edition.narrative].map((write) => write(pen));
  return { chapters: chapters.map((chapter) => withAdditions(report, chapter)) };
}

function withAdditions(report: Report, chapter: Chapter): Chapter {
  const added = report.sections.narrative.additions[chapter.id] ?? [];
  return {
    ...chapter,
    paragraphs: [
      ...chapter.paragraphs,
      ...added.map((text, index) =>
        plain(
          sentence(`${chapter.id}.addition.${index + 1}`, {
            figure: text.trim(),
            source: fact(`narrative.additions.${chapter.id}.${index}`),
          }),
        ),
      ),
    ],
  };
}
