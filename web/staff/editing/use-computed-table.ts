import { useQueries } from "@tanstack/react-query";
import { useMemo } from "react";
import type { Edition, Form, TableId } from "../../../shared/forms/form.ts";
import type { TableData } from "../../../shared/forms/table-data.ts";
import { sectionQuery } from "../api/queries.ts";
import { useSigned } from "../app/session-context.ts";
import { computedTable, type ComputedTable } from "./computed-table.ts";

/** The computed cells of a table on a page, with the other tables of its report as they are stored. */
export function useComputedTable(
  reportId: string,
  {
    edition,
    form,
    value,
    editable,
  }: { edition: Edition; form: Form; value: TableData; editable: boolean },
): ComputedTable {
  const others = useOtherTables(reportId, edition, { own: form.id, enabled: editable });
  return useMemo(
    () => computedTable(edition, form, { value, others }),
    [edition, form, others, value],
  );
}

/** The other tables as they are stored; those that have not come yet are empty. */
function useOtherTables(
  reportId: string,
  edition: Edition,
  { own, enabled }: { own: TableId; enabled: boolean },
): { readonly [id: TableId]: TableData } {
  const { api } = useSigned();
  const ids = useMemo(
    () => edition.forms.map(({ id }) => id).filter((id) => id !== own),
    [edition, own],
  );
  const tables = useQueries({
    queries: ids.map((section) => ({ ...sectionQuery(api, reportId, section), enabled })),
    combine: (answers) => answers.map(({ data }) => data?.value),
  });
  return useMemo(
    () =>
      Object.fromEntries(
        ids.flatMap((id, index): [TableId, TableData][] => {
          const table = tables[index];
          return table === undefined ? [] : [[id, table]];
        }),
      ),
    [ids, tables],
  );
}
