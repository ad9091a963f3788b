import { parentOf } from "../budget/initial-budget.ts";
import { concepts } from "../../narrative/read/concepts.ts";
import type { ChapterKind } from "../../narrative/read/chapters.ts";
import type { PrintedFigure } from "../../narrative/read/printed-figure.ts";
import type { Statement } from "../../narrative/read/statements.ts";
import { unequalTotals } from "../balance/total-of-both-sides.ts";
import type { FactsReaders, PrintedFacts } from "../sections/fact-figures.ts";
import type { FirstMention, TextContext, TextTables } from "../text/text-context.ts";
import { roundingEnvelope } from "../tolerance.ts";

/** A whole and its parts, in 分. */
export interface SumFigures {
  /** Where the whole is, from the facts: `initialBudget.total`. */
  readonly path: string;
  readonly name: string;
  readonly whole: number;
  readonly parts: readonly number[];
  /** No part can be missing. */
  readonly isClosed: boolean;
  /** Readers of print are shown what rounding leaves apart; a form lets it pass. */
  readonly showsRounding?: true;
}

export const sumReaders: FactsReaders<SumFigures> = {
  typed: ({ sections: { facts } }) => {
    const { total, byCode } = facts.initialBudget ?? {};
    if (total === undefined || byCode === undefined) return "all_empty";
    // Codes that no other budgeted code is the parent of.
    const codes = Object.keys(byCode).filter((code) => parentOf(code, byCode) === undefined);
    if (codes.length === 0) return "all_empty";
    return {
      ...{ path: "initialBudget.total", name: "年初预算总额", whole: total, isClosed: true },
      parts: codes.map((code) => byCode[code] ?? 0),
    };
  },
  printed: (context) =>
    [...familySums(context), ...listSums(context), ...inlineClassSums(context)].map(printedSum),
};

function printedSum({
  name,
  whole,
  statement,
  parts,
  isClosed,
}: StatedSum): PrintedFacts<SumFigures> {
  const { text, value, start } = whole;
  const words = { block: statement.block, start, text, value };
  return {
    figures: {
      ...{ path: "whole", name, whole: value, isClosed, showsRounding: true },
      parts: parts.map((part) => part.value),
    },
    wordsOf: () => words,
  };
}

interface StatedSum {
  readonly name: string;
  readonly whole: PrintedFigure;
  readonly statement: Statement;
  readonly parts: readonly PrintedFigure[];
  readonly isClosed: boolean;
}

/** A whole and the parts it is made of, wherever the text states them. */
interface Family {
  readonly whole: string;
  readonly parts: readonly string[];
  /** Where these are stated nothing can be missing. */
  readonly closedBy?: readonly string[];
}

const procurementKinds = ["procurement.货物", "procurement.工程", "procurement.服务"];

const families: readonly Family[] = [
  { whole: "income_sum", parts: ["income_total", "opening", "surplus_used"] },
  { whole: "expense_sum", parts: ["expense_total", "closing", "distribution"] },
  {
    whole: "income_total",
    parts: ["fiscal", "superior", "business", "operating", "affiliate", "other"].map(
      (kind) => `income.${kind}`,
    ),
  },
  {
    whole: "expense_total",
    parts: ["basic", "project", "operating", "to_superior", "to_affiliate", "other"].map(
      (kind) => `expense.${kind}`,
    ),
  },
  {
    whole: "general_basic",
    parts: ["basic.personnel_total", "basic.public_total"],
    closedBy: ["basic.personnel_total", "basic.public_total"],
  },
  {
    whole: "general_basic",
    parts: ["301", "302", "303", "307", "310", "312", "399"].map((row) => `basic.${row}`),
  },
  {
    whole: "three.total",
    parts: ["three.abroad", "three.vehicles", "three.reception"],
    closedBy: ["three.abroad", "three.vehicles", "three.reception"],
  },
  {
    whole: "three.vehicles",
    parts: ["three.vehicle_purchase", "three.vehicle_running"],
    closedBy: ["three.vehicle_purchase", "three.vehicle_running"],
  },
  { whole: "procurement.total", parts: procurementKinds, closedBy: procurementKinds },
];

/** 财政拨款收入 is stated as one, or budget by budget. */
const fiscalIncome = ["general", "fund", "capital"].map((kind) => `income.${kind}`);

function familySums(context: TextContext): StatedSum[] {
  const { text, firstMention, tables } = context;
  // Where 收入总计 and 支出总计 differ, that is the fault.
  const areApart = unequalTotals(context).length > 0;
  return families.flatMap(({ whole, parts: named, closedBy }): StatedSum[] => {
    if (areApart && whole.endsWith("_sum")) return [];
    const isFiscalStated = firstMention("income.fiscal") !== undefined;
    const parts = named.flatMap((part) =>
      part === "income.fiscal" && !isFiscalStated ? fiscalIncome : part,
    );
    const total = firstMention(whole);
    const stated = parts
      .map(firstMention)
      .filter((part): part is FirstMention => part !== undefined);
    const [first] = stated;
    // 构成 is stated with shares: a part that is alone there is all that is stated.
    const isComposition =
      whole.endsWith("_total") &&
      text.statements.filter(
        ({ block, shares }) => block === first?.statement.block && shares.length > 0,
      ).length === 1;
    if (total === undefined || stated.length < (isComposition ? 1 : 2)) return [];
    const isClosed = closedBy?.every((part) => firstMention(part) !== undefined) === true;
    const unstated =
      tables === undefined || !whole.endsWith("_sum")
        ? 0
        : unstatedIn(
            parts.filter((part) => !firstMention(part)),
            tables,
          );
    const gap = total.figure.value - stated.reduce((sum, { figure }) => sum + figure.value, 0);
    // What the text leaves out of 总计 is in the tables; 构成 is stated in full.
    if (unstated > 0 && Math.abs(gap - unstated) <= roundingEnvelope(parts.length + 1)) return [];
    return [
      {
        name: total.statement.subject,
        whole: total.figure,
        statement: total.statement,
        parts: stated.map(({ figure }) => figure),
        isClosed,
      },
    ];
  });
}

/** What the tables show of parts that the text does not state. */
const unstatedIn = (parts: readonly string[], tables: TextTables): number =>
  concepts
    .filter(({ id }) => parts.includes(id))
    .flatMap(({ cells = [] }) => cells)
    .reduce((sum, cell) => sum + (tables.has(cell) ? (tables.value(cell) ?? 0) : 0), 0);

/** Chapters whose lists by code are of the whole. */
const listChapters: ReadonlySet<ChapterKind> = new Set(["fiscal", "general", "fund", "capital"]);

/** Numbered lists by code under 其中：, every item with the same kinds of figures as their whole. */
function listSums({ text }: TextContext): StatedSum[] {
  const lists = new Map<Statement, Statement[]>();
  for (const statement of text.statements) {
    const { within, isListed, chapter } = statement;
    if (!isListed || within === undefined || !listChapters.has(chapter)) continue;
    const items = lists.get(within);
    if (items) items.push(statement);
    else lists.set(within, [statement]);
  }
  return [...lists].flatMap(([lead, items]): StatedSum[] => {
    const sums: StatedSum[] = [];
    if (items.length < 2) return [];
    const name = lead.subject;
    const finals = items.flatMap(({ amount }) => amount ?? []);
    const isRead = items.length === lead.listedBlocks;
    if (lead.amount !== undefined && isRead && finals.length === items.length) {
      sums.push({
        name: `${name}决算数`,
        whole: lead.amount,
        statement: lead,
        parts: finals,
        isClosed: false,
      });
    }
    for (const { which, figure } of lead.budgets) {
      const planned = items.flatMap(
        ({ budgets }) => budgets.find((other) => other.which === which)?.figure ?? [],
      );
      if (!isRead || planned.length !== items.length) continue;
      sums.push({
        name: `${name}预算数`,
        whole: figure,
        statement: lead,
        parts: planned,
        isClosed: false,
      });
    }
    return sums;
  });
}

/** Lists like …支出主要用于以下方面：A 10万元，占…；B …. within one sentence. */
function inlineClassSums({ text }: TextContext): StatedSum[] {
  const within = new Map<Statement, Statement[]>();
  for (const statement of text.statements) {
    const { within: lead, isListed, shares } = statement;
    if (lead === undefined || isListed || shares.length === 0) continue;
    const parts = within.get(lead);
    if (parts) parts.push(statement);
    else within.set(lead, [statement]);
  }
  return text.statements.flatMap((lead): StatedSum[] => {
    if (lead.amount === undefined || lead.chapter !== "general") return [];
    const parts = within.get(lead) ?? [];
    const amounts = parts.flatMap(({ amount }) => amount ?? []);
    if (parts.length < 2 || amounts.length < parts.length) return [];
    return [
      { name: lead.subject, whole: lead.amount, statement: lead, parts: amounts, isClosed: false },
    ];
  });
}
