import {
  onOneLine,
  type Paragraph,
  type SentencePart,
  type Sentence,
  type Slot,
} from "./written.ts";
import { isList } from "../read-only.ts";

/** What a sentence is put together from; a slot travels with the parts that fill it. */
export type Phrase =
  string | SentencePart | { readonly slots: readonly Slot[] } | readonly Phrase[];

/** One sentence of the given id; neighbouring texts are joined. */
export function sentence(id: string, ...phrases: readonly Phrase[]): Sentence {
  const parts: SentencePart[] = [];
  const slots: Slot[] = [];
  const add = (phrase: Phrase): void => {
    if (typeof phrase === "string") {
      const last = parts.at(-1);
      if (phrase === "") return;
      if (last !== undefined && "text" in last) {
        parts[parts.length - 1] = { text: last.text + phrase };
      } else {
        parts.push({ text: phrase });
      }
    } else if (isList(phrase)) {
      phrase.forEach(add);
    } else if ("slots" in phrase) {
      slots.push(...phrase.slots);
    } else {
      parts.push(phrase);
    }
  };
  phrases.forEach(add);
  return { id, parts, slots };
}

export const plain = (...sentences: readonly Sentence[]): Paragraph => ({
  kind: "plain",
  sentences,
});
export const subheading = (id: string, text: string): Paragraph => ({
  kind: "subheading",
  sentences: [sentence(id, text)],
});

/** Phrases with a separator between them. */
export const joined = (phrases: readonly Phrase[], separator: string): Phrase =>
  phrases.map((phrase, index) => (index === 0 ? phrase : [separator, phrase]));

/** A reason or purpose as a sentence prints it: on one line, without its own lead or full stop. */
export function tidyReason(text: string): string {
  const line = onOneLine(text)
    .trim()
    .replace(/^(?:主要)?原因(?:是|为)?[:：\s]*|^主要(?:是因为|是由于)[:：\s]*/u, "");
  let end = line.length;
  while (end > 0 && /[。．；;，,、.\s]/u.test(line.charAt(end - 1))) end -= 1;
  return line.slice(0, end);
}

/** An array, distinguished from the readonly members of a phrase. */
