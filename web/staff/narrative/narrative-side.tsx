import type { ReportView } from "../../../shared/contract/responses.ts";
import type { Report } from "../../../shared/report/report.ts";
import { lazyPart } from "../app/lazy-part.tsx";
import type { NarrativeText } from "./use-narrative-text.ts";
import type { NarrativeWriter } from "./use-narrative-writing.ts";
import type { View } from "./use-view.ts";

const SentenceDetails = lazyPart(
  async () => (await import("./sentence-details.tsx")).SentenceDetails,
);
const PrintedPage = lazyPart(async () => (await import("./printed-page.tsx")).PrintedPage);

/** Beside the text: the page as it will be printed, or the sentence at hand with the remarks of review. */
export function NarrativeSide({
  report,
  whole,
  text,
  selected,
  view,
  writer,
  onGo,
}: {
  report: ReportView;
  whole: Report;
  text: NarrativeText;
  selected: string | undefined;
  view: Exclude<View, "text">;
  writer: NarrativeWriter;
  onGo: (id: string) => void;
}) {
  if (view === "page") {
    return (
      <PrintedPage
        whole={whole}
        chapters={text.chapters}
        isDraft={!["approved", "published"].includes(report.state.status)}
        selected={selected}
        onGo={onGo}
      />
    );
  }
  return (
    <SentenceDetails
      report={report}
      whole={whole}
      text={text}
      selected={selected}
      writer={writer}
      onGo={onGo}
    />
  );
}
