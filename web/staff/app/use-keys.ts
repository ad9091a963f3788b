import { useEffect, useEffectEvent } from "react";

/**
 * Single keys for a page, off while somebody types, a dialog or list is open, or another key is held. Every act has a
 * button as well.
 */
export function useKeys(acts: Readonly<Record<string, () => void>>, isOn = true): void {
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    const act = acts[event.key];
    if (act === undefined || isElsewhere(event)) return;
    event.preventDefault();
    event.stopPropagation();
    act();
  });
  useEffect(() => {
    if (!isOn) return undefined;
    // Before a table that nobody may type into takes the letter for the beginning of a figure.
    document.addEventListener("keydown", onKey, { capture: true });
    return () => document.removeEventListener("keydown", onKey, { capture: true });
  }, [isOn]);
}

const isElsewhere = (event: KeyboardEvent): boolean =>
  event.defaultPrevented ||
  event.isComposing ||
  event.ctrlKey ||
  event.metaKey ||
  event.altKey ||
  (event.target instanceof HTMLElement && isTypedInto(event.target)) ||
  document.querySelector('[role="dialog"]') !== null;

const isTypedInto = (element: HTMLElement): boolean =>
  element.isContentEditable ||
  element.matches('textarea, select, input:not([type="checkbox"], [type="radio"])');
