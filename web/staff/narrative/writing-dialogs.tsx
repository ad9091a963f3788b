import type { ReportView } from "../../../shared/contract/responses.ts";
import type { Report } from "../../../shared/report/report.ts";
import type { Narrative } from "../../../shared/report/sections.ts";
import { lazyPart } from "../app/lazy-part.tsx";
import { earlierReason } from "./blank.ts";
import type { NarrativeEditor, useNarrativeWriting } from "./use-narrative-writing.ts";

const ExplainDialog = lazyPart(
  async () => (await import("../report/explain-dialog.tsx")).ExplainDialog,
  "dialog",
);
const NarrativeConflict = lazyPart(
  async () => (await import("./narrative-conflict.tsx")).NarrativeConflict,
  "dialog",
);
const ReasonDialog = lazyPart(
  async () => (await import("./reason-dialog.tsx")).ReasonDialog,
  "dialog",
);
const WordsDialog = lazyPart(
  async () => (await import("./words-dialog.tsx")).WordsDialog,
  "dialog",
);

/** What is written in a window of its own, and the choice between two people's texts. */
export function WritingDialogs({
  report,
  whole,
  narrative,
  editor,
  acts: { writing, close, onExplained },
}: {
  report: ReportView;
  whole: Report;
  narrative: Narrative;
  editor: NarrativeEditor;
  acts: ReturnType<typeof useNarrativeWriting>;
}) {
  return (
    <>
      {writing?.kind === "explanation" && (
        <ExplainDialog
          reportId={report.id}
          finding={writing.finding}
          onExplained={onExplained}
          onClose={close}
        />
      )}
      {(writing?.kind === "reasons" || writing?.kind === "purposes") && (
        <ReasonDialog
          report={report.id}
          writing={writing}
          narrative={narrative}
          earlier={earlierReason(whole, writing)}
          onClose={close}
          onWrite={editor.change}
        />
      )}
      {writing?.kind === "words" && (
        <WordsDialog
          reportId={report.id}
          words={writing.words}
          whole={whole}
          narrative={narrative}
          onClose={close}
          onWrite={editor.change}
        />
      )}
      {editor.conflict !== undefined && (
        <NarrativeConflict whole={whole} conflict={editor.conflict} onSettle={editor.settle} />
      )}
    </>
  );
}
