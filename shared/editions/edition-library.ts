import type { Edition } from "../forms/form.ts";

/** An edition (报表版式) that is loaded when it is first needed: a process rarely needs more than one or two. */
export interface EditionSource extends Pick<Edition, "id" | "name" | "year"> {
  readonly load: () => Edition;
}

/** The editions an installation knows. Handed in wherever one is looked up: there is no global list. */
export interface EditionLibrary {
  /** In the order in which a bureau is offered them; none of them is loaded for it. */
  readonly listed: readonly Pick<Edition, "id" | "name" | "year">[];
  /** The same, loaded. */
  readonly all: readonly Edition[];
  readonly byId: (id: string) => Edition | undefined;
}

/** Throws where two editions have one id: a stored report names its edition by it. */
export function createEditionLibrary(sources: readonly EditionSource[]): EditionLibrary {
  const byId = new Map<string, EditionSource>();
  for (const source of sources) {
    if (byId.has(source.id)) throw new Error(`Two editions have the id ${source.id}.`);
    byId.set(source.id, source);
  }
  return {
    listed: sources.map(({ id, name, year }) => ({ id, name, year })),
    get all() {
      return sources.map(({ load }) => load());
    },
    byId: (id) => byId.get(id)?.load(),
  };
}
