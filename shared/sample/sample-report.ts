import { canonicalTable } from "../forms/canonical-table.ts";
import { parseCellAddress } from "../forms/cell.ts";
import type { Edition } from "../forms/form.ts";
import type { OrgKind, Report } from "../report/report.ts";
import type { Tables } from "../report/sections.ts";
import { emptySections } from "../report/section-ids.ts";
import { factsOf, performanceOf } from "./facts.ts";
import { flowsOf } from "./flows.ts";
import { withFurtherCells } from "./further-cells.ts";
import { randomOf } from "./random.ts";
import { narrativeOf } from "./reasons.ts";
import { statutoryCells, type Cells } from "./statutory-cells.ts";

/** Of every preview of an edition, on the desk and in print, so that only what is edited changes. */
export const previewSeed = 1;

/**
 * A report of no real body in the edition: every table filled in so that its sums and relations hold, every fact, reason
 * and purpose given. What an edition prints is shown and tried with it. The same seed gives the same report.
 */
export function sampleReport(
  edition: Edition,
  { seed, kind = "department" }: { readonly seed: number; readonly kind?: OrgKind },
): Report {
  const random = randomOf(seed);
  const orgName = "南岭市公共服务局";
  const statutory = statutoryCells(edition, flowsOf(edition, random), random);
  const cells = withFurtherCells(edition, statutory, random);
  const bare: Report = {
    identity: { region: "000000", year: edition.year, orgCode: "100", orgName, kind },
    edition,
    sections: {
      ...emptySections,
      ...tablesOf(edition, cells),
      facts: factsOf({ edition, orgName, kind }, cells, random),
      performance: performanceOf(cells, edition.year, orgName),
    },
  };
  return { ...bare, sections: { ...bare.sections, narrative: narrativeOf(bare) } };
}

function tablesOf(edition: Edition, cells: Cells): Tables {
  const rows = new Map<string, Map<string, Record<string, number>>>();
  for (const [address, value] of cells) {
    const ref = parseCellAddress(address);
    if (ref === undefined) throw new Error(`No cell address: ${address}`);
    const ofTable = rows.get(ref.table) ?? new Map<string, Record<string, number>>();
    rows.set(ref.table, ofTable);
    ofTable.set(ref.row, { ...ofTable.get(ref.row), [ref.column]: value });
  }
  return Object.fromEntries(
    edition.forms.map((form) => [
      form.id,
      canonicalTable(form, {
        rows: [...(rows.get(form.id) ?? [])].map(([key, values]) => ({ key, cells: values })),
      }),
    ]),
  );
}
