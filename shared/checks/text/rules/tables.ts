import type { CellAddress } from "../../../forms/cell.ts";
import { cellName, exactWan } from "../../../forms/place-name.ts";
import type { ChapterKind } from "../../../narrative/read/chapters.ts";
import type { TableId } from "../../../forms/form.ts";
import type { Block } from "../../../narrative/read/flow.ts";
import type { Statement } from "../../../narrative/read/statements.ts";
import { rounded } from "../ratio.ts";
import { quoteAt, type TextFault } from "../text-finding.ts";
import type { TextContext, TextRule, TextTables } from "../text-rule.ts";

/** Cells whose sum a statement's amount must be. */
function cellsOf(statement: Statement, tables: TextTables): readonly CellAddress[] {
  if (statement.concept?.cells !== undefined) return statement.concept.cells;
  const chapter = byCodeChapters[statement.chapter];
  if (chapter === undefined) return [];
  const code = codeOf(statement.subject, tables, chapter.codes);
  return code === undefined ? [] : [`${chapter.table}/${code}/total`];
}

/** Chapters that tell amounts by code, the table they are of, and the one that lists the codes. */
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
  // 类 and 款 stand before 项; 类 lost its mark, so both may be in one name.
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

/** R211: what the sentence says it equals. Units of other kinds may have 公用经费 too. */
function unlikePublicTotal({ said, text, tables }: TextContext): TextFault[] {
  const cost = said("operating_cost");
  if (cost === undefined) return [];
  const { block } = cost.statement;
  if (!/公用经费(?:之和|合计|支出)?(?:相)?一致/u.test(block.text)) return [];
  const address: CellAddress = "t06/public_total/final";
  const right =
    tables?.has(address) === true
      ? (tables.value(address) ?? 0)
      : said("basic.public_total")?.figure.value;
  if (right === undefined || cost.figure.value >= right - 20_000) return [];
  const isAlone = text.blocks.some(({ block: { text: words } }) =>
    /无所属(?:预算)?单位|没有(?:下属|所属)|仅[^，。；]{2,40}(?:本身|本级)|单位(?:共|为)+1个/u.test(
      words,
    ),
  );
  return [
    {
      ...quoteAt(block, cost.figure.start),
      severity: isAlone ? ("warning" as const) : ("hint" as const),
      ...(tables?.has(address) === true ? { cells: [address] } : {}),
      actual: cost.figure.text,
      expected: `${exactWan(right)}万元`,
      what: `文字说机关运行经费与公用经费一致，公用经费为${exactWan(right)}万元，此处写${cost.figure.text}`,
      mend: "所属单位中有未参照公务员法管理的事业单位的，应扣除其公用经费；没有的，改为公用经费数",
    },
  ];
}

/** R210: 机关运行经费 is part of 公用经费. */
function operatingCost({ said, tables }: TextContext): TextFault[] {
  const cost = said("operating_cost");
  if (cost === undefined) return [];
  const address: CellAddress = "t06/public_total/final";
  const fromTable = tables?.has(address) === true ? tables.value(address) : undefined;
  const kinds = ["basic.302", "basic.310"].flatMap((id) => said(id)?.figure.value ?? []);
  const total = said("general_basic")?.figure.value;
  const limit =
    fromTable ??
    said("basic.public_total")?.figure.value ??
    (kinds.length > 0 ? kinds.reduce((sum, value) => sum + value, 0) : total);
  if (limit === undefined || cost.figure.value <= limit + 20_000) return [];
  return [
    {
      ...quoteAt(cost.statement.block, cost.figure.start),
      ...(fromTable === undefined ? {} : { cells: [address] }),
      actual: cost.figure.text,
      expected: `不超过${exactWan(limit)}万元`,
      what: `机关运行经费${cost.figure.text}超过一般公共预算财政拨款基本支出中的公用经费${exactWan(limit)}万元`,
      mend: "核对机关运行经费与公用经费",
    },
  ];
}

/** R219: the items named under 人员经费 and 公用经费 are those with a figure. */
function economicItems({ text, tables }: TextContext): TextFault[] {
  if (tables?.has("t06/personnel_total/final") !== true) return [];
  const { economicCodes } = tables.edition;
  const rows = tables.edition.forms
    .find(({ id }) => id === "t06")
    ?.blocks.flatMap((block) => (block.rows === "by-function-code" ? [] : block.rows));
  const hasRow = (code: string) => rows?.some((row) => "key" in row && row.key === code) === true;
  const spent = tables
    .codes("t06")
    .filter((code) => code.length === 5 && (tables.value(`t06/${code}/final`) ?? 0) !== 0);
  return text.blocks.flatMap(({ block, chapter }): TextFault[] => {
    if (chapter !== "basic") return [];
    return [
      ...block.text.matchAll(/(人员|公用)经费[^，。；]*，主要(?:包括|用于)：?([^；。]+)/gu),
    ].flatMap((match): TextFault[] => {
      const [, kind, list = ""] = match;
      const isOwn = (code: string) => /^30[13]/u.test(code) === (kind === "人员");
      const known = [...economicCodes].filter(([code]) => code.length === 5 && isOwn(code));
      const isRead = ([code]: readonly [string, string]) =>
        !hasRow(code) || tables.has(`t06/${code}/final`);
      const codeOfItem = (name: string) => {
        const codes = known
          .filter(([, full]) => plainItem(full) === plainItem(name))
          .map(([code]) => code);
        return codes.find((code) => spent.includes(code)) ?? codes[0];
      };
      // 办公设备购置和专用设备购置 are two items, 维修和… may be one.
      const names = list
        .replace(/（[^）]{0,60}不涉及[^）]{0,60}）|等$/gu, "")
        .split("、")
        .flatMap((name) => {
          const halves = name.split(/以及|[和及]/u);
          const areItems = codeOfItem(name) === undefined && halves.every((one) => codeOfItem(one));
          return areItems ? halves : [name];
        });
      const listed = names.flatMap((name) => codeOfItem(name) ?? []);
      const isAllRead = known.every(isRead) && listed.length === names.length;
      // What is left out is known only where every word of the list and every row was read.
      const missing = isAllRead
        ? spent.filter((code) => isOwn(code) && !listed.includes(code))
        : [];
      const empty = listed.filter(
        (code) => !spent.includes(code) && tables.has(`t06/${code}/final`),
      );
      if (missing.length + empty.length === 0) return [];
      const nameOf = (code: string) => economicCodes.get(code) ?? code;
      const parts = [
        ...(empty.length === 0 ? [] : [`列了没有数的${empty.map(nameOf).join("、")}`]),
        ...(missing.length === 0
          ? []
          : [
              `漏了${missing.map((code) => `${nameOf(code)}（${exactWan(tables.value(`t06/${code}/final`) ?? 0)}万元）`).join("、")}`,
            ]),
      ];
      return [
        {
          ...quoteAt(block, match.index),
          cells: [...empty, ...missing].map((code): CellAddress => `t06/${code}/final`),
          actual: names.join("、"),
          expected: isAllRead
            ? spent.filter(isOwn).map(nameOf).join("、")
            : `不列${empty.map(nameOf).join("、")}`,
          what: `${String(kind)}经费的内容与报表不符：${parts.join("，")}`,
          mend: "按报表中有数的科目列出，一项不多一项不少",
        },
      ];
    });
  });
}

const plainItem = (name: string) => name.replace(/费用?$|支出$|（护）/gu, "");

export const tableRules: readonly TextRule[] = [
  {
    id: "R201",
    statement: "正文的金额＝报表的数",
    severity: "error",
    check: (context) =>
      context.text.statements
        .flatMap((one) => [...unlikeTable(one, context), ...budgetUnlikeTable(one, context)])
        .concat(saidToBeNone(context)),
  },
  {
    id: "R210",
    statement: "机关运行经费不超过一般公共预算财政拨款基本支出中的公用经费",
    basis: "《预算法》第十四条",
    severity: "error",
    check: operatingCost,
  },
  {
    id: "R211",
    statement: "机关运行经费＝行政单位和参照公务员法管理的事业单位公用经费之和",
    basis: "《预算法》第十四条",
    severity: "error",
    check: unlikePublicTotal,
  },
  {
    id: "R219",
    statement: "正文列出的经济分类科目与报表中有数的科目一致",
    basis: "《预算法实施条例》第六条",
    severity: "warning",
    check: economicItems,
  },
];
