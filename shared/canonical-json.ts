import { isList } from "./read-only.ts";

/** What canonical JSON can hold. `undefined` members are left out; no other value is allowed. */
export type Json =
  string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json | undefined };

/**
 * One text for one value (RFC 8785): members sorted by UTF-16 code units, no white space.
 * Hashes of sections, manifests and events are taken over this text in UTF-8.
 */
export function canonicalJson(value: Json): string {
  if (typeof value === "string") return quoted(value);
  if (typeof value === "number" && !Number.isFinite(value)) {
    throw new Error(`Not a JSON number: ${String(value)}`);
  }
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  let separator = "";
  if (isList(value)) {
    let text = "[";
    for (const one of value) {
      text += separator + canonicalJson(one);
      separator = ",";
    }
    return `${text}]`;
  }
  let text = "{";
  for (const key of Object.keys(value).sort()) {
    const member = value[key];
    if (member === undefined) continue;
    text += `${separator}${quoted(key)}:${canonicalJson(member)}`;
    separator = ",";
  }
  return `${text}}`;
}

/** What stands in a string otherwise than it is: quotes, backslashes, controls and halves of a character. */
const escaped = /["\\\u0000-\u001f\ud800-\udfff]/;

/** A report has ten thousand short strings, nearly all of them plain, and each call of `JSON.stringify` costs. */
const quoted = (text: string): string => (escaped.test(text) ? JSON.stringify(text) : `"${text}"`);

/** SHA-256 in lower-case hex of a text in UTF-8, or of bytes; handed in, as the heart computes no hash. */
export type Sha256 = (content: string | Uint8Array) => string;
