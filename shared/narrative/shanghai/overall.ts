import { plain, sentence, type Pen } from "../pen.ts";
import { cell, prior } from "../sources.ts";
import type { Chapter } from "../written.ts";

interface Total {
  readonly id: "overall" | "fiscal";
  readonly heading: string;
  readonly table: "t01" | "t04";
  readonly name: string;
}

/** 一、收入支出决算总体情况说明: 总计 of 收入支出决算总表 against last year. */
export const overallChapter = (pen: Pen): Chapter =>
  totalChapter(pen, {
    id: "overall",
    heading: "一、收入支出决算总体情况说明",
    table: "t01",
    name: "收入支出总计",
  });

/** 四、财政拨款收入支出决算总体情况说明: the same of 财政拨款. */
export const fiscalOverallChapter = (pen: Pen): Chapter =>
  totalChapter(pen, {
    id: "fiscal",
    heading: "四、财政拨款收入支出决算总体情况说明",
    table: "t04",
    name: "财政拨款收入支出总计",
  });

function totalChapter(pen: Pen, { id, heading, table, name }: Total): Chapter {
  const address = `${table}/income_sum/final` as const;
  return {
    id,
    heading,
    paragraphs: [
      plain(
        sentence(
          `${id}.total`,
          `${pen.report.identity.orgName}${pen.year}年度${name}`,
          pen.amount(cell(address), name),
          pen.change({ of: address, what: name }),
          pen.reason({
            slot: `${id}.total`,
            what: name,
            current: cell(address),
            base: prior(address),
            against: `${pen.priorYear}年`,
          }),
          "。",
        ),
      ),
    ],
  };
}
