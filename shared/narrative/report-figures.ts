import { deviationOf } from "./deviation.ts";
import { findingFingerprint } from "../report/fingerprint.ts";
import { parseCellAddress, type CellRef } from "../forms/cell.ts";
import type { Report } from "../report/report.ts";
import { tableIn } from "../report/section-ids.ts";
import { compare, type Comparison } from "./figures.ts";
import type { FigureSource } from "../report/figure-source.ts";
import { tidyReason } from "./phrase.ts";
import { sourceReader } from "./sources.ts";
import type { Compared } from "./written.ts";

/** What sentences are written from: the figures of one report, and the reasons people gave for them. */
export interface ReportFigures {
  readonly report: Report;
  readonly year: number;
  readonly priorYear: number;
  /** Of percentages, as the edition prints them. */
  readonly decimals: 1 | 2;
  /** Printed in place of a rate whose base is 0, where the edition has words of its own for it. */
  readonly zeroBase: string | undefined;
  /** 部门 or 单位. */
  readonly body: "部门" | "单位";
  readonly value: (source: FigureSource) => number | undefined;
  /** 0 for what a filled table or list leaves blank; `undefined` where the figure is unknown. */
  readonly known: (source: FigureSource) => number | undefined;
  /** Blank in a table or list that is otherwise filled: there is none of it. */
  readonly isNone: (source: FigureSource) => boolean;
  /** `undefined` where one of the two is unknown. */
  readonly comparison: (current: FigureSource, base: FigureSource) => Comparison | undefined;
  /** The reason typed for a slot, "" where none is. */
  readonly typedReason: (slot: string) => string;
  /** The reason given when a finding on these very figures was explained, else the typed one, else "". */
  readonly reasonFor: (slot: string, compared: Compared) => string;
}

/** `withoutReasons` writes as if nobody had given one. */
export function readFigures(report: Report, { withoutReasons = false } = {}): ReportFigures {
  const { sections, identity, edition } = report;
  const { year } = identity;
  const { percentDecimals: decimals = 2, zeroBase } = edition.figures ?? {};
  const value = sourceReader(report);
  const isFilled = filledIn(report);
  const isNone = (source: FigureSource) => value(source) === undefined && isFilled(source);
  const known = (source: FigureSource) => value(source) ?? (isNone(source) ? 0 : undefined);
  const typedReason = (slot: string) =>
    withoutReasons ? "" : tidyReason(sections.narrative.reasons[slot] ?? "");
  return {
    report,
    year,
    priorYear: year - 1,
    decimals,
    zeroBase,
    body: identity.kind === "unit" ? "单位" : "部门",
    value,
    known,
    isNone,
    comparison: (current, base) => {
      const now = known(current);
      // A blank budget is none; a blank prior figure is none only beside nothing this year.
      const blank = isNone(base) && (base.kind !== "prior" || now === 0);
      const then = value(base) ?? (blank ? 0 : undefined);
      return now === undefined || then === undefined ? undefined : compare(now, then, decimals);
    },
    typedReason,
    reasonFor: (slot, compared) =>
      explanation(report, value, { slot, compared }) ?? typedReason(slot),
  };
}

/** The explanation (审核说明) that was given for a slot and still fits its figures. */
function explanation(
  { sections, edition }: Report,
  value: ReportFigures["value"],
  { slot, compared }: { readonly slot: string; readonly compared: Compared },
): string | undefined {
  const entries = sections.explanations.entries.filter((entry) => entry.slot === slot);
  if (entries.length === 0) return undefined;
  const deviation = deviationOf({ slot, compared }, value, edition.thresholds);
  if (deviation === undefined) return undefined;
  const finding = findingFingerprint(deviation, sections);
  const current = entries.find((entry) => entry.finding === finding);
  return current && tidyReason(current.reason);
}

/** Whether the table or list that a source belongs to is filled, so that a blank in it means none. */
function filledIn({ sections }: Report): (source: FigureSource) => boolean {
  const budgets = sections.facts.initialBudget?.byCode;
  const budgetCodes = Object.keys(budgets ?? {});
  const priorTables = new Set(Object.keys(sections.facts.prior).map((key) => key.slice(0, 3)));
  const isFilled = (source: FigureSource): boolean => {
    switch (source.kind) {
      case "cell": {
        const ref = parseCellAddress(source.cell);
        if (ref === undefined || isGrandTotal(ref)) return false;
        return tableIn(sections, ref.table).rows.length > 0;
      }
      case "prior":
        return priorTables.has(source.cell.slice(0, 3));
      case "fact": {
        const [, code] = /^facts\.initialBudget\.byCode\.(\d+)$/u.exec(source.path) ?? [];
        return (
          code !== undefined &&
          budgets !== undefined &&
          !budgetCodes.some((other) => code.startsWith(other))
        );
      }
      case "sum":
        return source.of.every(isFilled);
      default:
        return false;
    }
  };
  return isFilled;
}

const totalRows = new Set(["income_total", "income_sum", "expense_total", "expense_sum"]);

/** Every report has these figures, so a blank one is missing even in a filled table. */
const isGrandTotal = ({ table, row, column }: CellRef): boolean =>
  totalRows.has(row) || (["t02", "t03", "t05"].includes(table) && row === column);
