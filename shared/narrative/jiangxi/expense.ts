import { composition } from "../composition.ts";
import { plain, sentence, type Pen } from "../pen.ts";
import { cell, prior, sum } from "../sources.ts";
import type { Chapter } from "../written.ts";

/** 二、支出决算情况说明: 公开01表 against last year, 公开03表 by kind of expense. */
export function expenseChapter(pen: Pen): Chapter {
  const against = `${pen.priorYear}年`;
  const expense = cell("t01/expense_total/final");
  const closing = cell("t01/closing/final");
  const distribution = cell("t01/distribution/final");
  return {
    id: "expense",
    heading: "二、支出决算情况说明",
    paragraphs: [
      plain(
        sentence(
          "expense.total",
          `${pen.self}${pen.year}年度支出总计`,
          pen.amount(cell("t01/expense_sum/final"), "支出总计"),
          pen.change({ of: "t01/expense_sum/final", what: "支出总计", rate: false }),
          "。",
        ),
        sentence(
          "expense.year",
          "其中：本年支出合计",
          pen.amount(expense, "本年支出合计"),
          pen.change({ of: "t01/expense_total/final", what: "本年支出合计" }),
          pen.reason({
            slot: "expense.year",
            what: "本年支出合计",
            current: expense,
            base: prior("t01/expense_total/final"),
            against,
          }),
          "；",
        ),
        ...((pen.value(distribution) ?? 0) !== 0
          ? [
              sentence(
                "expense.distribution",
                "结余分配",
                pen.amount(distribution, "结余分配"),
                "；",
              ),
            ]
          : []),
        sentence(
          "expense.closing",
          pen.amountOrNone(closing, { what: "年末结转和结余" }),
          pen.change({ of: "t01/closing/final", what: "年末结转和结余" }),
          pen.reason({
            slot: "expense.closing",
            what: "年末结转和结余",
            current: closing,
            base: prior("t01/closing/final"),
            against,
          }),
          "。",
        ),
      ),
      plain(
        sentence(
          "expense.composition",
          "本年支出的具体构成为：",
          composition(pen, { name: "本年支出", source: cell("t03/total/total") }, [
            { name: "基本支出", source: cell("t03/total/basic"), always: true },
            { name: "项目支出", source: cell("t03/total/project"), always: true },
            { name: "经营支出", source: cell("t03/total/operating"), always: true },
            {
              name: "其他支出（对附属单位补助支出、上缴上级支出）",
              source: sum(cell("t03/total/to_affiliate"), cell("t03/total/to_superior")),
              always: true,
            },
          ]),
          "。",
        ),
      ),
    ],
  };
}
