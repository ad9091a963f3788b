import type { TableId } from "../forms/form.ts";
import type { EditionData } from "./edition-data.ts";
import type { EditionFault } from "./load-edition.ts";

/** Rows that the statutory tables are added up in, by key, as the national forms name them. */
const statutoryTotals: { readonly [table: TableId]: { readonly [row: string]: string } } = {
  t01: {
    ...{ income_total: "本年收入合计", income_sum: "收入总计" },
    ...{ expense_total: "本年支出合计", expense_sum: "支出总计" },
  },
  t04: {
    ...{ income_total: "本年收入合计", income_sum: "收入总计" },
    ...{ expense_total: "本年支出合计", expense_sum: "支出总计" },
  },
  t06: { personnel_total: "人员经费合计", public_total: "公用经费合计" },
  t09: { total: "“三公”经费支出" },
  t10: { vehicles_total: "车辆数合计" },
};

/** A table that is added up has the row that it is added up in: the rules, the narrative and 汇总 read it. */
export function totalRowFaults(
  { id, title, totalRow, blocks }: EditionData["forms"][number],
  path: string,
): EditionFault[] {
  const isByCode = blocks.some(({ rows }) => rows === "by-function-code");
  if (isByCode) {
    const message = `“${title}”按支出功能分类科目填列，没有合计行。请写明合计行在前（first）或在后（last）。`;
    return totalRow === undefined ? [{ path: `${path}.totalRow`, message }] : [];
  }
  const keys = new Set(
    blocks.flatMap(({ rows }) => (rows === "by-function-code" ? [] : rows.map(({ key }) => key))),
  );
  return Object.entries(statutoryTotals[id] ?? {})
    .filter(([key]) => !keys.has(key))
    .map(([key, name]) => ({
      path: `${path}.blocks`,
      message: `“${title}”没有合计行“${name}”（${key}）。请补上这一行，勾稽关系和文字说明都要用它。`,
    }));
}
