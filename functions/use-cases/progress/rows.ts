import {
  progressRow,
  type KeptReport,
  type ProgressRow,
} from "../../../shared/progress/progress.ts";
import { orgIn } from "../../../shared/registry/org-in-year.ts";
import type { FiscalYear, OrgNode } from "../../../shared/registry/registry.ts";
import type { ProgressStore, RegistryView } from "../../storage/ports.ts";

type Kept = Pick<ProgressStore, "under">;

export interface DepartmentRow extends ProgressRow {
  /** False for a unit that has come from another department, where its report still is and counts. */
  readonly isCounted: boolean;
}

/**
 * A department and its units, each with its report: those in the tree of the year, and those whose report is still here. A unit's
 * last day follows from the approval of the department its report is with.
 */
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
    [...(org === undefined ? [] : [org]), ...units].map(async (stored) => {
      const node = orgIn(stored, year.year);
      const report = here.get(stored.code);
      if (report !== undefined) {
        const publishBy = here.get(department)?.summary?.publishBy;
        return [{ ...progressRow(node ?? stored, report, year, publishBy), isCounted: true }];
      }
      if (node === undefined || (node.kind === "unit" && node.parent !== department)) return [];
      const elsewhere = await keptElsewhere(progress, year, node);
      const row = progressRow(node, elsewhere?.report, year, elsewhere?.departmentPublishBy);
      return [{ ...row, isCounted: elsewhere === undefined }];
    }),
  );
  return rows.flat();
}

/** A unit's report where it still is with a department that the unit once was of, and that one's last day. */
async function keptElsewhere(
  progress: Kept,
  year: FiscalYear,
  { code, formerParents = [] }: OrgNode,
): Promise<
  { readonly report: KeptReport; readonly departmentPublishBy: string | undefined } | undefined
> {
  const found = await Promise.all(
    formerParents.map(async (former) => {
      const kept = await progress.under(year, former);
      const of = (org: string) => kept.find(({ orgCode }) => orgCode === org);
      return { report: of(code), departmentPublishBy: of(former)?.summary?.publishBy };
    }),
  );
  return found.flatMap(({ report, ...rest }) => (report ? [{ report, ...rest }] : []))[0];
}
