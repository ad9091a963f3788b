/**
 * Reads a classification kept as text, one `code name` a line, on top of an earlier year's table.
 * Codes come out ascending; a malformed or doubled line is a bug in the data file and throws.
 */
export function codeTable(
  text: string,
  earlier: ReadonlyMap<string, string> = new Map(),
): ReadonlyMap<string, string> {
  const own = new Map<string, string>();
  for (const line of text.trim().split("\n")) {
    const [, code, name] = /^(\d{3}(?:\d{2}){0,2}) (\S+)$/u.exec(line) ?? [];
    if (code === undefined || name === undefined || own.has(code)) {
      throw new Error(`Bad line in a code table: ${line}`);
    }
    own.set(code, name);
  }
  return new Map([...earlier, ...own].toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

/** The code a 款 or 项 is summed up in (项 → 款 → 类); a 类 has none. */
export const parentCode = (code: string): string | undefined =>
  code.length > 3 ? code.slice(0, -2) : undefined;
