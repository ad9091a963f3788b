import { markup, type Child, type Markup } from "../../shared/document/markup.ts";
import type { OpenReport } from "../../shared/disclosure/open-report.ts";
import type { CellRef } from "../../shared/forms/cell.ts";
import { percentHundredths, printHundredths, printWan } from "../../shared/money.ts";
import { cellValue } from "../../shared/report/report.ts";

const wan = (fen: number): string => printWan(fen, { thousands: true });
const percent = (hundredths: number): string => `${printHundredths(hundredths)}%`;

/** The four figures people come for, each beside what it is compared with. */
export function keyFiguresHtml(report: OpenReport): Markup {
  const { final, full } = threePublic(report);
  const figures: readonly (readonly [title: string, value: number | undefined, beside: string])[] =
    [
      ["本年收入", yearOf(report, "income_total"), changed(report, "t01/income_total/final")],
      ["本年支出", yearOf(report, "expense_total"), changed(report, "t01/expense_total/final")],
      ["年末结转和结余", yearOf(report, "closing"), changed(report, "t01/closing/final")],
      ["“三公”经费支出", final, completion(final, full)],
    ];
  return markup`<dl class="key">${figures.map(
    ([title, value, beside]) =>
      markup`<div><dt>${title}</dt><dd class="figure">${value === undefined ? "—" : markup`${wan(value)}<span>万元</span>`}</dd><dd>${beside}</dd></div>
`,
  )}</dl>`;
}

const read = ({ sections }: OpenReport, ref: CellRef): number | undefined =>
  cellValue(sections, ref);

const yearOf = (report: OpenReport, row: string) =>
  read(report, { table: "t01", row, column: "final" });

function threePublic(report: OpenReport) {
  const cell = (column: string) => read(report, { table: "t09", row: "total", column });
  return { final: cell("final"), full: cell("full") ?? cell("initial") };
}

function changed(report: OpenReport, address: string): string {
  const [table, row = "", column = ""] = address.split("/");
  const now = table === "t01" ? read(report, { table, row, column }) : undefined;
  const before = report.sections.facts.prior[address];
  if (now === undefined || before === undefined) return "";
  const rate = percentHundredths(Math.abs(now - before), before);
  if (now === before) return "与上年持平";
  if (rate === undefined || before < 0) return `上年${wan(before)}万元`;
  return `较上年${now > before ? "增长" : "下降"}${percent(rate)}`;
}

function completion(final: number | undefined, budget: number | undefined): string {
  if (final === undefined || budget === undefined) return "";
  const rate = percentHundredths(final, budget);
  return rate === undefined ? "预算为0" : `预算${wan(budget)}万元，完成${percent(rate)}`;
}

interface Share {
  readonly name: string;
  readonly fen: number;
}

/** Where the money came from and what it went to, largest first, from the rows of 公开01表. */
export function compositionHtml(report: OpenReport): Child {
  const income = sharesOf(report, (row) => incomeRows.has(row));
  const expense = sharesOf(report, (row) => /^\d{3}$/.test(row));
  if (income.length === 0 && expense.length === 0) return undefined;
  return markup`<section><h2 id="composition">收支构成</h2><div class="split">${barsHtml("本年收入从哪里来", income)}${barsHtml("本年支出用在哪里", expense)}</div></section>`;
}

const incomeRows = new Set([
  ...["general", "fund", "capital", "superior", "business", "operating", "affiliate", "other"],
]);

function sharesOf(report: OpenReport, isWanted: (row: string) => boolean): Share[] {
  const body = report.tables.find(({ id }) => id === "t01")?.body ?? [];
  const shares = body.flatMap((row) =>
    row.flatMap((cell, index): Share[] => {
      if (cell.kind !== "value" || cell.value === undefined || cell.value <= 0) return [];
      const key = cell.cell.split("/")[1] ?? "";
      const name = row.slice(0, index).findLast(({ kind }) => kind === "name")?.text ?? key;
      return isWanted(key)
        ? [{ name: name.replace(/^[一二三四五六七八九十]+、/, ""), fen: cell.value }]
        : [];
    }),
  );
  return shares.toSorted((a, b) => b.fen - a.fen);
}

function barsHtml(title: string, shares: readonly Share[]): Child {
  if (shares.length === 0) return undefined;
  const total = shares.reduce((sum, { fen }) => sum + fen, 0);
  return markup`<table class="bars"><caption>${title}（万元）</caption><thead><tr><th scope="col">项目</th><th scope="col">金额</th><th scope="col">占比</th></tr></thead><tbody>${shares.map(
    ({ name, fen }) => {
      const share = percentHundredths(fen, total) ?? 0;
      return markup`<tr><th scope="row">${name}<svg viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true"><rect width="${printHundredths(Math.max(share, 50))}" height="4"/></svg></th><td class="figure">${wan(fen)}</td><td class="figure">${percent(share)}</td></tr>
`;
    },
  )}</tbody></table>`;
}
