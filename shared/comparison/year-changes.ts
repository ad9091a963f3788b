import { cellName } from "../forms/place-name.ts";
import { hasCell } from "../report/prior-year.ts";
import type { PriorReport, Report } from "../report/report.ts";
import { tableIdsOf, tableIn } from "../report/section-ids.ts";
import { cellsOf, side, type CellChange } from "./diff-reports.ts";

/** Cells whose figure is another than last year's, of those that the forms of both years have; 分 or counts. */
export const yearChanges = (prior: PriorReport, { edition, sections }: Report): CellChange[] =>
  tableIdsOf(edition).flatMap((table) => {
    const before = cellsOf(table, tableIn(prior.sections, table));
    const now = cellsOf(table, tableIn(sections, table));
    return [...new Set([...now.keys(), ...before.keys()])].flatMap((cell): CellChange[] => {
      const [was, is] = [before.get(cell), now.get(cell)];
      if (was === is || !hasCell(prior.edition, cell) || !hasCell(edition, cell)) return [];
      return [{ cell, label: cellName(cell, edition), ...side("old", was), ...side("new", is) }];
    });
  });
