import { chineseOrdinal } from "../../chinese-ordinal.ts";
import { item, plain, sentence, type Pen } from "../pen.ts";
import type { FigureSource } from "../../report/figure-source.ts";
import { cell, fact } from "../sources.ts";
import type { Chapter, Sentence } from "../written.ts";
import { tableIn } from "../../report/sections.ts";

const againstBudget = "年初预算数";

/** 三、财政拨款支出决算情况说明: 公开04表 against the 年初预算, class by class and none left out. */
export function fiscalChapter(pen: Pen): Chapter {
  const final = cell("t04/expense_total/total");
  const budget = fact("facts.initialBudget.total");
  const classes = classCodes(pen);
  return {
    id: "fiscal",
    heading: "三、财政拨款支出决算情况说明",
    paragraphs: [
      plain(
        sentence(
          "fiscal.total",
          `${pen.self}${pen.year}年度财政拨款本年支出`,
          execution(pen, { slot: "fiscal.total", what: "财政拨款本年支出", budget, final }),
          classes.length > 0 ? "。其中：" : "。",
        ),
      ),
      ...classes.map((code, index) =>
        item(`（${chineseOrdinal(index + 1)}）`, classSentence(pen, code)),
      ),
    ],
  };
}

/** Every 类 with a budget or a final figure that is not 0. */
function classCodes({ report, value, budgetOf }: Pen): string[] {
  const { facts } = report.sections;
  const named = [
    ...tableIn(report.sections, "t04")
      .rows.map(({ key }) => key)
      .filter((key) => /^\d{3}$/u.test(key)),
    ...Object.keys(facts.initialBudget?.byCode ?? {}).map((code) => code.slice(0, 3)),
  ];
  return [...new Set(named)]
    .sort()
    .filter(
      (code) => (value(budgetOf(code)) ?? 0) !== 0 || (value(cell(`t04/${code}/total`)) ?? 0) !== 0,
    );
}

function classSentence(pen: Pen, code: string): Sentence {
  const name = pen.codeName(code);
  const final = cell(`t04/${code}/total`);
  return sentence(
    `fiscal.class.${code}`,
    name,
    execution(pen, { slot: `class.${code}`, what: name, budget: pen.budgetOf(code), final }),
    "。",
  );
}

function execution(
  pen: Pen,
  told: { slot: string; what: string; budget: FigureSource; final: FigureSource },
) {
  const { slot, what, budget, final } = told;
  const planned = pen.known(budget);
  return [
    planned === 0
      ? ["无", { figure: "年初预算", source: budget }]
      : ["年初预算数为", pen.amount(budget, `${what}年初预算数`)],
    "，",
    pen.amountOrNone(final, { what: `${what}决算数`, lead: "决算数为", none: "决算支出" }),
    pen.completion(final, budget, "年初预算"),
    pen.reason({ slot, what, current: final, base: budget, against: againstBudget }),
  ];
}
