import { roundingsOf } from "../context.ts";
import type { Rule } from "../rule.ts";
import { isAbove, sumOf, wan } from "../sections/amounts.ts";
import { closeness } from "../tolerance.ts";
import {
  ofSelfEvaluations,
  performanceAt as at,
  performanceBasis as basis,
  perTable,
  tableName,
  type TableFault,
  type TableJudge,
} from "./self-evaluations.ts";

/** 项目资金 of a 自评表. */

const sources = ["fiscal", "carriedOver", "other"] as const;
const columns = { initial: "年初预算数", full: "全年预算数", executed: "全年执行数" } as const;

const sumsOfSources: TableJudge = (table, roundings) => {
  const { funds } = table;
  if (funds === undefined) return [];
  const given = sources.flatMap((source) => funds[source] ?? []);
  if (given.length === 0) return [];
  return (["initial", "full", "executed"] as const).flatMap(
    (column): (TableFault | undefined)[] => {
      // A source that is left blank has none of the money.
      const parts = given.flatMap((amounts) => amounts[column] ?? []);
      const total = funds.total[column];
      if (total === undefined || parts.length === 0) return [];
      const sum = sumOf(parts);
      if (closeness(Math.abs(total - sum), given.length, roundings) !== "apart") return [undefined];
      return [
        {
          path: `funds.total.${column}`,
          actual: wan(total),
          expected: wan(sum),
          what: `${tableName(table)}资金总额的${columns[column]}${wan(total)}与当年财政拨款、上年结转、其他资金之和${wan(sum)}不等`,
          mend: "核对资金总额和各项来源",
        },
      ];
    },
  );
};

export const fundsRules: readonly Rule[] = [
  {
    id: "R405",
    statement:
      "项目资金总额＝当年财政拨款＋上年结转资金＋其他资金（年初预算数、全年预算数、全年执行数）",
    basis,
    severity: "error",
    tolerance: "rounding",
    ...ofSelfEvaluations(sumsOfSources, { roundingsOf, why: "condition_not_met" }),
  },
  {
    id: "S401",
    statement: "项目的全年执行数不超过全年预算数",
    basis,
    severity: "warning",
    tolerance: "rounding",
    sections: {
      scope: "sections",
      run: (report) =>
        perTable(report, (table, path) => {
          const { full, executed } = table.funds.total;
          if (full === undefined || executed === undefined) return [];
          if (!isAbove(report, executed, full)) return undefined;
          return {
            ...at(`${path}.funds.total.executed`),
            actual: wan(executed),
            expected: `不超过${wan(full)}`,
            what: `${tableName(table)}全年执行数${wan(executed)}超过全年预算数${wan(full)}`,
            mend: "核对全年预算数和全年执行数",
          };
        }),
    },
  },
];
