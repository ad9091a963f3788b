import { joined, leaves, sentence, type Pen, type Phrase } from "../pen.ts";
import type { FigureSource } from "../../report/figure-source.ts";
import { cell } from "../sources.ts";
import type { Sentence } from "../written.ts";
import { tableIn } from "../../report/sections.ts";

const againstBudget = "年初预算数";

/** Codes of a table and of the budget that money stands under, at the lowest level given (项). */
export function itemCodes(
  pen: Pen,
  table: "t05" | "t07" | "t08",
  ofThisBudget: (code: string) => boolean,
): string[] {
  const { sections } = pen.report;
  const isCode = (key: string) => /^\d{3,7}$/u.test(key);
  const spent = (code: string) => pen.value(finalOf(table, code)) ?? 0;
  const planned = (code: string) => pen.value(pen.budgetOf(code)) ?? 0;
  const inTable = tableIn(sections, table)
    .rows.map(({ key }) => key)
    .filter(isCode);
  const budgeted = Object.keys(sections.facts.initialBudget?.byCode ?? {}).filter(ofThisBudget);
  return leaves([...new Set([...inTable, ...budgeted])]).filter(
    (code) => spent(code) !== 0 || planned(code) !== 0,
  );
}

const finalOf = (table: "t05" | "t07" | "t08", code: string): FigureSource =>
  cell(`${table}/${code}/total`);

/** 一般公共服务支出（类）财政事务（款）行政运行（项）, as deep as the code goes. */
function itemName(pen: Pen, code: string): string {
  const levels = [
    [3, "类"],
    [5, "款"],
    [7, "项"],
  ] as const;
  return levels
    .filter(([length]) => length <= code.length)
    .map(([length, level]) => `${pen.codeName(code.slice(0, length))}（${level}）`)
    .join("");
}

/** One 项: what it was spent on, budget, final, and the reason where they differ. */
export function itemSentence(
  pen: Pen,
  { chapter, code, final }: { chapter: string; code: string; final: FigureSource },
): Sentence {
  const name = itemName(pen, code);
  const budget = pen.budgetOf(code);
  return sentence(
    `${chapter}.item.${code}`,
    `${name}。主要用于：`,
    pen.purpose(code, `${name}的主要用途`),
    "。",
    budgetAndFinal(pen, budget, final, name),
    "。",
    budgetVerdict(pen, { slot: `class.${code}`, what: name, budget, final }),
  );
}

/** 年初预算为…，支出决算为…, and plainly 无 where there is none. */
export function budgetAndFinal(
  pen: Pen,
  budget: FigureSource,
  final: FigureSource,
  what: string,
): Phrase {
  return [
    pen.known(budget) === 0
      ? ["无", { figure: "年初预算", source: budget }]
      : ["年初预算为", pen.amount(budget, `${what}年初预算`)],
    "，",
    pen.isNone(final)
      ? ["无", { figure: "支出决算", source: final }]
      : ["支出决算为", pen.amount(final, `${what}支出决算`)],
  ];
}

/** 决算数小于预算数的主要原因：…。 or 决算数与预算数持平。 */
export function budgetVerdict(
  pen: Pen,
  told: { slot: string; what: string; budget: FigureSource; final: FigureSource },
): Phrase {
  const { slot, what, budget, final } = told;
  const planned = pen.known(budget);
  const spent = pen.known(final);
  if (planned === undefined || spent === undefined) return "";
  const source: FigureSource = { kind: "difference", current: final, base: budget };
  const reason = pen.reason({
    slot,
    what,
    current: final,
    base: budget,
    against: againstBudget,
    lead: "预算数的主要原因：",
  });
  const explained = sentence("", reason).parts.length > 0;
  if (!explained) {
    return ["决算数与预算数", { figure: planned === spent ? "持平" : "基本持平", source }, "。"];
  }
  return ["决算数", { figure: spent > planned ? "大于" : "小于", source }, reason, "。"];
}

/** 基本工资、津贴补贴…: names of the rows that have a figure. */
export const namesWithFigure = (
  pen: Pen,
  rows: readonly { readonly source: FigureSource; readonly name: string }[],
): Phrase =>
  joined(
    rows
      .filter(({ source }) => (pen.value(source) ?? 0) !== 0)
      .map(({ source, name }) => ({ figure: name, source })),
    "、",
  );
