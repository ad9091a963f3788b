/**
 * Reads a classification kept as text, one `code name` a line.
 * Codes come out ascending; a malformed or doubled line is a bug in the data file and throws.
 */
export function codeTable(text: string): ReadonlyMap<string, string> {
  const own = new Map<string, string>();
  for (const line of text.trim().split("\n")) {
    const [, code, name] = /^(\d{3}(?:\d{2}){0,2}) (\S+)$/u.exec(line) ?? [];
    if (code === undefined || name === undefined || own.has(code)) {
      throw new Error(`Bad line in a code table: ${line}`);
    }
    own.set(code, name);
  }
  return ascending(own);
}

/** By code: a 类 comes before its 款, and these before their 项. */
export const ascending = (
  names: Iterable<readonly [code: string, name: string]>,
): ReadonlyMap<string, string> => new Map([...names].toSorted(([a], [b]) => (a < b ? -1 : 1)));

/** The code a 款 or 项 is summed up in (项 → 款 → 类); a 类 has none. */
export const parentCode = (code: string): string | undefined =>
  code.length > 3 ? code.slice(0, -2) : undefined;

/** A code with those it is summed up in, the 类 first. */
export function lineageOfCode(code: string): readonly string[] {
  const parent = parentCode(code);
  return parent === undefined ? [code] : [...lineageOfCode(parent), code];
}
