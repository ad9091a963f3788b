import type { EditionSources, Source } from "../forms/edition-sources.ts";
import type { TableId } from "../forms/form.ts";

/** Tables whose titles and order were seen in the contents (目录) of one document. */
export const listedTables = (
  document: string,
  ...tables: readonly TableId[]
): NonNullable<EditionSources["tables"]> => {
  const source: Source = { listed: document, note: "表名和次序" };
  return Object.fromEntries(tables.map((table) => [table, [source]]));
};

export const nineTables: readonly TableId[] = [
  ...(["t01", "t02", "t03", "t04", "t05", "t06", "t07", "t08", "t09"] as const),
];
