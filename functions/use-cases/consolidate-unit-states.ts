import type { UnitEdition } from "../../shared/report/report.ts";
import type { Adjustments } from "../../shared/report/sections.ts";
import { ok } from "../../shared/result.ts";
import {
  readUnitEditions,
  unitEditionsOf,
  type DepartmentUnit,
  type NamedUnitEdition,
} from "./consolidate-units.ts";
import type { Sound } from "./damage.ts";
import type { ContentReader } from "./report-content.ts";

/**
 * used: its approved version is in the sums · resubmitted: another edition was approved since · not_used: approved since ·
 * outstanding: not approved · exempt · removed: in the sums and no unit of the department any more.
 */
export type UnitStanding =
  "used" | "resubmitted" | "not_used" | "outstanding" | "exempt" | "removed";

/** A unit against the last 汇总 of its department. */
export interface StandingUnit {
  readonly orgCode: string;
  /** Absent when it was removed from the department. */
  readonly unit?: DepartmentUnit;
  readonly standing: UnitStanding;
  /** The edition in the sums, by hash. */
  readonly used?: string;
}

export function standingOfUnits(
  units: readonly DepartmentUnit[],
  basis: Adjustments["basis"] = {},
): StandingUnit[] {
  const known = new Set(units.map(({ org }) => org.code));
  return [
    ...units.map((unit): StandingUnit => {
      const used = basis[unit.org.code];
      return {
        orgCode: unit.org.code,
        unit,
        standing: standingOf(unit, used),
        ...(used === undefined ? {} : { used }),
      };
    }),
    ...Object.entries(basis)
      .filter(([orgCode]) => !known.has(orgCode))
      .map(([orgCode, used]): StandingUnit => ({ orgCode, standing: "removed", used })),
  ];
}

function standingOf({ approved, exempt }: DepartmentUnit, used: string | undefined): UnitStanding {
  if (approved === undefined) return exempt ? "exempt" : "outstanding";
  if (used === undefined) return "not_used";
  return approved === used ? "used" : "resubmitted";
}

/** A unit that makes the sums outdated: what the department shows is no longer what it handed in. */
export type OutdatedUnit = StandingUnit & {
  readonly standing: "resubmitted" | "not_used" | "removed";
};

export const outdatedUnits = (
  units: readonly DepartmentUnit[],
  { basis }: Adjustments,
): OutdatedUnit[] => (basis === undefined ? [] : standingOfUnits(units, basis).filter(isOutdated));

const isOutdated = (unit: StandingUnit): unit is OutdatedUnit =>
  unit.standing === "resubmitted" || unit.standing === "not_used" || unit.standing === "removed";

/** The editions in the sums, and those a 汇总 would add up now. */
export interface EditionsInHand {
  readonly used: readonly UnitEdition[];
  readonly approved: readonly UnitEdition[];
}

export async function readEditionsInHand(
  deps: ContentReader,
  units: readonly DepartmentUnit[],
  { basis = {} }: Adjustments,
): Promise<Sound<EditionsInHand>> {
  const approved = units.flatMap(({ org, approved: editionHash }) =>
    editionHash === undefined ? [] : [{ orgCode: org.code, editionHash }],
  );
  const used = unitEditionsOf(basis);
  const named = new Map([...used, ...approved].map((one) => [one.editionHash, one]));
  const read = await readUnitEditions(deps, [...named.values()]);
  if (!read.ok) return read;
  const loaded = new Map(read.value.map((edition) => [edition.editionHash, edition]));
  const inHand = (editions: readonly NamedUnitEdition[]) =>
    editions.flatMap(({ editionHash }) => loaded.get(editionHash) ?? []);
  return ok({ used: inHand(used), approved: inHand(approved) });
}
