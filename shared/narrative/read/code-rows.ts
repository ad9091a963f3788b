import type { Form } from "../../forms/form.ts";
import { placing } from "./column-positions.ts";
import type { ReadRow, ReadRows } from "./fixed-rows.ts";
import { comparable, type TableLine, type TableToken } from "./table-line.ts";

interface Met {
  readonly key: string;
  readonly line: TableLine;
  readonly figures: readonly TableToken[];
}

/** Rows by 支出功能分类: 201 06 01 or 2010601, a name that may be torn, and figures. */
export function readCodeRows(form: Form, lines: readonly TableLine[]): ReadRows {
  const [block] = form.blocks;
  const columns = block?.columns ?? [];
  const met: Met[] = [];
  const head: TableLine[] = [];
  let isWhole = true;
  for (const line of lines) {
    const row = rowIn(line);
    if (row === undefined && met.length === 0) {
      head.push(line);
      continue;
    }
    if (row === undefined) {
      if (line.tokens.some(({ kind }) => kind !== "words")) isWhole = false;
      continue;
    }
    met.push(row);
  }
  if (!hasColumns(form, withoutName(form, head, met[0]?.key))) return { rows: [], isWhole: false };
  const keys = new Set(met.map(({ key }) => key));
  const isTree = met.every(
    ({ key }) => key === "total" || key.length === 3 || keys.has(key.slice(0, -2)),
  );
  const place = placing(
    columns,
    head,
    met.map(({ figures }) => figures),
  );
  const rows = met.map(({ key, line, figures }): ReadRow => {
    const texts = figures.map(({ text }) => text);
    const found = place(figures);
    if (found === undefined) return { key, line, figures: texts };
    const values = found.flatMap((column, index) => {
      const name = columns[column]?.key;
      const figure = figures[index];
      return name === undefined || figure?.kind !== "number" ? [] : [[name, figure.text] as const];
    });
    return { key, line, figures: texts, values: new Map(values) };
  });
  return {
    rows,
    isWhole: isWhole && isTree && keys.size === met.length && keys.has("total"),
  };
}

/** The first row's name may begin on the line above its code. */
function withoutName(form: Form, head: readonly TableLine[], first = ""): readonly TableLine[] {
  const name = comparable(form.codeNames?.get(first) ?? "");
  const above = comparable(head.at(-1)?.text ?? "");
  return above.length > 2 && name.startsWith(above) ? head.slice(0, -1) : head;
}

const numbersOnly = (tokens: readonly TableToken[]) => tokens.every(({ kind }) => kind !== "words");

function rowIn(line: TableLine): Met | undefined {
  const { tokens } = line;
  const firstWords = tokens.findIndex(({ kind }) => kind === "words");
  const lead = tokens.slice(0, firstWords < 0 ? tokens.length : firstWords);
  const total = totalIn(tokens);
  if (total !== undefined)
    return numbersOnly(total) ? { key: "total", line, figures: total } : undefined;
  const codes = codesAt(lead);
  if (codes === undefined) return undefined;
  const rest = tokens.slice(codes.length);
  const lastWords = rest.findLastIndex(({ kind }) => kind === "words");
  const figures = rest.slice(lastWords + 1);
  const named = rest.slice(0, lastWords + 1);
  // A figure among the words of a name belongs to neither.
  if (named.some(({ kind }) => kind !== "words")) return undefined;
  return { key: codes.join(""), line, figures };
}

/** What follows 合计, which may come after 类 款 项 or as two separate letters. */
function totalIn(tokens: readonly TableToken[]): readonly TableToken[] | undefined {
  const words = tokens.slice(0, tokens.findLastIndex(({ kind }) => kind === "words") + 1);
  const text = words.map((word) => word.text).join("");
  return /^(?:类?款?项?)合计$/u.test(text) ? tokens.slice(words.length) : undefined;
}

/** Codes at the beginning of a row: one of 3, 5 or 7 digits, or 类, 款 and 项 apart. */
function codesAt(lead: readonly TableToken[]): string[] | undefined {
  const [first, second, third] = lead.map(({ text }) => text);
  if (first === undefined || !/^[12]\d{2}(?:\d{2}){0,2}$/u.test(first)) return undefined;
  if (first.length > 3) return [first];
  const isPart = (text: string | undefined) => text !== undefined && /^\d{2}$/u.test(text);
  if (!isPart(second)) return [first];
  return [first, second ?? "", ...(isPart(third) ? [third ?? ""] : [])];
}

/** Letters of the form's column heads that the head of the table lacks, or has over, tell of other columns. */
function hasColumns(form: Form, head: readonly TableLine[]): boolean {
  const wanted = countLetters(
    form.head
      .flat()
      .map(({ text }) => text)
      .join(""),
  );
  const printed = countLetters(
    head
      .map(({ text }) => text)
      .filter((text) => !/单位[：:]|公开\d+表|^\d{4}年度?$/u.test(text.replaceAll(" ", "")))
      .join(""),
  );
  let apart = 0;
  for (const letter of new Set([...wanted.keys(), ...printed.keys()])) {
    if (!/\p{Script=Han}/u.test(letter) || "类款项栏次合计小".includes(letter)) continue;
    apart += Math.abs((wanted.get(letter) ?? 0) - (printed.get(letter) ?? 0));
  }
  return apart <= 6;
}

function countLetters(text: string): Map<string, number> {
  const counts = new Map<string, number>();
  for (const letter of text) counts.set(letter, (counts.get(letter) ?? 0) + 1);
  return counts;
}
