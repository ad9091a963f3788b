import type { Edition } from "../forms/form.ts";

/** The editions (报表版式) an installation knows. Handed in wherever one is looked up: there is no global list. */
export interface EditionLibrary {
  /** In the order in which a bureau is offered them. */
  readonly all: readonly Edition[];
  readonly byId: (id: string) => Edition | undefined;
}

/** Throws where two editions have one id: a stored report names its edition by it. */
export function createEditionLibrary(all: readonly Edition[]): EditionLibrary {
  const editions = new Map<string, Edition>();
  for (const edition of all) {
    if (editions.has(edition.id)) throw new Error(`Two editions have the id ${edition.id}.`);
    editions.set(edition.id, edition);
  }
  return { all, byId: (id) => editions.get(id) };
}

/**
 * The edition that something stored names. A report always keeps its own, so one that is missing is a fault of the
 * installation: it throws.
 */
export function storedEdition({ all, byId }: EditionLibrary, id: string): Edition {
  const edition = byId(id);
  if (edition !== undefined) return edition;
  const known = all.map((one) => one.id).join(", ");
  throw new Error(`The edition ${id} is not in this installation's library, which has: ${known}.`);
}
