import type { Position, Word } from "./tree.ts";

/** A fault of one template: where it is and what to do, for the person who writes it. */
export interface TemplateFault {
  readonly at: Position;
  readonly message: string;
}

export type Piece =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "tag"; readonly words: readonly [Word, ...Word[]]; readonly at: Position };

/** Text and {…} in turn. Line breaks, and the blanks around them, lay a template out and print nothing. */
export function scan(template: string): { pieces: Piece[]; faults: TemplateFault[] } {
  const pieces: Piece[] = [];
  const faults: TemplateFault[] = [];
  const pattern = /\{([^{}]*)\}|[{}]|[^{}]+/gu;
  for (const match of template.matchAll(pattern)) {
    const at = positionIn(template, match.index);
    const [whole, content] = match;
    if (content !== undefined) {
      const [first, ...others] = wordsOf(template, content, match.index + 1);
      if (first === undefined) faults.push({ at, message: "花括号里没有写内容。" });
      else pieces.push({ kind: "tag", words: [first, ...others], at });
    } else if (whole === "{") {
      faults.push({ at, message: "“{”没有对应的“}”。" });
    } else if (whole === "}") {
      faults.push({ at, message: "“}”前面没有对应的“{”。" });
    } else {
      const text = whole.replace(/[^\S\n]*\n\s*/gu, "");
      if (text !== "") pieces.push({ kind: "text", text });
    }
  }
  return { pieces, faults };
}

/** Words of a condition that stands alone, as `when` of a sentence. */
export const wordsIn = (text: string): Word[] => wordsOf(text, text, 0);

const wordsOf = (template: string, content: string, start: number): Word[] =>
  [...content.matchAll(/\S+/gu)].map(({ 0: text, index }) => ({
    text,
    at: positionIn(template, start + index),
  }));

/** Code points: a character beyond the basic plane is one column. */
export const charactersOf = (text: string): string[] => Array.from(text);

function positionIn(template: string, index: number): Position {
  const lines = template.slice(0, index).split("\n");
  return { line: lines.length, column: charactersOf(lines.at(-1) ?? "").length + 1 };
}
