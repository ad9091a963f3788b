import { Button, Input, Modal } from "antd";
import { useEffect, useState, type KeyboardEvent } from "react";
import type { ReportView } from "../../../shared/contract/responses.ts";
import { writeNarrative } from "../../../shared/narrative/write-narrative.ts";
import { partText, type Part, type Sentence } from "../../../shared/narrative/written.ts";
import type { Narrative } from "../../../shared/report/sections.ts";
import { Loading } from "../app/standing-in.tsx";
import { SaveStatus } from "./save-status.tsx";
import { ValueConflict } from "./section-conflict.tsx";
import { ThreadsPanel } from "./threads-panel.tsx";
import { useReportContent } from "./use-report-content.ts";
import { useSectionEditor } from "./use-section-editor.ts";

/** What is being written in between the figures: a reason, a purpose, or paragraphs of a chapter. */
type Writing =
  | { readonly kind: "reasons" | "purposes"; readonly key: string; readonly about: string }
  | { readonly kind: "additions"; readonly key: string; readonly about: string };

/** The statutory text as it will be printed; figures follow the tables, people write the reasons. */
export function NarrativePart({ report }: { report: ReportView }) {
  const content = useReportContent(report);
  const editor = useSectionEditor(report, "narrative");
  const [writing, setWriting] = useState<Writing>();
  const [sentence, setSentence] = useState(sentenceInAddress);
  const { editable, value: narrative } = editor;
  const isReady = content !== undefined && narrative !== undefined;
  useEffect(() => {
    if (!isReady || sentence === undefined) return;
    document
      .querySelector(`[data-sentence="${CSS.escape(sentence)}"]`)
      ?.scrollIntoView({ block: "nearest" });
  }, [isReady, sentence]);
  if (!isReady) return <Loading />;
  const written = writeNarrative({
    ...content,
    sections: { ...content.sections, narrative },
  });
  const edit = editable ? setWriting : undefined;
  const sentences = written.chapters.flatMap((chapter) =>
    chapter.paragraphs.flatMap((paragraph) => paragraph.sentences),
  );
  const missing = sentences.filter(({ parts }) => parts.some((part) => "missing" in part));
  const onKeyDown = (event: KeyboardEvent) => {
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (step === 0 || event.target !== event.currentTarget) return;
    const at = sentences.findIndex(({ id }) => id === sentence);
    setSentence(sentences[Math.max(0, at + step)]?.id ?? sentence);
    event.preventDefault();
  };
  const textOf = (id: string) => {
    const found = sentences.find((candidate) => candidate.id === id);
    const text = found?.parts.map(partText).join("") ?? "";
    return text.length > 24 ? `${text.slice(0, 24)}…` : text;
  };
  return (
    <div className="with-side">
      <section aria-label="决算情况说明" tabIndex={0} onKeyDown={onKeyDown}>
        <div className="part-bar">
          <h2>决算情况说明</h2>
          <SaveStatus editor={editor} />
          {missing[0] !== undefined && (
            <Button size="small" onClick={() => setSentence(missing[0]?.id)}>
              还有 {missing.length} 句待补充
            </Button>
          )}
        </div>
        <p className="quiet hint-line">
          {editable
            ? "金额和比例随报表自动写成；蓝色虚线处由您填写原因，红色处尚缺。点选或用上下方向键选句，可以提出意见。"
            : "金额和比例随报表自动写成。点选或用上下方向键选句，可以提出意见。"}
        </p>
        <div className="panel narrative-text">
          {written.chapters.map((chapter) => (
            <section key={chapter.id} aria-label={chapter.heading}>
              <h2>{chapter.heading}</h2>
              {chapter.paragraphs.map((paragraph, index) => (
                <p key={index}>
                  {paragraph.label}
                  {paragraph.sentences.map((one) => (
                    <SentenceText
                      key={one.id}
                      sentence={one}
                      selected={one.id === sentence}
                      onSelect={() => setSentence(one.id)}
                      onWrite={edit}
                    />
                  ))}
                </p>
              ))}
              {edit !== undefined && (
                <Button
                  type="link"
                  size="small"
                  onClick={() =>
                    edit({
                      kind: "additions",
                      key: chapter.id,
                      about: `${chapter.heading}：补充说明`,
                    })
                  }
                >
                  补充说明
                </Button>
              )}
            </section>
          ))}
        </div>
      </section>
      <aside className="side">
        <ThreadsPanel
          report={report}
          anchor={
            sentence === undefined
              ? { kind: "section", section: "narrative" }
              : { kind: "sentence", sentence }
          }
          placeOf={(anchor) =>
            anchor.kind === "sentence" ? `“${textOf(anchor.sentence)}”` : "决算情况说明"
          }
          belongs={(anchor) =>
            anchor.kind === "sentence" ||
            (anchor.kind === "section" && anchor.section === "narrative")
          }
          onGo={(anchor) => anchor.kind === "sentence" && setSentence(anchor.sentence)}
        />
      </aside>
      {writing !== undefined && (
        <WritingDialog
          writing={writing}
          narrative={narrative}
          onClose={() => setWriting(undefined)}
          onWrite={editor.change}
        />
      )}
      {editor.conflict !== undefined && (
        <ValueConflict
          conflict={editor.conflict}
          nameOf={([kind, key]) =>
            `${kind === "reasons" ? "原因" : kind === "purposes" ? "用途" : "补充说明"} ${key ?? ""}`
          }
          onSettle={editor.settle}
        />
      )}
    </div>
  );
}

function SentenceText({
  sentence,
  selected,
  onSelect,
  onWrite,
}: {
  sentence: Sentence;
  selected: boolean;
  onSelect: () => void;
  onWrite: ((writing: Writing) => void) | undefined;
}) {
  return (
    <span
      data-sentence={sentence.id}
      className={selected ? "sentence here" : "sentence"}
      onClick={onSelect}
    >
      {sentence.parts.map((part, index) => (
        <PartText key={index} sentence={sentence} part={part} onWrite={onWrite} />
      ))}
    </span>
  );
}

function PartText({
  sentence,
  part,
  onWrite,
}: {
  sentence: Sentence;
  part: Part;
  onWrite: ((writing: Writing) => void) | undefined;
}) {
  if ("text" in part) return part.text;
  if ("figure" in part) return <span className="figure">{part.figure}</span>;
  const about = (slot: string) =>
    sentence.slots.find((candidate) => candidate.slot === slot)?.about ?? "主要原因";
  const target: Writing | undefined =
    "slot" in part
      ? { kind: "reasons", key: part.slot, about: about(part.slot) }
      : "code" in part
        ? { kind: "purposes", key: part.code, about: `${part.code} 主要用于` }
        : undefined;
  const missing = "missing" in part;
  const text =
    "missing" in part ? `〔待填：${part.what}〕` : "reason" in part ? part.reason : part.purpose;
  if (target === undefined || onWrite === undefined) {
    return <span className={missing ? "reason missing" : undefined}>{text}</span>;
  }
  return (
    <button
      type="button"
      title={target.about}
      className={missing ? "reason missing" : "reason"}
      onClick={() => onWrite(target)}
    >
      {text}
    </button>
  );
}

/** A finding elsewhere leads to its sentence by `?sentence=`. */
const sentenceInAddress = (): string | undefined =>
  new URLSearchParams(location.search).get("sentence") ?? undefined;

function WritingDialog({
  writing,
  narrative,
  onClose,
  onWrite,
}: {
  writing: Writing;
  narrative: Narrative;
  onClose: () => void;
  onWrite: (narrative: Narrative) => void;
}) {
  const before =
    writing.kind === "additions"
      ? (narrative.additions[writing.key] ?? []).join("\n")
      : (narrative[writing.kind][writing.key] ?? "");
  const [text, setText] = useState(before);
  const write = () => {
    onWrite(withWriting(narrative, writing, text.trim()));
    onClose();
  };
  return (
    <Modal
      open
      title={writing.about}
      okText="写入"
      okButtonProps={{ disabled: text === before }}
      onCancel={onClose}
      onOk={write}
    >
      <Input.TextArea
        autoFocus
        rows={5}
        aria-label={writing.about}
        placeholder={
          writing.kind === "additions" ? "每行一段" : "写明具体事由，不必重复金额，句末不加句号"
        }
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
    </Modal>
  );
}

/** The narrative with one text set; an emptied one is taken out. */
function withWriting(narrative: Narrative, { kind, key }: Writing, text: string): Narrative {
  const value: string | string[] =
    kind === "additions" ? text.split("\n").filter((line) => line.trim() !== "") : text;
  const others = Object.entries(narrative[kind]).filter(([existing]) => existing !== key);
  const entries = value.length === 0 ? others : [...others, [key, value]];
  return { ...narrative, [kind]: Object.fromEntries(entries) as unknown };
}
