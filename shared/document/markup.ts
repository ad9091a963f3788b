import { html as template, raw } from "hono/html";

/** A piece of finished HTML: user text in it is already escaped. */
export type Markup = ReturnType<typeof raw>;

/** HTML with every `${value}` escaped unless it is markup itself; lists are joined, undefined prints nothing. */
export function markup(strings: TemplateStringsArray, ...values: readonly Child[]): Markup {
  const written = template(strings, ...values);
  if (written instanceof Promise) throw new Error("Markup is written at once, never awaited.");
  return written;
}

export type Child = Markup | string | number | false | undefined | readonly Child[];

/** Text that is HTML (or a stylesheet) by our own hand; never for what people typed. */
export const trusted = (text: string): Markup => raw(text);

/** A CSS string of any text: whatever is not plain goes by its code point, so it cannot end the string. */
export const cssString = (text: string): string =>
  `"${text.replace(/[^\p{L}\p{N} ·—（）]/gu, (char) => `\\${(char.codePointAt(0) ?? 0).toString(16)} `)}"`;
