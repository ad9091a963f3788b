/**
 * Rows in parts of at most a hundred. Which part takes a row follows from the keys that exist and from
 * nothing else: the shortest beginning of its key that no more than a hundred keys have. So a change
 * touches one part (a few when it splits or two grow together), and any order of changes ends in the
 * same parts.
 */

export const rowsAPart = 100;

/** Codes in the order of the list, each closed by a character that sorts before all of theirs. */
export const rowKey = (...codes: readonly string[]): string =>
  codes.map((code) => `${code}-`).join("");

interface RowsPart {
  readonly prefix: string;
  readonly count: number;
}

/** The part that contains a key; undefined while there is none for it. */
export const partOf = <P extends RowsPart>(parts: readonly P[], key: string): P | undefined =>
  parts.find(({ prefix }) => key.startsWith(prefix));

/** Rows by key, by the prefix of their part. */
export type PartRows<Row> = ReadonlyMap<string, ReadonlyMap<string, Row>>;

type Regrouped<Row> =
  /** Parts that must be read as well before this can be answered. */
  | { readonly unread: readonly string[] }
  | {
      /** Of the parts read: as they are to be, rows in order. */
      readonly groups: PartRows<Row>;
      /** Parts read that hold nothing any more. */
      readonly retired: readonly string[];
    };

/** Changes rows (undefined: removes) among the parts that were read. */
export function regroup<Row>(
  parts: readonly RowsPart[],
  read: PartRows<Row>,
  changes: ReadonlyMap<string, Row | undefined>,
): Regrouped<Row> {
  const matching = [...changes.keys()].flatMap((key) => partOf(parts, key)?.prefix ?? []);
  const missing = [...new Set(matching)].filter((prefix) => !read.has(prefix));
  if (missing.length > 0) return { unread: missing };

  const rows = new Map([...read.values()].flatMap((one) => [...one]));
  for (const [key, row] of changes) {
    if (row === undefined) rows.delete(key);
    else rows.set(key, row);
  }
  const others = parts.filter(({ prefix }) => !read.has(prefix));
  const countBelow = new Map<string, number>();
  const count = (key: string, rowCount: number) => {
    for (let length = 0; length <= key.length; length += 1) {
      const prefix = key.slice(0, length);
      countBelow.set(prefix, (countBelow.get(prefix) ?? 0) + rowCount);
    }
  };
  for (const key of rows.keys()) count(key, 1);
  for (const { prefix, count: rowCount } of others) count(prefix, rowCount);
  const prefixOf = (key: string): string => {
    for (let length = 0; length < key.length; length += 1) {
      const prefix = key.slice(0, length);
      if ((countBelow.get(prefix) ?? 0) <= rowsAPart) return prefix;
    }
    return key;
  };

  const wanted = new Set([...rows.keys(), ...changes.keys()].map(prefixOf));
  const joining = others.filter(({ prefix }) =>
    prefixesOf(prefix).some((beginning) => wanted.has(beginning)),
  );
  if (joining.length > 0) return { unread: joining.map(({ prefix }) => prefix) };

  const groups = new Map<string, Map<string, Row>>();
  for (const [key, row] of [...rows].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const prefix = prefixOf(key);
    const group = groups.get(prefix) ?? new Map<string, Row>();
    groups.set(prefix, group.set(key, row));
  }
  return { groups, retired: [...read.keys()].filter((prefix) => !groups.has(prefix)) };
}

const prefixesOf = (text: string): string[] =>
  Array.from({ length: text.length + 1 }, (_, length) => text.slice(0, length));
