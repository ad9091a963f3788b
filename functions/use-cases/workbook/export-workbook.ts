import { cellAddress } from "../../../shared/forms/cell.ts";
import { editionOf } from "../stored-edition.ts";
import type { Edition, TableId } from "../../../shared/forms/form.ts";
import { sheetOf } from "../../../shared/forms/workbook-sheet.ts";
import { hasCell } from "../../../shared/report/prior-year.ts";
import type { PriorReport, Report } from "../../../shared/report/report.ts";
import { emptySections, tableIn } from "../../../shared/report/section-ids.ts";
import type { FiscalYear, OrgNode } from "../../../shared/registry/registry.ts";
import { loadOfferedReport, type PriorYearDeps } from "../prior-year.ts";
import { writeWorkbook } from "./write-workbook.ts";

/**
 * The current tables of a report, a sheet a table, or one of them; undefined when the edition
 * has no such table. Of an empty report this is the form to fill in. Beside the tables are last year's
 * figures: those of the report's facts, and what the stored report of last year has besides.
 */
export async function workbookOf(
  report: Report,
  only?: TableId,
  lastYear?: PriorReport,
): Promise<Uint8Array | undefined> {
  const { edition, identity, sections } = report;
  const forms = edition.forms.filter(({ id }) => only === undefined || id === only);
  if (forms.length === 0) return undefined;
  const { enteredIn } = sections.facts;
  const stored = lastYear === undefined ? {} : allFigures(lastYear, edition);
  const prior = { ...stored, ...sections.facts.prior };
  const sheets = forms.map((form) =>
    sheetOf(form, {
      table: tableIn(sections, form.id),
      year: identity.year,
      orgName: identity.orgName,
      enteredIn,
      prior,
    }),
  );
  return writeWorkbook(sheets, `${identity.orgName}${String(identity.year)}年度部门决算表`);
}

/** The form to fill in for a node's report of a year, before anybody opened it: last year's codes and figures. */
export async function templateOf(
  deps: PriorYearDeps,
  { org, year }: { readonly org: OrgNode; readonly year: FiscalYear },
): Promise<Uint8Array> {
  const edition = await editionOf(deps, year.edition);
  const identity = {
    ...{ region: org.region, year: year.year },
    ...{ orgCode: org.code, orgName: org.name, kind: org.kind },
  };
  const lastYear = await loadOfferedReport(deps, identity);
  const workbook = await workbookOf(
    { identity, edition, sections: emptySections },
    undefined,
    lastYear,
  );
  if (workbook === undefined) throw new Error(`The edition ${edition.id} has no tables.`);
  return workbook;
}

/** Every cell of last year's tables that this year's forms have, by address. */
function allFigures({ edition: before, sections }: PriorReport, edition: Edition) {
  const figures: Record<string, number> = {};
  for (const { id } of before.forms) {
    for (const { key, cells } of tableIn(sections, id).rows) {
      for (const [column, value] of Object.entries(cells)) {
        const address = cellAddress({ table: id, row: key, column });
        if (hasCell(edition, address)) figures[address] = value;
      }
    }
  }
  return figures;
}
