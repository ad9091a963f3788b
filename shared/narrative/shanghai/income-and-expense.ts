import { composition, type Portion, type Whole } from "../composition.ts";
import { plain, sentence, type Pen, type Phrase } from "../pen.ts";
import { cell } from "../sources.ts";
import type { Chapter } from "../written.ts";

/** 二、收入决算情况说明: kinds of income that occur, with their shares. */
export function incomeChapter(pen: Pen): Chapter {
  const whole = cell("t02/total/total");
  return {
    id: "income",
    heading: "二、收入决算情况说明",
    paragraphs: [
      plain(
        sentence(
          "income.composition",
          "本年收入合计",
          pen.amount(whole, "本年收入合计"),
          ...portions(pen, { name: "本年收入", source: whole }, [
            { name: "财政拨款收入", source: cell("t02/total/fiscal") },
            { name: "上级补助收入", source: cell("t02/total/superior") },
            { name: "事业收入", source: cell("t02/total/business") },
            { name: "经营收入", source: cell("t02/total/operating") },
            { name: "附属单位上缴收入", source: cell("t02/total/affiliate") },
            { name: "其他收入", source: cell("t02/total/other") },
          ]),
          "。",
        ),
      ),
    ],
  };
}

/** 三、支出决算情况说明: kinds of expense that occur, with their shares. */
export function expenseChapter(pen: Pen): Chapter {
  const whole = cell("t03/total/total");
  return {
    id: "expense",
    heading: "三、支出决算情况说明",
    paragraphs: [
      plain(
        sentence(
          "expense.composition",
          "本年支出合计",
          pen.amount(whole, "本年支出合计"),
          ...portions(pen, { name: "本年支出", source: whole }, [
            { name: "基本支出", source: cell("t03/total/basic") },
            { name: "项目支出", source: cell("t03/total/project") },
            { name: "上缴上级支出", source: cell("t03/total/to_superior") },
            { name: "经营支出", source: cell("t03/total/operating") },
            { name: "对附属单位补助支出", source: cell("t03/total/to_affiliate") },
          ]),
          "。",
        ),
      ),
    ],
  };
}

/** An income or expense of 0 or unknown consists of nothing that could be told. */
const portions = (pen: Pen, whole: Whole, parts: readonly Portion[]): Phrase[] =>
  (pen.value(whole.source) ?? 0) === 0 ? [] : ["，其中：", composition(pen, whole, parts)];
