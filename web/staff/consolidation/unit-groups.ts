import type { ConsolidationView } from "../../../shared/contract/responses.ts";

export type Unit = ConsolidationView["units"][number];

/** Units by what is to be done about them, in the order of the filter. */
export const unitGroupNames = {
  stale: "须重新汇总",
  ready: "已批复、未汇总",
  waiting: "待批复",
  used: "已汇总",
  exempt: "免报",
} as const;
export type UnitGroup = keyof typeof unitGroupNames;

export const standingText = {
  used: "已汇总",
  resubmitted: "重新批复，须重新汇总",
  not_used: "已批复，未汇总",
  outstanding: "待批复",
  exempt: "免报",
  removed: "已不属本部门，须重新汇总",
} as const satisfies Record<Unit["standing"], string>;

export const standingTone = {
  used: "passed",
  resubmitted: "failed",
  not_used: "open",
  outstanding: "open",
  exempt: "",
  removed: "failed",
} as const satisfies Record<Unit["standing"], string>;

const groupOf = {
  used: "used",
  resubmitted: "stale",
  not_used: "ready",
  removed: "stale",
  outstanding: "waiting",
  exempt: "exempt",
} as const satisfies Record<Unit["standing"], UnitGroup>;

export const groupOfUnit = ({ standing }: Unit): UnitGroup => groupOf[standing];

/** A unit whose figures in the sums are no longer its own. */
export const isStale = (unit: Unit): boolean => groupOfUnit(unit) === "stale";

/** A unit that makes the sums outdated: it has changed since, or is not in them yet. */
export const isOutdating = (unit: Unit): boolean => isStale(unit) || groupOfUnit(unit) === "ready";

/** The units of a group whose code or name has a text. */
export function unitsShown(
  units: readonly Unit[],
  { group, text }: { readonly group: UnitGroup | undefined; readonly text: string },
): readonly Unit[] {
  const wanted = text.trim().toLowerCase();
  return units.filter(
    (unit) =>
      (group === undefined || groupOfUnit(unit) === group) &&
      [unit.orgCode, unit.orgName].some((one) => one.toLowerCase().includes(wanted)),
  );
}

/** 已汇总 52 个，待批复 5 个 … */
export const groupSummary = (units: readonly Unit[]): string =>
  (Object.keys(unitGroupNames) as UnitGroup[])
    .map((group) => ({ group, count: units.filter((one) => groupOfUnit(one) === group).length }))
    .filter(({ count }) => count > 0)
    .map(({ group, count }) => `${unitGroupNames[group]} ${String(count)} 个`)
    .join("，");
