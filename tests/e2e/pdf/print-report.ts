import { type Paginated, printWithContents } from "../../../functions/render/contents.ts";
import type { PrintedPdf, Printer } from "../../../functions/render/print.ts";
import { reportDocument } from "../../../shared/document/report-document.ts";
import { reportTitle } from "../../../shared/document/titles.ts";
import { writeNarrative } from "../../../shared/narrative/write-narrative.ts";
import { writeOverview } from "../../../shared/narrative/write-overview.ts";
import type { Report } from "../../../shared/report/report.ts";

/** A report as the render function hands it to the printer. */
export function printable(report: Report, status: "draft" | "final" = "final"): Paginated {
  const overview = writeOverview(report);
  const narrative = writeNarrative(report);
  const options =
    status === "final"
      ? ({ status, editionHash: "0f".repeat(32), dated: "2023-09-15" } as const)
      : ({ status } as const);
  return (pageOf) => reportDocument(report, { pageOf, overview, narrative, ...options });
}

/** Prints a report as the render function does, without the stores around it. */
export const printReport = (
  printer: Pick<Printer, "print" | "layOut">,
  report: Report,
  status: "draft" | "final" = "final",
): Promise<PrintedPdf> =>
  printWithContents(printer, printable(report, status), {
    title: reportTitle(report.identity),
    author: report.identity.orgName,
    createdAt: "2023-09-15T02:00:00Z",
  });
