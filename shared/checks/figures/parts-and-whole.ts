import type { PrintedFigure } from "../../narrative/read/printed-figure.ts";
import type { Statement } from "../../narrative/read/statements.ts";
import { type TextFault, quoteAt, listedLines } from "../text/text-finding.ts";
import { exactWan } from "../../forms/place-name.ts";
import { roundingEnvelope } from "../tolerance.ts";
import type { TextContext, FirstMention, TextTables } from "../text/text-context.ts";
import { unequalTotals } from "../balance/total-of-both-sides.ts";
import { concepts } from "../../narrative/read/concepts.ts";
import type { ChapterKind } from "../../narrative/read/chapters.ts";
import { bounds } from "./bounds.ts";
import type { Report } from "../../report/report.ts";
import { judged } from "../sections/section-fault.ts";
import { sumOf, isApart, wan } from "../sections/amounts.ts";
import { parentOf } from "../budget/initial-budget.ts";
import type { Rule } from "../rule.ts";

/** A whole and the parts it is made of, wherever the text tells them. */
interface Family {
  readonly whole: string;
  readonly parts: readonly string[];
  /** With these told nothing can be missing. */
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

interface Sum {
  readonly name: string;
  readonly whole: PrintedFigure;
  readonly statement: Statement;
  readonly parts: readonly PrintedFigure[];
  readonly isClosed: boolean;
}

function wrongSum({ name, whole, statement, parts, isClosed }: Sum): TextFault[] {
  const total = parts.reduce((sum, { value }) => sum + value, 0);
  const gap = total - whole.value;
  if (gap === 0) return [];
  const at = quoteAt(statement.block, whole.start);
  const spelled =
    parts.length <= 8 ? parts.map(({ value }) => exactWan(value)).join("+") : `共${parts.length}项`;
  const told = { actual: whole.text, expected: `${exactWan(total)}万元` };
  const apart = exactWan(Math.abs(gap));
  if (Math.abs(gap) <= roundingEnvelope(parts.length + 1)) {
    return [
      {
        ...at,
        ...told,
        severity: "hint",
        what: `${name}与各部分之和${exactWan(total)}万元相差${apart}万元，为四舍五入尾差`,
        mend: "无需改动",
      },
    ];
  }
  if (gap > 0) {
    return [
      {
        ...at,
        ...told,
        what: `各部分之和${exactWan(total)}万元（${spelled}）超过${name}${whole.text}，多${apart}万元`,
        mend: "总数或某一部分有误，核对后改正",
      },
    ];
  }
  return [
    {
      ...at,
      ...told,
      ...(isClosed ? {} : { severity: "warning" as const }),
      what: `各部分之和${exactWan(total)}万元（${spelled}）比${name}${whole.text}少${apart}万元${isClosed ? "" : "，还有未列出的部分"}`,
      mend: isClosed ? "总数或某一部分有误，核对后改正" : "补列缺少的部分，或核对总数",
    },
  ];
}

/** 财政拨款收入 is told as one, or budget by budget. */
const fiscalIncome = ["general", "fund", "capital"].map((kind) => `income.${kind}`);

function familySums(context: TextContext): Sum[] {
  const { text, firstMention, tables } = context;
  // Where 收入总计 and 支出总计 differ, that is the fault.
  const areApart = unequalTotals(context).length > 0;
  return families.flatMap(({ whole, parts: named, closedBy }): Sum[] => {
    if (areApart && whole.endsWith("_sum")) return [];
    const isFiscalTold = firstMention("income.fiscal") !== undefined;
    const parts = named.flatMap((part) =>
      part === "income.fiscal" && !isFiscalTold ? fiscalIncome : part,
    );
    const total = firstMention(whole);
    const told = parts.map(firstMention).filter((part): part is FirstMention => part !== undefined);
    const [first] = told;
    // 构成 is told with shares: a part that stands alone there is all that is told.
    const isComposition =
      whole.endsWith("_total") &&
      text.statements.filter(
        ({ block, shares }) => block === first?.statement.block && shares.length > 0,
      ).length === 1;
    if (total === undefined || told.length < (isComposition ? 1 : 2)) return [];
    const isClosed = closedBy?.every((part) => firstMention(part) !== undefined) === true;
    const untold =
      tables === undefined || !whole.endsWith("_sum")
        ? 0
        : untoldIn(
            parts.filter((part) => !firstMention(part)),
            tables,
          );
    const gap = total.figure.value - told.reduce((sum, { figure }) => sum + figure.value, 0);
    // What the text leaves out of 总计 is in the tables; 构成 is told in full.
    if (untold > 0 && Math.abs(gap - untold) <= roundingEnvelope(parts.length + 1)) return [];
    return [
      {
        name: total.statement.subject,
        whole: total.figure,
        statement: total.statement,
        parts: told.map(({ figure }) => figure),
        isClosed,
      },
    ];
  });
}

/** What the tables show of parts that the text does not tell. */
const untoldIn = (parts: readonly string[], tables: TextTables): number =>
  concepts
    .filter(({ id }) => parts.includes(id))
    .flatMap(({ cells = [] }) => cells)
    .reduce((sum, cell) => sum + (tables.has(cell) ? (tables.value(cell) ?? 0) : 0), 0);

/** Chapters whose lists by code are of the whole. */
const listChapters: ReadonlySet<ChapterKind> = new Set(["fiscal", "general", "fund", "capital"]);

/** Numbered lists by code under 其中：, every item with the same kinds of figures as their whole. */
function listSums({ text }: TextContext): Sum[] {
  const lists = new Map<Statement, Statement[]>();
  for (const statement of text.statements) {
    const { within, isListed, chapter } = statement;
    if (!isListed || within === undefined || !listChapters.has(chapter)) continue;
    const items = lists.get(within);
    if (items) items.push(statement);
    else lists.set(within, [statement]);
  }
  return [...lists].flatMap(([lead, items]): Sum[] => {
    const sums: Sum[] = [];
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
function inlineClassSums({ text }: TextContext): Sum[] {
  const within = new Map<Statement, Statement[]>();
  for (const statement of text.statements) {
    const { within: lead, isListed, shares } = statement;
    if (lead === undefined || isListed || shares.length === 0) continue;
    const parts = within.get(lead);
    if (parts) parts.push(statement);
    else within.set(lead, [statement]);
  }
  return text.statements.flatMap((lead): Sum[] => {
    if (lead.amount === undefined || lead.chapter !== "general") return [];
    const parts = within.get(lead) ?? [];
    const amounts = parts.flatMap(({ amount }) => amount ?? []);
    if (parts.length < 2 || amounts.length < parts.length) return [];
    return [
      { name: lead.subject, whole: lead.amount, statement: lead, parts: amounts, isClosed: false },
    ];
  });
}

function beyondBounds({ firstMention, tables }: TextContext): TextFault[] {
  // With tables at hand each amount is held against its own cell.
  if (tables !== undefined) return [];
  return bounds.flatMap(([small, large]): TextFault[] => {
    const [part, whole] = [firstMention(small), firstMention(large)];
    if (part === undefined || whole === undefined) return [];
    if (part.figure.value - whole.figure.value <= roundingEnvelope(4)) return [];
    const wholeName = whole.statement.subject;
    return [
      {
        ...quoteAt(whole.statement.block, whole.figure.start),
        actual: whole.figure.text,
        expected: `不少于${part.figure.text}`,
        what: `${wholeName}${whole.figure.text}少于其中的${part.statement.subject}${part.figure.text}`,
        mend: `核对${wholeName}，改正有误的一处`,
      },
    ];
  });
}

/** Several parts exceed the same whole: one wrong figure, told once. */
function onePerPlace(faults: readonly TextFault[]): TextFault[] {
  const seen = new Set<string>();
  return faults.filter(({ quote, line, actual = "" }) => {
    const key = `${line}|${quote}|${actual}`;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

/** Sums that rounding alone leaves apart are told in one line. */
function tailsInOne(faults: readonly TextFault[]): TextFault[] {
  const tails = faults.filter(({ severity }) => severity === "hint");
  const [first] = tails;
  if (first === undefined || tails.length < 2) return [...faults];
  return [
    ...faults.filter(({ severity }) => severity !== "hint"),
    {
      ...first,
      what: `${first.what}；第${listedLines(tails.slice(1).map(({ line }) => line))}行的总数同样有四舍五入尾差`,
    },
  ];
}

/** 年初预算, 机关运行经费, 政府采购, 其他用车, and last year's figures among themselves. */

function budgetTotal(report: Report) {
  const { total, byCode } = report.sections.facts.initialBudget ?? {};
  if (total === undefined || byCode === undefined) return judged([]);
  const codes = topCodes(byCode);
  if (codes.length === 0) return judged([]);
  const sum = sumOf(codes.map((code) => byCode[code] ?? 0));
  return judged([
    isApart(report, sum, total, codes.length)
      ? {
          section: "facts",
          path: "facts.initialBudget.total",
          actual: wan(total),
          expected: wan(sum),
          what: `年初预算总额${wan(total)}与各科目年初预算之和${wan(sum)}不等，相差${wan(Math.abs(sum - total))}`,
          mend: "核对总额和各科目的年初预算数",
        }
      : undefined,
  ]);
}

/** Codes that no other budgeted code stands above. */
const topCodes = (byCode: Readonly<Record<string, number>>): string[] =>
  Object.keys(byCode).filter((code) => parentOf(code, byCode) === undefined);

export const partsAndWholeRules: readonly Rule[] = [
  {
    id: "R208",
    statement: "各部分之和＝总数，任何部分不超过总数",
    severity: "error",
    tolerance: "rounding",
    text: {
      amounts: { causeRank: 1, sumsParts: true },
      run: (context) => [
        ...tailsInOne(
          [...familySums(context), ...listSums(context), ...inlineClassSums(context)].flatMap(
            wrongSum,
          ),
        ),
        ...onePerPlace(beyondBounds(context)),
      ],
    },
    sections: { scope: "sections", run: budgetTotal },
  },
];
