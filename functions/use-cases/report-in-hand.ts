import { orgIn } from "../../shared/registry/org-in-year.ts";
import type { RegistryStore, RegistryView, ReportHead, ReportStore } from "../storage/ports.ts";
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
  const stored = await deps.reports.load(id);
  if (stored === undefined) return undefined;
  const view = await deps.registry.view(stored.region);
  const head = await named(view, stored);
  const [lineage, year] = await Promise.all([lineageOfReport(view, head), view.year(head.year)]);
  if (lineage === undefined || year === undefined) {
    throw new Error(`The bureau or the year of ${id} is gone from the registry.`);
  }
  return { head, lineage, year, view };
}

/** A draft is called as its node is in its year; what was handed in keeps its name. */
async function named(view: RegistryView, head: ReportHead): Promise<ReportHead> {
  if (head.state.status !== "draft") return head;
  const org = await view.org(head.orgCode);
  const orgName = (org && orgIn(org, head.year)?.name) ?? head.orgName;
  return orgName === head.orgName ? head : { ...head, orgName };
}
