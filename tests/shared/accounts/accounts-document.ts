import { accountsOf } from "../../../shared/editions/accounts-of.ts";
import { shippedEditions } from "../../../shared/editions/shipped-editions.ts";
import type { AccountsFeed, AccountsSheet } from "../../../shared/forms/accounts-mapping.ts";
import type { Source } from "../../../shared/forms/edition-sources.ts";
import type { Edition, Form, TableId } from "../../../shared/forms/form.ts";
import { fixedRows } from "../../../shared/forms/layout.ts";

/** `docs/accounts.md`: which sheet of the accounts makes up which statutory table, and where each sheet was seen. */

const command = "npx vitest run tests/shared/accounts/mapping.test.ts -u";

export const national = accountsOf({});

/** The first shipped edition that has the table, for the names of its rows and columns. */
export function formOf(
  id: TableId,
): { readonly edition: Edition; readonly form: Form } | undefined {
  for (const edition of shippedEditions.all) {
    const form = edition.forms.find((one) => one.id === id);
    if (form !== undefined) return { edition, form };
  }
  return undefined;
}

export const tableIds = Object.keys(national.tables).sort() as TableId[];

export const accountsDocument = (): string =>
  [
    "# Import from the accounts (财决表的对应)",
    "",
    `Printed from \`shared/editions/national/accounts/\` by \`${command}\`. A workbook of the year's departmental accounts (部门决算报表) fills the statutory tables that follow from it ([ADR 45](adr/0045-accounts-are-read-by-name-and-weighed-before-they-fill-a-table.md)). Sheets are found by title, then by number; columns by the names of their head, rows by code or name; nothing by position. 见于程序或印本: the head was seen; 见于目录: the sheet's name was seen; 未见: general knowledge of the national form. Of several sheets for one table the first that the workbook has gives the figure, the others are compared with it.`,
    "",
    "## 账表",
    "",
    "| 账表 | 表名 | 行 | 依据 |",
    "| --- | --- | --- | --- |",
    ...national.sheets.map(
      (sheet) =>
        `| ${sheet.number} | ${[sheet.title, ...(sheet.otherTitles ?? [])].join("、")} | ${sheet.rows === "codes" ? "按科目" : "按项目"} | ${sourcesIn(sheet)} |`,
    ),
    "",
    ...national.sheets.flatMap(({ number, elsewhere = {} }) =>
      Object.entries(elsewhere).map(
        ([name, part]) => `- ${number} 的“${name}”：另行填入“${part}”。`,
      ),
    ),
    "",
    `不取数的账表（按表名识别）：${national.furtherTitles.join("、")}。`,
    "",
    "## 公开各表的来源",
    "",
    ...tableIds.flatMap(section),
    "",
  ].join("\n");

const sourcesIn = ({ sources }: AccountsSheet): string => sources.map(sourceText).join("；");

function sourceText(source: Source): string {
  const note = "note" in source ? `（${source.note}）` : "";
  if ("printed" in source) return `见于程序或印本：${documentText(source.printed)}${note}`;
  if ("listed" in source) return `见于目录：${documentText(source.listed)}${note}`;
  return "accounts" in source ? `按${source.accounts}${note}` : `未见：${source.unverified}`;
}

function documentText(key: string): string {
  const { title = key, address } = national.documents[key] ?? {};
  return address === undefined ? title : `[${title}](${address})`;
}

function section(id: TableId): string[] {
  const found = formOf(id);
  if (found === undefined) throw new Error(`No shipped edition has ${id}.`);
  const feeds = national.tables[id] ?? [];
  return [
    `### ${id} ${found.form.title}`,
    "",
    ...feeds.map((feed) => feedText(found.form, feed)),
    "",
  ];
}

function feedText(form: Form, feed: AccountsFeed): string {
  const sheet = typeof feed.sheet === "string" ? feed.sheet : `${feed.sheet.join("＋")}（相加）`;
  /** Some editions print more columns of the table than the first that has it. */
  const columns = shippedEditions.all.flatMap(({ forms }) =>
    forms.flatMap(({ id, blocks }) =>
      id === form.id ? blocks.flatMap((block) => block.columns) : [],
    ),
  );
  const columnName = (key: string) => columns.find((column) => column.key === key)?.name ?? key;
  const pairs = (columns: { readonly [key: string]: string | readonly string[] }) =>
    Object.entries(columns)
      .map(([key, names]) => `${columnName(key)} ← ${[names].flat().join(" 或 ")}`)
      .join("；");
  if ("codes" in feed) return `- ${sheet}，逐个科目和合计：${pairs(feed.codes)}`;
  if ("classes" in feed) return `- ${sheet}，各类：${pairs(feed.classes)}`;
  if ("economic" in feed)
    return `- ${sheet}，合计行的各经济分类科目 → ${columnName(feed.economic)}`;
  const rowName = (key: string) =>
    fixedRows(form)
      .find((row) => row.key === key)
      ?.name.trim() ?? key;
  if ("total" in feed) {
    const cells = Object.entries(feed.total).map(([cell, names]) => {
      const [row = "", column = ""] = cell.split("/");
      const columns =
        form.blocks.find(
          ({ rows }) =>
            rows !== "by-function-code" && rows.some((one) => "key" in one && one.key === row),
        )?.columns ?? [];
      const place = columns.length > 1 ? `${rowName(row)}（${columnName(column)}）` : rowName(row);
      return `${place} ← ${[names].flat().join(" 或 ")}`;
    });
    return `- ${sheet}，合计行：${cells.join("；")}`;
  }
  const block = feed.block === undefined ? "" : `“${feed.block}”一组，`;
  const rows = feed.only === undefined ? "同名各行" : rowsText(feed.only, rowName);
  const names = Object.entries(feed.names ?? {}).map(
    ([key, { names: others, under }]) =>
      `${rowName(key)} 又作 ${others.join("、")}${under === undefined ? "" : `（在“${under}”之下）`}`,
  );
  return `- ${sheet}，${block}${rows}：${pairs(feed.lines)}${names.length === 0 ? "" : `。${names.join("；")}`}`;
}

function rowsText(keys: readonly string[], rowName: (key: string) => string): string {
  const classes = keys.filter((key) => /^\d{3}$/u.test(key));
  const others = keys.filter((key) => !classes.includes(key)).map(rowName);
  return [...(classes.length === 0 ? [] : [`${String(classes.length)} 个类`]), ...others].join(
    "、",
  );
}
