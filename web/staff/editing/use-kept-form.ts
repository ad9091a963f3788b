import { useState } from "react";
import { z } from "zod";
import { canonicalJson, type Json } from "../../../shared/canonical-json.ts";
import { useKeptText } from "./use-kept-text.ts";

/**
 * The fields of a dialog, kept as `useKeptText` keeps a text, with the version of what they change: whoever goes on
 * after somebody else changed the same is refused, and overwrites nothing unseen.
 */
export function useKeptForm<Values extends object>(
  owner: string,
  place: string,
  { schema, stored, version }: KeptForm<Values>,
) {
  const kept = useKeptText(owner, place, textOf({ version, values: stored }));
  // A form takes its values once, when it is opened.
  const [first] = useState(() => readForm(kept.text, schema) ?? { version, values: stored });
  return {
    initialValues: first.values,
    version: first.version,
    isWritten: kept.isWritten,
    keep: (values: Values) => kept.write(textOf({ version: first.version, values })),
    clear: kept.clear,
  };
}

interface KeptForm<Values> {
  readonly schema: z.ZodType<Values>;
  readonly stored: Values;
  /** Of what is changed; 0 where something is added. */
  readonly version: number;
}

/** An emptied field is one that was never filled in. */
const textOf = (form: { readonly version: number; readonly values: object }): string =>
  canonicalJson(
    JSON.parse(
      JSON.stringify(form, (_, value: unknown) => (value === "" ? undefined : value)),
    ) as Json,
  );

/** Undefined where an older program kept fields of another shape. */
function readForm<Values>(text: string, schema: z.ZodType<Values>) {
  const read = z.object({ version: z.int(), values: schema }).safeParse(JSON.parse(text));
  return read.success ? read.data : undefined;
}
