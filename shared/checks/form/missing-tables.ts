import { comparableName } from "../../forms/canonical-table.ts";
import { importFaultText } from "../../forms/fault-text.ts";
import type { Edition, Form, TableId } from "../../forms/form.ts";
import type { ImportFault } from "../../forms/import-fault.ts";
import { isBlock } from "../../narrative/read/flow.ts";
import type { ReadText } from "../../narrative/read/read-text.ts";
import type { Rule } from "../rule.ts";
import type { ReportFinding } from "../text/report-finding.ts";

/** A report drawn up here has every table of its edition, so only reports from elsewhere can break it. */
export const missingTablesRule = {
  id: "F00",
  statement: "公开的报表齐全，各表可以读出，有数据的表填列数字",
  basis: "《地方预决算公开操作规程》（财预〔2016〕143号）",
  severity: "warning",
  tolerance: "none",
  printedTables: true,
} as const satisfies Rule;

const found = {
  rule: missingTablesRule.id,
  severity: missingTablesRule.severity,
} as const;

/** A table that was handed in and cannot be read. */
export function unreadTable(edition: Edition, fault: ImportFault): ReportFinding {
  const { where, what, why, mend } = importFaultText(edition, fault);
  return { ...found, quote: where, message: `${where}：${what}。${why}。${mend}。` };
}

/** So many other tables make a report, of which none may be missing. */
const fewestOthers = 5;

const printedForms = ({ forms }: Edition): readonly Form[] =>
  forms.filter(({ unprinted }) => unprinted !== true);

/** Tables that a report handed in table by table lacks. */
export function tablesNotGiven(edition: Edition, given: ReadonlySet<TableId>): ReportFinding[] {
  const forms = printedForms(edition);
  const missing = forms.filter(({ id }) => !given.has(id));
  if (forms.length - missing.length < fewestOthers) return [];
  return missing.map((form) => lacking(form, "其他各表已提供"));
}

/** Tables that the list of contents names, or that belong with the others, and the text does not print. */
export function tablesNotPrinted(source: string, edition: Edition): ReportFinding[] {
  const lines = source.split("\n").map(comparableName);
  const forms = printedForms(edition);
  const contents = contentsIn(lines, forms);
  const body = lines.filter((_, at) => at < contents.from || at > contents.to);
  const joined = body.join("");
  const isPrinted = ({ title }: Form) => {
    const wanted = comparableName(title);
    return body.some((line) => line.startsWith(wanted)) || names(joined, wanted);
  };
  const missing = forms.filter((form) => !isPrinted(form));
  if (forms.length - missing.length < fewestOthers) return [];
  return missing.map((form) =>
    lacking(form, contents.listed.has(form) ? "目录列有，正文无表" : "其他各表已列出"),
  );
}

const lacking = ({ title }: Form, why: string): ReportFinding => ({
  ...found,
  message: `缺少《${title}》（${why}）。没有数据的表也应公开空表并说明。请补上此表。`,
});

/** 支出决算表 is the tail of other titles too. */
const headOfOther = /(?:收入|支出|基本|项目|拨款|预算|经费|公共|决算)$/u;

function names(text: string, title: string): boolean {
  for (let at = text.indexOf(title); at >= 0; at = text.indexOf(title, at + 1)) {
    if (!headOfOther.test(text.slice(Math.max(0, at - 4), at))) return true;
  }
  return false;
}

/** Lines close together that end with titles, dots and page numbers apart: the list of contents. */
function contentsIn(lines: readonly string[], forms: readonly Form[]) {
  const titled = lines.flatMap((line, at) => {
    if (!line.includes("决算") || line.length > 60) return [];
    const plain = line.replace(/[.…·•\-—\s]*\d*$/u, "");
    const form = forms.find(
      ({ title }) => plain.endsWith(comparableName(title)) && names(plain, comparableName(title)),
    );
    return form === undefined ? [] : [{ at, form }];
  });
  let run: { at: number; form: Form }[] = [];
  for (const entry of titled) {
    const last = run.at(-1);
    const isAgain = run.some(({ form }) => form === entry.form);
    if (last !== undefined && (isAgain || entry.at - last.at > 4)) {
      if (new Set(run.map(({ form }) => form)).size >= fewestOthers - 1) break;
      run = [];
    }
    run.push(entry);
  }
  const listed = new Set(run.map(({ form }) => form));
  if (listed.size < fewestOthers - 1) return { from: 1, to: 0, listed: new Set<Form>() };
  return { from: run[0]?.at ?? 1, to: run.at(-1)?.at ?? 0, listed };
}

/** Whether a text prints the head of its “三公” table and no figure below. */
export function printsEmptyThreePublic({ flow }: ReadText): boolean {
  const tables = flow.parts.flatMap((part) =>
    !isBlock(part) && /三公.?经费(?:支出)?决算表$/u.test(part.title) ? [part.rows] : [],
  );
  const rows = tables.flatMap((lines) => {
    const end = lines.findIndex(({ text }) => /^(?:注|说明|备注)：/u.test(text));
    return end < 0 ? lines : lines.slice(0, end);
  });
  return (
    rows.some(({ text }) => /[预决]\s*算\s*数/u.test(text)) &&
    !rows.some(({ text }) => /\d\.\d|(?:^|\s)\d[\d,]*(?=\s+\d|$)/u.test(text))
  );
}

/** The “三公” table left empty, while the text states its figures. */
export function emptyThreePublic({ statements }: ReadText, edition: Edition): ReportFinding[] {
  const form = edition.forms.find(({ id }) => id === "t09");
  if (form === undefined) return [];
  const contradicting = statements.find(
    ({ concept, amount, budgets }) =>
      concept?.id.startsWith("three.") === true &&
      [amount, ...budgets.map(({ figure }) => figure)].some(
        (figure) => figure !== undefined && figure.value !== 0,
      ),
  );
  if (contradicting?.concept === undefined) return [];
  const figure = [contradicting.budgets[0]?.figure, contradicting.amount].find(
    (one) => one !== undefined && one.value !== 0,
  );
  const line = contradicting.block.lines[contradicting.start] ?? 0;
  return [
    {
      ...found,
      line,
      quote: contradicting.block.text.slice(contradicting.start, contradicting.start + 60),
      message: `《${form.title}》没有填数，正文第${String(line)}行却写${contradicting.concept.name}${figure?.text ?? ""}。请补填此表，或核对正文。`,
    },
  ];
}
