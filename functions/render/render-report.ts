import type { RenderMessage } from "../../shared/contract/messages.ts";
import { reportDocument } from "../../shared/document/report-document.ts";
import { reportTitle } from "../../shared/document/titles.ts";
import { writeNarrative } from "../../shared/narrative/write-narrative.ts";
import { writeOverview } from "../../shared/narrative/write-overview.ts";
import { shanghaiDay } from "../../shared/workflow/deadlines.ts";
import type { EffectQueue, ReportStore } from "../storage/ports.ts";
import { loadManifest, loadReport, type ContentDeps } from "../use-cases/report-content.ts";
import { previewKey, renderKey } from "../use-cases/rendered.ts";
import { namedPages, WorkFailure } from "../use-cases/work-failure.ts";
import { printWithContents } from "./contents.ts";
import type { PrintedPdf, Printer } from "./print.ts";

export interface RenderDeps extends ContentDeps {
  readonly reports: Pick<ReportStore, "load">;
  readonly printer: Pick<Printer, "print" | "layOut">;
  readonly publish: EffectQueue;
  readonly now: () => string;
}

/**
 * Prints a submission. An approved one is handed to `publish` afterwards; a draft is only kept for
 * whoever requested it. What is stored already is not printed again.
 */
export async function renderReport(
  deps: RenderDeps,
  message: Exclude<RenderMessage, { readonly type: "edition_preview" }>,
  effectId: string,
): Promise<"rendered" | "stood_already" | "no_longer_wanted"> {
  const { type, reportId, editionHash } = message;
  const head = await deps.reports.load(reportId);
  if (head === undefined) throw new Error(`No report ${reportId} to print.`);
  const isFinal = type === "render";
  if (isFinal && !isApproved(head.state, editionHash)) return "no_longer_wanted";
  const key = isFinal ? renderKey(reportId, editionHash) : previewKey(editionHash);
  const existed = (await deps.files.stat(key)) !== undefined;
  if (!existed) {
    const createdAt = isFinal && "approval" in head.state ? head.state.approval.at : deps.now();
    const { bytes } = await print(deps, { editionHash, isFinal, createdAt });
    if (isFinal) await deps.files.putIfAbsent(key, bytes, "application/pdf");
    else await deps.files.put(key, bytes, "application/pdf");
  }
  if (isFinal) {
    await deps.publish.send({
      // Not by submission: a correction may bring the same one to approval again, to be published anew.
      id: `${effectId}.publish`,
      body: JSON.stringify({ ...message, type: "publish" }),
    });
  }
  return existed ? "stood_already" : "rendered";
}

async function print(
  deps: RenderDeps,
  {
    editionHash,
    isFinal,
    createdAt,
  }: { readonly editionHash: string; readonly isFinal: boolean; readonly createdAt: string },
): Promise<PrintedPdf> {
  const report = await loadReport(deps, await loadManifest(deps, editionHash));
  const overview = writeOverview(report);
  const narrative = writeNarrative(report);
  const printed = await printWithContents(
    deps.printer,
    (pageOf) =>
      reportDocument(report, {
        pageOf,
        overview,
        narrative,
        ...(isFinal
          ? { status: "final", editionHash, dated: shanghaiDay(createdAt) }
          : { status: "draft" }),
      }),
    {
      title: reportTitle(report.identity),
      author: report.identity.orgName,
      subject: `版本 ${editionHash}`,
      createdAt,
    },
  );
  // A published page with an empty box for a character would be a wrong report.
  if (isFinal && printed.pagesWithMissingGlyphs.length > 0) {
    throw new WorkFailure(
      { code: "glyph_missing", pages: namedPages(printed.pagesWithMissingGlyphs) },
      `No font has a character on page ${printed.pagesWithMissingGlyphs.join(", ")} of ${editionHash}.`,
    );
  }
  return printed;
}

const isApproved = (
  state: NonNullable<Awaited<ReturnType<ReportStore["load"]>>>["state"],
  editionHash: string,
): boolean =>
  (state.status === "approved" || state.status === "published") &&
  state.submission.editionHash === editionHash;
