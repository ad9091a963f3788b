import { ascending } from "../forms/codes/code-table.ts";
import type { Edition } from "../forms/form.ts";
import { countedForm, formData } from "./counted-form.ts";
import type { EditionData } from "./edition-data.ts";

/** An edition from data that `loadEdition` found to be one, with what follows from it counted. */
export function countedEdition(data: EditionData): Edition {
  const functionCodes = ascending(Object.entries(data.functionCodes));
  const economicCodes = ascending(Object.entries(data.economicCodes));
  const forms = data.forms.map((form) => countedForm(form, functionCodes, data.relations));
  return { ...data, forms, functionCodes, economicCodes };
}

/** The data an edition was loaded from: `loadEdition` of it is the same edition. */
export function editionData({
  forms,
  functionCodes,
  economicCodes,
  ...rest
}: Edition): EditionData {
  return {
    ...rest,
    forms: forms.map(formData),
    functionCodes: Object.fromEntries(functionCodes),
    economicCodes: Object.fromEntries(economicCodes),
  };
}
