import { item, plain, sentence, type Pen, type Phrase } from "../pen.ts";
import { cell, prior } from "../sources.ts";
import type { Chapter, Sentence } from "../written.ts";

const againstBudget = "全年预算数";

interface Expense {
  /** Row of 公开09表. */
  readonly row: "abroad" | "vehicle_purchase" | "vehicle_running" | "reception";
  readonly name: string;
}

/** 五、财政拨款“三公”经费支出决算情况说明: 公开09表 against the 全年预算 and last year. */
export function threePublicChapter(pen: Pen): Chapter {
  const vehicles = cell("t09/vehicles/final");
  const vehiclesName = "公务用车购置及运行维护费支出";
  return {
    id: "three_public",
    heading: "五、财政拨款“三公”经费支出决算情况说明",
    paragraphs: [
      plain(
        sentence(
          "three_public.total",
          `${pen.self}${pen.year}年度财政拨款“三公”经费支出`,
          execution(pen, "total", "“三公”经费支出"),
          pen.change({ of: "t09/total/final", what: "“三公”经费支出", subject: "决算数" }),
          pen.reason({
            slot: "three_public.total.prior",
            what: "“三公”经费支出决算数",
            current: cell("t09/total/final"),
            base: prior("t09/total/final"),
            against: `${pen.priorYear}年`,
            required: false,
          }),
          pen.value(cell("t09/total/final")) === undefined ? "。" : "，其中：",
        ),
      ),
      item(
        "（一）",
        ...expenseSentences(pen, { row: "abroad", name: "因公出国（境）支出" }),
        ...countSentence(pen, "abroad", "全年安排", [
          ["abroad_groups", "因公出国（境）团组", "个"],
          ["abroad_persons", "累计", "人次"],
        ]),
      ),
      item(
        "（二）",
        ...expenseSentences(pen, { row: "reception", name: "公务接待费支出" }),
        ...countSentence(pen, "reception", "全年", [
          ["domestic_batches", "国内公务接待", "批"],
          ["domestic_persons", "累计接待", "人次"],
          ["domestic_batches_foreign", "其中外事接待", "批"],
          ["domestic_persons_foreign", "累计接待", "人次"],
          ["overseas_batches", "国（境）外公务接待", "批"],
          ["overseas_persons", "累计接待", "人次"],
        ]),
      ),
      item(
        "（三）",
        sentence(
          "three_public.vehicles",
          pen.amountOrNone(vehicles, { what: vehiclesName }),
          pen.isNone(vehicles) ? "。" : "，其中：",
        ),
        ...expenseSentences(pen, { row: "vehicle_purchase", name: "公务用车购置支出" }),
        ...countSentence(pen, "vehicle_purchase", "全年购置公务用车", [
          ["vehicles_bought", "", "辆"],
        ]),
        ...expenseSentences(pen, { row: "vehicle_running", name: "公务用车运行维护费支出" }),
        ...countSentence(pen, "vehicle_running", "年末公务用车保有", [["vehicles_kept", "", "辆"]]),
      ),
    ],
  };
}

/** 全年预算数为…，决算数为…，完成全年预算的…; plainly none where there was neither. */
function execution(pen: Pen, row: Expense["row"] | "total", name: string): Phrase {
  const budget = cell(`t09/${row}/full`);
  const final = cell(`t09/${row}/final`);
  if (pen.known(budget) === 0 && pen.known(final) === 0) {
    return ["本年无", { figure: "预算", source: budget }, "和", { figure: "支出", source: final }];
  }
  return [
    pen.known(budget) === 0
      ? ["无", { figure: "全年预算", source: budget }]
      : ["全年预算数为", pen.amount(budget, `${name}全年预算数`)],
    "，",
    pen.amountOrNone(final, { what: `${name}决算数`, lead: "决算数为", none: "决算支出" }),
    pen.completion(final, budget, "全年预算"),
  ];
}

function expenseSentences(pen: Pen, { row, name }: Expense): Sentence[] {
  const budget = cell(`t09/${row}/full`);
  const final = cell(`t09/${row}/final`);
  const base = prior(`t09/${row}/final`);
  const main = sentence(
    `three_public.${row}`,
    name,
    execution(pen, row, name),
    pen.change({ of: `t09/${row}/final`, what: name, subject: "决算数" }),
    pen.reason({
      slot: `three_public.${row}.prior`,
      what: `${name}决算数`,
      current: final,
      base,
      against: `${pen.priorYear}年`,
    }),
    "。",
  );
  const planned = pen.known(budget);
  const spent = pen.known(final);
  if (planned === undefined || spent === undefined || (planned === 0 && spent === 0)) return [main];
  const difference = { kind: "difference", current: final, base: budget } as const;
  const againstPlan =
    planned === spent
      ? sentence(
          `three_public.${row}.budget`,
          "决算数与全年预算数",
          { figure: "持平", source: difference },
          "。",
        )
      : sentence(
          `three_public.${row}.budget`,
          "决算数较全年预算数",
          { figure: spent > planned ? "增加" : "减少", source: difference },
          pen.reason({
            slot: `three_public.${row}.budget`,
            what: `${name}决算数`,
            current: final,
            base: budget,
            against: againstBudget,
            lead: "的主要原因是：",
          }),
          "。",
        );
  return [main, againstPlan];
}

/** Counts of 公开09表; a count is missed only where there was spending. */
function countSentence(
  pen: Pen,
  row: Expense["row"],
  lead: string,
  counts: readonly (readonly [row: string, name: string, unit: string])[],
): Sentence[] {
  const spent = (pen.known(cell(`t09/${row}/final`)) ?? 0) !== 0;
  const told = counts.flatMap(([count, name, unit], index) => {
    const source = cell(`t09/${count}/final`);
    const due = spent && index < 2;
    return pen.value(source) === undefined && !due
      ? []
      : [[name, pen.count(source, `${lead}${name}`, unit)]];
  });
  if (told.length === 0) return [];
  return [
    sentence(
      `three_public.${row}.counts`,
      lead,
      told.map((phrase, index) => (index === 0 ? phrase : ["，", phrase])),
      "。",
    ),
  ];
}
