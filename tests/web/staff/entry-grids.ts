import { entryForm, layoutForm } from "../../../shared/forms/layout.ts";
import { positionsOf } from "../../../web/staff/grid/positions.ts";
import { shippedForms } from "../../examples/shipped-forms.ts";

/** The entry grids of every table of every edition, by code with a few codes. */
export const entryGrids = shippedForms.map(({ edition: { id, year }, form }) => {
  const isByCode = form.blocks.some(({ rows }) => rows === "by-function-code");
  const codes = ["total", "201", "20103", "2010301", "208"].map((key) => ({ key, cells: {} }));
  const table = { rows: isByCode ? codes : [] };
  const printed = layoutForm(entryForm(form), table, { year, unit: "某单位" });
  return { name: `${id} ${form.id}`, rows: positionsOf(printed) };
});
