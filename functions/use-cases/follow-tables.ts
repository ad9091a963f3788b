import { canonicalTable } from "../../shared/forms/canonical-table.ts";
import { recompute } from "../../shared/forms/computed/recompute.ts";
import type { TableId } from "../../shared/forms/form.ts";
import type { TableData } from "../../shared/forms/table-data.ts";
import type { ReportHead } from "../storage/ports.ts";
import { readSection, type ContentDeps } from "./report-content.ts";
import { editionOf } from "./stored-edition.ts";

/**
 * A table about to be saved with the computed cells (计算得出的格) of the whole report as they follow from it: the table
 * itself and those others that change. Figures that did not follow before, as totals imported as printed, are left alone.
 */
export async function followingTables(
  deps: ContentDeps,
  head: ReportHead,
  { table, value }: { readonly table: TableId; readonly value: TableData },
): Promise<readonly { readonly table: TableId; readonly value: TableData }[]> {
  const edition = await editionOf(deps, head.edition);
  const read = await Promise.all(
    edition.forms.map(async ({ id }) => ({
      id,
      stored: await readSection(deps, id, head.sections[id]?.sha256, head.edition),
    })),
  );
  const sound = read.flatMap(({ id, stored }) => (stored.ok ? [[id, stored.value] as const] : []));
  // What a damaged table held is not known, so nothing follows until it is written anew.
  if (sound.length < read.length) return [{ table, value }];
  const before: { readonly [id: TableId]: TableData } = Object.fromEntries(sound);
  const after = recompute(edition, { before, after: { ...before, [table]: value } });
  const changed = edition.forms.filter(({ id }) => id !== table && after[id] !== before[id]);
  const own = edition.forms.filter(({ id }) => id === table);
  return [...own, ...changed].map((form) => ({
    table: form.id,
    value: canonicalTable(form, after[form.id] ?? { rows: [] }),
  }));
}
