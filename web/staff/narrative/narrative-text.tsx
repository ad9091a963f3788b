import { Button } from "antd";
import { severityName } from "../../../shared/checks/names.ts";
import type { UnboundFigure } from "../../../shared/checks/wording/rewording.ts";
import type { FindingView } from "../../../shared/contract/responses.ts";
import { sourceName } from "../../../shared/narrative/source-name.ts";
import { partText, type Sentence, type SentencePart } from "../../../shared/narrative/written.ts";
import type { Report } from "../../../shared/report/report.ts";
import type { Blank } from "./blank.ts";
import type { NarrativeText } from "./use-narrative-text.ts";

/** The chapters as people read them, each with what may be added at its end. */
export function NarrativeChapters({
  whole,
  text,
  selected,
  onSelect,
  onWrite,
  onAdd,
}: {
  whole: Report;
  text: NarrativeText;
  selected: string | undefined;
  onSelect: (id: string) => void;
  /** Absent where nobody may write. */
  onWrite: ((blank: Blank) => void) | undefined;
  onAdd: ((chapter: string) => void) | undefined;
}) {
  return (
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
                  open={text.openIn(one.id)}
                  onSelect={() => onSelect(one.id)}
                  onWrite={onWrite}
                />
              ))}
            </p>
          ))}
          {onAdd !== undefined && (
            <Button type="link" size="small" onClick={() => onAdd(chapter.id)}>
              补充说明
            </Button>
          )}
        </section>
      ))}
    </div>
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
