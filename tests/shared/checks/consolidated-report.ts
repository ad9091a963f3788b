import { addedTables } from "../../../shared/consolidation/consolidate.ts";
import { jiangxi2022 as edition } from "../../examples/editions.ts";
import type { Report } from "../../../shared/report/report.ts";
import { adjustmentEntrySchema, type AdjustmentEntry } from "../../../shared/report/sections.ts";
import { unitOf } from "../consolidation/unit-of.ts";
import { fiscalFlows, soundReport } from "./sound-report.ts";

const units = [
  unitOf(soundReport(), "137001"),
  unitOf(soundReport({ flows: fiscalFlows }), "137002"),
];

/** A department whose tables were added up from two sound units and these entries. */
export function consolidatedReport(entries: readonly AdjustmentEntry[] = []): Report {
  const { sections, ...base } = soundReport();
  return {
    ...base,
    identity: { ...base.identity, orgCode: "137", kind: "department" },
    sections: {
      ...sections,
      ...addedTables(edition, units, entries),
      adjustments: {
        basis: Object.fromEntries(units.map(({ orgCode, editionHash }) => [orgCode, editionHash])),
        entries: [...entries],
      },
    },
    units,
  };
}

/** An entry that adds these amounts to these cells. */
export const adjusted = (cells: Readonly<Record<string, number>>): AdjustmentEntry =>
  adjustmentEntrySchema.parse({
    id: "manual.1",
    cells: Object.entries(cells).map(([cell, fen]) => ({ cell, fen })),
    reason: "审计调整",
  });
