import { printWithContents } from "../../../functions/render/contents.ts";
import type { PrintedPdf, Printer } from "../../../functions/render/print.ts";
import { reportDocument } from "../../../shared/document/report-document.ts";
import { reportTitle } from "../../../shared/document/titles.ts";
import { writeNarrative } from "../../../shared/narrative/write-narrative.ts";
import { writeOverview } from "../../../shared/narrative/write-overview.ts";
import type { Report } from "../../../shared/report/report.ts";

/** Prints a report as the render function does, without the stores around it. */
export function printReport(
  printer: Pick<Printer, "print" | "layOut">,
  report: Report,
  status: "draft" | "final" = "final",
): Promise<PrintedPdf> {
  const overview = writeOverview(report);
  const narrative = writeNarrative(report);
  const standing =
    status === "final"
      ? ({ status, editionHash: "0f".repeat(32), dated: "2023-09-15" } as const)
      : ({ status } as const);
  return printWithContents(
    printer,
    (pageOf) => reportDocument(report, { pageOf, overview, narrative, ...standing }),
    {
      title: reportTitle(report.identity),
      author: report.identity.orgName,
      createdAt: "2023-09-15T02:00:00Z",
    },
  );
}
