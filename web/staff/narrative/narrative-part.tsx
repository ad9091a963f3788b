import { useNavigate } from "@tanstack/react-router";
import { useEffect, useMemo, useRef } from "react";
import type { ReportView } from "../../../shared/contract/responses.ts";
import type { Report } from "../../../shared/report/report.ts";
import type { Narrative } from "../../../shared/report/sections.ts";
import { lazyPart } from "../app/lazy-part.tsx";
import { Loading } from "../app/placeholders.tsx";
import { useReportContent } from "../report/use-report-content.ts";
import { useSectionEditor } from "../report/use-section-editor.ts";
import { NarrativeBar } from "./narrative-bar.tsx";
import { NarrativeSide } from "./narrative-side.tsx";
import { NarrativeChapters, type Desk } from "./narrative-text.tsx";
import { OutdatedRewordings } from "./outdated-rewordings.tsx";
import { SentenceBar } from "./sentence-bar.tsx";
import { useNarrativeText } from "./use-narrative-text.ts";
import { useNarrativeWriting, type NarrativeEditor } from "./use-narrative-writing.ts";
import { useFocusBack, useSelectedSentence } from "./use-selected-sentence.ts";
import { useView } from "./use-view.ts";
import { ViewChoice } from "./view-choice.tsx";
import "./narrative.css";

const NarrativeConflict = lazyPart(
  async () => (await import("./narrative-conflict.tsx")).NarrativeConflict,
  "dialog",
);

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
  const { selected, setSelected, go, onKeyDown } = useSelectedSentence(text.order, (id) =>
    acts.reword(id)?.(),
  );
  const { isWide, shown, show } = useView(
    editor.editable && selected === undefined ? "page" : "details",
  );
  const area = useRef<HTMLElement>(null);
  useFocusBack(acts.words !== undefined, selected);
  const navigate = useNavigate();
  const { editable } = editor;
  const toDetails = (id: string) => {
    setSelected(id);
    show("details");
  };
  const toText = (id: string) => {
    if (!isWide) show("text");
    // The text has to be in sight before a sentence of it can have the focus.
    requestAnimationFrame(() => go(id));
  };
  const desk = useDesk({
    ...{ report, whole, text, acts, onSelect: setSelected, onDetails: toDetails },
    editable: editable && !text.isChecking,
    onGo: (href) => void navigate({ to: href }),
  });
  const isReworded = selected !== undefined && text.rewordings.get(selected)?.state === "holds";
  return (
    <div className="with-side narrative-desk" data-shown={shown}>
      {!isWide && <ViewChoice isWide={isWide} shown={shown} onShow={show} />}
      <section
        ref={area}
        aria-label="决算情况说明"
        hidden={!isWide && shown !== "text"}
        onKeyDown={onKeyDown}
      >
        <NarrativeBar
          editor={editor}
          text={text}
          selected={selected}
          onGo={go}
          onRebuild={acts.rebuild}
        />
        <p className="quiet hint-line">{hints[editable ? "write" : "read"]}</p>
        {text.outdated.length > 0 && (
          <OutdatedRewordings
            whole={whole}
            rewordings={text.outdated}
            editable={editable}
            onGo={go}
            onReword={(id) => acts.reword(id)?.()}
            onDrop={acts.restore}
          />
        )}
        <NarrativeChapters desk={desk} selected={selected} />
        <SentenceBar
          area={area}
          onReword={selected === undefined ? undefined : acts.reword(selected)}
          onRestore={editable && isReworded ? () => acts.restore(selected) : undefined}
          onDetails={selected === undefined ? undefined : () => show("details")}
        />
      </section>
      {shown !== "text" && (
        <aside className="side" aria-label="文字旁边">
          {isWide && <ViewChoice isWide={isWide} shown={shown} onShow={show} />}
          <NarrativeSide
            report={report}
            whole={whole}
            text={text}
            selected={selected}
            view={shown}
            writer={acts}
            onGo={toText}
          />
        </aside>
      )}
      {editor.conflict !== undefined && (
        <NarrativeConflict whole={whole} conflict={editor.conflict} onSettle={editor.settle} />
      )}
    </div>
  );
}

const hints = {
  write:
    "方框中的数字随报表写成，按一下去到它的单元格；虚线处写原因，写完离开即存。上下方向键选句，回车改写。",
  read: "金额和比例随报表自动写成。点选或用上下方向键选句，可以提出意见。",
} as const;

/** The same object until something in it is another, so that only what changed is drawn anew. */
function useDesk(desk: Desk): Desk {
  const { onSelect, onDetails, onGo } = desk;
  const latest = useRef({ onSelect, onDetails, onGo });
  useEffect(() => {
    latest.current = { onSelect, onDetails, onGo };
  });
  const { report, whole, text, acts, editable } = desk;
  return useMemo(
    () => ({
      ...{ report, whole, text, acts, editable },
      onSelect: (id) => latest.current.onSelect(id),
      onDetails: (id) => latest.current.onDetails(id),
      onGo: (href) => latest.current.onGo(href),
    }),
    [report, whole, text, acts, editable],
  );
}
