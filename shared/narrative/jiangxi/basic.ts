import { chineseOrdinal } from "../../chinese-ordinal.ts";
import { item, plain, sentence, type Pen } from "../pen.ts";
import { cell, prior, sum } from "../sources.ts";
import type { Chapter } from "../written.ts";

/** 经济分类 classes in the order of the statutory sentence; the first three are always told. */
const classes = ["301", "302", "303", "310", "307", "312", "399"] as const;
const alwaysTold = new Set(["301", "302", "303"]);

/** 四、一般公共预算财政拨款基本支出决算情况说明: 公开06表 by 经济分类 against last year. */
export function basicChapter(pen: Pen): Chapter {
  const total = sum(cell("t06/personnel_total/final"), cell("t06/public_total/final"));
  const told = classes.filter(
    (code) =>
      alwaysTold.has(code) ||
      (pen.value(cell(`t06/${code}/final`)) ?? 0) !== 0 ||
      (pen.value(prior(`t06/${code}/final`)) ?? 0) !== 0,
  );
  return {
    id: "basic",
    heading: "四、一般公共预算财政拨款基本支出决算情况说明",
    paragraphs: [
      plain(
        sentence(
          "basic.total",
          `${pen.self}${pen.year}年度一般公共预算财政拨款基本支出`,
          pen.amount(total, "一般公共预算财政拨款基本支出"),
          "，其中：",
        ),
      ),
      ...told.map((code, index) => {
        const name = pen.economicName(code);
        const current = cell(`t06/${code}/final`);
        return item(
          `（${chineseOrdinal(index + 1)}）`,
          sentence(
            `basic.${code}`,
            pen.amountOrNone(current, { what: name }),
            pen.change({ of: `t06/${code}/final`, what: name }),
            pen.reason({
              slot: `basic.${code}`,
              what: name,
              current,
              base: prior(`t06/${code}/final`),
              against: `${pen.priorYear}年`,
            }),
            "。",
          ),
        );
      }),
    ],
  };
}
