import type { ReportView } from "../../../shared/contract/responses.ts";
import { sentenceText } from "../../../shared/narrative/written.ts";
import type { Report } from "../../../shared/report/report.ts";
import { ThreadsPanel } from "../report/threads-panel.tsx";
import { SentencePanel } from "./sentence-panel.tsx";
import type { NarrativeText } from "./use-narrative-text.ts";
import type { NarrativeWriter } from "./use-narrative-writing.ts";

/** The sentence at hand, with what was found about it, and the remarks of review. */
export function SentenceDetails({
  report,
  whole,
  text,
  selected,
  writer,
  onGo,
}: {
  report: ReportView;
  whole: Report;
  text: NarrativeText;
  selected: string | undefined;
  writer: NarrativeWriter;
  onGo: (id: string) => void;
}) {
  const chosen = selected === undefined ? undefined : text.sentences.get(selected);
  const shortened = (id: string) => {
    const sentence = text.sentences.get(id)?.sentence;
    const printed = sentence === undefined ? "" : sentenceText(sentence);
    return printed.length > 24 ? `${printed.slice(0, 24)}…` : printed;
  };
  return (
    <>
      {chosen !== undefined && (
        <SentencePanel
          report={report}
          whole={whole}
          sentence={chosen.sentence}
          isReworded={text.rewordings.get(chosen.sentence.id)?.state === "holds"}
          findings={text.foundIn(chosen.sentence.id)}
          onExplained={writer.onExplained}
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
    </>
  );
}
