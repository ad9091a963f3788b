import type { TextContext } from "../text/text-context.ts";
import { type TextFault, quoteAt } from "../text/text-finding.ts";
import { exactWan } from "../../forms/place-name.ts";
import type { CellAddress } from "../../forms/cell.ts";
import type { Rule } from "../rule.ts";

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

export const economicItemRules: readonly Rule[] = [
  {
    id: "R219",
    statement: "正文列出的经济分类科目与报表中有数的科目一致",
    basis: "《预算法实施条例》第六条",
    severity: "warning",
    tolerance: "none",
    text: { amounts: "none", run: economicItems },
  },
];
