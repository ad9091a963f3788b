import { composition } from "../composition.ts";
import { item, plain, sentence, subheading, type Pen } from "../pen.ts";
import type { FigureSource } from "../../report/figure-source.ts";
import { cell, fact, prior } from "../sources.ts";
import type { Chapter } from "../written.ts";
import { budgetAndFinal, budgetVerdict, itemCodes, itemSentence } from "./itemised.ts";
import { tableIn } from "../../report/sections.ts";

/** 五、一般公共预算财政拨款支出决算情况说明: total, classes, and every 项 against its budget. */
export function generalChapter(pen: Pen): Chapter {
  const name = "一般公共预算财政拨款支出";
  const total = cell("t05/total/total");
  const codes = itemCodes(pen, "t05", (code) => !isOtherBudget(pen, code));
  const budget = generalBudget(pen);
  return {
    id: "general",
    heading: "五、一般公共预算财政拨款支出决算情况说明",
    paragraphs: [
      subheading("general.heading.overall", "（一）一般公共预算财政拨款支出决算总体情况"),
      plain(
        sentence(
          "general.total",
          name,
          pen.amount(total, name),
          pen.value(total) === undefined || pen.value(cell("t03/total/total")) === undefined
            ? ""
            : ["，占本年支出合计的", pen.share(total, cell("t03/total/total"))],
          pen.change({ of: "t05/total/total", what: name }),
          pen.reason({
            slot: "general.total",
            what: name,
            current: total,
            base: prior("t05/total/total"),
            against: `${pen.priorYear}年`,
          }),
          "。",
        ),
      ),
      subheading("general.heading.structure", "（二）一般公共预算财政拨款支出决算结构情况"),
      plain(
        sentence(
          "general.composition",
          name,
          pen.amount(total, name),
          "，主要用于以下方面：",
          composition(pen, { name, source: total }, classPortions(pen)),
          "。",
        ),
      ),
      subheading("general.heading.items", "（三）一般公共预算财政拨款支出决算具体情况"),
      plain(
        sentence(
          "general.budget",
          name,
          budgetAndFinal(pen, budget, total, name),
          pen.completion(total, budget, "年初预算"),
          "。",
          budgetVerdict(pen, { slot: "general.budget", what: name, budget, final: total }),
          codes.length > 0 ? "其中：" : "",
        ),
      ),
      ...codes.map((code, index) =>
        item(
          `${index + 1}、`,
          itemSentence(pen, { chapter: "general", code, final: cell(`t05/${code}/total`) }),
        ),
      ),
    ],
  };
}

/** Budget codes of 政府性基金 and 国有资本经营 (类 223) have their own chapters. */
const isOtherBudget = (pen: Pen, code: string): boolean =>
  code.startsWith("223") || pen.isFundCode(code);

/** The total budget without what was budgeted from the other two budgets. */
function generalBudget(pen: Pen): FigureSource {
  const total = fact("facts.initialBudget.total");
  const others = Object.keys(pen.report.sections.facts.initialBudget?.byCode ?? {}).filter((code) =>
    isOtherBudget(pen, code),
  );
  if (others.length === 0 || pen.value(total) === undefined) return total;
  return { kind: "sum", of: [total], less: others.map(pen.budgetOf) };
}

const classPortions = (pen: Pen) =>
  tableIn(pen.report.sections, "t05")
    .rows.map(({ key }) => key)
    .filter((code) => /^\d{3}$/u.test(code))
    .sort()
    .map((code) => ({
      name: `${pen.codeName(code)}（类）`,
      source: cell(`t05/${code}/total`),
    }));
