import type { TableId } from "../../../shared/forms/form.ts";
import { sheetOf } from "../../../shared/forms/workbook-sheet.ts";
import type { Report } from "../../../shared/report/report.ts";
import { writeWorkbook } from "./write-workbook.ts";

/**
 * The tables of a report as they stand, a sheet a table, or one of them; undefined when the edition
 * has no such table. Of an empty report this is the form to fill in.
 */
export async function workbookOf(report: Report, only?: TableId): Promise<Uint8Array | undefined> {
  const { edition, identity, sections } = report;
  const forms = edition.forms.filter(({ id }) => only === undefined || id === only);
  if (forms.length === 0) return undefined;
  const { enteredIn, prior } = sections.facts;
  const sheets = forms.map((form) =>
    sheetOf(form, {
      table: sections[form.id],
      year: identity.year,
      orgName: identity.orgName,
      enteredIn,
      prior,
    }),
  );
  return writeWorkbook(sheets, `${identity.orgName}${String(identity.year)}年度部门决算表`);
}
