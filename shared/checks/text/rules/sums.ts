import { exactWan } from "../../../forms/place-name.ts";
import type { ChapterKind } from "../../../narrative/read/chapters.ts";
import { concepts } from "../../../narrative/read/concepts.ts";
import type { PrintedFigure } from "../../../narrative/read/printed-figure.ts";
import type { Statement } from "../../../narrative/read/statements.ts";
import { roundingEnvelope } from "../../tolerance.ts";
import { agreement, rounded } from "../ratio.ts";
import { listedLines, quoteAt, type TextFault } from "../text-finding.ts";
import type { Said, TextContext, TextRule, TextTables } from "../text-rule.ts";

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
  const { text, said, tables } = context;
  // Where 收入总计 and 支出总计 differ, that is the fault.
  const areApart = unequalTotals(context).length > 0;
  return families.flatMap(({ whole, parts: named, closedBy }): Sum[] => {
    if (areApart && whole.endsWith("_sum")) return [];
    const isFiscalTold = said("income.fiscal") !== undefined;
    const parts = named.flatMap((part) =>
      part === "income.fiscal" && !isFiscalTold ? fiscalIncome : part,
    );
    const total = said(whole);
    const told = parts.map(said).filter((part): part is Said => part !== undefined);
    const [first] = told;
    // 构成 is told with shares: a part that stands alone there is all that is told.
    const isComposition =
      whole.endsWith("_total") &&
      text.statements.filter(
        ({ block, shares }) => block === first?.statement.block && shares.length > 0,
      ).length === 1;
    if (total === undefined || told.length < (isComposition ? 1 : 2)) return [];
    const isClosed = closedBy?.every((part) => said(part) !== undefined) === true;
    const untold =
      tables === undefined || !whole.endsWith("_sum")
        ? 0
        : untoldIn(
            parts.filter((part) => !said(part)),
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

/** Quantities of which one can never be more than the other. */
const bounds: readonly (readonly [part: string, whole: string])[] = [
  ["income.fiscal", "fiscal_sum"],
  ["general_expense", "fiscal_sum"],
  ["fiscal_expense", "fiscal_sum"],
  ["fiscal_sum", "both_sum"],
  ["fiscal_sum", "income_sum"],
  ["income_total", "both_sum"],
  ["expense_total", "both_sum"],
  ["general_expense", "expense_total"],
  ["fiscal_expense", "expense_total"],
  ["general_basic", "general_expense"],
];

function beyondBounds({ said, tables }: TextContext): TextFault[] {
  // With tables at hand each amount is held against its own cell.
  if (tables !== undefined) return [];
  return bounds.flatMap(([small, large]): TextFault[] => {
    const [part, whole] = [said(small), said(large)];
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

/** Whether another amount proves that this one is wrong; what is reckoned from it is wrong as well. */
export function isOutOfBounds(statement: Statement, { said, tables }: TextContext): boolean {
  return (
    tables === undefined &&
    bounds.some(([small, large]) => {
      const [part, whole] = [said(small), said(large)];
      return (
        part !== undefined &&
        whole?.statement === statement &&
        part.figure.value - whole.figure.value > roundingEnvelope(4)
      );
    })
  );
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

function unequalTotals({ said }: TextContext): TextFault[] {
  const [income, expense] = [said("income_sum"), said("expense_sum")];
  if (income === undefined || expense === undefined) return [];
  const gap = Math.abs(income.figure.value - expense.figure.value);
  if (gap > roundingEnvelope(2)) {
    return [
      {
        ...quoteAt(expense.statement.block, expense.figure.start),
        actual: expense.figure.text,
        expected: income.figure.text,
        what: `支出总计${expense.figure.text}与收入总计${income.figure.text}不等，相差${exactWan(gap)}万元`,
        mend: "收支总计应当相等，核对后改正",
      },
    ];
  }
  const [by, other] = [changeOf(expense), changeOf(income)];
  if (by === undefined || other === undefined || by.signed === other.signed) return [];
  if (Math.abs(by.signed - other.signed) <= roundingEnvelope(2)) return [];
  return [
    {
      ...quoteAt(expense.statement.block, by.figure.start),
      actual: by.figure.text,
      expected: other.figure.text,
      what: `收入总计与支出总计两年都相等，增减额却不同：收入${other.figure.text}，支出${by.figure.text}`,
      mend: "核对两处的增减额和增减方向",
    },
  ];
}

/** By how much a statement says its amount differs from last year's, with its sign. */
function changeOf({ statement }: Said) {
  const change = statement.changes.find(({ base }) => base?.kind !== "budget");
  const { difference: figure, direction } = change ?? {};
  if (figure === undefined || (direction !== "up" && direction !== "down")) return undefined;
  return { figure, signed: direction === "up" ? figure.value : -figure.value };
}

/** Last year's closing balance is this year's opening balance, unless an adjustment is told. */
function brokenCarryOver({ said }: TextContext): TextFault[] {
  const [opening, closing] = [said("opening"), said("closing")];
  const change = closing && changeOf(closing);
  if (opening === undefined || closing === undefined || change === undefined) return [];
  const prior = closing.figure.value - change.signed;
  const gap = Math.abs(opening.figure.value - prior);
  if (gap <= roundingEnvelope(3)) return [];
  return [
    {
      ...quoteAt(opening.statement.block, opening.figure.start),
      actual: opening.figure.text,
      expected: `${exactWan(prior)}万元`,
      what: `年初结转和结余${opening.figure.text}与上年末${exactWan(prior)}万元（由年末结转和结余${closing.figure.text}及其增减额推得）相差${exactWan(gap)}万元`,
      mend: "年初数应等于上年年末数；经调整的，说明调整原因和依据",
    },
  ];
}

/** …（项）180万元，…支出决算为170万元: the rate that follows says which of the two is right. */
function restatedOtherwise({ text }: TextContext): TextFault[] {
  return text.statements.flatMap((statement): TextFault[] => {
    const { amount, restated, budgets, completions, block } = statement;
    if (amount === undefined || restated === undefined) return [];
    const [budget] = budgets;
    const [done] = completions;
    const fits = (figure: PrintedFigure) =>
      budget !== undefined &&
      done !== undefined &&
      agreement(done.percent, rounded(figure), rounded(budget.figure)) === "same";
    const right = fits(amount) === fits(restated) ? undefined : fits(amount) ? amount : restated;
    const wrong = right === amount ? restated : amount;
    return [
      {
        ...quoteAt(block, wrong.start),
        ...(right === undefined ? {} : { severity: "error" as const }),
        actual: wrong.text,
        expected: (right ?? amount).text,
        what: `同一项前写${amount.text}，后写支出决算${restated.text}${right === undefined || done === undefined ? "" : `（完成率${done.percent.text}与${right.text}相符）`}`,
        mend:
          right === undefined
            ? "核对报表，改正有误的一处"
            : `将${wrong.text}改为${right.text}，或核对报表`,
      },
    ];
  });
}

/** The same quantity printed otherwise: told once, at the figure that most of the text speaks against. */
function printedTwice({ text, tables }: TextContext): TextFault[] {
  const told = new Map<string, (Said & { readonly name: string })[]>();
  for (const statement of text.statements) {
    const { concept, amount: figure, chapter } = statement;
    // Performance chapters speak of parts of a sum under its name.
    if (concept === undefined || figure === undefined || chapter === "performance") continue;
    const known = told.get(concept.id);
    if (known) known.push({ statement, figure, name: concept.name });
    else told.set(concept.id, [{ statement, figure, name: concept.name }]);
  }
  return [...told.values()].flatMap((all): TextFault[] => {
    const [first] = all;
    if (first === undefined) return [];
    const others = new Map<number, typeof all>();
    for (const one of all) {
      const { value } = one.figure;
      if (value === first.figure.value) continue;
      const alike = others.get(value);
      if (alike) alike.push(one);
      else others.set(value, [one]);
    }
    const agreeing = all.filter(({ figure }) => figure.value === first.figure.value);
    return [...others.values()].flatMap((alike): TextFault[] => {
      const [other] = alike;
      if (other === undefined) return [];
      const isFirstOdd = agreeing.length < alike.length;
      const [odd, usual] = isFirstOdd ? [first, alike] : [other, agreeing];
      const [right] = usual;
      if (right === undefined) return [];
      const plan = odd.statement.concept?.budgets?.initial;
      const isPlan =
        plan !== undefined && odd.figure.value > 0 && tables?.value(plan) === odd.figure.value;
      const isTail = Math.abs(odd.figure.value - right.figure.value) <= roundingEnvelope(1);
      const rest = isFirstOdd ? [] : alike.slice(1);
      return [
        {
          ...quoteAt(odd.statement.block, odd.figure.start),
          ...(isTail ? { severity: "hint" as const } : {}),
          actual: odd.figure.text,
          expected: right.figure.text,
          what: `${first.name}${isFirstOdd ? "后文" : "前文"}写${right.figure.text}（第${linesOf(usual)}行），此处${rest.length === 0 ? "" : `和第${linesOf(rest)}行`}写${odd.figure.text}${isPlan ? "，这是预算数" : ""}`,
          mend: "同一数字前后应当一致，核对后改正",
        },
      ];
    });
  });
}

const linesOf = (said: readonly Said[]): string =>
  listedLines(said.map(({ statement, figure }) => statement.block.lines[figure.start] ?? 0));

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

export const sumRules: readonly TextRule[] = [
  {
    id: "R005",
    statement: "公开01表：收入总计 = 支出总计",
    severity: "error",
    check: unequalTotals,
  },
  {
    id: "R190",
    statement:
      "年初结转和结余 = 上年年末结转和结余（公开01表、公开04表及每项预算），不一致的须说明调整情况",
    basis: "部门决算报表附表1-1 年初结转和结余调整情况表",
    severity: "warning",
    check: brokenCarryOver,
  },
  {
    id: "R208",
    statement: "各部分之和＝总数，任何部分不超过总数",
    severity: "error",
    check: (context) => [
      ...tailsInOne(
        [...familySums(context), ...listSums(context), ...inlineClassSums(context)].flatMap(
          wrongSum,
        ),
      ),
      ...onePerPlace(beyondBounds(context)),
    ],
  },
  {
    id: "R209",
    statement: "同一数字在各处一致",
    severity: "warning",
    check: (context) => [...printedTwice(context), ...restatedOtherwise(context)],
  },
];
