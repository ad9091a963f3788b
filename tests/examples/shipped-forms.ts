import { shippedEditions } from "../../shared/editions/shipped-editions.ts";
import type { Edition, Form } from "../../shared/forms/form.ts";
import { omit } from "../../shared/omit.ts";

/** Every form that is shipped, once, with an edition that has it: most editions print the same forms. */
export const shippedForms: readonly { readonly edition: Edition; readonly form: Form }[] = [
  ...new Map(
    shippedEditions.all
      .flatMap((edition) => edition.forms.map((form) => ({ edition, form })))
      .map((one) => [JSON.stringify(omit(one.form, "codeNames")), one] as const),
  ).values(),
];
