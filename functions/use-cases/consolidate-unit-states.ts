import type { UnitSubmission } from "../../shared/report/report.ts";
import type { SectionId } from "../../shared/report/section-ids.ts";
import type { Adjustments } from "../../shared/report/sections.ts";
import { ok } from "../../shared/result.ts";
import {
  readUnitSubmissions,
  unitSubmissionsOf,
  type DepartmentUnit,
  type NamedUnitSubmission,
} from "./consolidate-units.ts";
import type { Sound } from "./damage.ts";
import type { ContentReader } from "./report-content.ts";
import { omitUndefined } from "../../shared/omit-undefined.ts";

/**
 * used: its approved version is in the sums · resubmitted: another submission was approved since · not_used: approved since ·
 * outstanding: not approved · exempt · removed: in the sums and no unit of the department any more.
 */
export type UnitState = "used" | "resubmitted" | "not_used" | "outstanding" | "exempt" | "removed";

/** A unit against the last 汇总 of its department. */
export interface UnitWithState {
  readonly orgCode: string;
  /** Absent when it was removed from the department. */
  readonly unit?: DepartmentUnit;
  readonly standing: UnitState;
  /** The submission in the sums, by hash. */
  readonly used?: string;
}

export function statesOfUnits(
  units: readonly DepartmentUnit[],
  basis: Adjustments["basis"] = {},
): UnitWithState[] {
  const known = new Set(units.map(({ org }) => org.code));
  return [
    ...units.map((unit): UnitWithState => {
      const used = basis[unit.org.code];
      return {
        orgCode: unit.org.code,
        unit,
        standing: stateOf(unit, used),
        ...omitUndefined({ used }),
      };
    }),
    ...Object.entries(basis)
      .filter(([orgCode]) => !known.has(orgCode))
      .map(([orgCode, used]): UnitWithState => ({ orgCode, standing: "removed", used })),
  ];
}

function stateOf({ approved, exempt }: DepartmentUnit, used: string | undefined): UnitState {
  if (approved === undefined) return exempt ? "exempt" : "outstanding";
  if (used === undefined) return "not_used";
  return approved === used ? "used" : "resubmitted";
}

/** A unit that makes the sums outdated: what the department shows is no longer what it handed in. */
export type OutdatedUnit = UnitWithState & {
  readonly standing: "resubmitted" | "not_used" | "removed";
};

export const outdatedUnits = (
  units: readonly DepartmentUnit[],
  { basis }: Adjustments,
): OutdatedUnit[] => (basis === undefined ? [] : statesOfUnits(units, basis).filter(isOutdated));

const isOutdated = (unit: UnitWithState): unit is OutdatedUnit =>
  unit.standing === "resubmitted" || unit.standing === "not_used" || unit.standing === "removed";

/** The submissions in the sums, and those a 汇总 would add up now. */
export interface SubmissionsInHand {
  readonly used: readonly UnitSubmission[];
  readonly approved: readonly UnitSubmission[];
}

/** `only`: no other sections of them are read. */
export async function readSubmissionsInHand(
  deps: ContentReader,
  units: readonly DepartmentUnit[],
  { basis = {} }: Adjustments,
  only?: readonly SectionId[],
): Promise<Sound<SubmissionsInHand>> {
  const approved = units.flatMap(({ org, approved: editionHash }) =>
    editionHash === undefined ? [] : [{ orgCode: org.code, editionHash }],
  );
  const used = unitSubmissionsOf(basis);
  const named = new Map([...used, ...approved].map((one) => [one.editionHash, one]));
  const read = await readUnitSubmissions(deps, [...named.values()], only);
  if (!read.ok) return read;
  const loaded = new Map(read.value.map((edition) => [edition.editionHash, edition]));
  const inHand = (submissions: readonly NamedUnitSubmission[]) =>
    submissions.flatMap(({ editionHash }) => loaded.get(editionHash) ?? []);
  return ok({ used: inHand(used), approved: inHand(approved) });
}
