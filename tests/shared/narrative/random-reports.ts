import fc from "fast-check";
import { cellAddress, type CellAddress } from "../../../shared/forms/cell.ts";
import type { Report } from "../../../shared/report/report.ts";
import { withCell, withSections } from "./reports.ts";
import { tableIn } from "../../../shared/report/section-ids.ts";
import { omitUndefined } from "../../../shared/omit-undefined.ts";

const tableIds = ["t01", "t02", "t03", "t04", "t05", "t06", "t07", "t08", "t09", "t10"] as const;

/** Every cell of a report that has a value. */
export const cellsOf = (report: Report): CellAddress[] =>
  tableIds.flatMap((table) =>
    tableIn(report.sections, table).rows.flatMap(({ key: row, cells }) =>
      Object.keys(cells).map((column) => cellAddress({ table, row, column })),
    ),
  );

export const amounts = fc.oneof(
  fc.constant(0),
  fc.constant(undefined),
  fc.integer({ min: 1, max: 20_000 }),
  fc.integer({ min: 1, max: 9_000_000_000_000 }),
);
export const signedAmounts = fc.oneof(amounts, fc.integer({ min: -9_000_000_000, max: -1 }));

/** The report with any value, or none, in its cells, prior figures, budgets and facts. */
export const randomised = (report: Report, value: fc.Arbitrary<number | undefined>) => {
  const cells = cellsOf(report);
  const priors = Object.keys(report.sections.facts.prior);
  const codes = [...Object.keys(report.sections.facts.initialBudget?.byCode ?? {}), "205", "224"];
  const some = (keys: readonly string[]) =>
    fc.tuple(...keys.map(() => value)).map((values) =>
      Object.fromEntries(
        keys.flatMap((key, index) => {
          const drawn = values[index];
          return drawn === undefined ? [] : [[key, drawn]];
        }),
      ),
    );
  return fc
    .record({
      cells: fc.tuple(...cells.map(() => value)),
      prior: some(priors),
      byCode: some(codes),
      facts: fc.tuple(value, value, value, value),
    })
    .map(({ cells: values, prior, byCode, facts }): Report => {
      const filled = cells.reduce((changed, address, index) => {
        const drawn = values[index];
        const isCount =
          address.startsWith("t10") || /abroad_|_kept|_bought|domestic_|overseas_/.test(address);
        return withCell(changed, address, isCount && drawn !== undefined ? Math.abs(drawn) : drawn);
      }, report);
      const [total, current = 0, before = 0, bought = 0] = facts;
      const procurement = report.sections.facts.procurement;
      return withSections(filled, {
        facts: {
          ...report.sections.facts,
          prior,
          initialBudget: { byCode, ...omitUndefined({ total }) },
          operatingCost: { current, prior: before },
          ...(procurement === undefined
            ? {}
            : { procurement: { ...procurement, goods: bought, works: current } }),
        },
      });
    });
};
