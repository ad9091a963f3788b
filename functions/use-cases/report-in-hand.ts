import type { RegistryStore, RegistryView, ReportHead, ReportStore } from "../storage/ports.ts";
import type { Lineage } from "../../shared/registry/access.ts";
import { deadlinesOfUnit } from "../../shared/workflow/turn.ts";
import { lineageOfReport } from "./access.ts";
import type { ReportInHand } from "./handle-command.ts";
import { reportIdOf } from "./open-report.ts";

/** A report with its place in the tree, its year and the view both were found in; undefined when there is none. */
export async function reportInHand(
  deps: {
    readonly reports: Pick<ReportStore, "load" | "surveyHead">;
    readonly registry: Pick<RegistryStore, "view">;
  },
  id: string,
): Promise<(ReportInHand & { readonly view: RegistryView }) | undefined> {
  const head = await deps.reports.load(id);
  if (head === undefined) return undefined;
  const view = await deps.registry.view(head.region);
  const [lineage, year] = await Promise.all([lineageOfReport(view, head), view.year(head.year)]);
  if (lineage === undefined || year === undefined) {
    throw new Error(`The bureau or the year of ${id} is gone from the registry.`);
  }
  const departmentPublishBy = await publishByOfDepartment(deps, head, lineage);
  return { head, lineage, year: deadlinesOfUnit(year, departmentPublishBy), view };
}

/** Of a unit's report in review: the last day of its department's own publication, once that was approved. */
async function publishByOfDepartment(
  { reports }: { readonly reports: Pick<ReportStore, "surveyHead"> },
  { kind, region, year, state }: ReportHead,
  { departmentCode }: Lineage,
): Promise<string | undefined> {
  if (kind !== "unit" || state.status !== "in_review") return undefined;
  const found = await reports.surveyHead(reportIdOf(region, year, departmentCode));
  // A damaged department's report keeps nobody from deciding on a unit's.
  if (found === undefined || !("value" in found)) return undefined;
  return "approval" in found.value.state ? found.value.state.approval.publishBy : undefined;
}
