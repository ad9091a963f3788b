import type { Edition } from "../../forms/form.ts";

/** Whether a text names the places of the edition's region more often than those of any other region. */
export function isOfRegion(text: string, edition: Edition, editions: readonly Edition[]): boolean {
  const own = placesNamed(text, edition);
  return editions.every(
    (other) => isOfSameRegion(other, edition) || placesNamed(text, other) < own,
  );
}

const placesNamed = (text: string, { words }: Edition): number =>
  words.places.reduce((sum, place) => sum + text.split(place).length - 1, 0);

const isOfSameRegion = (one: Edition, other: Edition): boolean =>
  one.words.places.join() === other.words.places.join();

/** How far a printed report looks like the edition: its tables bear numbers or none, it names the region. */
export function likeness(source: string, edition: Edition, editions: readonly Edition[]): number {
  const isNumbered = (source.match(/公\s?开\s?\d\s?\d\s?表/gu) ?? []).length > 1;
  const hasNumbers = edition.forms.some(({ number }) => number !== undefined);
  return (isNumbered === hasNumbers ? 2 : 0) + (isOfRegion(source, edition, editions) ? 1 : 0);
}

/** Of each region the edition whose year is nearest to the text's: years of one region differ in codes and titles alone. */
export function ofNearestYear(
  editions: readonly Edition[],
  year: number | undefined,
): readonly Edition[] {
  if (year === undefined) return editions;
  const distance = (edition: Edition) => Math.abs(edition.year - year);
  return editions.filter((edition) =>
    editions.every(
      (other) =>
        other === edition ||
        !isOfSameRegion(other, edition) ||
        distance(edition) < distance(other) ||
        (distance(edition) === distance(other) && edition.year < other.year),
    ),
  );
}
