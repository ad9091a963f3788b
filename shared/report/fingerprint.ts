import { parseCellAddress, type CellAddress } from "../forms/cell.ts";
import { cellValue } from "./report.ts";
import type { Sections } from "./sections.ts";

/** What of a finding names it; findings of checks have these members. */
export interface FingerprintedFinding {
  readonly rule: string;
  readonly kind: string;
  readonly cells: readonly CellAddress[];
  readonly ofPriorYear?: true;
  readonly terms?: readonly { readonly cell: CellAddress; readonly prior?: true }[];
  readonly actual?: number;
  readonly expected?: number;
  readonly slot?: string;
  readonly formFault?: { readonly kind: string };
}

/**
 * Names a finding with the figures of all its cells: when one changes, its explanation is void.
 * The fingerprint is kept with the explanation, so a change of its form voids every explanation there is.
 */
export const findingFingerprint = (finding: FingerprintedFinding, sections: Sections): string =>
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
