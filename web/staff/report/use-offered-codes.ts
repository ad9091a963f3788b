import { useMemo, useState } from "react";
import { isByCode } from "../../../shared/forms/canonical-table.ts";
import { lineageOfCode } from "../../../shared/forms/codes/code-table.ts";
import type { TableData } from "../../../shared/forms/table-data.ts";
import { useSection, usePriorYear } from "../api/queries.ts";
import { withEmptyRows } from "../editing/edit-table.ts";
import type { TableOnPage } from "./use-table-values.ts";

/** Codes of last year, and of the report's other tables, that this table has no figures of yet (待填科目). */
export function useOfferedCodes(
  { report, form }: TableOnPage,
  {
    table,
    editable,
    elsewhere,
  }: {
    readonly table: TableData;
    readonly editable: boolean;
    readonly elsewhere: readonly string[];
  },
) {
  const isCoded = isByCode(form);
  const lastYear = useLastYear(report.id, editable);
  const [isShown, setShown] = useState(true);
  const { codes } = lastYear;
  const ofLastYear = useMemo(
    () => (editable && isCoded ? (codes?.[form.id] ?? []) : []),
    [editable, isCoded, codes, form.id],
  );
  const offered = useMemo(
    () => (editable ? [...ofLastYear, ...elsewhere.flatMap(lineageOfCode).map(asCode)] : []),
    [editable, ofLastYear, elsewhere],
  );
  const { shown, empty } = useMemo(
    () => withEmptyRows(table, isShown ? offered : []),
    [table, offered, isShown],
  );
  const names = useMemo(
    () => new Map(ofLastYear.flatMap(({ code, name }) => (name ? [[code, name]] : []))),
    [ofLastYear],
  );
  return {
    lastFigures: lastYear.figures,
    /** Names that last year's report gives to codes. */
    names,
    /** The table with the rows offered, and their codes. */
    shown,
    empty,
    isAny: offered.length > 0,
    isShown,
    setShown,
  };
}

const asCode = (code: string) => ({ code });

/** Last year's figures by cell, as typed in this report or else as published, and the codes of each table. */
function useLastYear(reportId: string, editable: boolean) {
  const stored = usePriorYear(reportId, editable).data?.stored;
  const typed = useSection(reportId, "facts").data?.value.prior;
  const figures = useMemo(
    (): Readonly<Record<string, number>> => ({ ...stored?.figures, ...typed }),
    [stored, typed],
  );
  return { figures, codes: stored?.codes };
}
