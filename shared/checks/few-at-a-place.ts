/** More faults of one rule than these at one place have one cause, and nobody reads them one by one. */
export const mostAtAPlace = 20;

/**
 * The first items of every place; `more` counts, with the last of them, how many are left out. A text without sense has
 * a fault every other character: a hundred thousand of them would be an answer nobody can send, nor read.
 */
export function firstOfEachPlace<Item>(
  items: readonly Item[],
  placeOf: (item: Item) => string | number,
): { readonly item: Item; readonly more: number }[] {
  const places = new Map<string | number, { count: number; last: number }>();
  const first: { item: Item; more: number }[] = [];
  for (const item of items) {
    const name = placeOf(item);
    const place = places.get(name) ?? { count: 0, last: 0 };
    places.set(name, place);
    place.count += 1;
    const last = first[place.last];
    if (place.count <= mostAtAPlace) {
      place.last = first.length;
      first.push({ item, more: 0 });
    } else if (last !== undefined) last.more += 1;
  }
  return first;
}

/** A fault that states how many more of its kind there are at its place. */
export const countingMore = <Fault extends { readonly what: string }>(
  fault: Fault,
  more: number,
): Fault =>
  more === 0 ? fault : { ...fault, what: `${fault.what}；此处另有${String(more)}个同样的问题` };

/** The first faults of a rule at every place, the last of each stating how many more there are. */
export const fewAtAPlace = <Fault extends { readonly what: string }>(
  faults: readonly Fault[],
  placeOf: (fault: Fault) => string | number,
): readonly Fault[] =>
  faults.length <= mostAtAPlace
    ? faults
    : firstOfEachPlace(faults, placeOf).map(({ item, more }) => countingMore(item, more));
