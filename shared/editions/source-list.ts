import { canonicalJson } from "../canonical-json.ts";
import type { Source } from "../forms/edition-sources.ts";
import { asJson, type Json } from "./derive.ts";
import type { EditionData } from "./edition-data.ts";

/** Where one table or sentence of an edition comes from. */
export interface SourcedItem {
  readonly kind: "table" | "sentence";
  readonly id: string;
  /** Title of the table; heading of the sentence's chapter. */
  readonly title: string;
  /** What the edition states; none where it is the base's unchanged, which is not passed on as seen here. */
  readonly sources: readonly Source[];
  /** The edition it was taken over from, as it is there. */
  readonly takenFrom?: string;
}

/** Every table and sentence, in printed order; without a base all must be stated. */
export function sourceList(edition: EditionData, base?: EditionData): SourcedItem[] {
  const { sources } = edition;
  const forms = new Map<string, Json>(base?.forms.map((form) => [form.id, asJson(form)]));
  const sentences = new Map(base && sentencesOf(base).map(({ id, sentence }) => [id, sentence]));
  const origin = (there: ReadonlyMap<string, Json>, id: string, value: Json) => {
    const other = there.get(id);
    const isSame = other !== undefined && canonicalJson(value) === canonicalJson(other);
    return base !== undefined && isSame ? { takenFrom: base.id } : {};
  };
  return [
    ...edition.forms.map((form): SourcedItem => ({
      ...{ kind: "table", id: form.id, title: form.title },
      sources: sources?.tables?.[form.id] ?? [],
      ...origin(forms, form.id, asJson(form)),
    })),
    ...sentencesOf(edition).map(({ id, chapter, heading, sentence }): SourcedItem => {
      const stated = sources?.sentences?.[id] ?? sources?.chapters?.[chapter];
      return {
        ...{ kind: "sentence", id, title: heading },
        sources: stated === undefined ? [] : [stated],
        ...origin(sentences, id, sentence),
      };
    }),
  ];
}

/** An item with the edition that states its sources: this one, or the one it was taken over from unchanged. */
export interface TracedItem extends SourcedItem {
  /** Absent where nobody states any. */
  readonly statedIn?: EditionData;
}

/**
 * Every table and sentence of the first edition, each with what is known of it: its own sources, or those of the nearest
 * edition of the line that states them of the very same table or sentence. The line goes from an edition to its bases.
 */
export function tracedSources(line: readonly EditionData[]): TracedItem[] {
  const [edition, ...bases] = line;
  if (edition === undefined) return [];
  const items = sourceList(edition, bases[0]);
  const isTraced = items.some(({ sources, takenFrom }) => sources.length === 0 && takenFrom);
  const known = new Map(
    (isTraced ? tracedSources(bases) : []).map((item) => [`${item.kind} ${item.id}`, item]),
  );
  return items.map((item): TracedItem => {
    if (item.sources.length > 0) return { ...item, statedIn: edition };
    const { sources = [], statedIn } =
      item.takenFrom === undefined ? {} : (known.get(`${item.kind} ${item.id}`) ?? {});
    return { ...item, sources, ...(statedIn === undefined ? {} : { statedIn }) };
  });
}

/** Neither stated nor taken over: somebody wrote it and did not say where it is from. */
export const unsourced = (items: readonly SourcedItem[]): SourcedItem[] =>
  items.filter(({ sources, takenFrom }) => sources.length === 0 && takenFrom === undefined);

export type Standing = "printed" | "listed" | "accounts" | "unverified" | "taken_over";

/** The best that is known of it: seen in print, seen in a list of contents, after the accounts' form, known, taken over. */
export function standingOf({ sources }: SourcedItem): Standing {
  if (sources.some((source) => "printed" in source)) return "printed";
  if (sources.some((source) => "listed" in source)) return "listed";
  if (sources.some((source) => "accounts" in source)) return "accounts";
  return sources.length > 0 ? "unverified" : "taken_over";
}

interface PlacedSentence {
  readonly id: string;
  readonly chapter: string;
  readonly heading: string;
  readonly sentence: Json;
}

/** Of 概况 and 情况说明; a sentence of a pattern is listed where it is used first. */
function sentencesOf({ sentences }: EditionData): PlacedSentence[] {
  const { overview, narrative, patterns = {} } = sentences;
  const found = new Map<string, PlacedSentence>();
  for (const { id: chapter, heading, paragraphs } of [...overview, ...narrative]) {
    const all = paragraphs
      .flatMap((paragraph) => ("sentences" in paragraph ? paragraph.sentences : []))
      .flatMap((one) => ("pattern" in one ? (patterns[one.pattern]?.sentences ?? []) : [one]));
    for (const sentence of all) {
      if (found.has(sentence.id)) continue;
      found.set(sentence.id, { id: sentence.id, chapter, heading, sentence: asJson(sentence) });
    }
  }
  return [...found.values()];
}
