import { parseCellAddress, type CellAddress } from "../forms/cell.ts";
import { cellValue } from "../report/report.ts";
import type { Sections } from "../report/sections.ts";
import type { Finding } from "./finding.ts";

/**
 * Names a finding with the figures of all its cells: when one changes, what was said about it is void.
 * The fingerprint is kept with what was said, so a change of its form voids every explanation there is.
 */
export const findingFingerprint = (finding: Finding, sections: Sections): string =>
  [
    finding.rule,
    finding.kind,
    ...finding.cells.map((cell) => figureAt(sections, cell, finding.ofPriorYear)),
    ...(finding.terms ?? []).flatMap(({ cell, prior }) =>
      prior ? [figureAt(sections, cell, prior)] : [],
    ),
    finding.actual ?? "",
    finding.expected ?? "",
    finding.slot ?? "",
    finding.formFault?.kind ?? "",
  ].join("|");

function figureAt({ facts, ...tables }: Sections, cell: CellAddress, ofPriorYear?: true): string {
  const ref = parseCellAddress(cell);
  const figure = ofPriorYear ? facts.prior[cell] : ref && cellValue(tables, ref);
  return `${ofPriorYear ? "prior:" : ""}${cell}=${String(figure ?? "")}`;
}
