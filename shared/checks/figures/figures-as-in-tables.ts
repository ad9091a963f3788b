import type { Statement } from "../../narrative/read/statements.ts";
import type { TextTables, TextContext } from "../text/text-context.ts";
import type { CellAddress } from "../../forms/cell.ts";
import type { ChapterKind } from "../../narrative/read/chapters.ts";
import type { TableId } from "../../forms/form.ts";
import type { Block } from "../../narrative/read/flow.ts";
import { type TextFault, quoteAt } from "../text/text-finding.ts";
import { rounded } from "../text/ratio.ts";
import { exactWan, cellName } from "../../forms/place-name.ts";
import type { Rule } from "../rule.ts";

/** Cells whose sum a statement's amount must be. */
function cellsOf(statement: Statement, tables: TextTables): readonly CellAddress[] {
  if (statement.concept?.cells !== undefined) return statement.concept.cells;
  const chapter = byCodeChapters[statement.chapter];
  if (chapter === undefined) return [];
  const code = codeOf(statement.subject, tables, chapter.codes);
  return code === undefined ? [] : [`${chapter.table}/${code}/total`];
}

/** Chapters that state amounts by code, the table they are of, and the one that lists the codes. */
const byCodeChapters: {
  readonly [Chapter in ChapterKind]?: {
    readonly table: TableId;
    readonly codes: "t05" | "t07" | "t08";
  };
} = {
  fiscal: { table: "t04", codes: "t05" },
  general: { table: "t05", codes: "t05" },
  fund: { table: "t07", codes: "t07" },
  capital: { table: "t08", codes: "t08" },
};

/** 一般公共服务支出（类）财政事务（款）行政运行（项） → 2010601. */
function codeOf(
  subject: string,
  { edition, codes }: TextTables,
  table: "t05" | "t07" | "t08",
): string | undefined {
  const names = subject
    .replace(/^.*?(?=\d{7})/u, "")
    .split(/（[类款项]）/u)
    .map((name) => name.trim())
    .filter((name) => name !== "");
  const named = (code: string, name: string | undefined) =>
    name !== undefined && edition.functionCodes.get(code) === name;
  const [last] = names.slice(-1);
  const found = codes(table).filter((code) => named(code, last));
  // 类 of 公开04表 are paid from any of the three budgets.
  if (names.length <= 1 && found.length === 0 && table === "t05") {
    const others = [...codes("t07"), ...codes("t08")];
    return others.find((code) => code.length === 3 && named(code, last));
  }
  if (names.length <= 1) return found.find((code) => code.length === 3);
  // 类 and 款 come before 项; 类 lost its mark, so both may be in one name.
  const before = names.slice(0, -1).join("");
  const right = found.filter((code) => {
    const parents = [code.slice(0, 3), code.slice(0, 5)].filter((parent) => parent !== code);
    return parents.map((parent) => edition.functionCodes.get(parent) ?? "").join("") === before;
  });
  return right.length === 1 ? right[0] : undefined;
}

/** With the mark （类） that the subject is read without. */
function nameIn({ subject, block }: Statement): string {
  const chain = chainIn(block);
  return chain?.replace("（类）", "") === subject ? chain : subject;
}

/** Many figures of one paragraph may be at fault: its first name with a mark is looked for once. */
const chains = new WeakMap<Block, string>();

function chainIn(block: Block): string | undefined {
  const known = chains.get(block);
  if (known !== undefined) return known;
  const [chain = ""] =
    /(?<![^，。；：“”、\d.])[^，。；：“”、\d.]+（[款项]）/u.exec(block.text) ?? [];
  chains.set(block, chain);
  return chain;
}

function unlikeTable(statement: Statement, { tables }: TextContext): TextFault[] {
  const { amount, block } = statement;
  if (tables === undefined || amount === undefined) return [];
  const cells = cellsOf(statement, tables);
  const [first] = cells;
  if (first === undefined || !cells.every(tables.has)) return [];
  const right = cells.reduce((sum, cell) => sum + (tables.value(cell) ?? 0), 0);
  const { value } = amount;
  const gap = Math.abs(value - right);
  // Cells hold 万元 with two decimals; an amount with fewer is rounded further.
  const slack = rounded(amount).slack;
  if (gap <= slack * cells.length) return [];
  const isCoarse = amount.decimals < 2 && gap <= 500_000 / 10 ** amount.decimals;
  const isTail = gap <= 10_000 * cells.length;
  return [
    {
      ...quoteAt(block, amount.start),
      ...(isTail || isCoarse ? { severity: "hint" as const } : {}),
      cells,
      actual: amount.text,
      expected: `${exactWan(right)}万元`,
      what: `${nameIn(statement)}${amount.text}与${cellName(first, tables.edition)}${exactWan(right)}万元不一致${isTail ? "，为四舍五入尾差" : ""}`,
      mend: isTail ? "按报表填写" : `改为${exactWan(right)}万元，或核对报表`,
    },
  ];
}

/** Budgets that a table prints beside the final figure. */
function budgetUnlikeTable(statement: Statement, { tables }: TextContext): TextFault[] {
  if (tables === undefined) return [];
  return statement.budgets.flatMap(({ which, figure }): TextFault[] => {
    const budgets = statement.concept?.budgets;
    const address = which === "full" ? budgets?.full : budgets?.initial;
    if (address === undefined || which === "adjusted" || !tables.has(address)) return [];
    const right = tables.value(address) ?? 0;
    const isEither =
      which === "unnamed" &&
      budgets?.full !== undefined &&
      tables.value(budgets.full) === figure.value;
    if (isEither || Math.abs(figure.value - right) <= Math.max(10_000, rounded(figure).slack))
      return [];
    return [
      {
        ...quoteAt(statement.block, figure.start),
        cells: [address],
        actual: figure.text,
        expected: `${exactWan(right)}万元`,
        what: `${statement.subject}预算数${figure.text}与${cellName(address, tables.edition)}${exactWan(right)}万元不一致`,
        mend: `改为${exactWan(right)}万元，或核对报表`,
      },
    ];
  });
}

/** 本部门无政府性基金预算财政拨款收支 beside a table that has some. */
function saidToBeNone({ text, tables }: TextContext): TextFault[] {
  if (tables === undefined) return [];
  return (["fund", "capital"] as const).flatMap((kind): TextFault[] => {
    const address: CellAddress = kind === "fund" ? "t07/total/total" : "t08/total/total";
    const spent = tables.has(address) ? (tables.value(address) ?? 0) : 0;
    const own = text.statements.some(
      ({ chapter, amount }) => chapter === kind && amount !== undefined,
    );
    if (spent === 0 || own) return [];
    return text.blocks.flatMap(({ block, chapter }): TextFault[] => {
      const match =
        chapter === kind
          ? /(?:无|没有|未发生|未安排|不涉及)(?:使用)?(?:政府性基金|国有资本经营)(?:预算)?[^。；]{0,24}/u.exec(
              block.text,
            )
          : null;
      if (match === null || block.kind === "heading") return [];
      return [
        {
          ...quoteAt(block, match.index),
          cells: [address],
          actual: "无",
          expected: `${exactWan(spent)}万元`,
          what: `文字说没有，${cellName(address, tables.edition)}却有${exactWan(spent)}万元`,
          mend: "按报表写明收支，或核对报表",
        },
      ];
    });
  });
}

export const figuresAsInTablesRules: readonly Rule[] = [
  {
    id: "R201",
    statement: "正文的金额＝报表的数",
    severity: "error",
    tolerance: "rounding",
    text: {
      amounts: { causeRank: 0 },
      run: (context) =>
        context.text.statements
          .flatMap((one) => [...unlikeTable(one, context), ...budgetUnlikeTable(one, context)])
          .concat(saidToBeNone(context)),
    },
  },
];
