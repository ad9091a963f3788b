import { factAt } from "../sources.ts";
import type { ReportFigures } from "../report-figures.ts";
import { predicate, type Predicate } from "./define.ts";
import { hasChange } from "./operators/comparisons.ts";
import { entryOf, type Quantity } from "./scope.ts";

/** Conditions on quantities and lists after 若; an unknown figure is neither zero nor equal to another. */

const isGiven = ({ report, value }: ReportFigures, { source }: Quantity): boolean =>
  source.kind === "fact" ? factAt(report, source.path) !== undefined : value(source) !== undefined;

const all: readonly Predicate[] = [
  predicate({
    keyword: "非零",
    takes: { of: "quantity" },
    holds: ({ of }, { figures }) => (figures.value(of.source) ?? 0) !== 0,
  }),
  predicate({
    keyword: "零或空",
    takes: { of: "quantity" },
    holds: ({ of }, { figures }) => (figures.value(of.source) ?? 0) === 0,
  }),
  /** 0 as typed, or blank in a table that is otherwise filled. */
  predicate({
    keyword: "为零",
    takes: { of: "quantity" },
    holds: ({ of }, { figures }) => figures.known(of.source) === 0,
  }),
  predicate({
    keyword: "填零",
    takes: { of: "quantity" },
    holds: ({ of }, { figures }) => figures.value(of.source) === 0,
  }),
  predicate({
    keyword: "已填",
    takes: { of: "quantity" },
    holds: ({ of }, { figures }) => isGiven(figures, of),
  }),
  predicate({
    keyword: "未填",
    takes: { of: "quantity" },
    holds: ({ of }, { figures }) => !isGiven(figures, of),
  }),
  predicate({
    keyword: "未知",
    takes: { of: "quantity" },
    holds: ({ of }, { figures }) => figures.known(of.source) === undefined,
  }),
  /** Blank in a table that is otherwise filled. */
  predicate({
    keyword: "留空",
    takes: { of: "quantity" },
    holds: ({ of }, { figures }) => figures.isNone(of.source),
  }),
  predicate({
    keyword: "都已知",
    takes: { one: "quantity", other: "quantity" },
    holds: ({ one, other }, { figures: { known } }) =>
      known(one.source) !== undefined && known(other.source) !== undefined,
  }),
  predicate({
    keyword: "相等",
    takes: { one: "quantity", other: "quantity" },
    holds: ({ one, other }, { figures: { known } }) =>
      known(one.source) !== undefined && known(one.source) === known(other.source),
  }),
  /** By 0.01 万元 or more. */
  predicate({
    keyword: "有差异",
    takes: { current: "quantity", base: "quantity" },
    holds: ({ current, base }, { figures }) => {
      const found = figures.comparison(current.source, base.source);
      return found !== undefined && "by" in found;
    },
  }),
  predicate({
    keyword: "可较上年",
    takes: { of: "quantity" },
    needs: { of: "prior" },
    holds: ({ of }, { figures }) => hasChange(figures, of),
  }),
  predicate({
    keyword: "有",
    takes: { of: "list" },
    holds: ({ of }) => of.entries.length > 0,
  }),
  predicate({
    keyword: "没有",
    takes: { of: "list" },
    holds: ({ of }) => of.entries.length === 0,
  }),
  /** The entry is one of the first so many of its list. */
  predicate({
    keyword: "居前",
    takes: { many: "number" },
    inside: "list",
    holds: ({ many }, scope) => entryOf(scope).number <= many,
  }),
  predicate({
    keyword: "是单位",
    takes: {},
    holds: (_, { figures }) => figures.body === "单位",
  }),
  /** Units are listed and none is 行政单位 or 参公, so that there is no 机关运行经费. */
  predicate({
    keyword: "无行政单位",
    takes: {},
    holds: (_, { figures }) => {
      const { units } = figures.report.sections.facts;
      return units.length > 0 && units.every(({ administrative }) => !administrative);
    },
  }),
];

export const predicates: ReadonlyMap<string, Predicate> = new Map(
  all.map((one) => [one.keyword, one]),
);
