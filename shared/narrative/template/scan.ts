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
  const positionOf = positionsIn(template);
  for (const match of template.matchAll(pattern)) {
    const at = positionOf(match.index);
    const [whole, content] = match;
    if (content !== undefined) {
      const [first, ...others] = wordsOf(content, match.index + 1, positionOf);
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

/** Words of a condition alone, as `when` of a sentence. */
export const wordsIn = (text: string): Word[] => wordsOf(text, 0, positionsIn(text));

const wordsOf = (content: string, start: number, positionOf: (index: number) => Position): Word[] =>
  [...content.matchAll(/\S+/gu)].map(({ 0: text, index }) => ({
    text,
    at: positionOf(start + index),
  }));

/** Code points: a character beyond the basic plane is one column. */
export const charactersOf = (text: string): string[] => Array.from(text);

/** Where indexes lie that come in ascending order, so that a template is counted through once. */
function positionsIn(template: string): (index: number) => Position {
  let counted = 0;
  let line = 1;
  let column = 1;
  return (index) => {
    const lines = template.slice(counted, index).split("\n");
    const last = charactersOf(lines.at(-1) ?? "").length;
    line += lines.length - 1;
    column = lines.length === 1 ? column + last : last + 1;
    counted = index;
    return { line, column };
  };
}
