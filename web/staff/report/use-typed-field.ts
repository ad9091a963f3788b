import { useState, type ChangeEvent } from "react";
import type { SectionId } from "../../../shared/report/section-ids.ts";
import { unreadablePrefix } from "../editing/drafts.ts";
import { useKeptText } from "../editing/use-kept-text.ts";
import { useOpenEditor } from "../editing/use-open-editor.ts";
import { fieldName } from "./finding-place.ts";

/** Where in a section a field writes; `place` is its path there, the same on every visit. */
export interface FieldPlace<Value> {
  readonly report: string;
  readonly section: SectionId;
  readonly place: string;
  readonly disabled: boolean;
  readonly onChange: (value: Value) => void;
}

/**
 * A field of a section. A figure is taken over when the field or the page is left, for "1" on the way to "12"
 * is another figure; words are at every key. A text that cannot be read is kept beside the draft and shown
 * until it is mended.
 */
export function useTypedField<Value>({
  report,
  section,
  place,
  disabled,
  onChange,
  shown,
  read,
  isProse = false,
}: FieldPlace<Value> & {
  readonly shown: string;
  readonly read: (text: string) => { ok: true; value: Value } | { ok: false };
  readonly isProse?: boolean;
}) {
  const kept = useKeptText(report, unreadablePrefix(section) + place);
  /** The text as it is typed, which is not printed as what is stored will be, and what it was when it was entered. */
  const [entry, setEntry] = useState<{ readonly first: string; readonly text: string }>();
  const unreadable = disabled || !kept.isWritten ? undefined : kept.text;
  const take = (text: string) => {
    if (disabled || text === (unreadable ?? shown)) return;
    const result = read(text);
    if (result.ok) {
      kept.clear();
      onChange(result.value);
    } else kept.keep(text);
  };
  const takeEntry = () => {
    if (entry !== undefined && (isProse || entry.text !== entry.first)) take(entry.text);
  };
  useOpenEditor(takeEntry);
  const value = entry?.text ?? unreadable ?? shown;
  const type = ({ target }: ChangeEvent<HTMLInputElement | HTMLTextAreaElement>) => {
    setEntry({ first: entry?.first ?? value, text: target.value });
    if (isProse) take(target.value);
  };
  /** What comes in while one is in the field may not slip under what is being typed: "5" became "0.005". */
  const enter = () => {
    if (!isProse && !disabled) setEntry({ first: value, text: value });
  };
  const leave = () => {
    takeEntry();
    setEntry(undefined);
  };
  return {
    input: {
      ...{ value, disabled, onChange: type, onFocus: enter, onBlur: leave },
      "data-field": fieldName(`${section}.${place}`),
    },
    isReadable: entry === undefined || isProse ? unreadable === undefined : read(entry.text).ok,
  };
}
