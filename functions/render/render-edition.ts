import type { RenderMessage } from "../../shared/contract/messages.ts";
import { reportDocument } from "../../shared/document/report-document.ts";
import { writeReport } from "../../shared/narrative/written-report.ts";
import { previewSeed, sampleReport } from "../../shared/sample/sample-report.ts";
import { draftedEdition } from "../use-cases/drafted-edition.ts";
import { previewKey } from "../use-cases/rendered.ts";
import { printWithContents } from "./contents.ts";
import type { RenderDeps } from "./render-report.ts";

/** Prints the sample report of an own edition's draft, for whoever requested it. */
export async function renderEdition(
  deps: RenderDeps,
  message: Extract<RenderMessage, { readonly type: "edition_preview" }>,
): Promise<"rendered" | "stood_already"> {
  const { base, draft, hash } = message;
  const key = previewKey(hash);
  if ((await deps.files.stat(key)) !== undefined) return "stood_already";
  const made = await draftedEdition(deps, { base, draft });
  // It was an edition when the print was requested, and neither base nor draft can have changed.
  if (!made.ok) throw new Error(`The draft ${draft} of ${base} is no edition.`);
  const report = sampleReport(made.value, { seed: previewSeed });
  const written = writeReport(report);
  const { bytes } = await printWithContents(
    deps.printer,
    (pageOf) => reportDocument(report, { pageOf, status: "draft", ...written }),
    {
      title: made.value.name,
      author: report.identity.orgName,
      subject: "版式样例，数字都是虚构的",
      createdAt: deps.now(),
    },
  );
  await deps.files.put(key, bytes, "application/pdf");
  return "rendered";
}
