import type { ReportView } from "../../../shared/contract/responses.ts";
import { sentenceText } from "../../../shared/narrative/written.ts";
import type { Report } from "../../../shared/report/report.ts";
import { ThreadsPanel } from "../report/threads-panel.tsx";
import { SentencePanel } from "./sentence-panel.tsx";
import type { NarrativeText } from "./use-narrative-text.ts";
import type { useNarrativeWriting } from "./use-narrative-writing.ts";

/** Beside the text: the sentence at hand and the remarks of review. */
export function NarrativeSide({
  report,
  whole,
  text,
  selected,
  editable,
  acts,
  onGo,
}: {
  report: ReportView;
  whole: Report;
  text: NarrativeText;
  selected: string | undefined;
  editable: boolean;
  acts: ReturnType<typeof useNarrativeWriting>;
  onGo: (id: string) => void;
}) {
  const chosen = selected === undefined ? undefined : text.sentences.get(selected);
  const isReworded = (id: string) => text.rewordings.get(id)?.state === "holds";
  const shortened = (id: string) => {
    const sentence = text.sentences.get(id)?.sentence;
    const printed = sentence === undefined ? "" : sentenceText(sentence);
    return printed.length > 24 ? `${printed.slice(0, 24)}…` : printed;
  };
  return (
    <aside className="side">
      {chosen !== undefined && (
        <SentencePanel
          report={report}
          whole={whole}
          sentence={chosen.sentence}
          isReworded={isReworded(chosen.sentence.id)}
          findings={text.foundIn(chosen.sentence.id)}
          onExplained={acts.onExplained}
          onReword={acts.reword(selected)}
          onRestore={
            editable && isReworded(chosen.sentence.id)
              ? () => acts.restore(chosen.sentence.id)
              : undefined
          }
        />
      )}
      <ThreadsPanel
        report={report}
        anchor={
          selected === undefined
            ? { kind: "section", section: "narrative" }
            : { kind: "sentence", sentence: selected }
        }
        placeOf={(anchor) =>
          anchor.kind === "sentence" ? shortened(anchor.sentence) : "决算情况说明"
        }
        belongs={(anchor) =>
          anchor.kind === "sentence" ||
          (anchor.kind === "section" && anchor.section === "narrative")
        }
        onGo={(anchor) => anchor.kind === "sentence" && onGo(anchor.sentence)}
      />
    </aside>
  );
}
