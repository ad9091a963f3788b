import { jiangxi2022 as jiangxi } from "../../shared/editions/jiangxi-2022/edition.ts";
import type { EditionSource } from "../../shared/editions/edition-library.ts";
import type { Edition } from "../../shared/forms/form.ts";
import { shippedEditions } from "../../shared/editions/shipped-editions.ts";
import { shanghai2024 as shanghai } from "../../shared/editions/shanghai-2024/edition.ts";

/** The shipped editions that tests are written with, loaded. */
export const jiangxi2022 = jiangxi.load();
export const shanghai2024 = shanghai.load();

export function shippedEdition(id: string): Edition {
  const edition = shippedEditions.byId(id);
  if (edition === undefined) throw new Error(`No edition ${id} is shipped.`);
  return edition;
}

/** An edition that is loaded already, for a library of its own. */
export const loadedSource = (edition: Edition): EditionSource => ({
  ...{ id: edition.id, name: edition.name, year: edition.year },
  load: () => edition,
});
