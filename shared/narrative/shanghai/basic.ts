import { plain, sentence, type Pen } from "../pen.ts";
import { cell } from "../sources.ts";
import type { Chapter } from "../written.ts";
import { namesWithFigure } from "./itemised.ts";
import { tableIn } from "../../report/sections.ts";

/** 六、一般公共预算财政拨款基本支出决算情况说明: 人员经费, 公用经费 and what they consist of. */
export function basicChapter(pen: Pen): Chapter {
  const name = "一般公共预算财政拨款基本支出";
  return {
    id: "basic",
    heading: "六、一般公共预算财政拨款基本支出决算情况说明",
    paragraphs: [
      plain(
        sentence(
          "basic.total",
          name,
          pen.amount(cell("t05/total/basic"), name),
          "，其中：",
          ...block(pen, "personnel_total", "人员经费", /^30[13]\d\d$/u),
          "；",
          ...block(pen, "public_total", "公用经费", /^(?:302|307|310|312|399)\d\d$/u),
          "。",
        ),
      ),
    ],
  };
}

function block(pen: Pen, totalRow: string, name: string, codes: RegExp) {
  const total = cell(`t06/${totalRow}/final`);
  const rows = tableIn(pen.report.sections, "t06")
    .rows.map(({ key }) => key)
    .filter((key) => codes.test(key))
    .map((code) => ({ source: cell(`t06/${code}/final`), name: pen.economicName(code) }));
  const names = namesWithFigure(pen, rows);
  const has = Array.isArray(names) && names.length > 0;
  return [pen.amountOrNone(total, { what: name }), ...(has ? ["，主要包括：", names] : [])];
}
