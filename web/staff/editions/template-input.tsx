import { useId, useLayoutEffect, useMemo, useRef, useState, type KeyboardEvent } from "react";
import type { Position } from "../../../shared/narrative/template/tree.ts";
import "./template-input.css";

/** A name that may be written in a template, and what it is. */
export interface Suggestion {
  readonly name: string;
  readonly kind: string;
}

export interface TemplateMark {
  readonly at: Position;
  readonly message: string;
}

/** Faults of a template as they are underlined in it. */
export const marksOf = (
  faults: readonly { readonly at?: Position; readonly message: string }[],
): TemplateMark[] =>
  faults.map(({ at, message }) => ({ at: at ?? { line: 1, column: 1 }, message }));

/** Names offered at once; more would hide the text. */
const mostOffered = 8;

/**
 * A template to be edited: within braces the names that fit are offered, and what is faulty is underlined at its place.
 * The underlines are drawn by a copy of the text behind the field.
 */
export function TemplateInput({
  label,
  value,
  onChange,
  suggestions,
  marks,
}: {
  label: string;
  value: string;
  onChange: (value: string) => void;
  suggestions: readonly Suggestion[];
  marks: readonly TemplateMark[];
}) {
  const list = useId();
  const field = useRef<HTMLTextAreaElement>(null);
  const [word, setWord] = useState<Word>();
  const [chosen, setChosen] = useState(0);
  /** Where the caret belongs once the field shows the name that was taken. */
  const caret = useRef<number>(undefined);
  useLayoutEffect(() => {
    if (caret.current === undefined) return;
    field.current?.setSelectionRange(caret.current, caret.current);
    caret.current = undefined;
  }, [value]);
  const offered = useMemo(
    () => (word === undefined ? [] : offeredFor(word.text, suggestions)),
    [word, suggestions],
  );
  const look = () => {
    const { value: text = "", selectionStart = 0 } = field.current ?? {};
    setWord(wordAt(text, selectionStart));
    setChosen(0);
  };
  const take = (name: string) => {
    if (word === undefined) return;
    const end = word.start + word.text.length;
    onChange(value.slice(0, word.start) + name + value.slice(end));
    setWord(undefined);
    caret.current = word.start + name.length;
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (offered.length === 0 || event.nativeEvent.isComposing) return;
    const name = offered[chosen]?.name;
    if (event.key === "ArrowDown") setChosen((chosen + 1) % offered.length);
    else if (event.key === "ArrowUp") setChosen((chosen + offered.length - 1) % offered.length);
    else if ((event.key === "Enter" || event.key === "Tab") && name !== undefined) take(name);
    else if (event.key === "Escape") setWord(undefined);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div className="template-input">
      <div className="template-text">
        <div className="template-behind" aria-hidden>
          {pieces(value, marks).map(({ text, message }, index) =>
            message === undefined ? (
              <span key={index}>{text}</span>
            ) : (
              <mark key={index}>{text}</mark>
            ),
          )}{" "}
        </div>
        <textarea
          ref={field}
          aria-label={label}
          aria-invalid={marks.length > 0}
          aria-autocomplete="list"
          aria-controls={offered.length > 0 ? list : undefined}
          aria-activedescendant={offered.length > 0 ? `${list}-${String(chosen)}` : undefined}
          spellCheck={false}
          value={value}
          onChange={({ target }) => {
            onChange(target.value);
            look();
          }}
          onKeyDown={onKeyDown}
          onKeyUp={({ key }) => {
            if (key === "ArrowLeft" || key === "ArrowRight") look();
          }}
          onClick={look}
          onBlur={() => setWord(undefined)}
        />
        {offered.length > 0 && (
          <ul className="template-offers" id={list} role="listbox" aria-label="可用的名称">
            {offered.map(({ name, kind }, index) => (
              <li
                key={name}
                id={`${list}-${String(index)}`}
                role="option"
                aria-selected={index === chosen}
                // The field keeps the focus, so that nothing is lost of where one was.
                onMouseDown={(event) => {
                  event.preventDefault();
                  take(name);
                }}
              >
                <span>{name}</span>
                <span className="quiet">{kind}</span>
              </li>
            ))}
          </ul>
        )}
      </div>
      {marks.map(({ at, message }, index) => (
        <p key={index} className="template-fault" role="alert">
          第{at.line}行第{at.column}字：{message}
        </p>
      ))}
    </div>
  );
}

interface Word {
  readonly start: number;
  readonly text: string;
}

/** What is typed of a word before the caret, where that is within braces. */
function wordAt(text: string, caret: number): Word | undefined {
  const open = text.lastIndexOf("{", caret - 1);
  if (open === -1 || text.slice(open, caret).includes("}")) return undefined;
  const start = open + 1 + (/[^\s{]*$/u.exec(text.slice(open + 1, caret))?.index ?? 0);
  const typed = text.slice(start, caret);
  if (typed.includes("=")) return undefined;
  return { start, text: typed };
}

function offeredFor(typed: string, suggestions: readonly Suggestion[]): readonly Suggestion[] {
  if (suggestions.some(({ name }) => name === typed)) return [];
  const begins = suggestions.filter(({ name }) => name.startsWith(typed));
  const holds = suggestions.filter(({ name }) => !name.startsWith(typed) && name.includes(typed));
  return [...begins, ...holds].slice(0, mostOffered);
}

interface Piece {
  readonly text: string;
  readonly message?: string;
}

/** The text cut where marks begin; each covers what is written up to the next blank or brace, one character at least. */
function pieces(text: string, marks: readonly TemplateMark[]): Piece[] {
  const found: Piece[] = [];
  let done = 0;
  const starts = marks
    .map(({ at, message }) => ({ message, index: indexOf(text, at) }))
    .sort((a, b) => a.index - b.index);
  for (const { index, message } of starts) {
    if (index < done) continue;
    const length = Math.max(1, /^[^\s{}]+/u.exec(text.slice(index))?.[0].length ?? 1);
    found.push(
      { text: text.slice(done, index) },
      { text: text.slice(index, index + length), message },
    );
    done = index + length;
  }
  return [...found, { text: text.slice(done) }];
}

/** Lines and characters are counted from 1, characters as people count them. */
function indexOf(text: string, { line, column }: Position): number {
  const lines = text.split("\n");
  const before = lines.slice(0, line - 1).reduce((sum, one) => sum + one.length + 1, 0);
  return (
    before +
    Array.from(lines[line - 1] ?? "")
      .slice(0, column - 1)
      .join("").length
  );
}
