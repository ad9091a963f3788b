import { useEffect, useRef, useState, type KeyboardEvent } from "react";

/**
 * The sentence at hand: the one with the focus, chosen by press or arrow key, or named by `?sentence=` where a finding
 * elsewhere leads here.
 */
export function useSelectedSentence(order: readonly string[], onEnter: (id: string) => void) {
  const [selected, setSelected] = useState(
    () => new URLSearchParams(location.search).get("sentence") ?? undefined,
  );
  useEffect(() => {
    if (selected !== undefined) elementOf(selected)?.scrollIntoView({ block: "nearest" });
  }, [selected]);
  /** Chooses a sentence, and goes on there by keyboard. */
  const go = (id: string) => {
    setSelected(id);
    elementOf(id)?.focus({ preventScroll: true });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const { target } = event;
    if (!(target instanceof HTMLElement) || target.dataset["sentence"] === undefined) return;
    const at = order.indexOf(target.dataset["sentence"]);
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    const next = event.key === "Home" ? 0 : event.key === "End" ? order.length - 1 : at + step;
    const id = order[next];
    if (event.key === "Enter") onEnter(target.dataset["sentence"]);
    else if (id === undefined || next === at) return;
    else go(id);
    event.preventDefault();
  };
  return { selected, setSelected, go, onKeyDown };
}

const elementOf = (id: string) =>
  document.querySelector<HTMLElement>(`.narrative-text [data-sentence="${CSS.escape(id)}"]`);

/** Whoever closes a dialog goes on at the sentence it was about. */
export function useFocusBack(isWriting: boolean, selected: string | undefined): void {
  const hasWritten = useRef(false);
  useEffect(() => {
    if (!isWriting && hasWritten.current && selected !== undefined) {
      elementOf(selected)?.focus({ preventScroll: true });
    }
    hasWritten.current = isWriting;
  }, [isWriting, selected]);
}
