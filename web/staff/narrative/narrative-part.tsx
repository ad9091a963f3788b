import { useMemo } from "react";
import type { ReportView } from "../../../shared/contract/responses.ts";
import type { Report } from "../../../shared/report/report.ts";
import type { Narrative } from "../../../shared/report/sections.ts";
import { Loading } from "../app/placeholders.tsx";
import { useReportContent } from "../report/use-report-content.ts";
import { useSectionEditor } from "../report/use-section-editor.ts";
import { NarrativeBar } from "./narrative-bar.tsx";
import { NarrativeChapters } from "./narrative-text.tsx";
import { NarrativeSide } from "./narrative-side.tsx";
import { OutdatedRewordings } from "./outdated-rewordings.tsx";
import { useNarrativeText } from "./use-narrative-text.ts";
import { useNarrativeWriting, type NarrativeEditor } from "./use-narrative-writing.ts";
import { useFocusBack, useSelectedSentence } from "./use-selected-sentence.ts";
import { WritingDialogs } from "./writing-dialogs.tsx";

/** The statutory text as it will be printed; figures follow the tables, people write what is between them. */
export function NarrativePart({ report }: { report: ReportView }) {
  const content = useReportContent(report);
  const editor = useSectionEditor(report, "narrative");
  const { value: narrative } = editor;
  const whole = useMemo(
    () =>
      content === undefined || narrative === undefined
        ? undefined
        : { ...content, sections: { ...content.sections, narrative } },
    [content, narrative],
  );
  if (whole === undefined || narrative === undefined) return <Loading />;
  return <NarrativeDesk report={report} whole={whole} narrative={narrative} editor={editor} />;
}

function NarrativeDesk({
  report,
  whole,
  narrative,
  editor,
}: {
  report: ReportView;
  whole: Report;
  narrative: Narrative;
  editor: NarrativeEditor;
}) {
  const text = useNarrativeText(report.id, whole);
  const acts = useNarrativeWriting(editor, narrative, text);
  const { selected, setSelected, onKeyDown } = useSelectedSentence(text.order, (id) =>
    acts.reword(id)?.(),
  );
  const sentenceList = useFocusBack(acts.writing !== undefined);
  const { editable } = editor;
  return (
    <div className="with-side">
      <section ref={sentenceList} aria-label="决算情况说明" tabIndex={0} onKeyDown={onKeyDown}>
        <NarrativeBar
          editor={editor}
          text={text}
          selected={selected}
          onGo={setSelected}
          onRebuild={acts.rebuild}
        />
        <p className="quiet hint-line">
          {editable
            ? "金额和比例随报表自动写成；蓝色虚线处由您填写原因，红色处尚缺。点选或用上下方向键选句，按回车改写，也可以提出意见。"
            : "金额和比例随报表自动写成。点选或用上下方向键选句，可以提出意见。"}
        </p>
        {text.outdated.length > 0 && (
          <OutdatedRewordings
            whole={whole}
            rewordings={text.outdated}
            editable={editable}
            onGo={setSelected}
            onReword={(id) => acts.reword(id)?.()}
            onDrop={acts.restore}
          />
        )}
        <NarrativeChapters
          whole={whole}
          text={text}
          selected={selected}
          onSelect={setSelected}
          onWrite={editable && !text.isChecking ? acts.write : undefined}
          onAdd={editable ? acts.add : undefined}
        />
      </section>
      <NarrativeSide
        report={report}
        whole={whole}
        text={text}
        selected={selected}
        editable={editable}
        acts={acts}
        onGo={setSelected}
      />
      <WritingDialogs
        report={report}
        whole={whole}
        narrative={narrative}
        editor={editor}
        acts={acts}
      />
    </div>
  );
}
