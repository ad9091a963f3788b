import { item, plain, sentence, type Pen } from "../pen.ts";
import { cell } from "../sources.ts";
import type { Chapter, Paragraph } from "../written.ts";
import { itemCodes, itemSentence } from "./itemised.ts";

interface Budget {
  readonly id: "fund" | "capital";
  readonly number: string;
  readonly table: "t07" | "t08";
  readonly name: string;
  readonly owns: (code: string) => boolean;
}

/** 八、政府性基金预算财政拨款收入支出决算情况说明. */
export const fundChapter = (pen: Pen): Chapter =>
  budgetChapter(pen, {
    id: "fund",
    number: "八",
    table: "t07",
    name: "政府性基金预算财政拨款",
    owns: (code) => !code.startsWith("223") && pen.isFundCode(code),
  });

/** 九、国有资本经营预算财政拨款收入支出决算情况说明. */
export const capitalChapter = (pen: Pen): Chapter =>
  budgetChapter(pen, {
    id: "capital",
    number: "九",
    table: "t08",
    name: "国有资本经营预算财政拨款",
    owns: (code) => code.startsWith("223"),
  });

const budgetChapter = (pen: Pen, budget: Budget): Chapter => ({
  id: budget.id,
  heading: `${budget.number}、${budget.name}收入支出决算情况说明`,
  paragraphs: paragraphs(pen, budget),
});

/** An empty table says that there is no such budget; a filled one is told 项 by 项. */
function paragraphs(pen: Pen, { id, table, name, owns }: Budget): Paragraph[] {
  const codes = itemCodes(pen, table, owns);
  const income = cell(`${table}/total/income`);
  const expense = cell(`${table}/total/total`);
  const nothing = [income, expense].every((source) => (pen.value(source) ?? 0) === 0);
  if (codes.length === 0 && nothing) {
    return [
      plain(
        sentence(
          `${id}.total`,
          `${pen.report.identity.orgName}${pen.year}年度无`,
          name,
          { figure: "收入", source: income },
          "和",
          { figure: "支出", source: expense },
          "。",
        ),
      ),
    ];
  }
  return [
    plain(
      sentence(
        `${id}.total`,
        pen.amountOrNone(income, { what: `${name}收入` }),
        "，",
        pen.amountOrNone(expense, { what: "支出" }),
        codes.length > 0 ? "，支出具体情况如下：" : "。",
      ),
    ),
    ...codes.map((code, index) =>
      item(
        `${index + 1}、`,
        itemSentence(pen, { chapter: id, code, final: cell(`${table}/${code}/total`) }),
      ),
    ),
  ];
}
