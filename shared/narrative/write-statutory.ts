import type { NarrativeStyle } from "../forms/form.ts";
import { assetsChapter } from "./jiangxi/assets.ts";
import { basicChapter } from "./jiangxi/basic.ts";
import { expenseChapter } from "./jiangxi/expense.ts";
import { fiscalChapter } from "./jiangxi/fiscal.ts";
import { incomeChapter } from "./jiangxi/income.ts";
import { operatingCostChapter } from "./jiangxi/operating-cost.ts";
import { performanceChapter } from "./jiangxi/performance.ts";
import { procurementChapter } from "./jiangxi/procurement.ts";
import { threePublicChapter } from "./jiangxi/three-public.ts";
import type { Pen } from "./pen.ts";
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
import type { Chapter } from "./written.ts";

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

/** The statutory chapters of the edition, in its own words throughout. */
export const writeStatutory = (pen: Pen): Chapter[] =>
  chaptersOf[pen.report.edition.narrative].map((write) => write(pen));
