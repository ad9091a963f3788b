import {
  progressRow,
  type KeptReport,
  type ProgressRow,
} from "../../../shared/progress/progress.ts";
import type { FiscalYear, OrgNode } from "../../../shared/registry/registry.ts";
import type { ProgressStore, RegistryView } from "../../storage/ports.ts";

type Kept = Pick<ProgressStore, "under">;

export interface DepartmentRow extends ProgressRow {
  /** False for a unit that has come from another department, where its report still is and counts. */
  readonly isCounted: boolean;
}

/** A department and its units, each with its report: those in the tree, and those whose report is still here. */
export async function departmentRows(
  progress: Kept,
  view: RegistryView,
  year: FiscalYear,
  department: string,
): Promise<readonly DepartmentRow[]> {
  const [org, units, kept] = await Promise.all([
    view.org(department),
    view.unitsOf(department),
    progress.under(year, department),
  ]);
  const here = new Map(kept.map((one) => [one.orgCode, one]));
  const rows = await Promise.all(
    [...(org === undefined ? [] : [org]), ...units].map(async (node) => {
      const report = here.get(node.code);
      if (report !== undefined) return [{ ...progressRow(node, report, year), isCounted: true }];
      if (node.kind === "unit" && node.parent !== department) return [];
      const elsewhere = await keptElsewhere(progress, year, node);
      return [{ ...progressRow(node, elsewhere, year), isCounted: elsewhere === undefined }];
    }),
  );
  return rows.flat();
}

/** A unit's report where it still is with a department that the unit once was of. */
async function keptElsewhere(
  progress: Kept,
  year: FiscalYear,
  { code, formerParents = [] }: OrgNode,
): Promise<KeptReport | undefined> {
  const kept = await Promise.all(formerParents.map((former) => progress.under(year, former)));
  return kept.flat().find(({ orgCode }) => orgCode === code);
}
