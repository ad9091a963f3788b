import { useEffect, type RefObject } from "react";
import { nothing } from "./plain-text.ts";

/** Words of a text to be underlined, by their characters. */
export interface MarkedWords {
  readonly start: number;
  readonly end: number;
  readonly severity: "error" | "warning";
}

/**
 * Underlines words of a field without touching what is in it, so that typing in Chinese goes on undisturbed. Browsers
 * before Chrome 105 underline nothing; what is wrong is listed beside the field in any case.
 */
export function useHighlights(
  field: RefObject<HTMLElement | null>,
  words: readonly MarkedWords[],
): void {
  useEffect(() => {
    const box = field.current;
    if (box === null || words.length === 0 || !("highlights" in CSS)) return undefined;
    const added = words.flatMap(({ start, end, severity }) => {
      const range = rangeIn(box, start, end);
      if (range === undefined) return [];
      const name = `fault-${severity}`;
      const highlight = CSS.highlights.get(name) ?? new Highlight();
      CSS.highlights.set(name, highlight);
      highlight.add(range);
      return [{ highlight, range }];
    });
    return () => {
      for (const { highlight, range } of added) highlight.delete(range);
    };
  });
}

function rangeIn(box: HTMLElement, start: number, end: number): Range | undefined {
  const range = document.createRange();
  const nodes = document.createTreeWalker(box, NodeFilter.SHOW_TEXT);
  let at = 0;
  let isOpen = false;
  for (let node = nodes.nextNode(); node !== null; node = nodes.nextNode()) {
    const text = node.textContent ?? "";
    for (let index = 0; index < text.length; index += 1) {
      if (text.charAt(index) === nothing) continue;
      if (at === start) {
        range.setStart(node, index);
        isOpen = true;
      }
      at += 1;
      if (isOpen && at === end) {
        range.setEnd(node, index + 1);
        return range;
      }
    }
  }
  return undefined;
}
