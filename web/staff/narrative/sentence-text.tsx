import type { ReactNode } from "react";
import {
  partText,
  sentenceText,
  type Chapter,
  type Sentence,
  type SentencePart,
} from "../../../shared/narrative/written.ts";
import type { SentenceFinding } from "../editing/sentence-findings.ts";
import { mendName, withMend } from "../editing/sentence-mends.ts";
import { findingStateName, stateOf } from "../report/finding-place.ts";
import { warningAt, type Blank } from "./blank.ts";
import { FigureChip } from "./figure-chip.tsx";
import type { Desk } from "./narrative-text.tsx";
import { ReasonField } from "./reason-field.tsx";

type Fault = SentenceFinding & { readonly at: NonNullable<SentenceFinding["at"]> };

interface Shown {
  readonly desk: Desk;
  readonly chapter: Chapter;
  readonly sentence: Sentence;
  /** The sentence at hand. */
  readonly isHere: boolean;
}

/** A sentence with its figures, the places that people fill in, and what is wrong underlined at its words. */
export function SentenceText({ isEntry, ...shown }: Shown & { readonly isEntry: boolean }) {
  const { desk, sentence, isHere } = shown;
  const { text, acts } = desk;
  const { id } = sentence;
  const isReworded = text.rewordings.get(id)?.state === "holds";
  const open = text.openIn(id);
  const faults = open
    .filter((one): one is Fault => one.at !== undefined)
    .toSorted((a, b) => a.at.start - b.at.start || uncertain(a) - uncertain(b));
  const others = open.filter(({ at }) => at === undefined);
  const worst = others.find(({ severity }) => severity === "error") ?? others[0];
  return (
    <>
      <span
        data-sentence={id}
        role="group"
        aria-label={isReworded ? "已改写的句子" : "句子"}
        tabIndex={isEntry ? 0 : -1}
        className={`sentence${isHere ? " here" : ""}${isReworded ? " reworded" : ""}`}
        title={isReworded ? "已改写" : undefined}
        onFocus={() => desk.onSelect(id)}
      >
        {sentence.parts.map((part, index) => (
          <PartText
            key={index}
            {...shown}
            part={part}
            start={sentenceText({ parts: sentence.parts.slice(0, index) }).length}
            faults={faults}
          />
        ))}
        {isHere && desk.editable && <OptionalReasons {...shown} />}
      </span>
      {worst !== undefined && (
        <button
          type="button"
          className={`asks ${stateOf(worst)}`}
          title={others.map(({ message }) => message).join("\n")}
          onClick={() => desk.onDetails(id)}
        >
          {findingStateName[stateOf(worst)]}
        </button>
      )}
      {isReworded && desk.editable && open.length > 0 && (
        <button
          type="button"
          className="mend"
          data-name="改用系统文字"
          aria-label="这一句改用系统文字"
          onClick={() => acts.restore(id)}
        />
      )}
    </>
  );
}

/** Of several findings about the same words, one that names the right ones is shown there. */
const uncertain = ({ instead, bind }: Fault): number =>
  bind === undefined && instead === undefined ? 1 : 0;

/** Reasons that a sentence takes and nobody has to give are offered where it is worked on. */
function OptionalReasons({ desk, sentence }: Shown) {
  const printed = new Set(sentence.parts.flatMap((part) => ("slot" in part ? [part.slot] : [])));
  return sentence.slots
    .filter(({ slot }) => !printed.has(slot))
    .map(({ slot, about }) => (
      <Writable key={slot} desk={desk} blank={{ kind: "reasons", key: slot, about }} isOptional />
    ));
}

const Writable = ({
  desk: { report, whole, text, acts },
  blank,
  isOptional = false,
}: {
  desk: Desk;
  blank: Blank;
  isOptional?: boolean;
}) => (
  <ReasonField
    report={report.id}
    whole={whole}
    blank={blank}
    finding={warningAt(blank, text.reported)}
    isOptional={isOptional}
    writer={acts}
  />
);

function PartText({
  part,
  start,
  faults,
  ...shown
}: Shown & {
  readonly part: SentencePart;
  /** Where it begins in the sentence. */
  readonly start: number;
  readonly faults: readonly Fault[];
}) {
  const { desk, sentence, isHere } = shown;
  const words = <FaultyWords {...shown} text={partText(part)} start={start} faults={faults} />;
  if ("text" in part) return words;
  if ("figure" in part) {
    return (
      <FigureChip
        report={desk.report.id}
        whole={desk.whole}
        source={part.source}
        figure={part.figure}
        isReachable={isHere}
        onGo={desk.onGo}
      >
        {part.figure}
      </FigureChip>
    );
  }
  const blank = blankOf(part, sentence);
  if (blank !== undefined && desk.editable) return <Writable desk={desk} blank={blank} />;
  return <span className={"missing" in part ? "reason missing" : "reason"}>{words}</span>;
}

function blankOf(part: SentencePart, { slots }: Sentence): Blank | undefined {
  if ("slot" in part) {
    const about = slots.find(({ slot }) => slot === part.slot)?.about ?? "主要原因";
    return { kind: "reasons", key: part.slot, about };
  }
  return "code" in part
    ? { kind: "purposes", key: part.code, about: `${part.code} 主要用于` }
    : undefined;
}

/** Text with the faulty words in it underlined, each with its mend behind it. */
function FaultyWords({
  text,
  start,
  faults,
  ...shown
}: Shown & { readonly text: string; readonly start: number; readonly faults: readonly Fault[] }) {
  const end = start + text.length;
  const pieces: ReactNode[] = [];
  let at = start;
  for (const fault of faults) {
    const from = Math.max(at, fault.at.start);
    const to = Math.min(end, fault.at.end);
    if (from >= to) continue;
    pieces.push(text.slice(at - start, from - start));
    pieces.push(
      <mark key={from} className={`fault ${stateOf(fault)}`} title={fault.message}>
        {text.slice(from - start, to - start)}
      </mark>,
    );
    if (fault.at.end <= end)
      pieces.push(<MendButton key={`${String(from)} mend`} {...shown} fault={fault} />);
    at = to;
  }
  pieces.push(text.slice(at - start));
  return pieces;
}

/** One press mends what is certain; else it leads to what was found. */
function MendButton({ desk, chapter, sentence, fault }: Shown & { readonly fault: Fault }) {
  const mend = { ...fault.at, instead: fault.instead, bind: fault.bind };
  const name = mendName(mend);
  const mended =
    name === undefined || !desk.editable
      ? undefined
      : withMend(desk.whole, { chapter, sentence }, mend);
  const state = stateOf(fault);
  return mended === undefined || name === undefined ? (
    <button
      type="button"
      className={`asks ${state}`}
      title={fault.message}
      aria-label={`${findingStateName[state]}：${fault.message}`}
      data-name={findingStateName[state]}
      onClick={() => desk.onDetails(sentence.id)}
    />
  ) : (
    <button
      type="button"
      className={`mend ${state}`}
      title={fault.message}
      aria-label={`${fault.message}${name}`}
      data-name={name}
      onClick={() => desk.acts.change(mended.narrative)}
    />
  );
}
