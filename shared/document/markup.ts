import { html as template, raw } from "hono/html";
import { writableText } from "../text/characters.ts";

/** A piece of finished HTML: user text in it is already escaped. */
export type Markup = ReturnType<typeof raw>;

/**
 * HTML with every `${value}` escaped unless it is markup itself; lists are joined, undefined prints nothing. What
 * neither HTML nor XML can hold is written as U+FFFD, so a page or feed is well-formed whatever is stored.
 */
export function markup(strings: TemplateStringsArray, ...values: readonly Child[]): Markup {
  const written = template(strings, ...values.map(writable));
  if (written instanceof Promise) throw new Error("Markup is written at once, never awaited.");
  return written;
}

/** Markup is an object of text that is written already; what people typed is plain text. */
function writable(value: Child): Child {
  if (typeof value === "string") return writableText(value);
  return Array.isArray(value) ? (value as readonly Child[]).map(writable) : value;
}

export type Child = Markup | string | number | false | undefined | readonly Child[];

/** Text that is HTML (or a stylesheet) by our own hand; never for what people typed. */
export const trusted = (text: string): Markup => raw(text);

/** A CSS string of any text: whatever is not plain goes by its code point, so it cannot end the string. */
export const cssString = (text: string): string =>
  `"${text.replace(/[^\p{L}\p{N} ·—（）]/gu, (char) => `\\${(char.codePointAt(0) ?? 0).toString(16)} `)}"`;
