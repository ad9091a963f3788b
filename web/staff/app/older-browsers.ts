/**
 * Array methods of Chrome 92 to 110 that our code calls; offices on Windows 7 have 109 at most, some
 * domestic browsers less. Syntax is lowered by the build, methods are not.
 */
export const laterMethods = {
  at<Item>(this: readonly Item[], index: number): Item | undefined {
    return this[index < 0 ? this.length + index : index];
  },
  findLast<Item>(
    this: readonly Item[],
    is: (item: Item, index: number, all: readonly Item[]) => boolean,
  ): Item | undefined {
    for (let index = this.length - 1; index >= 0; index -= 1) {
      const item = this[index] as Item;
      if (is(item, index, this)) return item;
    }
    return undefined;
  },
  toReversed<Item>(this: readonly Item[]): Item[] {
    return [...this].reverse();
  },
  toSorted<Item>(this: readonly Item[], compare?: (a: Item, b: Item) => number): Item[] {
    return [...this].sort(compare);
  },
  toSpliced<Item>(
    this: readonly Item[],
    start: number,
    count: number,
    ...items: readonly Item[]
  ): Item[] {
    const list = [...this];
    list.splice(start, count, ...items);
    return list;
  },
  with<Item>(this: readonly Item[], index: number, item: Item): Item[] {
    const list = [...this];
    const place = index < 0 ? list.length + index : index;
    if (place < 0 || place >= list.length) throw new RangeError("Invalid index");
    list[place] = item;
    return list;
  },
};

for (const [name, value] of Object.entries(laterMethods)) {
  if (!(name in Array.prototype)) {
    Object.defineProperty(Array.prototype, name, { value, configurable: true, writable: true });
  }
}
