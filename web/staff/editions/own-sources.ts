import type { EditionData } from "../../../shared/editions/edition-data.ts";
import type { EditionSources, Source } from "../../../shared/forms/edition-sources.ts";
import type { TracedItem } from "../../../shared/editions/source-list.ts";
import type { TableId } from "../../../shared/forms/form.ts";
import { omit } from "../../../shared/omit.ts";

/** What a bureau states of what it words itself: the document (文件、印本) that a table or sentence was seen in. */

type Item = Pick<TracedItem, "kind" | "id">;

/** The title of the document that is stated of a table or sentence; "" where none is. */
export function statedDocument({ sources }: EditionData, { kind, id }: Item): string {
  const stated = kind === "table" ? tableSources(sources, id)?.[0] : sources?.sentences?.[id];
  return stated !== undefined && "printed" in stated
    ? (sources?.documents[stated.printed]?.title ?? "")
    : "";
}

/** The edition with a document stated of some tables or sentences, or none where the title is empty. */
export function withDocument(
  data: EditionData,
  items: readonly Item[],
  title: string,
): EditionData {
  const { documents, tables = {}, sentences = {}, ...rest } = data.sources ?? nothingStated;
  const key = keyOf(documents, title);
  const ofKind = (kind: Item["kind"]) => items.filter((item) => item.kind === kind);
  const source: Source | undefined = title === "" ? undefined : { printed: key };
  const ofTables = withMembers(tables, ofKind("table"), source && [source]);
  const ofSentences = withMembers(sentences, ofKind("sentence"), source);
  const next: EditionSources = {
    ...rest,
    documents: title === "" ? documents : { ...documents, [key]: { title } },
    ...(Object.keys(ofTables).length === 0 ? {} : { tables: ofTables }),
    ...(Object.keys(ofSentences).length === 0 ? {} : { sentences: ofSentences }),
  };
  const used = usedDocuments(next);
  return used.length === 0
    ? omit(data, "sources")
    : { ...data, sources: { ...next, documents: Object.fromEntries(used) } };
}

const nothingStated: EditionSources = { documents: {} };

/** Members with another value, or without one, of some items. */
function withMembers<Members extends Readonly<Record<string, unknown>>>(
  members: Members,
  items: readonly Item[],
  value: Members[string] | undefined,
): Members {
  const kept = Object.entries(members).filter(([id]) => items.every((item) => item.id !== id));
  const stated = value === undefined ? [] : items.map(({ id }) => [id, value] as const);
  return Object.fromEntries([...kept, ...stated]) as Members;
}

/** Documents that something still names. */
function usedDocuments({ documents, ...stated }: EditionSources) {
  const text = JSON.stringify(stated);
  return Object.entries(documents).filter(([key]) => text.includes(`"${key}"`));
}

/** The same document is named once. */
function keyOf(documents: EditionSources["documents"], title: string): string {
  const known = Object.entries(documents).find(([, one]) => one.title === title)?.[0];
  if (known !== undefined) return known;
  for (let number = 1; ; number += 1) {
    const key = `own-${String(number)}`;
    if (!(key in documents)) return key;
  }
}

const tableSources = (
  sources: EditionSources | undefined,
  id: string,
): readonly Source[] | undefined => sources?.tables?.[id as TableId];
