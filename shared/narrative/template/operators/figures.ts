import { amountText, gradeOf, percentText, ratio, scoreText } from "../../figures.ts";
import type { FigureSource } from "../../../report/figure-source.ts";
import { joined, type Phrase } from "../../phrase.ts";
import type { ReportFigures } from "../../report-figures.ts";
import { factAt } from "../../sources.ts";
import type { SentencePart } from "../../written.ts";
import { operator } from "../define.ts";
import { quantityNamed } from "../look-up.ts";
import { entryOf, within, type Quantity } from "../scope.ts";

/** Operators that print one figure, or a word or name in place of one. */

type Printed = (value: number) => string;

const figureOr = (
  { value }: ReportFigures,
  { source, label }: Quantity,
  print: Printed,
): SentencePart => {
  const found = value(source);
  return found === undefined
    ? { missing: "figure", what: label, source }
    : { figure: print(found), source };
};

export const amount = (figures: ReportFigures, of: Quantity): SentencePart =>
  figureOr(figures, of, amountText);

/** 占99.99% without its verb; 不适用 where the whole is 0, nothing where one is unknown. */
export function share(
  { known, value, decimals }: ReportFigures,
  part: FigureSource,
  whole: FigureSource,
): Phrase {
  const numerator = known(part);
  const denominator = value(whole);
  if (numerator === undefined || denominator === undefined) return "";
  const figure = percentText(ratio(numerator, denominator, decimals), decimals) ?? "不适用";
  return { figure, source: { kind: "share", part, whole } };
}

const quoted = ({ report }: ReportFigures, { source, label }: Quantity): SentencePart => {
  const text = source.kind === "fact" ? factAt(report, source.path) : undefined;
  return typeof text === "string" && text.trim() !== ""
    ? { figure: text.trim(), source }
    : { missing: "figure", what: label, source };
};

export const figureOperators = [
  /** 4914.2万元, or the mark of a missing figure. */
  operator({
    keyword: "金额",
    takes: { of: "quantity" },
    write: ({ of }, { figures }) => amount(figures, of),
  }),
  /** The lead and the amount, or 无 and a name where a filled table leaves it blank. */
  operator({
    keyword: "金额或无",
    takes: { of: "quantity" },
    options: { lead: { keyword: "引", role: "text" }, none: { keyword: "无", role: "text" } },
    write: ({ of, lead = of.label, none = of.label }, { figures }) =>
      figures.isNone(of.source)
        ? [{ figure: "无", source: of.source }, none]
        : [lead, amount(figures, of)],
  }),
  operator({
    keyword: "计数",
    takes: { of: "quantity" },
    needs: { of: "unit" },
    write: ({ of }, { figures }) => figureOr(figures, of, (found) => `${found}${of.unit ?? ""}`),
  }),
  operator({
    keyword: "得分",
    takes: { of: "quantity" },
    write: ({ of }, { figures }) => figureOr(figures, of, scoreText),
  }),
  /** “优” of a score; nothing where it is unknown. */
  operator({
    keyword: "等级",
    takes: { of: "quantity" },
    write: ({ of: { source } }, { figures }) => {
      const score = figures.value(source);
      if (score === undefined) return "";
      return ["“", { figure: gradeOf(score), source: { kind: "grade", of: source } }, "”"];
    },
  }),
  /** A name or a text that people gave. */
  operator({
    keyword: "引文",
    takes: { of: "quantity" },
    needs: { of: "fact" },
    write: ({ of }, { figures }) => quoted(figures, of),
  }),
  /** A word in place of a figure, e.g. 无, bound to it as the figure would be. */
  operator({
    keyword: "字样",
    takes: { words: "text", of: "quantity" },
    write: ({ words, of: { source } }) => ({ figure: words, source }),
  }),
  /** The quantity's own name, bound to it. */
  operator({
    keyword: "名目",
    takes: { of: "quantity" },
    write: ({ of: { label, source } }) => ({ figure: label, source }),
  }),
  operator({
    keyword: "待填",
    takes: { of: "quantity" },
    write: ({ of: { label, source } }) => ({ missing: "figure", what: label, source }),
  }),
  operator({
    keyword: "占比",
    takes: { part: "quantity", whole: "quantity" },
    write: ({ part, whole }, { figures }) => share(figures, part.source, whole.source),
  }),
  /** How many entries a list of facts has. */
  operator({
    keyword: "项数",
    takes: { of: "list", unit: "text" },
    write: ({ of: { entries, path = "" }, unit }) => ({
      figure: `${entries.length}${unit}`,
      source: { kind: "count", path },
    }),
  }),
  /** The name of a unit; the own office is marked 本级 where the report has other units. */
  operator({
    keyword: "单位名",
    takes: { of: "quantity" },
    needs: { of: "fact" },
    inside: "list",
    write: ({ of }, scope) => {
      const { units } = scope.figures.report.sections.facts;
      const unit = units[Number(entryOf(scope).key)];
      const isOwn = unit?.kind === "own_office" && units.length > 1;
      const mark = isOwn && !unit.name.trim().endsWith("（本级）") ? "（本级）" : "";
      return [quoted(scope.figures, of), mark];
    },
  }),
  /**
   * 财政拨款收入4654.39万元，占99.99%；…；无事业收入: every entry that is not 0, so that the list is exhaustive, and
   * plainly which of the statutory ones (those always named) there is none of.
   */
  operator({
    keyword: "构成",
    takes: { whole: "quantity", parts: "list" },
    options: { of: { keyword: "数", role: "entry" } },
    write: ({ whole, parts, of }, scope) => {
      const { figures } = scope;
      const total = figures.value(whole.source);
      if (total === undefined) return amount(figures, { ...whole, label: `${whole.label}构成` });
      const portions = parts.entries.map((entry) => ({
        ...entry,
        source: quantityNamed(within(scope, entry), of ?? "本项").source,
      }));
      const present = portions.filter(({ source, always }) => {
        const value = figures.value(source);
        return value !== undefined && (value !== 0 || always);
      });
      const absent = portions.filter(({ source, always }) => always && figures.isNone(source));
      if (present.length === 0 && absent.length === 0) {
        return [{ figure: "无", source: whole.source }, whole.label];
      }
      const named = present.map(({ name, source }): Phrase => [
        ...[name, amount(figures, { source, label: name })],
        total === 0 ? "" : ["，占", share(figures, source, whole.source)],
      ]);
      const none = absent.map(({ name, source }): Phrase => ({ figure: name, source }));
      return joined([...named, ...(none.length > 0 ? [["无", joined(none, "、")]] : [])], "；");
    },
  }),
];
