import { readProjects } from "../../narrative/read/evaluation.ts";
import type { Block } from "../../narrative/read/flow.ts";
import type { CellAddress } from "../../forms/cell.ts";
import { roundingsOf } from "../context.ts";
import type { Report } from "../../report/report.ts";
import type { Rule } from "../rule.ts";
import { isApart, points, sumOf, valueAt, wan } from "../sections/amounts.ts";
import {
  printedFacts,
  typedFacts,
  type FactsFault,
  type FactsJudge,
  type FactsReaders,
  type PrintedFacts,
  type Words,
} from "../sections/fact-figures.ts";
import { judged } from "../sections/section-fault.ts";
import type { TextContext } from "../text/text-context.ts";
import { quoteAt, type TextFault } from "../text/text-finding.ts";
import { omitUndefined } from "../../omit-undefined.ts";
import { closeness } from "../tolerance.ts";
import {
  performanceAt as at,
  performanceBasis as basis,
  performanceBlocks,
} from "./self-evaluations.ts";

/** Money that the performance chapter names: of the projects, by fund, beside the accounts. */

interface ProjectMoney {
  /** 涉及资金, and what each project took of it; absent where not every project states its own. */
  readonly total?: { readonly path: string; readonly amount: number };
  readonly each: readonly number[];
  /** 项目支出总额 of the chapter, and 项目支出 of the accounts. */
  readonly spent?: readonly {
    readonly path: string;
    readonly stated: string;
    readonly full?: string;
  }[];
  readonly accounts?: { readonly amount: number; readonly text: string };
}

/** 涉及资金 is what the projects add up to, and 项目支出总额 of the chapter the 项目支出 of the accounts. */
const projectMoney: FactsJudge<ProjectMoney> = ({ total, each, spent = [], accounts }, source) => [
  ...(total === undefined ? [] : [wrongTotal(total, each, source.roundings)]),
  ...(accounts === undefined ? [] : spent.map((one) => otherThanSpent(one, accounts))),
];

function wrongTotal(
  { path, amount: total }: NonNullable<ProjectMoney["total"]>,
  each: readonly number[],
  roundings: number,
): FactsFault | undefined {
  const sum = sumOf(each);
  if (closeness(Math.abs(total - sum), each.length, roundings) !== "apart") return undefined;
  return {
    path,
    actual: wan(total),
    expected: wan(sum),
    what: `自评涉及资金${wan(total)}与${String(each.length)}个项目的金额之和${wan(sum)}不等，相差${wan(Math.abs(sum - total))}`,
    mend: "核对各项目金额与涉及资金",
  };
}

function otherThanSpent(
  { path, stated, full: budget }: NonNullable<ProjectMoney["spent"]>[number],
  { amount, text }: NonNullable<ProjectMoney["accounts"]>,
): FactsFault | undefined {
  const spent = fenOf(stated);
  if (closeness(Math.abs(spent - amount), 1, 1) !== "apart") return undefined;
  const full = fenOf(budget ?? "");
  const rate =
    full > 0
      ? `，占全年预算数${budget ?? ""}万元的${points(Math.round((spent / full) * 10_000))}%，前文却写占100%或另一比例`
      : "";
  return {
    path,
    severity: "warning",
    actual: `${stated}万元`,
    expected: text,
    what: `项目支出总额写${stated}万元，支出决算中的项目支出为${text}${rate}`,
    mend: "统一项目支出总额和占比的口径",
  };
}

/** What people typed; what their own chapters state besides is read as it will be printed. */
function typedMoney({ sections }: Report): ProjectMoney | "condition_not_met" {
  const { amounts, projects } = sections.performance;
  const each = projects.flatMap(({ amount }) => amount ?? []);
  const total = amounts?.total;
  if (total === undefined || projects.length === 0 || each.length < projects.length) {
    return "condition_not_met";
  }
  return { total: { path: "amounts.total", amount: total }, each };
}

const fenOf = (printed: string): number => Math.round(Number(printed.replaceAll(",", "")) * 1e6);

/** 评价得分 of a project's list with the money each took, 涉及资金 and 项目支出总额 of the chapter. */
function printedMoney(context: TextContext): PrintedFacts<ProjectMoney>[] {
  const blocks = performanceBlocks(context);
  const words = new Map<string, Words>();
  const each = blocks.flatMap((block) => {
    const match =
      /^（\d{1,3}）[^。；]{2,60}?(?:涉及资金|预算资金|项目金额|预算数|金额)(?:为)?(\d[\d,]*(?:\.\d+)?)万元[^。；]*?得分/u.exec(
        block.text,
      );
    return match?.[1] === undefined ? [] : [fenOf(match[1])];
  });
  const listed = readProjects(blocks).length;
  const total = each.length < 2 || each.length !== listed ? undefined : totalIn(blocks, listed);
  if (total !== undefined) words.set("amounts.total", total.words);
  const spent = blocks.flatMap((block, index) => {
    const match = /项目支出总额(?:为)?(\d[\d,]*(?:\.\d+)?)万元/u.exec(block.text);
    if (match === null) return [];
    const full = /全年预算(?:数)?(?:合计|总额)?(?:为)?(\d[\d,]*(?:\.\d+)?)万元/u.exec(block.text);
    const path = `blocks.${String(index)}`;
    words.set(path, { block, start: match.index });
    return [{ path, stated: match[1] ?? "", ...omitUndefined({ full: full?.[1] }) }];
  });
  const project = context.firstMention("expense.project")?.figure;
  const accounts = project && { amount: project.value, text: project.text };
  return [
    {
      figures: {
        ...(total && { total: { path: "amounts.total", amount: total.amount } }),
        ...{ each, spent, ...omitUndefined({ accounts }) },
      },
      wordsOf: (path) => words.get(path),
    },
  ];
}

/** The first 项目N个 … 涉及资金; undefined where it is of another number of projects than are listed. */
function totalIn(
  blocks: readonly Block[],
  listed: number,
): { readonly amount: number; readonly words: Words } | undefined {
  for (const block of blocks) {
    const match = /项目(\d+)个[^。；]*?涉及资金(?:为|共)?(\d[\d,]*(?:\.\d+)?)万元/u.exec(
      block.text,
    );
    if (match === null) continue;
    if (Number(match[1]) !== listed) return undefined;
    return { amount: fenOf(match[2] ?? ""), words: { block, start: match.index } };
  }
  return undefined;
}

const moneyReaders: FactsReaders<ProjectMoney> = {
  ...{ section: "performance", why: "condition_not_met" },
  typed: typedMoney,
  printed: printedMoney,
};

function amountsByFund(report: Report) {
  const { amounts } = report.sections.performance;
  const { total, general, fund, capital } = amounts ?? {};
  if (total === undefined || general === undefined) return judged([]);
  if (fund === undefined || capital === undefined) return judged([]);
  const sum = general + fund + capital;
  if (!isApart(report, total, sum, 3)) return judged([undefined]);
  const fault = {
    ...at("amounts.total"),
    actual: wan(total),
    expected: wan(sum),
    what: `自评涉及资金${wan(total)}与一般公共预算、政府性基金预算、国有资本经营预算之和${wan(sum)}不等`,
    mend: "核对涉及资金及其分项",
  };
  // Other money (单位资金) may make up the rest.
  return judged([total > sum ? { ...fault, severity: "warning" as const } : fault]);
}

interface NamedAmount {
  readonly name: string;
  readonly amount: number;
  /** As printed. */
  readonly shown: string;
}

/** An amount of the performance chapter that exceeds the expenditure that it is part of. */
function beyondSpent(part: NamedAmount, spent: NamedAmount, roundings: number, note = "") {
  const over = part.amount - spent.amount;
  if (over <= 0 || closeness(over, 1, roundings) !== "apart") return undefined;
  return {
    actual: part.shown,
    expected: `不超过${spent.shown}`,
    what: `${part.name}${part.shown}超过${spent.name}${spent.shown}，超出${wan(over)}${note}`,
    mend: `核对${part.name}，应为决算数，不含其他资金`,
  };
}

/** A typed amount that may not exceed a cell. */
function withinCell(
  report: Report,
  part: { readonly name: string; readonly path: string; readonly amount: number | undefined },
  limit: { readonly name: string; readonly cell: CellAddress },
) {
  const { name, path, amount } = part;
  if (amount === undefined) return [];
  const most = valueAt(report, limit.cell) ?? 0;
  const found = beyondSpent(
    { name, amount, shown: wan(amount) },
    { name: limit.name, amount: most, shown: wan(most) },
    roundingsOf(report),
  );
  return [found && { ...at(path), cells: [limit.cell], ...found }];
}

const projectsWithinSpent = (report: Report) =>
  judged(
    withinCell(
      report,
      {
        name: "自评涉及资金",
        path: "amounts.total",
        amount: report.sections.performance.amounts?.total,
      },
      { name: "项目支出", cell: "t03/total/project" },
    ),
  );

const overallWithinSpent = (report: Report) => {
  const { overall } = report.sections.performance;
  return judged([
    ...withinCell(
      report,
      {
        name: "部门整体支出的一般公共预算支出",
        path: "overall.general",
        amount: overall?.general,
      },
      { name: "一般公共预算财政拨款支出", cell: "t05/total/total" },
    ),
    ...withinCell(
      report,
      {
        name: "部门整体支出的政府性基金预算支出",
        path: "overall.fund",
        amount: overall?.fund,
      },
      { name: "政府性基金预算财政拨款支出", cell: "t07/total/total" },
    ),
  ]);
};

/** 部门整体支出 in print may not involve more 一般公共预算 money than was spent of it. */
function printedOverall({ text, firstMention }: TextContext): TextFault[] {
  const limit = firstMention("general_expense") ?? firstMention("fiscal_expense");
  if (limit === undefined) return [];
  return text.statements.flatMap(({ chapter, subject, amount, block }): TextFault[] => {
    if (chapter !== "performance" || amount === undefined || !subject.endsWith("一般公共预算支出"))
      return [];
    const isWholeExpense = firstMention("expense_total")?.figure.value === amount.value;
    const found = beyondSpent(
      { name: "一般公共预算支出", amount: amount.value, shown: amount.text },
      {
        name: limit.statement.subject,
        amount: limit.figure.value,
        shown: limit.figure.text,
      },
      1,
      isWholeExpense ? "（这是本年支出合计，含各类资金）" : "",
    );
    return found === undefined ? [] : [{ ...quoteAt(block, amount.start), ...found }];
  });
}

function unsettledProblems(report: Report) {
  const { management } = report.sections.performance;
  const { found, mended, mending } = management?.problems ?? {};
  if (found === undefined || mended === undefined || mending === undefined) return judged([]);
  return judged([
    found === mended + mending
      ? undefined
      : {
          ...at("management.problems.found"),
          actual: `${String(found)}个`,
          expected: `${String(mended + mending)}个`,
          what: `绩效跟踪和评价发现问题${String(found)}个，与已整改${String(mended)}个、正在整改${String(mending)}个之和不等`,
          mend: "核对发现、已整改和正在整改的问题数",
        },
  ]);
}

export const performanceMoneyRules: readonly Rule[] = [
  {
    id: "R409",
    statement: "自评涉及资金＝各项目金额之和，项目支出总额与支出决算一致",
    basis,
    severity: "error",
    tolerance: "rounding",
    text: { amounts: "none", run: printedFacts(moneyReaders, projectMoney) },
    sections: typedFacts(moneyReaders, projectMoney),
  },
  {
    id: "S410",
    statement: "自评涉及资金＝一般公共预算＋政府性基金预算＋国有资本经营预算",
    severity: "error",
    tolerance: "rounding",
    sections: { scope: "sections", run: amountsByFund },
  },
  {
    id: "S411",
    statement: "自评涉及资金不超过支出决算表的项目支出",
    severity: "warning",
    tolerance: "rounding",
    sections: { scope: "sections", run: projectsWithinSpent },
  },
  {
    id: "S412",
    statement: "部门整体支出的一般公共预算、政府性基金支出不超过相应的决算数",
    severity: "error",
    tolerance: "rounding",
    text: {
      amounts: "none",
      notOfOwnText: "The amounts themselves are compared with the cells.",
      run: printedOverall,
    },
    sections: { scope: "sections", run: overallWithinSpent },
  },
  {
    id: "S419",
    statement: "发现问题数＝已整改＋正在整改",
    severity: "error",
    tolerance: "exact",
    sections: { scope: "sections", run: unsettledProblems },
  },
];
