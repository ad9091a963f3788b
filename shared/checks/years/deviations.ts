import { reasonSlots } from "../../narrative/gaps.ts";
import { sourceReader } from "../../narrative/sources.ts";
import type { CheckContext, Reference } from "../context.ts";
import {
  changeRule,
  completionRule,
  deviationOf,
  isOfPriorYear,
} from "../../narrative/deviation.ts";
import type { Fault } from "../finding.ts";
import { evaluated, notApplicable, type CellCheck, type Rule } from "../rule.ts";

/** Tables that every edition's sentences compare, whichever others they do. */
const ofLastYear: readonly Reference[] = [
  { table: "t01", prior: true },
  { table: "t09", prior: true },
];
const ofBudget: readonly Reference[] = [{ table: "t05" }, { table: "t09" }];

/** Figures that need a reason: exactly where the narrative takes one, one rule for each base they are compared with. */
export const deviationRules: readonly Rule[] = [
  {
    id: changeRule,
    statement: "重点指标较上年变动达到本地区规定的幅度和金额的，逐项说明原因",
    severity: "warning",
    cells: deviations(changeRule),
  },
  {
    id: completionRule,
    statement: "支出决算数与预算数之比超出本地区规定范围的，逐项说明原因",
    severity: "warning",
    cells: deviations(completionRule),
  },
];

function deviations(rule: typeof changeRule | typeof completionRule): CellCheck {
  return {
    reads: rule === changeRule ? ofLastYear : ofBudget,
    finds: ["deviates"],
    run: (context) => {
      const places = placesOf(context).filter((place) => place.rule === rule);
      if (places.length > 0) {
        return evaluated(
          places.length,
          places.flatMap(({ fault }) => fault ?? []),
        );
      }
      const { prior } = context.report.sections.facts;
      return notApplicable(
        rule === changeRule && Object.keys(prior).length === 0 ? "no_prior_year" : "all_empty",
      );
    },
  };
}

interface ReasonPlace {
  readonly rule: string;
  readonly fault?: Fault;
}

/** Both rules read the same sentences. */
const written = new WeakMap<CheckContext, readonly ReasonPlace[]>();

function placesOf(context: CheckContext): readonly ReasonPlace[] {
  const known = written.get(context);
  if (known !== undefined) return known;
  const places = placesIn(context);
  written.set(context, places);
  return places;
}

function placesIn({ report, narrative }: CheckContext): ReasonPlace[] {
  const valueOf = sourceReader(report);
  return reasonSlots(report, narrative()).flatMap(({ slot, sentence, compared }) => {
    if (compared === undefined) return [];
    const rule = isOfPriorYear(compared.base) ? changeRule : completionRule;
    const found = deviationOf({ slot, compared }, valueOf, report.edition.thresholds);
    return [found === undefined ? { rule } : { rule, fault: { ...found, sentence } }];
  });
}
