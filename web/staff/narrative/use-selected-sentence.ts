import { useEffect, useRef, useState, type KeyboardEvent } from "react";

/** The sentence at hand: chosen by press, by arrow key, or by `?sentence=` where a finding elsewhere leads here. */
export function useSelectedSentence(order: readonly string[], onEnter: (id: string) => void) {
  const [selected, setSelected] = useState(
    () => new URLSearchParams(location.search).get("sentence") ?? undefined,
  );
  useEffect(() => {
    if (selected === undefined) return;
    document
      .querySelector(`[data-sentence="${CSS.escape(selected)}"]`)
      ?.scrollIntoView({ block: "nearest" });
  }, [selected]);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.target !== event.currentTarget) return;
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (event.key === "Enter") {
      if (selected !== undefined) onEnter(selected);
    } else if (step === 0) return;
    else {
      const at = selected === undefined ? -1 : order.indexOf(selected);
      setSelected(order[Math.max(0, at + step)] ?? selected);
    }
    event.preventDefault();
  };
  return { selected, setSelected, onKeyDown };
}

/** Whoever closes a dialog goes on where the arrow keys choose sentences. */
export function useFocusBack(isWriting: boolean) {
  const list = useRef<HTMLElement>(null);
  const hasWritten = useRef(false);
  useEffect(() => {
    if (!isWriting && hasWritten.current) list.current?.focus({ preventScroll: true });
    hasWritten.current = isWriting;
  }, [isWriting]);
  return list;
}
