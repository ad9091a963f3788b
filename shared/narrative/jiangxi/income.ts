import { composition } from "../composition.ts";
import { plain, sentence, type Pen } from "../pen.ts";
import { cell, prior } from "../sources.ts";
import type { Chapter } from "../written.ts";

/** 一、收入决算情况说明: 公开01表 against last year, 公开02表 by kind of income. */
export function incomeChapter(pen: Pen): Chapter {
  const { priorYear } = pen;
  const against = `${priorYear}年`;
  const opening = cell("t01/opening/final");
  const income = cell("t01/income_total/final");
  const surplus = cell("t01/surplus_used/final");
  return {
    id: "income",
    heading: "一、收入决算情况说明",
    paragraphs: [
      plain(
        sentence(
          "income.total",
          `${pen.self}${pen.year}年度收入总计`,
          pen.amount(cell("t01/income_sum/final"), "收入总计"),
          pen.change({ of: "t01/income_sum/final", what: "收入总计", rate: false }),
          "。",
        ),
        sentence(
          "income.opening",
          "其中：",
          pen.amountOrNone(opening, { what: "年初结转和结余" }),
          pen.change({ of: "t01/opening/final", what: "年初结转和结余" }),
          pen.reason({
            slot: "income.opening",
            what: "年初结转和结余",
            current: opening,
            base: prior("t01/opening/final"),
            against,
            required: false,
          }),
          "；",
        ),
        ...((pen.value(surplus) ?? 0) !== 0
          ? [
              sentence(
                "income.surplus_used",
                "使用非财政拨款结余",
                pen.amount(surplus, "使用非财政拨款结余"),
                "；",
              ),
            ]
          : []),
        sentence(
          "income.year",
          "本年收入合计",
          pen.amount(income, "本年收入合计"),
          pen.change({ of: "t01/income_total/final", what: "本年收入合计" }),
          pen.reason({
            slot: "income.year",
            what: "本年收入合计",
            current: income,
            base: prior("t01/income_total/final"),
            against,
          }),
          "。",
        ),
      ),
      plain(
        sentence(
          "income.composition",
          "本年收入的具体构成为：",
          composition(pen, { name: "本年收入", source: cell("t02/total/total") }, [
            { name: "财政拨款收入", source: cell("t02/total/fiscal"), always: true },
            { name: "上级补助收入", source: cell("t02/total/superior") },
            { name: "事业收入", source: cell("t02/total/business"), always: true },
            { name: "经营收入", source: cell("t02/total/operating"), always: true },
            { name: "附属单位上缴收入", source: cell("t02/total/affiliate") },
            { name: "其他收入", source: cell("t02/total/other"), always: true },
          ]),
          "。",
        ),
      ),
    ],
  };
}
