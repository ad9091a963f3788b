import type { RegistryStore, RegistryView, ReportStore } from "../storage/ports.ts";
import { lineageOfReport } from "./access.ts";
import type { ReportInHand } from "./handle-command.ts";

/** A report with its place in the tree, its year and the view both were found in; undefined when there is none. */
export async function reportInHand(
  deps: {
    readonly reports: Pick<ReportStore, "load">;
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
  return { head, lineage, year, view };
}
