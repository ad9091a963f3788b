/** What canonical JSON can hold. `undefined` members are left out; no other value is allowed. */
export type Json =
  string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json | undefined };

/**
 * One text for one value (RFC 8785): members sorted by UTF-16 code units, no white space.
 * Hashes of sections, manifests and events are taken over this text in UTF-8.
 */
export function canonicalJson(value: Json): string {
  if (typeof value === "number" && !Number.isFinite(value)) {
    throw new Error(`Not a JSON number: ${String(value)}`);
  }
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  if (isList(value)) return `[${value.map(canonicalJson).join(",")}]`;
  const members = Object.keys(value)
    .sort()
    .flatMap((key) => {
      const member = value[key];
      return member === undefined ? [] : [`${JSON.stringify(key)}:${canonicalJson(member)}`];
    });
  return `{${members.join(",")}}`;
}

const isList = (value: Json): value is readonly Json[] => Array.isArray(value);

/** SHA-256 in lower-case hex of a text in UTF-8, or of bytes; handed in, as the heart computes no hash. */
export type Sha256 = (content: string | Uint8Array) => string;
