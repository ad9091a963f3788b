import type { KeptTexts } from "./kept-texts.ts";

/** Texts kept by their place in a list, when entries of the list are moved, added or removed. */

type Texts = Pick<KeptTexts, "under" | "set">;

/**
 * Moves the texts of every entry to where `placeAfter` has it; undefined forgets them. `list` is the place of the list,
 * ending in a slash.
 */
export function moveEntryTexts(
  texts: Texts,
  report: string,
  list: string,
  placeAfter: (index: number) => number | undefined,
): void {
  const found = [...texts.under(report, list)].map(([place, text]) => {
    const [at = "", ...rest] = place.split("/");
    return { place, text, at: Number(at), after: placeAfter(Number(at)), rest };
  });
  const moving = found.filter(({ at, after }) => at !== after);
  for (const { place } of moving) texts.set(report, list + place, undefined);
  for (const { text, after, rest } of moving) {
    if (after !== undefined) texts.set(report, list + [String(after), ...rest].join("/"), text);
  }
}

/** Where entries are after one was taken out. */
export const afterRemoval =
  (removed: number) =>
  (index: number): number | undefined =>
    index === removed ? undefined : index > removed ? index - 1 : index;

/** Where entries are after one was put in. */
export const afterInsertion =
  (inserted: number) =>
  (index: number): number =>
    index >= inserted ? index + 1 : index;

/** Where entries are after one was moved. */
export const afterMove =
  (from: number, to: number) =>
  (index: number): number => {
    if (index === from) return to;
    if (from < index && index <= to) return index - 1;
    return to <= index && index < from ? index + 1 : index;
  };
