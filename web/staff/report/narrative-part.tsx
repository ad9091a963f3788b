import { App, Button, Input } from "antd";
import { useEffect, useMemo, useRef, useState, type KeyboardEvent } from "react";
import { severityName } from "../../../shared/checks/names.ts";
import type { FindingView, ReportView } from "../../../shared/contract/responses.ts";
import { unboundFigures, type UnboundFigure } from "../../../shared/checks/wording/rewording.ts";
import { rewordingFindings } from "../../../shared/checks/wording/check-rewording.ts";
import { readFigures } from "../../../shared/narrative/report-figures.ts";
import {
  isRewritable,
  printTokens,
  rewritings,
  skeletonsOf,
  tokensOf,
  type Rewriting,
} from "../../../shared/narrative/rewriting.ts";
import { sourceName } from "../../../shared/narrative/source-name.ts";
import type { Token } from "../../../shared/report/token.ts";
import { writeNarrative } from "../../../shared/narrative/write-narrative.ts";
import { writeStatutory } from "../../../shared/narrative/write-statutory.ts";
import {
  partText,
  sentencesOf,
  sentenceText,
  type SentencePart,
  type Sentence,
} from "../../../shared/narrative/written.ts";
import type { Report } from "../../../shared/report/report.ts";
import type { Narrative } from "../../../shared/report/sections.ts";
import { useFindings } from "../api/queries.ts";
import { lazyPart } from "../app/lazy-part.tsx";
import { Loading } from "../app/placeholders.tsx";
import { WritingDialog } from "../app/writing-dialog.tsx";
import {
  ownTokens,
  sameTokens,
  withAddition,
  withoutRewordings,
  withRewording,
  withText,
} from "../editing/narrative-edit.ts";
import { isGap, sentenceFindings } from "../editing/sentence-findings.ts";
import { useKeptText } from "../editing/use-kept-text.ts";
import { isOpen } from "./finding-place.ts";
import { narrativePlace } from "./narrative-place.ts";
import { SaveStatus } from "./save-status.tsx";
import { SentencePanel } from "./sentence-panel.tsx";
import { ThreadsPanel } from "./threads-panel.tsx";
import { useReportContent } from "./use-report-content.ts";
import { useSectionEditor } from "./use-section-editor.ts";

const ExplainDialog = lazyPart(
  async () => (await import("./explain-dialog.tsx")).ExplainDialog,
  "dialog",
);
const NarrativeConflict = lazyPart(
  async () => (await import("./section-conflict.tsx")).ValueConflict<Narrative>,
  "dialog",
);
const RewordDialog = lazyPart(
  async () => (await import("./reword-dialog.tsx")).RewordDialog,
  "dialog",
);

/** What is being written: a reason or purpose between the figures, or the words around them. */
type Writing =
  | Blank
  /** The reason of a warning is its explanation; the sentence prints it. */
  | { readonly kind: "explanation"; readonly finding: FindingView }
  | { readonly kind: "words"; readonly words: Words };

interface Blank {
  readonly kind: "reasons" | "purposes";
  readonly key: string;
  readonly about: string;
}

/** A sentence to be worded, or a paragraph to be added to a chapter. */
type Words =
  | { readonly kind: "sentence"; readonly id: string }
  | { readonly kind: "addition"; readonly chapter: string; readonly index: number };

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
  editor: ReturnType<typeof useSectionEditor<"narrative">>;
}) {
  const { modal } = App.useApp();
  const [writing, setWriting] = useState<Writing>();
  const [selected, setSelected] = useState(sentenceInAddress);
  useEffect(() => {
    if (selected === undefined) return;
    document
      .querySelector(`[data-sentence="${CSS.escape(selected)}"]`)
      ?.scrollIntoView({ block: "nearest" });
  }, [selected]);
  // Whoever closes a dialog goes on where the arrow keys choose sentences.
  const sentenceList = useRef<HTMLElement>(null);
  const hasWritten = useRef(false);
  useEffect(() => {
    if (writing === undefined && hasWritten.current)
      sentenceList.current?.focus({ preventScroll: true });
    hasWritten.current = writing !== undefined;
  }, [writing]);
  const text = useMemo(() => {
    const written = writeNarrative(whole);
    const sentences = sentencesOf(written);
    const unbound = unboundFigures(whole, written);
    return {
      chapters: written.chapters,
      sentences: new Map(sentences.map((one) => [one.sentence.id, one])),
      order: sentences.map(({ sentence }) => sentence.id),
      unboundIn: (id: string) => unbound.filter(({ sentence }) => sentence === id),
      unbound,
      findings: rewordingFindings(whole, written),
      rewordings: new Map(rewritings(readFigures(whole)).map((one) => [one.sentence, one])),
    };
  }, [whole]);
  const { editable } = editor;
  const checked = useFindings(report.id);
  const reported = checked.data?.findings;
  const found = useMemo(
    () =>
      sentenceFindings(
        [...text.sentences.values()].map(({ sentence }) => sentence),
        text.findings,
        reported ?? [],
      ),
    [text, reported],
  );
  const openIn = (id: string) => (found.get(id) ?? []).filter((one) => isOpen(one) && !isGap(one));
  const unexplained = text.order.filter((id) =>
    openIn(id).some(({ severity }) => severity === "warning"),
  );
  const nextUnexplained =
    unexplained.find((id) => text.order.indexOf(id) > text.order.indexOf(selected ?? "")) ??
    unexplained[0];
  const unboundOpen = text.unbound.filter(({ sentence, text: figure }) =>
    openIn(sentence).some((finding) => finding.figure === figure),
  );
  /** A reason that a warning needs is saved as its explanation, which the server checks. */
  const write = (blank: Blank) => {
    const finding = reported?.find(
      ({ severity, slot }) =>
        blank.kind === "reasons" && severity === "warning" && slot === blank.key,
    );
    setWriting(finding === undefined ? blank : { kind: "explanation", finding });
  };
  /** An explanation replaces the narrative's reason, which would otherwise come back when the figure changes. */
  const onExplained = ({ slot = "" }: FindingView) => {
    if (narrative.reasons[slot] !== undefined) {
      editor.change(withText(narrative, "reasons", slot, ""));
    }
  };
  const missing = [...text.sentences.values()].filter(({ sentence }) =>
    sentence.parts.some((part) => "missing" in part),
  );
  const outdated = [...text.rewordings.values()].filter(
    ({ state: standing }) => standing !== "holds",
  );
  const chosen = selected === undefined ? undefined : text.sentences.get(selected);
  const wordsOf = (id: string): Words | undefined => {
    const addition = /^(.+)\.addition\.(\d+)$/u.exec(id);
    const [, chapter, ordinal] = addition ?? [];
    if (chapter !== undefined) return { kind: "addition", chapter, index: Number(ordinal) - 1 };
    const found = text.sentences.get(id);
    const paragraph = found?.chapter.paragraphs.find(({ sentences }) =>
      sentences.some((one) => one.id === id),
    );
    return found !== undefined &&
      paragraph !== undefined &&
      (text.rewordings.has(id) || isRewritable(paragraph, found.sentence))
      ? { kind: "sentence", id }
      : undefined;
  };
  const reword = (id: string | undefined) => {
    const words = id === undefined || !editable ? undefined : wordsOf(id);
    return words === undefined ? undefined : () => setWriting({ kind: "words", words });
  };
  const restore = (id: string) => editor.change(withRewording(narrative, id, undefined));
  const rebuild = () =>
    void modal.confirm({
      title: "全部重新生成文字说明？",
      content: `${String(text.rewordings.size)} 处改写将去掉，所有句子恢复法定表述；已填写的原因、用途和补充说明保留。`,
      okText: "全部重新生成",
      onOk: () => editor.change(withoutRewordings(narrative)),
    });
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.target !== event.currentTarget) return;
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (event.key === "Enter") reword(selected)?.();
    else if (step === 0) return;
    else {
      const at = selected === undefined ? -1 : text.order.indexOf(selected);
      setSelected(text.order[Math.max(0, at + step)] ?? selected);
    }
    event.preventDefault();
  };
  const shortened = (id: string) => {
    const sentence = text.sentences.get(id)?.sentence;
    const printed = sentence === undefined ? "" : sentenceText(sentence);
    return printed.length > 24 ? `${printed.slice(0, 24)}…` : printed;
  };
  return (
    <div className="with-side">
      <section ref={sentenceList} aria-label="决算情况说明" tabIndex={0} onKeyDown={onKeyDown}>
        <div className="part-bar">
          <h2>决算情况说明</h2>
          <SaveStatus editor={editor} />
          {missing[0] !== undefined && (
            <Button size="small" onClick={() => setSelected(missing[0]?.sentence.id)}>
              还有 {missing.length} 句待补充
            </Button>
          )}
          {nextUnexplained !== undefined && (
            <Button size="small" onClick={() => setSelected(nextUnexplained)}>
              还有 {unexplained.length} 句需要说明
            </Button>
          )}
          {unboundOpen[0] !== undefined && (
            <Button size="small" onClick={() => setSelected(unboundOpen[0]?.sentence)}>
              {unboundOpen.length} 个数字没有取自报表
            </Button>
          )}
          {editable && text.rewordings.size > 0 && (
            <Button size="small" onClick={rebuild}>
              全部重新生成
            </Button>
          )}
        </div>
        <p className="quiet hint-line">
          {editable
            ? "金额和比例随报表自动写成；蓝色虚线处由您填写原因，红色处尚缺。点选或用上下方向键选句，按回车改写，也可以提出意见。"
            : "金额和比例随报表自动写成。点选或用上下方向键选句，可以提出意见。"}
        </p>
        {outdated.length > 0 && (
          <OutdatedRewordings
            whole={whole}
            rewordings={outdated}
            editable={editable}
            onGo={setSelected}
            onReword={(id) => reword(id)?.()}
            onDrop={restore}
          />
        )}
        <div className="panel narrative-text">
          {text.chapters.map((chapter) => (
            <section key={chapter.id} aria-label={chapter.heading}>
              <h2>{chapter.heading}</h2>
              {chapter.paragraphs.map((paragraph, index) => (
                <p key={index}>
                  {paragraph.label}
                  {paragraph.sentences.map((one) => (
                    <SentenceText
                      key={one.id}
                      whole={whole}
                      sentence={one}
                      unbound={text.unboundIn(one.id)}
                      isReworded={text.rewordings.get(one.id)?.state === "holds"}
                      selected={one.id === selected}
                      open={openIn(one.id)}
                      onSelect={() => setSelected(one.id)}
                      onWrite={editable && !checked.isPending ? write : undefined}
                    />
                  ))}
                </p>
              ))}
              {editable && (
                <Button
                  type="link"
                  size="small"
                  onClick={() =>
                    setWriting({
                      kind: "words",
                      words: {
                        kind: "addition",
                        chapter: chapter.id,
                        index: narrative.additions[chapter.id]?.length ?? 0,
                      },
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
        {chosen !== undefined && (
          <SentencePanel
            report={report}
            whole={whole}
            sentence={chosen.sentence}
            isReworded={text.rewordings.get(chosen.sentence.id)?.state === "holds"}
            findings={found.get(chosen.sentence.id) ?? []}
            onExplained={onExplained}
            onReword={reword(selected)}
            onRestore={
              editable && text.rewordings.get(chosen.sentence.id)?.state === "holds"
                ? () => restore(chosen.sentence.id)
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
          onGo={(anchor) => anchor.kind === "sentence" && setSelected(anchor.sentence)}
        />
      </aside>
      {writing?.kind === "explanation" && (
        <ExplainDialog
          reportId={report.id}
          finding={writing.finding}
          onExplained={onExplained}
          onClose={() => setWriting(undefined)}
        />
      )}
      {(writing?.kind === "reasons" || writing?.kind === "purposes") && (
        <ReasonDialog
          report={report.id}
          writing={writing}
          narrative={narrative}
          earlier={earlierReason(whole, writing)}
          onClose={() => setWriting(undefined)}
          onWrite={editor.change}
        />
      )}
      {writing?.kind === "words" && (
        <WordsDialog
          reportId={report.id}
          words={writing.words}
          whole={whole}
          narrative={narrative}
          onClose={() => setWriting(undefined)}
          onWrite={editor.change}
        />
      )}
      {editor.conflict !== undefined && (
        <NarrativeConflict
          conflict={editor.conflict}
          nameOf={([kind = "", key = ""]) => narrativePlace(whole, kind, key)}
          onSettle={editor.settle}
        />
      )}
    </div>
  );
}

/** Rewordings that the figures have overtaken, each with its old words to start from. */
function OutdatedRewordings({
  whole,
  rewordings,
  editable,
  onGo,
  onReword,
  onDrop,
}: {
  whole: Report;
  rewordings: readonly Rewriting[];
  editable: boolean;
  onGo: (id: string) => void;
  onReword: (id: string) => void;
  onDrop: (id: string) => void;
}) {
  const figures = useMemo(() => readFigures(whole), [whole]);
  return (
    <section className="panel outdated" aria-label="已失效的改写">
      <h2>
        已失效的改写 <span className="quiet">{rewordings.length}</span>
      </h2>
      <p className="quiet">
        报表变动后，下列句子的法定表述已与改写时不同，现按法定表述印出。请重新改写，或者放弃原来的改写。
      </p>
      {rewordings.map(({ sentence, parts, statutory }) => (
        <div key={sentence} className="outdated-rewording">
          <p>
            <del>{printTokens(figures, parts).map(partText).join("")}</del>
            {statutory === undefined ? (
              <ins>（不再有这一句）</ins>
            ) : (
              <ins>
                <button type="button" className="link" onClick={() => onGo(sentence)}>
                  {sentenceText(statutory)}
                </button>
              </ins>
            )}
          </p>
          {editable && (
            <div className="sentence-acts">
              {statutory !== undefined && (
                <Button size="small" onClick={() => onReword(sentence)}>
                  重新改写
                </Button>
              )}
              <Button size="small" onClick={() => onDrop(sentence)}>
                放弃改写
              </Button>
            </div>
          )}
        </div>
      ))}
    </section>
  );
}

function WordsDialog({
  reportId,
  words,
  whole,
  narrative,
  onClose,
  onWrite,
}: {
  reportId: string;
  words: Words;
  whole: Report;
  narrative: Narrative;
  onClose: () => void;
  onWrite: (narrative: Narrative) => void;
}) {
  const write = (next: Narrative) => {
    onWrite(next);
    onClose();
  };
  const chapters = useMemo(() => writeStatutory(readFigures(whole)), [whole]);
  if (words.kind === "addition") {
    const { chapter, index } = words;
    const heading = chapters.find(({ id }) => id === chapter)?.heading ?? "";
    const paragraph = narrative.additions[chapter]?.[index];
    const set = (tokens: readonly Token[] | undefined) =>
      write(withAddition(narrative, chapter, index, tokens));
    return (
      <RewordDialog
        report={whole}
        kept={{
          report: reportId,
          place: `words/narrative/${chapter}.addition.${String(index + 1)}`,
        }}
        title={`${heading}：补充说明`}
        chapter={chapter}
        before={ownTokens(paragraph)}
        onWrite={set}
        {...(paragraph === undefined ? {} : { onRemove: () => set(undefined) })}
        onClose={onClose}
      />
    );
  }
  const { id } = words;
  const found = sentencesOf({ chapters }).find(({ sentence }) => sentence.id === id);
  if (found === undefined) return undefined;
  const rewording = rewritings(readFigures(whole)).find(({ sentence }) => sentence === id);
  const statutory = tokensOf(found.sentence);
  const isValid = rewording?.state === "holds";
  return (
    <RewordDialog
      report={whole}
      kept={{ report: reportId, place: `words/narrative/${id}` }}
      title="改写句子"
      chapter={found.chapter.id}
      sentence={id}
      statutory={found.sentence}
      before={isValid ? rewording.parts : statutory}
      {...(rewording?.state === "void" ? { outdated: rewording.parts } : {})}
      onWrite={(tokens) => {
        const from = skeletonsOf(whole).get(id) ?? [];
        const isStatutory = sameTokens(tokens, statutory);
        const parts = [...tokens];
        write(withRewording(narrative, id, isStatutory ? undefined : { from, parts }));
      }}
      {...(rewording === undefined
        ? {}
        : { onRemove: () => write(withRewording(narrative, id, undefined)) })}
      onClose={onClose}
    />
  );
}

function SentenceText({
  whole,
  sentence,
  unbound,
  isReworded,
  selected,
  open,
  onSelect,
  onWrite,
}: {
  whole: Report;
  sentence: Sentence;
  unbound: readonly UnboundFigure[];
  isReworded: boolean;
  selected: boolean;
  /** Worst first. */
  open: readonly FindingView[];
  onSelect: () => void;
  onWrite: ((blank: Blank) => void) | undefined;
}) {
  const severity = open.some((one) => one.severity === "error") ? "error" : open[0]?.severity;
  return (
    <>
      <span
        data-sentence={sentence.id}
        className={`sentence${selected ? " here" : ""}${isReworded ? " reworded" : ""}`}
        title={isReworded ? "已改写" : undefined}
        onClick={onSelect}
      >
        {sentence.parts.map((part, index) => (
          <PartText
            key={index}
            whole={whole}
            sentence={sentence}
            part={part}
            unbound={unbound}
            onWrite={onWrite}
          />
        ))}
      </span>
      {severity !== undefined && (
        <button
          type="button"
          className={`asks ${severity}`}
          title={open.map(({ message }) => message).join("\n")}
          onClick={onSelect}
        >
          {severityName[severity]}
        </button>
      )}
    </>
  );
}

function PartText({
  whole,
  sentence,
  part,
  unbound,
  onWrite,
}: {
  whole: Report;
  sentence: Sentence;
  part: SentencePart;
  unbound: readonly UnboundFigure[];
  onWrite: ((blank: Blank) => void) | undefined;
}) {
  if ("text" in part) return <WithMarks text={part.text} figures={unbound} />;
  if ("figure" in part) {
    return (
      <span className="figure" title={sourceName(part.source, whole)}>
        {part.figure}
      </span>
    );
  }
  const about = (slot: string) =>
    sentence.slots.find((candidate) => candidate.slot === slot)?.about ?? "主要原因";
  const target: Blank | undefined =
    "slot" in part
      ? { kind: "reasons", key: part.slot, about: about(part.slot) }
      : "code" in part
        ? { kind: "purposes", key: part.code, about: `${part.code} 主要用于` }
        : undefined;
  const missing = "missing" in part;
  const text = partText(part);
  if (target === undefined || onWrite === undefined) {
    return <span className={missing ? "reason missing" : undefined}>{text}</span>;
  }
  return (
    // No <button>: browsers keep one in a box of its own, which tears the lines of the text apart.
    <span
      role="button"
      tabIndex={0}
      title={target.about}
      className={missing ? "reason missing" : "reason"}
      onClick={() => onWrite(target)}
      onKeyDown={(event) => {
        if (event.key !== "Enter" && event.key !== " ") return;
        event.preventDefault();
        onWrite(target);
      }}
    >
      {text}
    </span>
  );
}

/** Highlights typed figures in the text they were typed into. */
function WithMarks({ text, figures }: { text: string; figures: readonly UnboundFigure[] }) {
  const [next] = figures
    .map((figure) => ({ figure, at: text.indexOf(figure.text) }))
    .filter(({ at }) => at >= 0)
    .sort((a, b) => a.at - b.at);
  if (next === undefined) return text;
  const { figure, at } = next;
  return (
    <>
      {text.slice(0, at)}
      <mark className="unbound" title="没有取自报表">
        {figure.text}
      </mark>
      <WithMarks
        text={text.slice(at + figure.text.length)}
        figures={figures.filter((one) => one !== figure)}
      />
    </>
  );
}

/** A finding elsewhere leads to its sentence by `?sentence=`. */
const sentenceInAddress = (): string | undefined =>
  new URLSearchParams(location.search).get("sentence") ?? undefined;

/** The last reason given at a blank while its figure still needed an explanation. */
const earlierReason = (whole: Report, { kind, key }: Blank): string | undefined =>
  kind === "reasons"
    ? whole.sections.explanations.entries.filter(({ slot }) => slot === key).at(-1)?.reason
    : undefined;

function ReasonDialog({
  report,
  writing: { kind, key, about },
  narrative,
  earlier,
  onClose,
  onWrite,
}: {
  report: string;
  writing: Blank;
  narrative: Narrative;
  /** Text to start from when the field is empty. */
  earlier: string | undefined;
  onClose: () => void;
  onWrite: (narrative: Narrative) => void;
}) {
  const before = narrative[kind][key] ?? "";
  const kept = useKeptText(
    report,
    `${kind}/narrative/${key}`,
    before === "" ? (earlier ?? "") : before,
  );
  const { text } = kept;
  const write = () => {
    onWrite(withText(narrative, kind, key, text.trim()));
    kept.clear();
    onClose();
  };
  return (
    <WritingDialog
      isWritten={kept.isWritten}
      onDiscard={kept.clear}
      title={about}
      okText="写入"
      okButtonProps={{ disabled: text === before }}
      onClose={onClose}
      onOk={write}
    >
      <Input.TextArea
        autoFocus
        rows={5}
        aria-label={about}
        placeholder="写明具体事由，不必重复金额，句末不加句号"
        value={text}
        onChange={(event) => kept.write(event.target.value)}
      />
    </WritingDialog>
  );
}
